import { afterEach, describe, expect, it } from 'vitest';
import { startDnsServer } from '../../src/demo/dns-server.ts';
import type { Origin } from '../../src/demo/listen.ts';
import { answer, blockPage, httpOrigin, httpsOrigin, redirect } from '../../src/demo/origins-http.ts';
import { refusing, resetting, silent, speaking } from '../../src/demo/origins-tcp.ts';
import { createAuthority, issueCertificate } from '../../src/demo/pki.ts';
import type { CauseId } from '../../src/model/causes.ts';
import type { Route } from '../../src/model/plan.ts';
import { closing, unanswering } from '../servers/broken-tcp.ts';
import { endlessHeaders, forwarding, reply, replying, resettingAfter200, socksReplying } from '../servers/proxies.ts';
import { judgedRun, proxyRoute, targetOf, verdicts } from './proxied-kit.ts';
import { accessWith, account } from './tunnel/proxy-kit.ts';

const closers: (() => unknown)[] = [];
const kept = <T extends { close(): unknown }>(thing: T): T => {
  closers.push(() => thing.close());
  return thing;
};
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const root = createAuthority({ name: 'Proxied Test Root' });
const leaf = issueCertificate(root, { commonName: 'origin', dnsNames: ['*.run.test'] });
const chain = { chainPem: leaf.pem, keyPem: leaf.keyPem };
const own = accessWith(account());
const none = accessWith(null);
const direct: Route = { kind: 'direct', source: 'pac', why: 'pac' };
const urls = (port = 443): readonly string[] => ['a', 'b', 'c'].map((name) => `https://${name}.run.test:${port}/`);

describe('what a proxy does is one cause for all who go through it', () => {
  const demand = (challenge: string): string => reply('407 Auth', [`Proxy-Authenticate: ${challenge}`]);
  const rows: readonly (readonly [string, () => Promise<Origin>, CauseId, ReturnType<typeof accessWith>?])[] = [
    ['refuses the connection', () => refusing(), 'proxy.unreachable'],
    ['drops the connection', () => unanswering(), 'proxy.unreachable'],
    ['is silent', () => silent(), 'proxy.timeout'],
    ['closes at CONNECT', () => closing({ at: 'hello' }), 'proxy.not-a-proxy'],
    ['resets at CONNECT', () => resetting({ at: 'hello' }), 'proxy.not-a-proxy'],
    ['speaks SSH', () => speaking({ at: 'accept', text: 'SSH-2.0-OpenSSH_9.2\r\n' }), 'proxy.not-a-proxy'],
    [
      'answers with a TLS alert',
      () => speaking({ at: 'hello', text: Buffer.from([21, 3, 1, 0, 2, 2, 70]) }),
      'proxy.not-a-proxy',
    ],
    ['never ends its headers', () => endlessHeaders(), 'proxy.not-a-proxy'],
    ['is a web server', () => replying({}, reply('405 Method Not Allowed', ['Server: nginx'])), 'proxy.not-a-proxy'],
    ['answers 501', () => replying({}, reply('501 Not Implemented')), 'proxy.not-a-proxy'],
    ['denies', () => replying({}, reply('403 Forbidden', [], 'no')), 'proxy.denied'],
    ['denies for legal reasons', () => replying({}, reply('451 Unavailable')), 'proxy.denied'],
    [
      'shows a filter\u2019s page',
      () => replying({}, reply('503 Blocked', ['Server: Zscaler/6.2'], '<html>no</html>')),
      'proxy.denied',
    ],
    [
      'redirects to a page to sign in',
      () => replying({}, reply('302 Found', ['Location: http://captive.example/login'])),
      'proxy.auth-required',
    ],
    [
      'redirects elsewhere',
      () => replying({}, reply('302 Found', ['Location: http://policy.example/'])),
      'proxy.denied',
    ],
    [
      'wants the network signed in to',
      () => replying({}, reply('511 Network Authentication Required')),
      'http.captive-portal',
    ],
    ['answers 408', () => replying({}, reply('408 Request Timeout')), 'proxy.timeout'],
    ['answers 504', () => replying({}, reply('504 Gateway Timeout')), 'proxy.timeout'],
    ['answers 598', () => replying({}, reply('598 Read Timeout')), 'proxy.timeout'],
    ['answers 599', () => replying({}, reply('599 Connect Timeout')), 'proxy.upstream-unreachable'],
    ['answers 502', () => replying({}, reply('502 Bad Gateway')), 'proxy.upstream-unreachable'],
    [
      'finds no name, as squid says it',
      () => replying({}, reply('503 Service Unavailable', ['X-Squid-Error: ERR_DNS_FAIL 0'])),
      'proxy.upstream-dns',
    ],
    [
      'finds no name, as RFC 9209 says it',
      () => replying({}, reply('502 Bad Gateway', ['Proxy-Status: p; error=dns_error'])),
      'proxy.upstream-dns',
    ],
    [
      'gets no connection, as RFC 9209 says it',
      () => replying({}, reply('502 Bad Gateway', ['Proxy-Status: p; error=connection_refused'])),
      'proxy.upstream-unreachable',
    ],
    [
      'denies, as RFC 9209 says it',
      () => replying({}, reply('500 x', ['Proxy-Status: p; error=http_request_denied'])),
      'proxy.denied',
    ],
    ['wants credentials', () => replying({}, demand('Basic realm="x"')), 'proxy.auth-required'],
    ['wants credentials for ever', () => replying({}, demand('Basic realm="x"')), 'proxy.auth-rejected', own],
    ['wants credentials of an unknown kind', () => replying({}, demand('Magic')), 'proxy.auth-unsupported', own],
    ['names no scheme', () => replying({}, reply('407 Auth')), 'proxy.auth-unsupported', own],
    [
      'closes after the password',
      () => replying({}, ({ authorization }) => (authorization === null ? demand('Basic realm="x"') : ''), 'close'),
      'proxy.auth-rejected',
      own,
    ],
  ];
  const all = rows.map(([name, start, cause, access = none]) => ({ name, start, cause, access }));
  it.each(all)('that $name', async ({ start, cause, access }) => {
    const proxy = kept(await start());
    const route = proxyRoute(proxy.address, proxy.port);
    const { diagnosis } = await judgedRun(
      urls().map((url) => targetOf(url, route, root)),
      root,
      { access, timeoutMs: 800 },
    );
    expect(verdicts(diagnosis)).toEqual(Array(3).fill(`unreachable ${cause}`));
    expect(diagnosis.rootCauses.map((one) => [one.cause, one.targets.length, one.shared])).toEqual([
      [cause, 3, { attribute: 'proxy', value: `${proxy.address}:${proxy.port}` }],
    ]);
  });

  it('that resets what it granted', async () => {
    const proxy = kept(await resettingAfter200());
    const { diagnosis } = await judgedRun(
      [targetOf('https://a.run.test/', proxyRoute(proxy.address, proxy.port), root)],
      root,
    );
    expect(verdicts(diagnosis)).toEqual(['unreachable tls.reset']);
  });

  it('that refuses by SOCKS', async () => {
    const proxy = kept(
      await socksReplying({}, [
        [5, 0],
        [5, 2, 0, 1, 0, 0, 0, 0, 0, 0],
      ]),
    );
    const route = proxyRoute(proxy.address, proxy.port, 'socks5h');
    const { diagnosis } = await judgedRun(
      urls().map((url) => targetOf(url, route, root)),
      root,
    );
    expect(
      diagnosis.rootCauses.map(({ cause, targets, alternatives }) => [cause, targets.length, alternatives]),
    ).toEqual([['proxy.socks-refused', 3, []]]);
  });

  it('whose name is not found', async () => {
    const dns = kept(await startDnsServer({}));
    const route = proxyRoute('proxy.run.test', 8080);
    const { diagnosis } = await judgedRun(
      urls().map((url) => targetOf(url, route, root)),
      root,
      { dnsServer: dns.server },
    );
    expect(diagnosis.rootCauses.map(({ cause, targets }) => [cause, targets.length])).toEqual([
      ['proxy.name-not-found', 3],
    ]);
    expect(dns.count('proxy.run.test', 1)).toBe(1);
  });

  it('that hangs up on one host and serves the others has a rule about that host', async () => {
    const origin = kept(await httpsOrigin({ certificate: chain }, answer()));
    const proxy = kept(await forwarding({}, ({ target }) => (target.startsWith('c.') ? 'HTTP/1.1 ' : null)));
    const route = proxyRoute(proxy.address, proxy.port);
    const { diagnosis } = await judgedRun(
      urls(origin.port).map((url) => targetOf(url, route, root)),
      root,
      { timeoutMs: 800 },
    );
    expect(verdicts(diagnosis)).toEqual(['reachable', 'reachable', 'unreachable proxy.upstream-unreachable']);
  });

  it('who answered decides: the proxy, a filter behind it, or the origin', async () => {
    const origin = kept(await httpsOrigin({ certificate: chain }, answer({ status: 403 })));
    const strange = issueCertificate(createAuthority({ name: 'Some Filter CA' }), {
      commonName: 'x',
      dnsNames: ['*.run.test'],
    });
    const filter = kept(
      await httpsOrigin({ certificate: { chainPem: strange.pem, keyPem: strange.keyPem } }, blockPage('Websense')),
    );
    const proxy = kept(await forwarding({}, ({ target }) => (target.startsWith('a.') ? reply('403 Forbidden') : null)));
    const route = proxyRoute(proxy.address, proxy.port);
    const targets = [
      `https://a.run.test:${origin.port}/`,
      `https://b.run.test:${filter.port}/`,
      `https://c.run.test:${origin.port}/`,
    ].map((url) => targetOf(url, route, root));
    const { diagnosis } = await judgedRun(targets, root);
    expect(verdicts(diagnosis)).toEqual(['unreachable proxy.denied', 'unreachable http.block-page', 'reachable']);
  });
});

describe('a run through a proxy', () => {
  it('asks no name server for hosts that the proxy resolves', async () => {
    const dns = kept(await startDnsServer({ 'proxy.run.test': { addresses: ['127.0.0.1'] } }));
    const origin = kept(await httpsOrigin({ certificate: chain }, answer()));
    const proxy = kept(await forwarding());
    const targets = urls(origin.port).map((url) => targetOf(url, proxyRoute('proxy.run.test', proxy.port), root));
    const { diagnosis, observations } = await judgedRun(targets, root, { dnsServer: dns.server });
    expect(verdicts(diagnosis)).toEqual(Array(3).fill('reachable'));
    expect([...new Set(dns.log.map(({ name }) => name))]).toEqual(['proxy.run.test']);
    expect(observations.probes.map(({ route }) => route?.kind)).toEqual(Array(3).fill('proxy'));
    expect([proxy.counts.connections, origin.counts.connections]).toEqual([3, 3]);
    expect(diagnosis.rootCauses).toEqual([]);
  });

  it('resolves here what SOCKS 5 without a letter wants as an address', async () => {
    const dns = kept(await startDnsServer({ 'a.run.test': { addresses: ['127.0.0.1'] } }));
    const proxy = kept(
      await socksReplying({}, [
        [5, 0],
        [5, 0, 0, 1, 0, 0, 0, 0, 0, 0],
      ]),
    );
    const target = targetOf('tcp://a.run.test:7', proxyRoute('127.0.0.1', proxy.port, 'socks5'), root);
    const { observations } = await judgedRun([target], root, { dnsServer: dns.server });
    expect(observations.probes[0]).toMatchObject({
      dns: { status: 'passed' },
      attempts: [{ address: '127.0.0.1', family: 4, tunnel: { status: 'passed' } }],
    });
  });

  it('uses the address of the proxy that works, and keeps what failed', async () => {
    const proxy = kept(await forwarding({ address: '127.0.0.2' }));
    const dns = kept(await startDnsServer({ 'proxy.run.test': { addresses: ['127.0.0.3', '127.0.0.2'] } }));
    const origin = kept(await httpsOrigin({ certificate: chain }, answer()));
    const target = targetOf(`https://a.run.test:${origin.port}/`, proxyRoute('proxy.run.test', proxy.port), root);
    const { observations, diagnosis } = await judgedRun([target], root, { dnsServer: dns.server });
    expect(verdicts(diagnosis)).toEqual(['reachable']);
    expect(observations.probes[0]?.attempts[0]?.proxy).toMatchObject({
      address: '127.0.0.2',
      failed: [{ address: '127.0.0.3', failure: 'tcp.refused' }],
    });
  });

  it('follows redirects by the way of each hop, and not to addresses inside', async () => {
    const origin = kept(
      await httpOrigin({}, (peer, request) => {
        const to: Readonly<Record<string, string>> = {
          '/open': `http://b.run.test:${origin.port}/`,
          '/trap': `http://127.0.0.1:${origin.port}/`,
          '/port': 'http://b.run.test:6379/',
        };
        const location = to[request.path];
        (location === undefined ? answer() : redirect(location))(peer, request);
      }),
    );
    const proxy = kept(await forwarding());
    const route = proxyRoute(proxy.address, proxy.port);
    const targets = ['open', 'trap', 'port'].map((path) =>
      targetOf(`http://a.run.test:${origin.port}/${path}`, route, root),
    );
    const { observations } = await judgedRun(targets, root);
    expect(observations.probes.map(({ hop, host, redirect: how }) => [hop, host, how])).toEqual([
      [0, 'a.run.test', 'followed'],
      [1, 'b.run.test', null],
      [0, 'a.run.test', 'private-address'],
      [0, 'a.run.test', 'other-port'],
    ]);
  });
});

describe('candidates of a PAC file', () => {
  it('are tried in order; the first that leads somewhere counts, and the dead one is told', async () => {
    const dead = kept(await refusing());
    const proxy = kept(await forwarding());
    const origin = kept(await httpsOrigin({ certificate: chain }, answer()));
    const route: Route = {
      ...proxyRoute(dead.address, dead.port),
      source: 'pac',
      otherwise: [{ ...proxyRoute(proxy.address, proxy.port), source: 'pac' }, direct],
    };
    const target = targetOf(`https://a.run.test:${origin.port}/`, route, root);
    const { observations, diagnosis } = await judgedRun([target], root);
    expect(verdicts(diagnosis)).toEqual(['degraded proxy.unreachable']);
    expect(observations.probes[0]).toMatchObject({
      route: { kind: 'proxy', port: proxy.port },
      passedOver: [{ route: { port: dead.port }, failure: 'tcp.refused' }],
    });
  });

  it('are of no use where all fail: then the first one is the cause', async () => {
    const dead = kept(await refusing());
    const dns = kept(await startDnsServer({}));
    const route: Route = { ...proxyRoute(dead.address, dead.port), source: 'pac', otherwise: [direct] };
    const { diagnosis } = await judgedRun([targetOf('https://a.run.test/', route, root)], root, {
      dnsServer: dns.server,
    });
    expect(verdicts(diagnosis)).toEqual(['unreachable proxy.unreachable']);
  });

  it('are not left for a proxy that answers and says no', async () => {
    const proxy = kept(await replying({}, reply('403 Forbidden')));
    const route: Route = { ...proxyRoute(proxy.address, proxy.port), source: 'pac', otherwise: [direct] };
    const { observations, diagnosis } = await judgedRun([targetOf('https://a.run.test/', route, root)], root);
    expect(verdicts(diagnosis)).toEqual(['unreachable proxy.denied']);
    expect(observations.probes[0]?.passedOver).toBeUndefined();
  });

  it.each(['pac-unreachable', 'pac-invalid'] as const)(
    'that nobody knows (%s) leave everything unreachable by one cause',
    async (reason) => {
      const url = 'http://pac.run.test/proxy.pac';
      const route: Route = {
        kind: 'direct',
        source: 'pac',
        why: url,
        undecided: { reason, url, detail: 'status: 404' },
      };
      const { observations, diagnosis } = await judgedRun(
        urls().map((one) => targetOf(one, route, root)),
        root,
      );
      expect(diagnosis.rootCauses.map(({ cause, targets }) => [cause, targets.length])).toEqual([
        [`proxy.${reason}`, 3],
      ]);
      expect(observations.probes.map(({ attempts }) => attempts)).toEqual([[], [], []]);
    },
  );
});

describe('the other way beside', () => {
  it('with --direct-too, that direct fails is a check and no finding', async () => {
    const dns = kept(await startDnsServer({}));
    const origin = kept(await httpsOrigin({ certificate: chain }, answer()));
    const proxy = kept(await forwarding());
    const targets = [targetOf(`https://a.run.test:${origin.port}/`, proxyRoute(proxy.address, proxy.port), root)];
    const plain: Route = { kind: 'direct', source: 'flag', why: '--direct-too' };
    const { observations, diagnosis } = await judgedRun(targets, root, {
      dnsServer: dns.server,
      beside: { when: 'always', routeFor: async () => plain },
    });
    expect(verdicts(diagnosis)).toEqual(['reachable']);
    expect(diagnosis.checks).toContainEqual(expect.objectContaining({ id: 'direct-path', verdict: 'pass' }));
    expect(diagnosis.status?.messageId).toBe(11410);
    expect(observations.beside).toMatchObject([{ route: plain, dns: { status: 'failed' } }]);
  });

  it('with --direct-too, that direct works as well is nothing to tell', async () => {
    const dns = kept(await startDnsServer({ 'a.run.test': { addresses: ['127.0.0.1'] } }));
    const origin = kept(await httpsOrigin({ certificate: chain }, answer()));
    const proxy = kept(await forwarding());
    const targets = [targetOf(`https://a.run.test:${origin.port}/`, proxyRoute(proxy.address, proxy.port), root)];
    const { diagnosis } = await judgedRun(targets, root, {
      dnsServer: dns.server,
      beside: { when: 'always', routeFor: async () => ({ kind: 'direct', source: 'flag', why: '--direct-too' }) },
    });
    expect(verdicts(diagnosis)).toEqual(['reachable']);
    expect(diagnosis.checks.map(({ id }) => id)).not.toContain('direct-path');
  });

  it('with --proxy direct, a configured proxy that works is the cause that is missing', async () => {
    const dns = kept(await startDnsServer({}));
    const origin = kept(await httpsOrigin({ certificate: chain }, answer()));
    const proxy = kept(await forwarding());
    const plain: Route = { kind: 'direct', source: 'flag', why: '--proxy' };
    const targets = urls(origin.port).map((url) => targetOf(url, plain, root));
    const { diagnosis } = await judgedRun(targets, root, {
      dnsServer: dns.server,
      routeFor: () => plain,
      beside: {
        when: 'unreached',
        routeFor: async () => ({ ...proxyRoute(proxy.address, proxy.port), source: 'environment' }),
      },
    });
    expect(verdicts(diagnosis)).toEqual(Array(3).fill('unreachable proxy.required'));
    expect(diagnosis.rootCauses.map(({ cause, targets: ids }) => [cause, ids.length])).toEqual([['proxy.required', 3]]);
  });

  it('with --proxy direct, a target that the proxy does not reach either keeps its own cause', async () => {
    const dns = kept(await startDnsServer({}));
    const proxy = kept(await replying({}, reply('403 Forbidden')));
    const plain: Route = { kind: 'direct', source: 'flag', why: '--proxy' };
    const { diagnosis } = await judgedRun([targetOf('https://a.run.test/', plain, root)], root, {
      dnsServer: dns.server,
      beside: { when: 'unreached', routeFor: async () => proxyRoute(proxy.address, proxy.port) },
    });
    expect(verdicts(diagnosis)).toEqual(['unreachable dns.not-found']);
  });
});

describe('settings', () => {
  const source = {
    source: 'environment',
    won: true,
    proxies: [],
    bypass: { name: 'NO_PROXY', list: '*contoso.com' },
    pacUrl: null,
    autoDetect: false,
    notes: [],
  } as const;
  const mistake = {
    code: 'star-without-dot',
    level: 'no-effect',
    name: 'NO_PROXY',
    entry: '*contoso.com',
    dialects: [],
  } as const;

  it.each([
    ['with a mistake that costs nothing are a check', [mistake], ['warn']],
    ['without one are silent', [], []],
  ])('%s', async (_name, mistakes, expected) => {
    const origin = kept(await httpsOrigin({ certificate: chain }, answer()));
    const proxy = kept(await forwarding());
    const route: Route = { ...proxyRoute(proxy.address, proxy.port), source: 'environment' };
    const { diagnosis } = await judgedRun([targetOf(`https://a.run.test:${origin.port}/`, route, root)], root, {
      environment: { proxySources: [{ ...source, mistakes }] },
    });
    expect(verdicts(diagnosis)).toEqual(['reachable']);
    const checks = diagnosis.checks.filter(({ id }) => id === 'proxy-settings');
    expect(checks.map(({ verdict }) => verdict)).toEqual(expected);
    expect(diagnosis.status?.messageId).toBe(11410);
  });

  it('with a PAC file of no use behind which something else decides are degraded', async () => {
    const origin = kept(await httpsOrigin({ certificate: chain }, answer()));
    const proxy = kept(await forwarding());
    const route: Route = { ...proxyRoute(proxy.address, proxy.port), source: 'system' };
    const pac = { url: 'http://pac.run.test/x.pac', problem: 'pac-unreachable', detail: 'timeout' } as const;
    const { diagnosis } = await judgedRun([targetOf(`https://a.run.test:${origin.port}/`, route, root)], root, {
      environment: { pacFiles: [pac] },
    });
    expect(verdicts(diagnosis)).toEqual(['degraded proxy.pac-unreachable']);
  });
});
