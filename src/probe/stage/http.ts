import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { harmless } from '../../harmless.ts';
import type { EchoHeader } from '../../model/experiments.ts';
import type { HttpValue, StageResult } from '../../model/observations.ts';
import { type ConnectionEnd, isReset, StageError } from './failure.ts';
import { type StageContext, stage } from './stage.ts';

export interface HttpRequest {
  readonly url: string;
  readonly method: 'GET' | 'HEAD';
  /** Host header; left out: what the URL says. */
  readonly host?: string;
  readonly userAgent: string;
  /** Sent by TRACE to the first who reads it, in place of the method. */
  readonly echo?: EchoHeader | undefined;
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

/** Ends a client; without one undici makes its own each time, stack and all (0.2 ms of CPU). */
const over = new Error('the request is over');
// Streams read the stack of what ends them, and laying it out the first time looks for every line of the program (3 ms).
over.stack = over.message;

type Client = typeof import('undici').Client;
let loading: Promise<{ readonly default: Client }> | null = null;

/** The client alone: the whole package takes 0.2 s of CPU to load on Node 20, this a third of it. The path has no types. */
const load = (): NonNullable<typeof loading> => {
  loading ??= import('undici/lib/dispatcher/client.js' as string);
  return loading;
};

/** Loads the HTTP client before anything is timed; later calls cost nothing. */
export async function prepareHttp(): Promise<void> {
  await load();
}

/**
 * Cuts `100 Continue` heads off the front of a response. A client must cope with one that it did
 * not ask for (RFC 9110 section 15.2); undici drops the connection. Gives null while it can't tell yet.
 */
function withoutContinue(): (chunk: Buffer) => Buffer | null {
  let held: Buffer = Buffer.alloc(0);
  let passing = false;
  return (chunk) => {
    if (passing) return chunk;
    held = Buffer.concat([held, chunk]);
    for (;;) {
      const start = held.toString('latin1', 0, 12);
      const isContinue = /^HTTP\/1\.[01] 100$/.test(start);
      if (!isContinue && start.length < 12 && 'HTTP/1.'.startsWith(start.slice(0, 7))) return null;
      const end = held.indexOf('\r\n\r\n');
      if (isContinue && end < 0 && held.length <= maxHeaderBlock) return null;
      if (!isContinue || end < 0) {
        passing = true;
        return held;
      }
      held = held.subarray(end + 4);
    }
  };
}

/**
 * Lets the event loop look at the sockets once. Where an alert and a reset have already arrived behind the handshake,
 * writing first would meet the reset and throw the unread alert away.
 */
async function polled(): Promise<void> {
  await new Promise(setImmediate);
  await new Promise(setImmediate);
}

function headersOf(raw: unknown): readonly (readonly [string, string])[] {
  if (!Array.isArray(raw)) return [];
  const text = (part: unknown): string => (Buffer.isBuffer(part) ? part.toString('utf8') : String(part));
  return Array.from({ length: Math.floor(raw.length / 2) }, (_, index) => [
    text(raw[2 * index]).toLowerCase(),
    text(raw[2 * index + 1]),
  ]);
}

const keptHeader = ([name, value]: readonly [string, string]): readonly [string, string] => [
  harmless(name),
  harmless(value, maxHeaderValue),
];

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

/**
 * One request on this socket and on no other. Passes when a final response's header block came, whatever it says; a body
 * that stalls, drips, breaks or never ends fails nothing. No redirect is followed. Nothing is inflated. The socket is of no use afterwards.
 */
export async function request(
  socket: Socket | TLSSocket,
  asked: HttpRequest,
  context: StageContext,
): Promise<StageResult<HttpValue>> {
  // From the first moment on: an alert may arrive right behind the handshake, and undici replaces what it hears by its own errors.
  let ended: ConnectionEnd = null;
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
  // undici's own listeners outlive its state: an error behind `close` would make it throw (7.30).
  socket.once('close', () => {
    for (const listener of socket.listeners('error') as ((error: Error) => void)[])
      if (listener !== hear) socket.off('error', listener);
  });
  const { default: Client } = await load();
  await polled();
  const { clock } = context;
  return stage<HttpValue>('http', context, (step) => {
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
    step.ended = () => ended;

    return new Promise((resolve, reject) => {
      let handedOver = false;
      const client = new Client(url.origin, {
        // undici reconnects by itself when a connection ends before its request was written.
        connect: (_options, done) => {
          if (handedOver || broken !== null) {
            const code = ended === 'reset' ? 'http.reset' : 'http.closed';
            // Never an error of undici's own: after one of those (UND_ERR_SOCKET) it connects again, for ever and at once.
            const why = new StageError(code, broken?.message ?? 'the connection ended before the request');
            queueMicrotask(() => done(why, null));
            return;
          }
          handedOver = true;
          // Called back at once, undici leaves the request in its queue for ever.
          queueMicrotask(() => done(null, socket));
        },
        maxHeaderSize: maxHeaderBlock,
        headersTimeout: 0,
        bodyTimeout: 0,
      });
      const close = (): void => {
        clearTimeout(bodyTimer);
        client.destroy(over).catch(() => {});
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
      step.stop = () => (head === null ? close() : finish('stalled'));

      // undici pulls by read(): the one place where every byte can be counted, status lines and chunk extensions too.
      const pull = socket.read.bind(socket) as () => Buffer | null;
      const overflow = (what: string): void => fail(new StageError('http.overflow', what));
      const filter = withoutContinue();
      socket.read = () => {
        for (let chunk = pull(); chunk !== null; chunk = pull()) {
          read += chunk.length;
          if (head === null && read > 2 * maxHeaderBlock) {
            overflow('no end of the header block');
            return null;
          }
          if (head !== null && read - headBytes > 2 * bodyBound) {
            finish('bounded');
            return null;
          }
          const rest = filter(chunk);
          if (rest !== null) return rest;
        }
        return null;
      };

      client.dispatch(
        {
          path: url.pathname + url.search,
          method: asked.echo === undefined ? asked.method : 'TRACE',
          reset: true,
          headers: {
            host: asked.host ?? url.host,
            'user-agent': asked.userAgent,
            accept: '*/*',
            'accept-encoding': 'identity',
            ...(asked.echo === undefined ? {} : { 'max-forwards': '0', [asked.echo.name]: asked.echo.value }),
          },
        },
        {
          onRequestStart: () => {},
          onResponseStart: (controller, status, _headers, reason) => {
            if (status < 200) return;
            const headers = headersOf(controller.rawHeaders);
            const first = (name: string) => headers.find(([known]) => known === name)?.[1];
            encoding = first('content-encoding');
            headBytes = read;
            const elapsed = clock.now() - began;
            head = {
              status,
              reason: harmless(reason ?? ''),
              headers: headers.slice(0, maxHeaders).map(keptHeader),
              headersMs: Math.round(elapsed * 1000) / 1000,
              clockOffsetMs: clockOffset(first('date'), clock.wall()),
            };
            const left = Math.max(0, context.timeoutMs - elapsed);
            bodyTimer = setTimeout(
              () => finish('stalled'),
              asked.body === undefined ? Math.min(maxBodyMs, left) : left,
            );
          },
          onResponseData: (_controller, chunk) => {
            if (bodyBytes < excerptBound) excerpt.push(Buffer.from(chunk));
            bodyBytes += chunk.length;
            if (bodyBytes >= bodyBound) finish('bounded');
          },
          onResponseEnd: () => finish('complete'),
          onResponseError: (_controller, error) => (head === null ? fail(broken ?? error) : finish('broken')),
        },
      );
    });
  });
}
