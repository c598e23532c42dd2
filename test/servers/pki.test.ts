import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer } from 'node:tls';
import { afterAll, describe, expect, test } from 'vitest';
import { createAuthority, issueCertificate } from '../../src/demo/pki.ts';
import type { KeyKind } from '../../src/demo/pki-keys.ts';
import { createCrl } from '../../src/demo/revocation-list.ts';
import { createOcspResponse } from './ocsp-answers.ts';

const folder = mkdtempSync(join(tmpdir(), 'wayclear-pki-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the certificate builder', () => {
  test.each<KeyKind>(['ec', 'ec384', 'rsa', 'rsa-pss', 'ed25519'])('makes chains that verify with %s keys', (key) => {
    const root = createAuthority({ name: 'Root', key });
    const intermediate = createAuthority({ name: 'Intermediate', key, issuer: root, pathLength: 0 });
    const leaf = issueCertificate(intermediate, { commonName: 'a.example', dnsNames: ['a.example'], key });
    expect(leaf.x509.checkIssued(intermediate.x509) && leaf.x509.verify(intermediate.x509.publicKey)).toBe(true);
    expect(intermediate.x509.checkIssued(root.x509) && intermediate.x509.verify(root.x509.publicKey)).toBe(true);
    expect(root.x509.verify(root.x509.publicKey)).toBe(true);
    expect([root.x509.ca, intermediate.x509.ca, leaf.x509.ca]).toEqual([true, true, false]);
    expect(leaf.chain.map((link) => link.sha256)).toEqual([leaf.sha256, intermediate.sha256]);
    expect(leaf.fullChain).toHaveLength(3);
    expect(leaf.x509.fingerprint256.replaceAll(':', '').toLowerCase()).toBe(leaf.sha256);
  });

  test('breaks the signature and nothing else when asked to', () => {
    const root = createAuthority({ name: 'Root' });
    const leaf = issueCertificate(root, { commonName: 'a.example', badSignature: true });
    expect(leaf.x509.checkIssued(root.x509)).toBe(true);
    expect(leaf.x509.verify(root.x509.publicKey)).toBe(false);
  });

  test('writes dates on both sides of 2050, large serials and raw text', () => {
    const root = createAuthority({ name: 'Root', notAfter: new Date('2070-01-02T03:04:05Z') });
    const name = 'a\u0000b\n<script>\u001b[31m';
    const leaf = issueCertificate(root, {
      commonName: name,
      dnsNames: [name],
      serial: 'ff00ff',
      padding: 65_536,
      scts: 2,
    });
    expect(root.x509.validTo).toBe('Jan  2 03:04:05 2070 GMT');
    expect(leaf.x509.serialNumber.toLowerCase()).toBe('ff00ff');
    expect(leaf.serial).toBe('ff00ff');
    expect(leaf.der.includes(Buffer.from(name))).toBe(true);
    expect(leaf.der.length).toBeGreaterThan(65_536);
  });

  test('makes cross-signs: same name and key, another issuer', () => {
    const [one, two] = [createAuthority({ name: 'One' }), createAuthority({ name: 'Two' })];
    const cross = createAuthority({ name: 'One', issuer: two, sameKeyAs: one });
    const leaf = issueCertificate(one, { commonName: 'a.example' });
    expect(leaf.x509.checkIssued(cross.x509) && leaf.x509.verify(cross.x509.publicKey)).toBe(true);
    expect(cross.sha256).not.toBe(one.sha256);
  });

  test('serves a handshake that a client with the root authorizes', async () => {
    const root = createAuthority({ name: 'Root' });
    const leaf = issueCertificate(createAuthority({ name: 'Mid', issuer: root }), {
      dnsNames: ['a.example'],
      ipAddresses: ['127.0.0.1', '::1'],
    });
    const server = createServer({ cert: leaf.chainPem, key: leaf.keyPem }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const socket = connect({
      host: '127.0.0.1',
      port: (server.address() as AddressInfo).port,
      ca: root.pem,
      servername: 'a.example',
    });
    await once(socket, 'secureConnect');
    expect(socket.authorized).toBe(true);
    socket.destroy();
    server.close();
  });
});

const openssl = (() => {
  try {
    return execFileSync('openssl', ['version'], { encoding: 'utf8' });
  } catch {
    return null;
  }
})();

describe.runIf(openssl !== null)('openssl agrees', () => {
  const root = createAuthority({
    name: 'Root',
    subject: [
      ['C', 'DE'],
      ['O', 'Lab'],
    ],
  });
  const mid = createAuthority({ name: 'Mid', issuer: root, pathLength: 0, key: 'rsa' });
  const leaf = issueCertificate(mid, {
    commonName: 'a.example',
    dnsNames: ['a.example', '*.b.example'],
    ipAddresses: ['192.0.2.1', '2001:db8::1'],
    aiaIssuers: ['http://pki.example/mid.crt'],
    ocspUrls: ['http://ocsp.example/'],
    crlUrls: ['http://crl.example/mid.crl'],
  });
  const file = (name: string, content: string | Buffer): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const run = (...args: string[]): string =>
    execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

  test('on the chain, strictly', () => {
    const text = run(
      'verify',
      '-x509_strict',
      '-purpose',
      'sslserver',
      '-verify_hostname',
      'x.b.example',
      '-CAfile',
      file('root.pem', root.pem),
      '-untrusted',
      file('mid.pem', mid.pem),
      file('leaf.pem', leaf.pem),
    );
    expect(text).toContain('OK');
    const shown = run('x509', '-noout', '-text', '-in', file('leaf.pem', leaf.pem));
    for (const part of [
      'IP Address:192.0.2.1',
      '2001:DB8:0:0:0:0:0:1',
      'CA Issuers - URI:http://pki.example/mid.crt',
      'OCSP - URI:http://ocsp.example/',
      'URI:http://crl.example/mid.crl',
      'TLS Web Server Authentication',
    ])
      expect(shown).toContain(part);
  });

  test('on CRLs', () => {
    const crl = file('mid.crl', createCrl(mid, [{ serial: leaf.serial, at: new Date('2021-01-01T00:00:00Z') }]));
    const shown = run('crl', '-inform', 'DER', '-in', crl, '-noout', '-text', '-CAfile', file('mid.pem', mid.pem));
    expect(shown.toLowerCase()).toContain(leaf.serial);
  });

  test.each(['sha1', 'sha256'] as const)('on OCSP answers with %s ids', (idHash) => {
    const answer = createOcspResponse(mid, {
      statuses: [{ certificate: leaf, status: 'revoked', revokedAt: new Date('2021-01-01T00:00:00Z') }],
      idHash,
    });
    const shown = run(
      'ocsp',
      '-respin',
      file('answer', answer),
      `-${idHash}`,
      '-issuer',
      file('mid.pem', mid.pem),
      '-cert',
      file('leaf.pem', leaf.pem),
      '-CAfile',
      file('root.pem', root.pem),
      '-partial_chain',
    );
    expect(shown).toContain('revoked');
  });

  test('on delegated OCSP responders', () => {
    const responder = issueCertificate(mid, { commonName: 'Responder', extendedKeyUsage: ['1.3.6.1.5.5.7.3.9'] });
    const answer = createOcspResponse(mid, { statuses: [{ certificate: leaf, status: 'good' }], responder });
    const shown = run(
      'ocsp',
      '-respin',
      file('answer', answer),
      '-issuer',
      file('mid.pem', mid.pem),
      '-cert',
      file('leaf.pem', leaf.pem),
      '-CAfile',
      file('root.pem', root.pem),
      '-partial_chain',
    );
    expect(shown).toContain('good');
  });
});

test('a parsed certificate equals the one that was made', () => {
  const root = createAuthority({ name: 'Root' });
  expect(new X509Certificate(root.pem).raw.equals(root.der)).toBe(true);
});
