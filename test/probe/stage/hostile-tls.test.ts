import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { type Origin, tcpOrigin } from '../../../src/demo/listen.ts';
import { silent, speaking } from '../../../src/demo/origins-tcp.ts';
import { tlsOrigin } from '../../../src/demo/origins-tls.ts';
import { createAuthority, issueCertificate, type LeafOptions } from '../../../src/demo/pki.ts';
import { drippingHandshake } from '../../servers/broken-tls.ts';
import { certificate, failed, outcome, walk } from '../attempt-kit.ts';

const open: Origin[] = [];
async function started(starting: Promise<Origin>): Promise<Origin> {
  const origin = await starting;
  open.push(origin);
  return origin;
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((origin) => origin.close()));
});

const root = createAuthority({ name: 'Lab Root R3' });
const showing = (options: LeafOptions) =>
  tlsOrigin({ certificate: issueCertificate(root, options) }, (peer) => peer.end());

describe('a hostile TLS server', () => {
  it('that never answers is a timeout', async () => {
    expect(outcome((await walk(await started(silent()), { timeoutMs: 200 })).attempt, 'tls')).toBe('tls.timeout');
  });

  it('that shakes hands a byte at a time is a timeout', async () => {
    const origin = await started(drippingHandshake({ certificate, everyMs: 20 }));
    expect(outcome((await walk(origin, { timeoutMs: 300 })).attempt, 'tls')).toBe('tls.timeout');
  });

  it.each(['TLSv1.2', 'TLSv1.3'] as const)('with a certificate of 64 KiB is read, by %s', async (maxVersion) => {
    const big = issueCertificate(root, { commonName: 'big', padding: 65_536 });
    const origin = await started(tlsOrigin({ certificate: big, maxVersion }, (peer) => peer.end()));
    const { attempt, chains } = await walk(origin);
    expect(outcome(attempt, 'tls')).toBe('passed');
    expect(chains[0]?.[0]?.length).toBeGreaterThan(65_536);
  });

  it('with a certificate over what OpenSSL takes is a protocol failure', async () => {
    const { attempt } = await walk(await started(showing({ commonName: 'huge', padding: 200_000 })));
    expect(outcome(attempt, 'tls')).toBe('tls.protocol');
  });

  it('with a chain of 100 certificates has ten of them kept', async () => {
    let issuer = root;
    const many = Array.from({ length: 100 }, (_, index) => {
      issuer = createAuthority({ name: `Lab Issuing ${index}`, issuer });
      return issuer.pem;
    });
    const chain = { chainPem: [certificate.pem, ...many].join(''), keyPem: certificate.keyPem };
    const { chains } = await walk(await started(tlsOrigin({ certificate: chain }, (peer) => peer.end())));
    expect(chains[0]).toHaveLength(10);
  });

  it.each<[string, LeafOptions]>([
    ['escape codes', { commonName: '\u001b[31mred\u001b]0;title\u0007', dnsNames: ['\u001b[2J.example'] }],
    ['markup', { commonName: '<script>alert(1)</script>', dnsNames: ['<img src=x>.example'] }],
    ['newlines', { commonName: 'a\r\n2026-01-01 forged log line', dnsNames: ['a\nb.example'] }],
    ['NUL', { commonName: 'origin.lab.example\0.evil.example', dnsNames: ['origin.lab.example\0.evil.example'] }],
    ['text that reads from right to left', { commonName: '\u202egnp.exe' }],
    ['ten thousand characters', { commonName: 'n'.repeat(10_000) }],
    [
      'a thousand names',
      { commonName: 'x', dnsNames: Array.from({ length: 1_000 }, (_, index) => `h${index}.example`) },
    ],
    ['no name at all', {}],
  ])('whose names hold %s is only data', async (_name, options) => {
    const { attempt, chains } = await walk(await started(showing(options)));
    expect(outcome(attempt, 'tls')).toBe('passed');
    expect(chains[0]).toHaveLength(1);
    expect(JSON.stringify(attempt)).not.toMatch(/\\u001b|script|forged|evil/);
  });

  it.each<[string, () => Buffer, string]>([
    ['random bytes', () => Buffer.concat([Buffer.from([0]), randomBytes(4_000)]), 'tls.not-tls'],
    ['a record that says it is 65,535 bytes long', () => Buffer.from('160303ffff', 'hex'), 'tls.protocol'],
    ['a handshake message of 16 MiB', () => Buffer.from('1603030004' + '02ffffff', 'hex'), 'tls.protocol'],
    [
      'a ServerHello of zeros',
      () => Buffer.concat([Buffer.from('160303004a02000046', 'hex'), Buffer.alloc(70)]),
      'tls.protocol',
    ],
    ['application data first', () => Buffer.from('1703030001' + '00', 'hex'), 'tls.protocol'],
    ['an alert that is no alert', () => Buffer.from('150303000105', 'hex'), 'tls.protocol'],
  ])('that answers %s fails the stage and nothing else', async (_name, bytes, code) => {
    const origin = await started(speaking({ at: 'hello', text: bytes() }));
    const { attempt } = await walk(origin, { timeoutMs: 500 });
    expect(outcome(attempt, 'tls')).toBe(code);
    expect(failed(attempt, 'tls').failure.raw.message.length).toBeLessThanOrEqual(300);
  });

  it('that floods the handshake with warnings is cut off', async () => {
    const warning = Buffer.from('15030300020164', 'hex');
    const origin = await started(
      tcpOrigin({}, (socket) => {
        const flood = (): void => {
          while (!socket.destroyed && socket.write(Buffer.concat(Array<Buffer>(500).fill(warning))));
          if (!socket.destroyed) socket.once('drain', flood);
        };
        socket.once('data', flood);
      }),
    );
    expect(outcome((await walk(origin, { timeoutMs: 2_000 })).attempt, 'tls')).toBeOneOf(['tls.protocol', 'tls.alert']);
  });
});
