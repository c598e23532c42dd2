import { afterEach, describe, expect, it } from 'vitest';
import type { Origin } from '../../../src/demo/listen.ts';
import { answer, httpOrigin, httpsOrigin } from '../../../src/demo/origins-http.ts';
import { resetting, silent, speaking } from '../../../src/demo/origins-tcp.ts';
import { createAuthority, issueCertificate } from '../../../src/demo/pki.ts';
import type { Attempt } from '../../../src/model/observations.ts';
import { leaks, spellings } from '../../secrets/spellings.ts';
import { closing } from '../../servers/broken-tcp.ts';
import {
  drippingReply,
  endlessBody,
  endlessHeaders,
  forwarding,
  httpProxy,
  type ProxyRequest,
  reply,
  replying,
  resettingAfter200,
} from '../../servers/proxies.ts';
import { certificate, failed, outcome, passedHttp } from '../attempt-kit.ts';
import { accessWith, account, through, tunnelOf } from './proxy-kit.ts';

const open: { close(): Promise<void> }[] = [];
async function started<T extends { close(): Promise<void> }>(starting: Promise<T>): Promise<T> {
  const one = await starting;
  open.push(one);
  return one;
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

const secure = () => httpsOrigin({ certificate: { chainPem: certificate.pem, keyPem: certificate.keyPem } }, answer());
const urlOf = (origin: Origin, scheme = 'https', path = '/'): string =>
  `${scheme}://origin.lab.example:${origin.port}${path}`;
const own = account();
const basic = `Basic ${Buffer.from(`${own.user}:${own.password.reveal()}`).toString('base64')}`;
const demand = (scheme = 'Basic realm="Lab"', headers: readonly string[] = []): string =>
  reply('407 Proxy Authentication Required', [`Proxy-Authenticate: ${scheme}`, ...headers], 'who are you');

describe('a CONNECT tunnel', () => {
  it('leads to the origin on the one connection, and TLS is the origin\u2019s own', async () => {
    const origin = await started(secure());
    const proxy = await started(forwarding());
    const result = await through(proxy, { url: urlOf(origin) });
    expect(['tcp', 'tunnel', 'tls', 'http'].map((stage) => outcome(result, stage as 'tcp'))).toEqual(
      Array(4).fill('passed'),
    );
    expect(result).toMatchObject({ address: null, proxy: { address: proxy.address, failed: [] } });
    expect(tunnelOf(result)).toMatchObject({ via: 'connect', status: 200, connections: 1, requests: 1, auth: null });
    expect(proxy.counts.connections).toBe(1);
    expect(proxy.requests[0]).toMatchObject({ method: 'CONNECT', target: `origin.lab.example:${origin.port}` });
  });

  it('reaches a bare port, and an IPv6 address in brackets', async () => {
    const proxy = await started(replying({}, 'HTTP/1.1 200 OK\r\n\r\n'));
    const result = await through(proxy, { tcp: { host: '[2001:db8::7]', port: 1433 } });
    expect([outcome(result, 'tunnel'), proxy.requests[0]?.target]).toEqual(['passed', '[2001:db8::7]:1433']);
  });

  it('gives bytes behind the head of a 200 back to who speaks next', async () => {
    const proxy = await started(replying({}, 'HTTP/1.1 200 OK\r\n\r\nSSH-2.0-early\r\n'));
    expect(outcome(await through(proxy), 'tls')).toBe('tls.not-tls');
  });

  it('hears a tunnel that is closed at once in the TLS stage', async () => {
    const proxy = await started(replying({}, 'HTTP/1.1 200 OK\r\n\r\n', 'close'));
    expect(outcome(await through(proxy), 'tls')).toBe('tls.closed');
  });

  const endings: readonly (readonly [string, () => Promise<Origin>, string, string])[] = [
    ['silence', () => silent(), 'tunnel.timeout', 'skipped: tunnel'],
    ['a close at CONNECT', () => closing({ at: 'hello' }), 'tunnel.closed', 'skipped: tunnel'],
    ['a reset at CONNECT', () => resetting({ at: 'hello' }), 'tunnel.reset', 'skipped: tunnel'],
    // The write of the ClientHello takes the kernel's word of the reset: what TLS reads then is an end.
    ['200, then a reset', () => resettingAfter200(), 'passed', 'tls.closed'],
    ['403', () => replying({}, reply('403 Forbidden', [], 'no')), 'tunnel.refused', 'skipped: tunnel'],
    [
      'a redirect',
      () => replying({}, reply('302 Found', ['Location: http://login.example/'])),
      'tunnel.refused',
      'skipped: tunnel',
    ],
    [
      'an SSH banner',
      () => speaking({ at: 'accept', text: 'SSH-2.0-OpenSSH_9.2\r\n' }),
      'tunnel.not-http',
      'skipped: tunnel',
    ],
    [
      'a TLS alert',
      () => speaking({ at: 'hello', text: Buffer.from([21, 3, 1, 0, 2, 2, 70]) }),
      'tunnel.not-http',
      'skipped: tunnel',
    ],
    ['a status line of another kind', () => replying({}, 'HTTP/2 200\r\n\r\n'), 'tunnel.not-http', 'skipped: tunnel'],
    ['headers without end', () => endlessHeaders(), 'tunnel.overflow', 'skipped: tunnel'],
    [
      'one giant header',
      () => replying({}, `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(200_000)}\r\n\r\n`),
      'tunnel.overflow',
      'skipped: tunnel',
    ],
    ['half a head', () => replying({}, 'HTTP/1.1 200 OK\r\nX: y\r\n', 'close'), 'tunnel.closed', 'skipped: tunnel'],
    [
      'a drip-fed head that takes too long',
      () => drippingReply({}, reply('200 OK'), 60),
      'tunnel.timeout',
      'skipped: tunnel',
    ],
    [
      'interim answers without end',
      () => replying({}, 'HTTP/1.1 102 Processing\r\n\r\n'.repeat(50)),
      'tunnel.not-http',
      'skipped: tunnel',
    ],
    ['a body without end', () => endlessBody(), 'tunnel.refused', 'skipped: tunnel'],
    ['407 without a challenge', () => replying({}, reply('407 Auth')), 'tunnel.auth', 'skipped: tunnel'],
  ];
  it.each(endings)('ends as it should at %s, on one connection', async (_name, start, tunnel, tls) => {
    const proxy = await started(start());
    const result = await through(proxy, { timeoutMs: 1200, access: accessWith(own) });
    expect([outcome(result, 'tunnel'), outcome(result, 'tls')]).toEqual([tunnel, tls]);
    expect(proxy.counts.connections).toBe(1);
  });

  it('copes with bare line feeds, interim answers, many headers and a drip-fed head', async () => {
    const head = `HTTP/1.1 100 Continue\n\nHTTP/1.1 200 fine\n${Array.from({ length: 300 }, (_, n) => `X-${n}: v\n`).join('')}\n`;
    const proxy = await started(replying({}, head));
    const result = await through(proxy, { tcp: { host: 'a.example', port: 1 } });
    expect(tunnelOf(result)).toMatchObject({ status: 200, reason: 'fine' });
    expect(tunnelOf(result).headers).toHaveLength(64);
    const slow = await started(drippingReply({}, 'HTTP/1.1 200 OK\r\n\r\n', 2));
    expect(outcome(await through(slow, { tcp: { host: 'a.example', port: 1 } }), 'tunnel')).toBe('passed');
  });

  const bodies: readonly (readonly [string, string, 'keep' | 'close', string])[] = [
    ['with a length', reply('403 Forbidden', [], 'go away'), 'keep', 'go away'],
    [
      'in chunks',
      'HTTP/1.1 403 F\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\ngo \r\n4\r\naway\r\n0\r\nT: r\r\n\r\n',
      'keep',
      'go away',
    ],
    ['to the close', 'HTTP/1.1 403 F\r\n\r\ngo away', 'close', 'go away'],
    ['with a length that is cut short', 'HTTP/1.1 403 F\r\nContent-Length: 99\r\n\r\ngo away', 'close', 'go away'],
    ['with broken chunks', 'HTTP/1.1 403 F\r\nTransfer-Encoding: chunked\r\n\r\n7\r\ngo awayzz\r\n', 'keep', 'go away'],
    ['with control characters', reply('403 F', [], 'a\u001b[31mb\u0000c\nd'), 'keep', 'a\ufffd[31mb\ufffdc d'],
    ['larger than what is kept', reply('403 F', [], 'z'.repeat(70_000)), 'keep', `${'z'.repeat(4095)}…`],
  ];
  it.each(bodies)('keeps the start of a refusal\u2019s body %s', async (_name, text, after, expected) => {
    const proxy = await started(replying({}, text, after));
    const result = await through(proxy);
    expect([outcome(result, 'tunnel'), tunnelOf(result).bodyExcerpt]).toEqual(['tunnel.refused', expected]);
  });

  it('keeps the proxy\u2019s own words', async () => {
    const proxy = await started(
      replying(
        {},
        reply('403 Blocked by policy 7', ['Server: squid/5.7', 'X-Squid-Error: ERR_ACCESS_DENIED 0', 'Via: 1.1 p']),
      ),
    );
    const result = await through(proxy);
    expect(failed(result, 'tunnel').failure.detail).toBe('403');
    expect(tunnelOf(result)).toMatchObject({
      status: 403,
      reason: 'Blocked by policy 7',
      proxy: `http://127.0.0.1:${proxy.port}`,
    });
    expect(tunnelOf(result).headers).toContainEqual(['x-squid-error', 'ERR_ACCESS_DENIED 0']);
  });
});

describe('a request in absolute form', () => {
  it('carries the origin\u2019s answer, whatever its status, and the body where it is wanted', async () => {
    const origin = await started(httpOrigin({}, answer({ status: 403, reason: 'Mine', body: 'the origin itself' })));
    const proxy = await started(forwarding());
    const url = urlOf(origin, 'http', '/a?b=c');
    const result = await through(proxy, { url });
    expect(['tcp', 'tunnel', 'tls', 'http'].map((stage) => outcome(result, stage as 'tcp'))).toEqual([
      'passed',
      'passed',
      'skipped: not-applicable',
      'passed',
    ]);
    expect(passedHttp({ attempt: result, chains: [] })).toMatchObject({
      status: 403,
      reason: 'Mine',
      bodyExcerpt: 'the origin itself',
      bodyBytes: 17,
      bodyEnd: 'complete',
    });
    expect(tunnelOf(result)).toMatchObject({ via: 'absolute-form', status: 403 });
    expect(proxy.requests.map(({ method, target }) => [method, target])).toEqual([['GET', url]]);
    expect([proxy.counts.connections, origin.counts.connections]).toEqual([1, 1]);
  });

  it('is authenticated on the connection that it was asked on', async () => {
    const origin = await started(httpOrigin({}, answer({ body: 'in' })));
    const proxy = await started(forwarding({}, ({ authorization }) => (authorization === basic ? null : demand())));
    const result = await through(proxy, { url: urlOf(origin, 'http'), access: accessWith(own) });
    expect(passedHttp({ attempt: result, chains: [] })).toMatchObject({ status: 200, bodyExcerpt: 'in' });
    expect(tunnelOf(result)).toMatchObject({
      auth: { scheme: 'basic', legs: 1, failed: null },
      connections: 1,
      requests: 2,
    });
    expect(proxy.requests.map(({ connection }) => connection)).toEqual([1, 1]);
  });

  it('is no answer of the origin while the proxy wants credentials', async () => {
    const proxy = await started(replying({}, demand()));
    const result = await through(proxy, { url: 'http://origin.lab.example/' });
    expect([outcome(result, 'tunnel'), outcome(result, 'http')]).toEqual(['tunnel.auth', 'skipped: tunnel']);
  });

  it('ends with what there is when the body stalls', async () => {
    const proxy = await started(replying({}, 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf'));
    const result = await through(proxy, { url: 'http://origin.lab.example/', timeoutMs: 500 });
    expect(passedHttp({ attempt: result, chains: [] })).toMatchObject({ bodyExcerpt: 'half', bodyEnd: 'stalled' });
  });
});

describe('authentication', () => {
  const asking = (guard: (request: ProxyRequest) => string | null) => started(forwarding({}, guard));
  const reach = async (proxy: Origin, access = accessWith(own)): Promise<Attempt> => {
    const origin = await started(secure());
    return through(proxy, { url: urlOf(origin), access });
  };

  it('answers a 407 on the same connection', async () => {
    const proxy = await asking(({ authorization }) => (authorization === basic ? null : demand()));
    const result = await reach(proxy);
    expect(outcome(result, 'http')).toBe('passed');
    expect(tunnelOf(result).auth).toEqual({
      offered: ['basic'],
      scheme: 'basic',
      tried: ['basic'],
      legs: 1,
      skipped: [],
      failed: null,
    });
    expect(proxy.counts.connections).toBe(1);
  });

  it.each([
    ['closes', demand('Basic realm="Lab"', ['Connection: close'])],
    ['speaks HTTP/1.0', demand().replace('HTTP/1.1', 'HTTP/1.0')],
    ['gives its body no length', demand().replace(/Content-Length: \d+\r\n/, '')],
  ])('goes on with one more connection where the proxy %s after its 407', async (_name, first) => {
    const proxy = await started(
      httpProxy({}, ({ authorization }, socket) => {
        if (authorization === null) socket.end(first);
        else socket.write('HTTP/1.1 200 OK\r\n\r\n');
      }),
    );
    const result = await through(proxy, { access: accessWith(own), tcp: { host: 'a.example', port: 1 } });
    expect(outcome(result, 'tunnel')).toBe('passed');
    expect(tunnelOf(result)).toMatchObject({ connections: 2, auth: { scheme: 'basic', failed: null } });
    expect(proxy.counts.connections).toBe(2);
  });

  it('goes on with one more connection where the proxy promised to keep it and did not', async () => {
    const proxy = await started(
      httpProxy({}, ({ authorization, connection }, socket, next) => {
        if (authorization !== null) socket.write('HTTP/1.1 200 OK\r\n\r\n');
        else if (connection === 1) socket.end(demand());
        else socket.write(demand(), next);
      }),
    );
    const result = await through(proxy, { access: accessWith(own), tcp: { host: 'a.example', port: 1 } });
    expect([outcome(result, 'tunnel'), proxy.counts.connections]).toEqual(['passed', 2]);
  });

  it.each([
    [
      '407 for ever, closing',
      (socket: { end(text: string): unknown }) =>
        socket.end(demand('Digest realm="x", nonce="n", stale=true', ['Connection: close'])),
    ],
    ['a close at each request', (socket: { end(): unknown }) => socket.end()],
  ])('connects at most twice to a proxy that says %s', async (_name, act) => {
    const proxy = await started(httpProxy({}, (_request, socket) => void act(socket)));
    const result = await through(proxy, { access: accessWith(own), timeoutMs: 2000 });
    expect(outcome(result, 'tunnel')).toMatch(/^tunnel\.(auth|closed)$/);
    expect(proxy.counts.connections).toBeLessThanOrEqual(2);
  });

  it('ends 407 for ever on one connection as rejected', async () => {
    const proxy = await started(replying({}, demand()));
    const result = await through(proxy, { access: accessWith(own) });
    expect(tunnelOf(result).auth).toMatchObject({ scheme: 'basic', legs: 1, failed: { reason: 'rejected' } });
    expect(proxy.requests).toHaveLength(2);
  });

  it.each([
    ['no account', accessWith(null), 'Basic realm="x"', 'no-credentials', ['basic']],
    ['--proxy-auth none', accessWith(own, { scheme: 'none' }), 'Basic realm="x"', 'disabled', ['basic']],
    ['an unknown scheme', accessWith(own), 'Magic realm="x"', 'unsupported', ['magic']],
    [
      'another scheme than the one asked for',
      accessWith(own, { scheme: 'digest' }),
      'Basic realm="x"',
      'unsupported',
      ['basic'],
    ],
    ['no library for tickets', accessWith(null), 'Negotiate', 'ticket', ['negotiate']],
    ['a colon in a Basic user name', accessWith(account('a:b')), 'Basic realm="x"', 'account-unusable', ['basic']],
  ])('gives up with %s and says so', async (_name, access, challenge, reason, offered) => {
    const proxy = await started(replying({}, demand(challenge)));
    const result = await through(proxy, { access });
    expect(outcome(result, 'tunnel')).toBe('tunnel.auth');
    expect(tunnelOf(result).auth).toMatchObject({ offered, failed: { reason } });
    expect(proxy.requests.map(({ authorization }) => authorization)).toEqual([null]);
  });

  it('leaves no trace of the password where a proxy echoes it in every part of its answer', async () => {
    const forms = Object.values(spellings(own.password.reveal()));
    const echo = ({ authorization }: ProxyRequest): string =>
      authorization === null
        ? demand()
        : reply(`403 ${authorization}`, [`X-Echo: ${authorization}`, `X-Raw: ${forms[0]}`], forms.join(' '));
    const proxy = await started(replying({}, echo));
    const tunnelled = JSON.stringify(await through(proxy, { access: accessWith(own) }));
    const plain = JSON.stringify(await through(proxy, { access: accessWith(own), url: 'http://origin.lab.example/' }));
    expect(tunnelled).toContain('[secret]');
    expect(plain).toContain('[secret]');
    for (const text of [tunnelled, plain]) expect(leaks(text, own.password.reveal())).toEqual([]);
  });

  it('keeps no token of a challenge', async () => {
    const proxy = await started(
      replying({}, demand('NTLM TlRMTVNTUAACAAAA', ['Proxy-Authenticate: Digest realm="r", nonce="abcdef"'])),
    );
    const result = await through(proxy);
    expect(tunnelOf(result).headers?.filter(([name]) => name === 'proxy-authenticate')).toEqual([
      ['proxy-authenticate', 'ntlm'],
      ['proxy-authenticate', 'digest realm="r"'],
    ]);
  });
});

describe('TLS to the proxy', () => {
  const root = createAuthority({ name: 'Proxy Root' });
  const named = (options: Partial<Parameters<typeof issueCertificate>[1]> = {}) =>
    issueCertificate(root, { commonName: 'proxy', ipAddresses: ['127.0.0.1'], ...options });
  /** Answers every request as a proxy does that grants the tunnel if it sees the account. */
  const tlsProxy = async (leaf: ReturnType<typeof named>) => {
    const seen: (string | undefined)[] = [];
    const proxy = await started(
      httpsOrigin({ certificate: { chainPem: leaf.pem, keyPem: leaf.keyPem } }, (peer, { headers }) => {
        seen.push(headers['proxy-authorization']);
        peer.write(headers['proxy-authorization'] === basic ? 'HTTP/1.1 200 OK\r\n\r\n' : demand());
      }),
    );
    return { proxy, seen };
  };

  it('carries the tunnel when the certificate is the proxy\u2019s own', async () => {
    const { proxy } = await tlsProxy(named());
    const result = await through(proxy, { protocol: 'https', trust: [root.pem], tcp: { host: 'a.example', port: 1 } });
    expect(outcome(result, 'tunnel')).toBe('tunnel.auth');
    expect(tunnelOf(result).tls).toMatchObject({ problem: null, issuer: 'CN=Proxy Root' });
  });

  it.each([
    ['an unknown root', named(), [], /SELF_SIGNED|UNABLE/],
    ['another name', named({ ipAddresses: ['127.0.0.9'] }), [root.pem], /ALTNAME/],
    [
      'past dates',
      named({ notBefore: new Date('2020-01-01'), notAfter: new Date('2021-01-01') }),
      [root.pem],
      /EXPIRED/,
    ],
  ])('sends nothing over a session with %s', async (_name, leaf, trust, problem) => {
    const { proxy, seen } = await tlsProxy(leaf);
    const result = await through(proxy, { protocol: 'https', trust, access: accessWith(own) });
    expect(outcome(result, 'tunnel')).toBe('tunnel.tls');
    expect(tunnelOf(result).tls?.problem).toMatch(problem);
    expect(seen).toEqual([]);
  });

  it('tells a proxy that speaks no TLS', async () => {
    const proxy = await started(speaking({ at: 'hello', text: 'HTTP/1.1 400 Bad Request\r\n\r\n' }));
    const result = await through(proxy, { protocol: 'https' });
    expect(failed(result, 'tunnel').failure).toMatchObject({ code: 'tunnel.tls', detail: 'not-tls' });
  });
});
