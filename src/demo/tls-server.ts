import type { Duplex } from 'node:stream';
import { createServer, DEFAULT_CIPHERS, type Server, type TLSSocket, type TlsOptions } from 'node:tls';

/** What a TLS server shows: `Issued` of pki.ts has this shape. */
export interface ServerIdentity {
  /** Leaf first. */
  readonly chainPem: string;
  readonly keyPem: string;
}

export interface TlsBehaviour {
  readonly certificate: ServerIdentity;
  /** Shown to clients that ask for these names; whoever is not listed gets `certificate`. */
  readonly byName?: Readonly<Record<string, ServerIdentity>>;
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
/** Serves certificates with weak keys too: from Node 24 on the runtime's own list doesn't. */
const anyKey = `${DEFAULT_CIPHERS}:@SECLEVEL=0`;

/** A TLS server that does not listen yet. `serve` gets each session that opened. */
export function tlsServer(behaviour: TlsBehaviour, serve: (peer: TLSSocket) => void): Server {
  const { certificate, alpn = ['http/1.1'], ocsp } = behaviour;
  const server = createServer(
    {
      cert: certificate.chainPem,
      key: certificate.keyPem,
      ...(behaviour.minVersion === undefined ? {} : { minVersion: behaviour.minVersion }),
      ...(behaviour.maxVersion === undefined ? {} : { maxVersion: behaviour.maxVersion }),
      ciphers: behaviour.ciphers ?? anyKey,
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

/** A TLS socket's own `resetAndDestroy` sends close_notify and FIN first on some versions: the socket below has to. */
export function resetBelow(
  peer: Duplex & { resetAndDestroy?(): unknown; _parent?: { resetAndDestroy(): unknown } },
): void {
  if (peer._parent) peer._parent.resetAndDestroy();
  else peer.resetAndDestroy?.();
}
