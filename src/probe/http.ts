import { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { harmless } from '../harmless.ts';
import type { HttpValue, StageResult } from '../model.ts';
import { isReset, StageError, type WireFacts } from './failure.ts';
import { type StageContext, stage } from './stage.ts';

export interface HttpRequest {
  readonly url: string;
  readonly method: 'GET' | 'HEAD';
  /** Host header; left out: what the URL says. */
  readonly host?: string;
  readonly userAgent: string;
  /** Where the body itself is wanted (a revocation list): called with a complete body of at most `max` bytes, or never. */
  readonly body?: { readonly max: number; readonly keep: (bytes: Buffer) => void } | undefined;
}

/** Bounds on what a hostile peer can make us read and keep. */
const maxHeaderBlock = 65_536;
const maxHeaders = 64;
const maxHeaderValue = 1_024;
const maxBody = 65_536;
const maxExcerpt = 4_096;
/** Milliseconds that a body may take once its headers have proven the path. */
const maxBodyMs = 2_000;

/** The runtime reads header bytes as Latin-1; what is sent today is UTF-8. */
const decoded = (text: string): string => Buffer.from(text, 'latin1').toString('utf8');

function headersOf(raw: readonly string[]): readonly (readonly [string, string])[] {
  return Array.from({ length: Math.floor(raw.length / 2) }, (_, index) => [
    decoded(raw[2 * index] ?? '').toLowerCase(),
    decoded(raw[2 * index + 1] ?? ''),
  ]);
}

/** A `Date` header minus this clock, in milliseconds; null if it can't be read. */
export function clockOffset(date: string | undefined, wall: number): number | null {
  const there = date?.endsWith(' GMT') ? Date.parse(date) : Number.NaN;
  return Number.isFinite(there) ? Math.round(there - wall) : null;
}

/** The start of a body as one line of text. What is compressed in spite of `identity` stays so, and says nothing. */
function excerptOf(chunks: readonly Buffer[], encoding: string | undefined): string {
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') return '';
  const bytes = Buffer.concat(chunks).subarray(0, maxExcerpt);
  return harmless(bytes.toString('utf8').replace(/[\r\n\t]+/g, ' '), maxExcerpt);
}

/** How a body ended that the client gave up: it bounds chunk extensions by itself. */
const bodyEndOf = (error: Error & { readonly code?: string }): HttpValue['bodyEnd'] =>
  error.code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW' ? 'bounded' : 'broken';

/**
 * One request on this socket and on no other. Passes when a final response's header block came, whatever it says; a body
 * that stalls, drips, breaks or never ends fails nothing. No redirect is followed. Nothing is inflated. The socket is of no use afterwards.
 */
export async function request(
  socket: Socket | TLSSocket,
  asked: HttpRequest,
  context: StageContext,
): Promise<StageResult<HttpValue>> {
  // From the first moment on: an alert may arrive right behind the handshake, and the client has one error for every end.
  let ended: WireFacts['ended'] = null;
  let broken: Error | null = null;
  const hear = (error: Error): void => {
    broken ??= error;
    if (isReset(error)) ended = 'reset';
  };
  if (socket.errored) hear(socket.errored);
  else if (socket.readableEnded) ended = 'fin';
  socket.on('error', hear);
  socket.on('end', () => {
    ended ??= 'fin';
  });
  const { clock } = context;
  return stage<HttpValue>('http', context, (signal, step) => {
    const began = clock.now();
    const url = new URL(asked.url);
    let read = 0;
    let head: Omit<HttpValue, 'bodyExcerpt' | 'bodyBytes' | 'bodyEnd'> | null = null;
    let encoding: string | undefined;
    let headBytes = 0;
    let bodyBytes = 0;
    let bodyTimer: NodeJS.Timeout | undefined;
    const excerpt: Buffer[] = [];
    const bodyBound = asked.body?.max ?? maxBody;
    const excerptBound = asked.body?.max ?? maxExcerpt;
    step.seen = () => ({ bytesWritten: 0, bytesRead: read, firstBytes: Buffer.alloc(0), ended });
    if (broken !== null || socket.destroyed) {
      const code = ended === 'reset' ? 'http.reset' : 'http.closed';
      throw broken ?? new StageError(code, 'the connection ended before the request');
    }

    return new Promise((resolve, reject) => {
      const sending = new ClientRequest({
        createConnection: () => socket,
        path: url.pathname + url.search,
        method: asked.method,
        setHost: false,
        maxHeaderSize: maxHeaderBlock,
        headers: {
          host: asked.host ?? url.host,
          connection: 'close',
          'user-agent': asked.userAgent,
          accept: '*/*',
          'accept-encoding': 'identity',
        },
      });
      const close = (): void => {
        clearTimeout(bodyTimer);
        sending.destroy();
      };
      const fail = (error: unknown): void => {
        reject(error);
        close();
      };
      const finish = (bodyEnd: HttpValue['bodyEnd']): void => {
        if (head === null) return;
        if (bodyEnd === 'complete') asked.body?.keep(Buffer.concat(excerpt));
        const bodyExcerpt = excerptOf(excerpt, encoding);
        resolve({ ...head, bodyExcerpt, bodyBytes: Math.min(bodyBytes, bodyBound), bodyEnd });
        close();
      };
      signal.addEventListener('abort', () => (head === null ? close() : finish('stalled')), { once: true });

      // Every byte counts: status lines, interim answers and chunk extensions never show up as headers or body.
      const count = (chunk: Buffer): void => {
        read += chunk.length;
        if (head === null && read > 2 * maxHeaderBlock)
          fail(new StageError('http.overflow', 'no end of the header block'));
        else if (head !== null && read - headBytes > 2 * bodyBound) finish('bounded');
      };
      // By then the client listens too: a listener before it would take the first bytes from it.
      sending.once('socket', () => socket.on('data', count));
      sending.on('upgrade', () => fail(new StageError('http.malformed', 'an upgrade that nobody asked for')));
      sending.on('error', (error) => (head === null ? fail(broken ?? error) : finish(bodyEndOf(error))));
      sending.once('response', (response) => {
        const headers = headersOf(response.rawHeaders);
        const first = (name: string) => headers.find(([known]) => known === name)?.[1];
        encoding = first('content-encoding');
        headBytes = read;
        const elapsed = clock.now() - began;
        head = {
          status: response.statusCode ?? 0,
          reason: harmless(decoded(response.statusMessage ?? '')),
          headers: headers
            .slice(0, maxHeaders)
            .map(([name, value]) => [harmless(name), harmless(value, maxHeaderValue)]),
          headersMs: Math.round(elapsed * 1000) / 1000,
          clockOffsetMs: clockOffset(first('date'), clock.wall()),
        };
        const left = Math.max(0, context.timeoutMs - elapsed);
        bodyTimer = setTimeout(() => finish('stalled'), asked.body === undefined ? Math.min(maxBodyMs, left) : left);
        response.on('data', (chunk: Buffer) => {
          if (bodyBytes < excerptBound) excerpt.push(chunk);
          bodyBytes += chunk.length;
          if (bodyBytes >= bodyBound) finish('bounded');
        });
        response.once('end', () => finish('complete'));
        response.once('error', (error) => finish(bodyEndOf(error)));
      });
      sending.end();
    });
  });
}
