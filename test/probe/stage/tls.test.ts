import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type Origin, tcpOrigin } from '../../../src/demo/listen.ts';
import { resetting, silent, speaking } from '../../../src/demo/origins-tcp.ts';
import { alerting, tlsOrigin as startTls } from '../../../src/demo/origins-tls.ts';
import { createAuthority, type Issued, issueCertificate } from '../../../src/demo/pki.ts';
import type { TlsBehaviour } from '../../../src/demo/tls-server.ts';
import type { TlsValue } from '../../../src/model/observations.ts';
import { handshake } from '../../../src/probe/stage/tls.ts';
import { closing, helloOrigin } from '../../servers/broken-tcp.ts';
import { drippingHandshake, largeHelloDropping, sniFiltering, truncatingHandshake } from '../../servers/broken-tls.ts';
import type { ClientHello } from '../../servers/client-hello.ts';
import { certificate, contextOf, failed, outcome, passedTls, type WalkOptions, walk } from '../attempt-kit.ts';

const open: Origin[] = [];
async function started(starting: Promise<Origin>): Promise<Origin> {
  const origin = await starting;
  open.push(origin);
  return origin;
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((origin) => origin.close()));
});

/** TLS only: no HTTP on top. */
async function shake(starting: Promise<Origin>, options: WalkOptions = {}) {
  const origin = await started(starting);
  const { path: _path, ...rest } = options;
  const walked = await walk(origin, { timeoutMs: 400, ...rest });
  expect(origin.counts.connections).toBeLessThanOrEqual(1);
  return walked;
}

/** Closes each session once it is there: the HTTP stage has nothing to wait for. */
const tlsOrigin = (place: TlsBehaviour) => startTls(place, (peer) => peer.end());

const behaviour = (more: Partial<TlsBehaviour> = {}): TlsBehaviour => ({ certificate, ...more });
const text = (base64: string | undefined): string => Buffer.from(base64 ?? '', 'base64').toString('latin1');

describe('a handshake', () => {
  it('passes without judging the certificate, and says what was agreed', async () => {
    const walked = await shake(tlsOrigin(behaviour()));
    const value = passedTls(walked);
    expect(value).toMatchObject({
      protocol: 'TLSv1.3',
      cipher: 'TLS_AES_256_GCM_SHA384',
      alpn: 'http/1.1',
      servername: 'origin.lab.example',
      chain: 'chain-1',
      keyExchange: 'X25519',
      ocsp: null,
    });
    expect(value.helloBytes).toBeGreaterThan(200);
    expect(value.bytesWritten).toBeGreaterThanOrEqual(value.helloBytes);
    expect(value.bytesRead).toBeGreaterThan(500);
    expect('firstBytes' in value).toBe(false);
  });

  it('keeps the stapled OCSP response', async () => {
    const ocsp = Buffer.from('a response that nobody parses here');
    const walked = await shake(tlsOrigin(behaviour({ ocsp })));
    expect(passedTls(walked).ocsp).toBe(ocsp.toString('base64'));
  });

  it.each<[string, Partial<TlsBehaviour>, WalkOptions, object]>([
    ['TLS 1.2 alone', { maxVersion: 'TLSv1.2' }, {}, { protocol: 'TLSv1.2' }],
    ['TLS 1.3 alone', { minVersion: 'TLSv1.3' }, {}, { protocol: 'TLSv1.3' }],
    ['a server without ALPN', { alpn: [] }, {}, { alpn: null }],
    ['a version that the experiment wants', {}, { tls: { maxVersion: 'TLSv1.2' } }, { protocol: 'TLSv1.2' }],
    [
      'a cipher that the experiment wants',
      { maxVersion: 'TLSv1.2' },
      { tls: { ciphers: 'ECDHE-ECDSA-CHACHA20-POLY1305' } },
      { cipher: 'ECDHE-ECDSA-CHACHA20-POLY1305' },
    ],
    ['no SNI', {}, { tls: { servername: null } }, { servername: null }],
    ['no SNI for an address', {}, { host: '127.0.0.1' }, { servername: null }],
    ['another SNI', {}, { tls: { servername: 'other.lab.example' } }, { servername: 'other.lab.example' }],
  ])('passes with %s', async (_name, server, options, value) => {
    expect(passedTls(await shake(tlsOrigin(behaviour(server)), options))).toMatchObject(value);
  });

  it('resumes no session, so that the certificate is there every time', async () => {
    const origin = await started(tlsOrigin(behaviour({ maxVersion: 'TLSv1.2' })));
    for (let round = 0; round < 3; round++) expect((await walk(origin, { timeoutMs: 300 })).chains[0]).toHaveLength(2);
  });
});

describe('the ClientHello', () => {
  const hellos: ClientHello[] = [];
  const watching = () =>
    helloOrigin({}, (socket, hello) => {
      hellos.push(hello);
      socket.destroy();
    });
  afterEach(() => {
    hellos.length = 0;
  });

  it('is under 400 bytes by default, with one elliptic-curve key share and the name', async () => {
    await shake(watching());
    expect(hellos[0]).toMatchObject({ servername: 'origin.lab.example', keyShares: [29] });
    expect(hellos[0]?.bytes).toBeLessThan(400);
  });

  it('does not fit one packet where a large one is asked for', async () => {
    const walked = await shake(watching(), { tls: { hello: 'large' } });
    expect(hellos[0]?.bytes).toBeGreaterThan(1_400);
    expect(failed(walked.attempt, 'tls').partial).toMatchObject({ helloBytes: hellos[0]?.bytes });
  });

  it('can be padded to prove that size is what breaks', async () => {
    await shake(watching());
    await shake(watching(), { tls: { padHello: 1_000 } });
    const [plain, padded] = hellos;
    expect((padded?.bytes ?? 0) - (plain?.bytes ?? 0)).toBe(1_000);
    expect(padded?.keyShares).toEqual([29]);
  });

  it('names nothing for an address or where no name is wanted', async () => {
    await shake(watching(), { host: '127.0.0.1' });
    await shake(watching(), { host: '::1', tls: { servername: '::1' } });
    await shake(watching(), { tls: { servername: null } });
    expect(hellos.map((hello) => hello.servername)).toEqual([null, null, null]);
  });

  it('is padded with names that a server with an opinion on protocols passes over', async () => {
    const walked = await shake(tlsOrigin(behaviour()), { tls: { padHello: 2_000 } });
    expect(passedTls(walked).alpn).toBe('http/1.1');
  });
});

describe('a handshake that fails', () => {
  it('for want of an answer ends with a reset, so that nothing is sent to it again', async () => {
    let ended = '';
    const origin = tcpOrigin({}, (socket) => {
      socket.resume();
      socket.on('end', () => {
        ended ||= 'FIN';
      });
      socket.on('error', (error: NodeJS.ErrnoException) => {
        ended ||= error.code ?? '';
      });
    });
    await shake(origin, { timeoutMs: 300 });
    await expect.poll(() => ended).toBe('ECONNRESET');
  });

  const blocked = { blocked: ['origin.lab.example'] };
  it.each<[string, () => Promise<Origin>, WalkOptions, string, object]>([
    ['silence is a timeout with nothing read', () => silent(), {}, 'tls.timeout', { bytesRead: 0 }],
    ['RST on the ClientHello is a reset', () => resetting({ at: 'hello' }), {}, 'tls.reset', { bytesRead: 0 }],
    ['FIN on the ClientHello is a close', () => closing({ at: 'hello' }), {}, 'tls.closed', { bytesRead: 0 }],
    ['FIN on accepting is a close', () => closing({ at: 'accept' }), {}, 'tls.closed', { bytesRead: 0 }],
    [
      'a black hole behind the first bytes is a timeout with something read',
      () => truncatingHandshake({ ...behaviour(), after: 100 }),
      {},
      'tls.timeout',
      { bytesRead: 100 },
    ],
    [
      'a byte at a time is a timeout',
      () => drippingHandshake({ ...behaviour(), everyMs: 50 }),
      {},
      'tls.timeout',
      { servername: 'origin.lab.example' },
    ],
    [
      'a name filter that resets',
      () => sniFiltering({ ...behaviour(), ...blocked, how: 'reset' }),
      {},
      'tls.reset',
      { bytesRead: 0 },
    ],
    [
      'a name filter that drops',
      () => sniFiltering({ ...behaviour(), ...blocked, how: 'silence' }),
      {},
      'tls.timeout',
      { bytesRead: 0 },
    ],
    [
      'a device that drops large hellos',
      () => largeHelloDropping(behaviour()),
      { tls: { hello: 'large' } },
      'tls.timeout',
      { bytesRead: 0 },
    ],
  ])('%s', async (_name, start, options, code, partial) => {
    const { attempt } = await shake(start(), options);
    expect(outcome(attempt, 'tls')).toBe(code);
    expect(failed(attempt, 'tls').partial).toMatchObject(partial);
  });

  it.each([40, 70, 71, 80, 112, 116])('alert %i is known by its number', async (alert) => {
    const { attempt } = await shake(alerting({ alert }));
    expect(failed(attempt, 'tls').failure).toMatchObject({ code: 'tls.alert', alert });
  });

  it.each<[string, Partial<TlsBehaviour>, WalkOptions]>([
    ['a server with TLS 1.1 at most', { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' }, {}],
    [
      'no common cipher',
      { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256' },
      { tls: { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES256-GCM-SHA384' } },
    ],
    ['a client certificate that TLS 1.2 wants', { maxVersion: 'TLSv1.2', clientCertificate: true }, {}],
  ])('%s is an alert', async (_name, server, options) => {
    const { attempt } = await shake(tlsOrigin(behaviour(server)), options);
    expect(outcome(attempt, 'tls')).toBe('tls.alert');
  });

  it('a client certificate that TLS 1.3 wants is an alert behind the handshake', async () => {
    const { attempt } = await shake(tlsOrigin(behaviour({ minVersion: 'TLSv1.3', clientCertificate: true })));
    expect(outcome(attempt, 'tls')).toBe('passed');
    expect(failed(attempt, 'http').failure).toMatchObject({ code: 'http.tls-alert', alert: 116 });
  });

  it.each<[string, () => Promise<Origin>]>([
    ['HTTP', () => speaking({ at: 'hello', text: 'HTTP/1.1 400 Bad Request\r\n\r\n' })],
    ['SSH', () => speaking({ at: 'accept', text: 'SSH-2.0-OpenSSH_9.2\r\n' })],
  ])('%s on the port is no TLS', async (_name, start) => {
    const { attempt } = await shake(start());
    expect(outcome(attempt, 'tls')).toBe('tls.not-tls');
    const { helloBytes, bytesWritten } = failed(attempt, 'tls').partial as TlsValue;
    // OpenSSL answers nothing to a first record of another protocol.
    expect(bytesWritten).toBe(helloBytes);
  });

  it('on a connection that has ended says so at once', async () => {
    const origin = await started(closing({ at: 'accept' }));
    const socket = connect(origin.port, origin.address).on('error', () => {});
    await once(socket, 'close');
    const { result } = await handshake(
      socket,
      { servername: null, hello: 'classic', alpn: [] },
      contextOf({ timeoutMs: 10_000 }),
      () => '',
    );
    expect(result).toMatchObject({ status: 'failed', failure: { code: 'tls.closed' }, partial: { bytesWritten: 0 } });
  });
});

describe('the first bytes of an answer', () => {
  const first = { tls: { firstBytes: true } } as const;

  it.each<[string, () => Promise<Origin>, string, string]>([
    [
      'HTTP',
      () => speaking({ at: 'hello', text: 'HTTP/1.1 400 Bad Request\r\n\r\n' }),
      'tls.not-tls',
      'HTTP/1.1 400 Bad Request\r\n\r\n',
    ],
    ['SSH', () => speaking({ at: 'accept', text: 'SSH-2.0-x\r\n' }), 'tls.not-tls', 'SSH-2.0-x\r\n'],
    ['three bytes', () => speaking({ at: 'hello', text: 'no\n' }), 'tls.not-tls', 'no\n'],
    ['no end', () => speaking({ at: 'hello', text: 'x'.repeat(100_000) }), 'tls.not-tls', 'x'.repeat(512)],
    ['an alert', () => alerting({ alert: 70 }), 'tls.protocol', '\x15\x03\x03\0\x02\x02\x46'],
    ['nothing', () => closing({ at: 'hello' }), 'tls.closed', ''],
    ['a reset', () => resetting({ at: 'hello' }), 'tls.reset', ''],
    ['silence', () => silent(), 'tls.timeout', ''],
  ])('are kept as they are where they are %s', async (_name, start, code, bytes) => {
    const { attempt } = await shake(start(), { ...first, timeoutMs: 1_500 });
    const { failure, partial } = failed(attempt, 'tls');
    expect([failure.code, text((partial as TlsValue).firstBytes)]).toEqual([code, bytes]);
  });

  it('answer the ClientHello of a handshake with these options', async () => {
    const hellos: ClientHello[] = [];
    const watching = () =>
      helloOrigin({}, (socket, hello) => {
        hellos.push(hello);
        socket.destroy();
      });
    for (const tls of [{}, first.tls]) await shake(watching(), { tls });
    const [usual, bare] = hellos;
    expect(bare).toMatchObject({ servername: usual?.servername, keyShares: usual?.keyShares, bytes: usual?.bytes });
  });

  it('hold the version that a server chose', async () => {
    const { attempt } = await shake(tlsOrigin(behaviour({ maxVersion: 'TLSv1.2' })), first);
    const { failure, partial } = failed(attempt, 'tls');
    expect(failure.code).toBe('tls.protocol');
    expect(Buffer.from((partial as TlsValue).firstBytes ?? '', 'base64').subarray(9, 11)).toEqual(Buffer.from([3, 3]));
  });
});

describe('filters that depend on the hello', () => {
  it.each<[string, () => Promise<Origin>, WalkOptions]>([
    [
      'another name passes the name filter',
      () => sniFiltering({ ...behaviour(), blocked: ['origin.lab.example'], how: 'reset' }, (peer) => peer.end()),
      { tls: { servername: 'other.lab.example' } },
    ],
    [
      'a classic hello passes where large ones are dropped',
      () => largeHelloDropping(behaviour(), (peer) => peer.end()),
      {},
    ],
  ])('%s', async (_name, start, options) => {
    expect(outcome((await shake(start(), options)).attempt, 'tls')).toBe('passed');
  });
});

describe('the chain', () => {
  const root = createAuthority({ name: 'Lab Root R2' });
  const upper = createAuthority({ name: 'Lab Issuing U', issuer: root });
  const lower = createAuthority({ name: 'Lab Issuing L', issuer: upper });
  const leaf = issueCertificate(lower, { commonName: 'origin.lab.example' });
  const other = createAuthority({ name: 'Unrelated' });
  const sent: readonly (readonly [string, readonly Issued[], readonly Issued[]])[] = [
    ['the leaf alone', [leaf], [leaf]],
    ['without the root', [leaf, lower, upper], [leaf, lower, upper]],
    ['with the root', [leaf, lower, upper, root], [leaf, lower, upper, root]],
    ['in the wrong order', [leaf, upper, lower], [leaf, upper, lower]],
    ['with an unrelated certificate', [leaf, other], [leaf, other]],
    ['with one twice', [leaf, leaf, lower], [leaf, lower]],
  ];
  it.each((['TLSv1.2', 'TLSv1.3'] as const).flatMap((version) => sent.map((row) => [version, ...row] as const)))(
    'by %s, %s, is kept as sent',
    async (maxVersion, _name, chain, kept) => {
      const chainPem = chain.map((certificate) => certificate.pem).join('');
      const walked = await shake(tlsOrigin({ certificate: { chainPem, keyPem: leaf.keyPem }, maxVersion }));
      expect(walked.chains).toHaveLength(1);
      expect(walked.chains[0]?.map((one) => one.toString('hex'))).toEqual(kept.map((one) => one.der.toString('hex')));
    },
  );

  it('may be of any signature, size and purpose', async () => {
    // A server with OpenSSL 3.5 takes no such key at its default level.
    const ciphers = 'DEFAULT@SECLEVEL=0';
    for (const options of [
      { badSignature: true },
      { key: 'rsa', rsaBits: 1024 },
      { extendedKeyUsage: ['1.3.6.1.5.5.7.3.8'] },
    ] as const)
      expect(
        (await shake(tlsOrigin({ certificate: issueCertificate(root, { commonName: 'x', ...options }), ciphers })))
          .chains,
      ).toHaveLength(1);
  });
});
