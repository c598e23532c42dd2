/** The door: HTTP with a bound on every size, time and connection. What is behind each address, `routes.ts` says. */
import {
  createServer as createPlain,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createSecure } from 'node:https';
import { type AddressInfo, isIP } from 'node:net';
import { rest } from '../pieces.ts';
import { hostAndPort } from '../text-bounds.ts';
import { peerOf, type Shares, shareOut } from './connections.ts';

export interface Listening {
  readonly port: number;
  /** Where a browser finds it. */
  readonly url: string;
  readonly server: Server;
  /** Takes a certificate that was renewed. */
  renew(tls: Certificate): void;
  /** No new connection; those that are open end by themselves, within their bounds. */
  close(): Promise<void>;
}

export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** What is answered. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Of text its type, `text/html; charset=utf-8`; left out with no body. */
  readonly type?: string;
  readonly body?: string | AsyncIterable<string>;
}

export interface Question {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  /** From where it came; behind a proxy on this machine, what that says. */
  readonly address: string;
  /** Who is at the other end of the connection, a proxy or not. */
  readonly peer: string;
  /** All of the body; null where it is larger than it may be. */
  body(): Promise<Buffer | null>;
}

/** Compressed or not. */
export const mostBody = 1024 * 1024;
const bounds = {
  maxHeaderSize: 8192,
  headersTimeout: 5000,
  requestTimeout: 20_000,
  keepAliveTimeout: 5000,
  connectionsCheckingInterval: 1000,
} as const;
const shares: Shares = { all: 1024, ofOne: 512 };
/** For TLS, before anything else counts: as long as for a request, which a busy machine may take for it. */
const handshakeTimeout = bounds.requestTimeout;
/** Whoever does not read what it asked for is let go of, however slowly it asked. */
const mostSilenceMs = 60_000;

const security: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

export const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.');

/** Behind a proxy on this machine, the last address that it added; nobody else is believed. */
function addressOf(request: IncomingMessage): string {
  const { headers } = request;
  const own = peerOf(request);
  const all = [headers['x-forwarded-for'] ?? []].flat().join(',');
  if (!isLoopback(own) || (all === '' && headers['forwarded'] === undefined)) return own;
  const said = all.split(',').at(-1)?.trim() ?? '';
  // With a port or without; what can't be read is somebody elsewhere.
  const address =
    /^\[([0-9a-f:.]{2,45})\](?::\d{1,5})?$/i.exec(said)?.[1] ?? /^([\d.]{7,15}):\d{1,5}$/.exec(said)?.[1] ?? said;
  return isIP(address) === 0 ? 'unknown' : address;
}

/** A page elsewhere may lead a browser here by a name of its own (DNS rebinding): only names of this machine are its. */
export const isOwnName = (host: string): boolean =>
  /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i.test(host);

function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let length = 0;
    request.on('data', (part: Buffer) => {
      length += part.length;
      if (length > mostBody) {
        resolve(null);
        request.pause();
      } else parts.push(part);
    });
    request.on('end', () => resolve(Buffer.concat(parts)));
    request.on('error', reject);
    request.on('aborted', () => reject(new Error('the sender went away')));
  });
}

/** There is room again, or nobody reads any more. */
const drained = (response: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      response.off('drain', end).off('close', end);
      resolve();
    };
    response.on('drain', end).on('close', end);
  });

async function put(response: ServerResponse, { status, headers = {}, type, body }: Answer): Promise<void> {
  response.writeHead(status, { ...security, ...headers, ...(type === undefined ? {} : { 'content-type': type }) });
  if (body === undefined || typeof body === 'string') {
    response.end(body ?? '');
    return;
  }
  for await (const text of body) {
    if (response.destroyed) return;
    if (response.write(text) || response.destroyed) continue;
    await drained(response);
    // Who reads fast would get all of it in one turn, and nobody else any.
    await rest();
  }
  response.end();
}

function listener(answer: (question: Question) => Promise<Answer>, onFault: (error: unknown) => void): RequestListener {
  return (request, response) => {
    const work = async (): Promise<void> => {
      const url = URL.canParse(request.url ?? '/', 'http://collector')
        ? new URL(request.url ?? '/', 'http://collector')
        : new URL('http://collector/%');
      const told = await answer({
        method: request.method ?? 'GET',
        path: url.pathname,
        query: url.searchParams,
        headers: request.headers,
        address: addressOf(request),
        peer: peerOf(request),
        body: () => bodyOf(request),
      });
      // What is left of a body that nobody wants is not read.
      const last = told.status === 413 || !request.complete ? { connection: 'close' } : {};
      await put(response, { ...told, headers: { ...told.headers, ...last } });
      if (told.status === 413) request.destroy();
    };
    work().catch((error: unknown) => {
      if (!request.errored) onFault(error);
      if (response.headersSent) response.destroy();
      else response.writeHead(500, { ...security, connection: 'close' }).end();
    });
  };
}

/** Listens; rejects where the address can't be had. */
export async function listen(
  { host, port, tls }: { readonly host: string; readonly port: number; readonly tls: Certificate | null },
  answer: (question: Question) => Promise<Answer>,
  onFault: (error: unknown) => void,
): Promise<Listening> {
  const handle = listener(answer, onFault);
  const secure =
    tls === null ? null : createSecure({ ...bounds, ...tls, handshakeTimeout, minVersion: 'TLSv1.2' }, handle);
  const server: Server = secure ?? createPlain(bounds, handle);
  shareOut(server, shares);
  server.maxRequestsPerSocket = 1000;
  server.setTimeout(mostSilenceMs);
  server.on('clientError', (_error, socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
  const { port: taken } = server.address() as AddressInfo;
  return {
    port: taken,
    url: `${tls === null ? 'http' : 'https'}://${hostAndPort(host, taken)}/`,
    server,
    renew: (fresh) => secure?.setSecureContext(fresh),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
        setTimeout(() => server.closeAllConnections(), 2000).unref();
      }),
  };
}
