/** Hands messages over to a place. */
import { existsSync, statSync } from 'node:fs';
import { request as plainRequest, type RequestOptions } from 'node:http';
import { request as secureRequest } from 'node:https';
import type { LookupFunction, Socket } from 'node:net';
import { rootCertificates, connect as tlsConnect } from 'node:tls';
import { isIP } from '../addresses.ts';
import { entryOf } from '../entry.ts';
import { codeOf } from '../error-code.ts';
import { UsageError } from '../usage-error.ts';
import { writeWhole } from '../whole-file.ts';
import { coverHeader, packedPost } from './message.ts';
import type { Place } from './place-text.ts';

/** What became of one message; `taken` and `hopeless` ones go from the spool. */
export type Fate = 'taken' | 'later' | 'hopeless';

/** What a place said: of each message, and when to come again; that it is too much at once; or why nothing was said. */
export type Said =
  | {
      readonly kind: 'said';
      readonly fates: readonly Fate[];
      readonly retryAfterMs: number;
      readonly detail: string | null;
    }
  /** `forGood`: a collector never takes it; else something on the way did not. */
  | { readonly kind: 'too-large'; readonly forGood: boolean }
  | { readonly kind: 'trouble'; readonly why: string | UsageError; readonly retryAfterMs: number };

export interface PlaceHost {
  readonly signal: AbortSignal;
  /** A connection through the proxy on the way; null: the direct path. */
  through(url: URL, signal: AbortSignal): Promise<Socket | null>;
  readonly lookup: LookupFunction;
  /** Says in a header who sends these bytes. */
  cover(body: Uint8Array): string;
  /** Roots in PEM beside the runtime's own; empty: those alone. */
  readonly ca: readonly string[];
  output(text: string): Promise<void>;
}

export interface Outgoing {
  readonly seq: number;
  readonly text: string;
  /** The fingerprint of the key that signed it: another one than the machine's, where that was made anew. */
  readonly signer: string;
}

/** A way to a collector is given up after that. */
const patienceMs = 20_000;
const mostAnswer = 65_536;
const contentType = 'application/x-ndjson';

/** `name`: the fingerprint of the machine's key. */
export async function send(place: Place, messages: readonly Outgoing[], name: string, host: PlaceHost): Promise<Said> {
  const all = (fate: Fate): Said => ({ kind: 'said', fates: messages.map(() => fate), retryAfterMs: 0, detail: null });
  try {
    if (place.kind === 'collector') return await post(place.url, messages, name, host);
    if (place.kind === 'output') {
      for (const { text } of messages) await host.output(text);
      return all('taken');
    }
    if (!existsSync(place.path) || !statSync(place.path).isDirectory())
      return { kind: 'trouble', why: 'no-folder', retryAfterMs: 0 };
    // Whole or not at all: whoever empties the folder never sees half a message.
    for (const { seq, text } of messages)
      writeWhole(place.path, `${name}-${String(seq).padStart(16, '0')}.ndjson`, text, 0o644);
    return all('taken');
  } catch (error) {
    return { kind: 'trouble', why: whyOf(error), retryAfterMs: 0 };
  }
}

const whyOf = (error: unknown): string | UsageError => {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof UsageError) return error;
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
};

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

/** Of a bare address, where collectors take messages. */
const addressOf = (url: URL): URL => (url.pathname === '/' ? new URL('/v1/messages', url) : url);

async function post(base: URL, messages: readonly Outgoing[], name: string, host: PlaceHost): Promise<Said> {
  const body = packedPost(messages.map(({ text }) => text).join(''));
  // Not even sent: whose body is not read may lose the answer with the connection.
  if (body === null) return { kind: 'too-large', forGood: true };
  const url = addressOf(base);
  const once = async (): Promise<Answer> => {
    const way = await host.through(url, AbortSignal.any([host.signal, AbortSignal.timeout(patienceMs)]));
    try {
      return await ask(url, body, way, host);
    } finally {
      way?.destroy();
    }
  };
  // Once more where a connection broke: what had arrived nevertheless is a duplicate, which costs nothing.
  const answer = await once().catch((error: unknown) => {
    if (!brokenCodes.includes(codeOf(error)) || host.signal.aborted) throw error;
    return once();
  });
  return readAnswer(answer, messages, name);
}

/** UNKNOWN: what libuv calls an error of Windows for which it has no name. */
const brokenCodes: readonly string[] = ['ECONNRESET', 'ECONNABORTED', 'EPIPE', 'UNKNOWN'];

/** What a request goes over: the connection through a proxy, or one of its own. */
function connectionOf(url: URL, way: Socket | null, { lookup, ca }: PlaceHost): RequestOptions {
  const trust = ca.length === 0 ? {} : { ca: [...rootCertificates, ...ca] };
  if (way === null) return { agent: false, lookup, ...trust };
  if (url.protocol === 'http:') return { createConnection: () => way };
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const name = isIP(host) === 0 ? { servername: host } : { host };
  return { createConnection: () => tlsConnect({ socket: way, ...name, ...trust }) };
}

async function ask(url: URL, body: Buffer, way: Socket | null, host: PlaceHost): Promise<Answer> {
  const { signal } = host;
  const headers = {
    'content-type': contentType,
    'content-encoding': 'gzip',
    'content-length': String(body.length),
    [coverHeader]: host.cover(body),
    accept: 'application/json',
  };
  const options: RequestOptions = { method: 'POST', headers, timeout: patienceMs, ...connectionOf(url, way, host) };
  return await new Promise((resolve, reject) => {
    const request = url.protocol === 'https:' ? secureRequest(url, options) : plainRequest(url, options);
    const end = (error: unknown): void => {
      reject(error);
      request.destroy();
    };
    const timer = setTimeout(() => end(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })), patienceMs);
    request.on('response', (response) => {
      const parts: Buffer[] = [];
      let length = 0;
      response.on('data', (part: Buffer) => {
        length += part.length;
        if (length <= mostAnswer) parts.push(part);
        else end(new Error('too-large'));
      });
      response.on('end', () => {
        clearTimeout(timer);
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(parts).toString('utf8'),
        });
      });
      response.on('error', end);
    });
    request.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    request.on('timeout', () => end(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })));
    const over = (): void => end(new Error('ended'));
    if (signal.aborted) over();
    signal.addEventListener('abort', over, { once: true });
    // A watch posts for months: nothing of a post stays behind.
    request.on('close', () => signal.removeEventListener('abort', over));
    request.end(body);
  });
}

const fateOf: Readonly<Record<string, Fate>> = {
  stored: 'taken',
  duplicate: 'taken',
  waiting: 'later',
  throttled: 'later',
  revoked: 'hopeless',
  conflict: 'hopeless',
  invalid: 'hopeless',
  'other-key': 'hopeless',
};

/** What a collector says of all messages of a key that it has not let in: it keeps none of them. */
export const outsideWords: readonly (string | null)[] = ['waiting', 'token-used', 'token-ended', 'token-unknown'];

/** Only a collector says so; whatever else answers (a portal, a wrong server) took nothing. */
function readAnswer({ status, headers, body }: Answer, messages: readonly Outgoing[], name: string): Said {
  const count = messages.length;
  const after = Number(headers['retry-after'] ?? 0);
  const retryAfterMs = Number.isFinite(after) ? Math.min(Math.max(after, 0), 7 * 86_400) * 1000 : 0;
  const answer = answerIn(body);
  // A key that this machine no longer has asks for nothing any more: nobody will let it in.
  const results =
    answer?.results?.map((result, index) => {
      const isOther = (messages[index]?.signer ?? name) !== name;
      return isOther && outsideWords.includes(result) ? 'other-key' : result;
    }) ?? null;
  if ((status === 200 || status === 403) && results !== null && results.length === count) {
    const fates = results.map((result): Fate => entryOf(fateOf, result) ?? 'later');
    return {
      kind: 'said',
      fates,
      retryAfterMs,
      detail: results.find((result) => entryOf(fateOf, result) !== 'taken') ?? null,
    };
  }
  if (status === 429) {
    const later = Array.from({ length: count }, (): Fate => 'later');
    return { kind: 'said', fates: later, retryAfterMs: Math.max(retryAfterMs, 1000), detail: 'throttled' };
  }
  if (status === 413) return { kind: 'too-large', forGood: answer !== null };
  return { kind: 'trouble', why: `HTTP ${status}`, retryAfterMs: status === 503 ? retryAfterMs : 0 };
}

/** Null for what no collector says. */
function answerIn(body: string): { readonly results: readonly string[] | null } | null {
  try {
    const said = JSON.parse(body) as { readonly wayclear?: unknown; readonly results?: unknown } | null;
    if (said?.wayclear !== 1) return null;
    return { results: Array.isArray(said.results) ? said.results.map(String) : null };
  } catch {
    return null;
  }
}
