/** TLS servers behind something that filters, cuts or slows the handshake. */
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import { type Counts, type ListenPlace, noCounts, type Origin } from '../../src/demo/listen.ts';
import { type TlsBehaviour, tlsServer } from '../../src/demo/tls-server.ts';
import { drip, helloOrigin } from './broken-tcp.ts';
import type { ClientHello } from './client-hello.ts';

const ignore = (): void => {};

/** What to do with a connection once its ClientHello is known. */
type HelloVerdict = 'pass' | 'reset' | 'close' | 'silence';

/** A filter before an origin: judges each ClientHello, and passes on what it likes. */
export function filteredOrigin(
  place: ListenPlace & TlsBehaviour,
  judge: (hello: ClientHello) => HelloVerdict,
  serve: (peer: TLSSocket) => void = ignore,
  counts: Counts = noCounts(),
): Promise<Origin> {
  const server = tlsServer(place, serve);
  return helloOrigin(
    place,
    (socket, hello) => {
      const verdict = judge(hello);
      if (verdict === 'pass') server.emit('connection', socket);
      else if (verdict === 'reset') socket.resetAndDestroy();
      else if (verdict === 'close') socket.end();
      else socket.resume();
    },
    counts,
  );
}

/** Filters by server name. */
export const sniFiltering = (
  place: ListenPlace &
    TlsBehaviour & { readonly blocked: readonly string[]; readonly how: Exclude<HelloVerdict, 'pass'> },
  serve?: (peer: TLSSocket) => void,
  counts?: Counts,
): Promise<Origin> =>
  filteredOrigin(
    place,
    ({ servername }) => (place.blocked.includes(servername ?? '') ? place.how : 'pass'),
    serve,
    counts,
  );

/** Drops every ClientHello over that many bytes, as devices do that expect it in one packet. */
export const largeHelloDropping = (
  place: ListenPlace & TlsBehaviour & { readonly limit?: number },
  serve?: (peer: TLSSocket) => void,
  counts?: Counts,
): Promise<Origin> =>
  filteredOrigin(place, ({ bytes }) => (bytes > (place.limit ?? 600) ? 'silence' : 'pass'), serve, counts);

/** Lets a server's bytes through as `release` wants; what the client sends passes. */
class Bottleneck extends Duplex {
  readonly #below: Socket;
  readonly #release: (chunk: Buffer, to: Socket) => void;

  constructor(below: Socket, release: (chunk: Buffer, to: Socket) => void) {
    super();
    this.#below = below;
    this.#release = release;
    this.on('error', ignore);
    below.on('data', (chunk: Buffer) => this.push(chunk));
    below.on('end', () => this.push(null));
    below.on('close', () => this.destroy());
  }

  override _read(): void {
    this.#below.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#release(chunk, this.#below);
    done();
  }
}

/** A path that swallows the server's first flight after so many bytes, as a black hole for large packets does. */
export function truncatingHandshake(place: ListenPlace & TlsBehaviour & { readonly after: number }): Promise<Origin> {
  const server = tlsServer(place, ignore);
  return helloOrigin(place, (socket) => {
    let left = place.after;
    const narrow = new Bottleneck(socket, (chunk, to) => {
      if (left > 0) to.write(chunk.subarray(0, left));
      left -= chunk.length;
    });
    server.emit('connection', narrow);
  });
}

/** A sound handshake, a byte at a time. */
export function drippingHandshake(place: ListenPlace & TlsBehaviour & { readonly everyMs: number }): Promise<Origin> {
  const server = tlsServer(place, ignore);
  return helloOrigin(place, (socket) => {
    server.emit('connection', new Bottleneck(socket, (chunk, to) => drip(to, chunk, place.everyMs)));
  });
}
