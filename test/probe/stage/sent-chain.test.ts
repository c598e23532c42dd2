import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { type ConnectionOptions, connect, createServer, type TlsOptions } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { createAuthority, issueCertificate } from '../../../src/demo/pki.ts';
import { certificatesSent, handshakeSecret } from '../../../src/probe/stage/sent-chain.ts';
import { Wire } from '../../../src/probe/stage/wire.ts';

const root = createAuthority({ name: 'Lab Root R2' });
const middle = createAuthority({ name: 'Lab Issuing L', issuer: root });
const leaf = issueCertificate(middle, { commonName: 'origin.lab.example' });
const other = createAuthority({ name: 'Unrelated' });
const chain = [leaf, other, middle];
/** Over 16 KiB, the most that one record holds. */
const many: TlsOptions = { cert: [leaf, ...Array(40).fill(other), middle].map(({ pem }) => pem).join('') };
const hex = (certificates: readonly Buffer[] | null | undefined) => certificates?.map((one) => one.toString('hex'));

/** What a handshake with such a server leaves to read. */
async function shaken(server: TlsOptions, client: ConnectionOptions = {}, ocsp: Buffer | null = null) {
  const certificates = { cert: chain.map(({ pem }) => pem).join(''), key: leaf.keyPem };
  const origin = createServer({ ...certificates, ...server }, (peer) => peer.on('error', () => {}).resume());
  origin.on('tlsClientError', () => {});
  if (ocsp !== null) origin.on('OCSPRequest', (_certificate, _issuer, done) => done(null, ocsp));
  origin.listen(0, '127.0.0.1');
  await once(origin, 'listening');
  const at = origin.address();
  const below = connectTcp({ host: '127.0.0.1', port: typeof at === 'object' && at !== null ? at.port : 0 });
  const wire = new Wire(below, { keepFlight: true });
  const wanted = { socket: wire, rejectUnauthorized: false, requestOCSP: ocsp !== null, ...client };
  const socket = connect(wanted);
  socket.on('error', () => {});
  let secret: Buffer | null = null;
  socket.on('keylog', (line: Buffer) => {
    secret ??= handshakeSecret(line);
  });
  await once(socket, 'secureConnect');
  const flight = wire.takeFlight() ?? Buffer.alloc(0);
  const found = { flight, suite: socket.getCipher().name, secret: secret as Buffer | null, again: wire.takeFlight() };
  socket.destroy();
  origin.close();
  return found;
}

describe('the certificates that a server sent', () => {
  it.each<[string, TlsOptions, ConnectionOptions?, Buffer?]>([
    ['TLS_AES_128_GCM_SHA256', { ciphers: 'TLS_AES_128_GCM_SHA256' }],
    ['TLS_AES_256_GCM_SHA384', { ciphers: 'TLS_AES_256_GCM_SHA384' }],
    ['TLS_CHACHA20_POLY1305_SHA256', { ciphers: 'TLS_CHACHA20_POLY1305_SHA256' }],
    ['TLS 1.2', { maxVersion: 'TLSv1.2' }],
    ['a HelloRetryRequest', { ecdhCurve: 'P-384' }, { ecdhCurve: 'X25519:P-384' }],
    ['a demand for a certificate', { requestCert: true, rejectUnauthorized: false }],
    ['a stapled response', {}, {}, Buffer.alloc(20_000, 7)],
    ['TLS 1.2 over several records', { ...many, maxVersion: 'TLSv1.2' }],
    ['TLS 1.3 over several records', many],
  ])('are read with %s', async (_name, server, client, ocsp) => {
    const { flight, suite, secret } = await shaken(server, client, ocsp);
    const found = hex(certificatesSent(flight, suite, secret));
    expect(found?.filter((one, at) => found.indexOf(one) === at)).toEqual(hex(chain.map(({ der }) => der)));
  });

  it('are not read where the suite, the secret or the bytes are others', async () => {
    const { flight, suite, secret, again } = await shaken({});
    expect(again).toBeNull();
    const cut = flight.subarray(0, 400);
    expect(certificatesSent(flight, 'TLS_AES_128_CCM_SHA256', secret)).toBeNull();
    expect(certificatesSent(flight, suite, Buffer.alloc(48))).toBeNull();
    expect(certificatesSent(flight, suite, null)).toBeNull();
    expect(certificatesSent(cut, suite, secret)).toBeNull();
    expect(certificatesSent(Buffer.alloc(0), suite, secret)).toBeNull();
  });
});
