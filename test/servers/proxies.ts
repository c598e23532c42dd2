/** Proxies on loopback: one that works, and ones that misbehave in one chosen way. For the demo and the tests. */
import { connect, createServer, type Socket } from 'node:net';
import { type ListenPlace, noCounts, type Origin, open, tcpOrigin } from '../../src/demo/listen.ts';
import { drip } from './broken-tcp.ts';

/** One request as a proxy saw it. */
export interface ProxyRequest {
  readonly method: string;
  /** `HOST:PORT` of a CONNECT, else the URL in absolute form. */
  readonly target: string;
  /** Value of Proxy-Authorization; null without one. */
  readonly authorization: string | null;
  /** Of this proxy's connections, from 1. */
  readonly connection: number;
  readonly head: string;
}

export interface DemoProxy extends Origin {
  readonly requests: readonly ProxyRequest[];
}

/** What a proxy does with a request: it writes to the socket, and calls `next` to read another one on it. */
export type Handle = (request: ProxyRequest, socket: Socket, next: () => void) => void;

const ignore = (): void => {};

/** A proxy that reads request heads, keeps them, and does what it is told. */
export async function httpProxy(place: ListenPlace, handle: Handle): Promise<DemoProxy> {
  const requests: ProxyRequest[] = [];
  const counts = noCounts();
  let connections = 0;
  const server = createServer({ noDelay: true }, (socket) => {
    connections += 1;
    const connection = connections;
    let held = '';
    let busy = false;
    const advance = (): void => {
      const end = held.indexOf('\r\n\r\n');
      if (busy || end < 0) return;
      busy = true;
      const head = held.slice(0, end);
      held = held.slice(end + 4);
      const [, method = '', target = ''] = /^(\S+) (\S+)/.exec(head) ?? [];
      const authorization = /^proxy-authorization: *(.*)$/im.exec(head)?.[1] ?? null;
      counts.requests += 1;
      const request = { method, target, authorization, connection, head };
      requests.push(request);
      handle(request, socket, () => {
        busy = false;
        advance();
      });
    };
    socket.on('data', (chunk) => {
      held += chunk.toString('latin1');
      advance();
    });
  });
  const origin = await open(server, place, counts);
  return { ...origin, requests };
}

/** Writes this and reads on, or closes. A function is asked for each request. */
export const replying = (
  place: ListenPlace,
  text: string | Buffer | ((request: ProxyRequest) => string),
  after: 'keep' | 'close' = 'keep',
): Promise<DemoProxy> =>
  httpProxy(place, (request, socket, next) => {
    const bytes = typeof text === 'function' ? text(request) : text;
    if (after === 'close') socket.end(bytes);
    else socket.write(bytes, next);
  });

/** An answer with a body whose length is told. */
export const reply = (status: string, headers: readonly string[] = [], body = ''): string =>
  [`HTTP/1.1 ${status}`, ...headers, `Content-Length: ${Buffer.byteLength(body)}`, '', body].join('\r\n');

/** Joins two connections until one ends. */
function join(one: Socket, other: Socket): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.on('error', ignore);
    from.pipe(to);
    from.once('close', () => to.destroy());
  }
}

/** Connects to a name's port on this machine. */
const onLoopback = (target: string): Socket =>
  connect({ host: '127.0.0.1', port: Number(/:(\d+)$/.exec(target)?.[1]) });

/**
 * A proxy that works: every name is on this machine. `guard` may answer in its place: a text is written and the request is
 * over, null lets it pass.
 */
export const forwarding = (
  place: ListenPlace = {},
  guard: (request: ProxyRequest) => string | null = () => null,
): Promise<DemoProxy> =>
  httpProxy(place, (request, socket, next) => {
    const refusal = guard(request);
    if (refusal !== null) {
      socket.write(refusal, next);
      return;
    }
    const url = request.method === 'CONNECT' ? null : new URL(request.target);
    const out = onLoopback(url === null ? request.target : `${url.hostname}:${url.port || 80}`);
    out.on('error', () => socket.end(reply('503 Service Unavailable', ['X-Squid-Error: ERR_CONNECT_FAIL 111'])));
    out.once('connect', () => {
      socket.removeAllListeners('data');
      // From here on what fails is in the tunnel, where the proxy has no word.
      out.removeAllListeners('error');
      if (url === null) socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      else {
        const lines = request.head
          .split('\r\n')
          .slice(1)
          .filter((line) => !/^proxy-/i.test(line));
        out.write(`${request.method} ${url.pathname}${url.search} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
      }
      join(socket, out);
    });
  });

/** Grants the tunnel and resets it. */
export const resettingAfter200 = (place: ListenPlace = {}): Promise<DemoProxy> =>
  httpProxy(place, (_, socket) => {
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n', () => socket.resetAndDestroy());
  });

/** Header lines without end, as fast as they are read. */
export const endlessHeaders = (place: ListenPlace = {}): Promise<DemoProxy> =>
  httpProxy(place, (_, socket) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    const line = `X-Filler: ${'a'.repeat(1000)}\r\n`;
    const more = (): void => {
      while (!socket.destroyed && socket.write(line));
      if (!socket.destroyed) socket.once('drain', more);
    };
    more();
  });

/** An answer a byte at a time. */
export const drippingReply = (place: ListenPlace, text: string, everyMs: number): Promise<DemoProxy> =>
  httpProxy(place, (_, socket) => drip(socket, Buffer.from(text), everyMs));

/** Body without end after a refusal. */
export const endlessBody = (place: ListenPlace = {}): Promise<DemoProxy> =>
  httpProxy(place, (_, socket) => {
    socket.write('HTTP/1.1 403 Forbidden\r\nTransfer-Encoding: chunked\r\n\r\n');
    const more = (): void => {
      while (!socket.destroyed && socket.write(`400\r\n${'b'.repeat(0x400)}\r\n`));
      if (!socket.destroyed) socket.once('drain', more);
    };
    more();
  });

/** A SOCKS server that answers each message with the next of these, as bytes. */
export const socksReplying = (place: ListenPlace, answers: readonly (readonly number[])[]): Promise<Origin> =>
  tcpOrigin(place, (socket) => {
    let nth = 0;
    socket.on('data', () => {
      const answer = answers[nth++];
      if (answer === undefined) socket.destroy();
      else socket.write(Buffer.from(answer));
    });
  });
