import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { createServer, type Server, type TLSSocket, type TlsOptions } from 'node:tls';
import { type Counts, drip, helloOrigin, noCounts, type Origin, open, type Place, speaking } from './origins.ts';
import type { ClientHello } from './origins-hello.ts';

/** What a TLS server shows: `Issued` of pki.ts has this shape. */
export interface Credentials {
  /** Leaf first. */
  readonly chainPem: string;
  readonly keyPem: string;
}

export interface TlsBehaviour {
  readonly certificate: Credentials;
  /** Shown to clients that ask for these names; whoever is not listed gets `certificate`. */
  readonly byName?: Readonly<Record<string, Credentials>>;
  readonly minVersion?: TlsOptions['minVersion'];
  readonly maxVersion?: TlsOptions['maxVersion'];
  /** OpenSSL cipher list. */
  readonly ciphers?: string;
  /** Default `['http/1.1']`; empty: the extension is ignored. */
  readonly alpn?: readonly string[];
  /** The client must show a certificate, and none that it could have is good enough. */
  readonly clientCertificate?: boolean;
  /** DER of the response to staple. */
  readonly ocsp?: Buffer;
}

const ignore = (): void => {};

function tlsServer(behaviour: TlsBehaviour, serve: (peer: TLSSocket) => void): Server {
  const { certificate, alpn = ['http/1.1'], ocsp } = behaviour;
  const server = createServer(
    {
      cert: certificate.chainPem,
      key: certificate.keyPem,
      ...(behaviour.minVersion === undefined ? {} : { minVersion: behaviour.minVersion }),
      ...(behaviour.maxVersion === undefined ? {} : { maxVersion: behaviour.maxVersion }),
      ...(behaviour.ciphers === undefined ? {} : { ciphers: behaviour.ciphers }),
      ...(alpn.length === 0 ? {} : { ALPNProtocols: [...alpn] }),
      requestCert: behaviour.clientCertificate === true,
      rejectUnauthorized: behaviour.clientCertificate === true,
    },
    (peer) => {
      peer.on('error', ignore);
      serve(peer);
    },
  );
  server.on('tlsClientError', ignore);
  for (const [name, own] of Object.entries(behaviour.byName ?? {}))
    server.addContext(name, { cert: own.chainPem, key: own.keyPem });
  if (ocsp !== undefined) server.on('OCSPRequest', (_certificate, _issuer, done) => done(null, ocsp));
  return server;
}

/** TLS as it should be, within what `behaviour` limits. `serve` gets the open session. */
export function tlsOrigin(
  place: Place & TlsBehaviour,
  serve: (peer: TLSSocket) => void = ignore,
  counts: Counts = noCounts(),
): Promise<Origin> {
  return open(tlsServer(place, serve), place, counts);
}

/** What to do with a connection once its ClientHello is known. */
export type Verdict = 'pass' | 'reset' | 'close' | 'silence';

/** A filter before an origin: judges each ClientHello, and passes on what it likes. */
export function filteredOrigin(
  place: Place & TlsBehaviour,
  judge: (hello: ClientHello) => Verdict,
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
  place: Place & TlsBehaviour & { readonly blocked: readonly string[]; readonly how: Exclude<Verdict, 'pass'> },
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
  place: Place & TlsBehaviour & { readonly limit?: number },
  serve?: (peer: TLSSocket) => void,
  counts?: Counts,
): Promise<Origin> =>
  filteredOrigin(place, ({ bytes }) => (bytes > (place.limit ?? 600) ? 'silence' : 'pass'), serve, counts);

/** Answers each ClientHello by a fatal alert (RFC 8446 section 6.2: 40 handshake_failure, 70, 80, 112 …). */
export const alerting = (place: Place & { readonly alert: number }): Promise<Origin> =>
  speaking({ ...place, at: 'hello', text: Buffer.from([0x15, 3, 3, 0, 2, 2, place.alert]) });

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
export function truncatingHandshake(place: Place & TlsBehaviour & { readonly after: number }): Promise<Origin> {
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
export function drippingHandshake(place: Place & TlsBehaviour & { readonly everyMs: number }): Promise<Origin> {
  const server = tlsServer(place, ignore);
  return helloOrigin(place, (socket) => {
    server.emit('connection', new Bottleneck(socket, (chunk, to) => drip(to, chunk, place.everyMs)));
  });
}
