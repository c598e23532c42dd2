import { X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import { connect, type PeerCertificate, type SecureContext, type TLSSocket } from 'node:tls';
import { isIP } from '../../addresses.ts';
import type { ProxyTls } from '../../model/observations.ts';
import type { Keep } from '../../secrets/secrets.ts';
import { isNotTls, StageError } from '../stage/failure.ts';
import { ignore } from '../stage/tcp.ts';
import { throwIfEnded } from '../stage/tls.ts';

/** Makes a subject or issuer one line, most specific first, as in certificate facts. */
const oneLine = (name: string, keep: Keep): string => keep(name.split('\n').reverse().join(', '), 200);

/** Why there is no session: `not-tls`, or a code of OpenSSL's or the kernel's. */
const problemOf = (error: Error & { readonly code?: string }): string =>
  isNotTls(error) ? 'not-tls' : (error.code ?? 'closed');

/**
 * TLS to the proxy itself. The chain is verified before the socket is given to anybody: nothing secret goes to a proxy
 * that is not who it should be. Rejects with StageError `tunnel.tls`, the reason as its detail.
 */
export function connectProxyTls(
  below: Socket,
  host: string,
  trust: SecureContext,
  keep: Keep,
  learned: (facts: { readonly tls: ProxyTls }) => void,
): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => reject(new StageError('tunnel.tls', error.message, problemOf(error)));
    try {
      throwIfEnded(below);
    } catch (error) {
      fail(error as Error);
      return;
    }
    const name = isIP(host) === 0 ? { servername: host } : {};
    const socket = connect({
      socket: below,
      host,
      ...name,
      secureContext: trust,
      rejectUnauthorized: false,
      ALPNProtocols: ['http/1.1'],
    });
    socket.on('error', ignore);
    socket.once('error', fail);
    socket.once('close', () => fail(new Error('closed before the handshake was done')));
    socket.once('secureConnect', () => {
      // getPeerX509Certificate() would never free the issuers.
      const { raw } = socket.getPeerCertificate() as Partial<PeerCertificate>;
      const certificate = raw === undefined ? null : new X509Certificate(raw);
      // A code of OpenSSL's or the runtime's; the types say Error, and the runtime gives a text.
      const problem = socket.authorized ? null : String(socket.authorizationError ?? 'unauthorized');
      learned({
        tls: {
          protocol: socket.getProtocol() ?? '',
          subject: oneLine(certificate?.subject ?? '', keep),
          issuer: oneLine(certificate?.issuer ?? '', keep),
          problem: problem === null ? null : keep(problem, 80),
        },
      });
      if (problem === null) resolve(socket);
      else {
        socket.destroy();
        reject(new StageError('tunnel.tls', `the proxy's certificate is not accepted: ${problem}`, problem));
      }
    });
  });
}
