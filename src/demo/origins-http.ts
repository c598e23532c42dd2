import { createServer } from 'node:net';
import type { Duplex } from 'node:stream';
import { type Counts, type ListenPlace, noCounts, type Origin, open } from './listen.ts';
import { tlsOrigin } from './origins-tls.ts';
import { resetBelow, type TlsBehaviour } from './tls-server.ts';

export interface Request {
  readonly method: string;
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Answers one request, well or badly, with bytes of its own choosing. */
export type Respond = (peer: Duplex & { resetAndDestroy?(): unknown }, request: Request) => void;

interface AnswerOptions {
  readonly status?: number;
  readonly reason?: string;
  /** Repeated names are allowed. `content-length` and `connection: close` are added. */
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: string | Buffer;
  /** `Date` header; none by default. */
  readonly date?: Date;
  readonly version?: '1.0' | '1.1';
}

const headOf = (status: number, reason: string, headers: readonly (readonly [string, string])[], version = '1.1') =>
  `HTTP/${version} ${status} ${reason}\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;

/** A proper answer. */
export function answer(options: AnswerOptions = {}): Respond {
  const { status = 200, reason = 'OK', headers = [], date, version } = options;
  const body = Buffer.from(options.body ?? '');
  const all: (readonly [string, string])[] = [...headers];
  if (date !== undefined) all.push(['Date', date.toUTCString()]);
  all.push(['Content-Length', String(body.length)], ['Connection', 'close']);
  const head = Buffer.from(headOf(status, reason, all, version));
  return (peer, request) => peer.end(request.method === 'HEAD' ? head : Buffer.concat([head, body]));
}

export const redirect = (location: string, status = 302): Respond =>
  answer({ status, reason: 'Found', headers: [['Location', location]] });

/** What a web filter shows instead of the page: its mark is in the headers and in the text. */
export const blockPage = (vendor = 'Example Web Filter'): Respond =>
  answer({
    status: 403,
    reason: 'Forbidden',
    headers: [
      ['Server', vendor],
      ['Content-Type', 'text/html'],
    ],
    body: `<html><head><title>Access Denied</title></head><body>This site is blocked by policy (${vendor}).</body></html>`,
  });

/** Never says a word. */
export const neverAnswer: Respond = () => {};

/** Bytes as they are, then an orderly end, a reset, or neither. */
export const raw =
  (bytes: string | Buffer, then: 'end' | 'reset' | 'nothing' = 'end'): Respond =>
  (peer) => {
    if (then === 'end') peer.end(bytes);
    else
      peer.write(bytes, () => {
        // Apart from the bytes: libuv makes an end of file out of a reset that arrives together with data.
        if (then === 'reset') setTimeout(() => resetBelow(peer), 50);
      });
  };

/** Reads request heads and answers the first of each connection. */
function serve(respond: Respond, counts: Counts): (peer: Duplex) => void {
  return (peer) => {
    let held = '';
    let answered = false;
    peer.on('error', () => {});
    peer.on('data', (chunk: Buffer) => {
      if (answered) return;
      held += chunk.toString('latin1');
      const end = held.indexOf('\r\n\r\n');
      if (end < 0) return;
      answered = true;
      counts.requests++;
      const [first = '', ...lines] = held.slice(0, end).split('\r\n');
      const [method = '', path = ''] = first.split(' ');
      const headers = lines.map((line) => {
        const at = line.indexOf(':');
        return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()] as const;
      });
      respond(peer, { method, path, headers: Object.fromEntries(headers) });
    });
  };
}

export function httpOrigin(place: ListenPlace, respond: Respond): Promise<Origin> {
  const counts = noCounts();
  return open(createServer({ noDelay: true }, serve(respond, counts)), place, counts);
}

/** `start` may put a filter before it: `sniFiltering`, `largeHelloDropping` (bound to their own options). */
export function httpsOrigin(
  place: ListenPlace & TlsBehaviour,
  respond: Respond,
  start: typeof tlsOrigin = tlsOrigin,
): Promise<Origin> {
  const counts = noCounts();
  return start(place, serve(respond, counts), counts);
}
