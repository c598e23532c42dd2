import { X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { answer, httpOrigin } from '../../src/demo/origins-http.ts';
import { createAuthority, issueCertificate } from '../../src/demo/pki.ts';
import { mayAsk, rangeOfName } from '../../src/named-addresses.ts';
import { createChainRecorder } from '../../src/probe/chains.ts';
import { createResolver, type Resolver } from '../../src/probe/dns/resolve.ts';
import { createNamedHosts } from '../../src/probe/measure.ts';
import { createRevocationChecker } from '../../src/probe/revocation-checks.ts';
import { createProxies } from '../../src/probe/tunnel/proxies.ts';
import { noAccess } from '../../src/proxy/access.ts';
import { createSecrets } from '../../src/secrets/secrets.ts';
import { loadTrustStores } from '../../src/trust/stores/stores.ts';
import { contextOf } from './attempt-kit.ts';

describe('a place that a certificate names', () => {
  it.each([
    ['an address outside', 'pki.test', 80, ['203.0.113.5'], [], true],
    ['a name that nobody here resolves', 'pki.test', 443, [], [], true],
    ['another port', 'pki.test', 8081, ['203.0.113.5'], [], false],
    ['this machine', 'pki.test', 80, ['127.0.0.1'], [], false],
    ['this machine by IPv6', 'pki.test', 80, ['::1'], [], false],
    ['this machine, mapped', '::ffff:127.0.0.1', 80, [], [], false],
    ['the metadata of a cloud', '169.254.169.254', 80, [], [], false],
    ['the metadata of a cloud by IPv6', 'x.test', 80, ['fd00:ec2::254'], [], false],
    ['the metadata of Azure, mapped', '::ffff:168.63.129.16', 80, [], [], false],
    ['the metadata of a cloud for one who lives beside it', '169.254.169.254', 80, [], ['link-local'], false],
    ['the metadata of Azure', '168.63.129.16', 80, [], [], false],
    ['the metadata of Alibaba', '100.100.100.200', 80, [], [], false],
    ['the metadata of a cloud by name', 'metadata.google.internal', 80, [], [], false],
    ['this machine by name', 'a.localhost', 80, [], [], false],
    ['a private address', 'pki.test', 80, ['10.0.0.1'], [], false],
    ['one private address of two', 'pki.test', 80, ['203.0.113.5', '10.0.0.1'], ['private'], false],
    ['a private address of one who lives there', 'pki.test', 80, ['10.0.0.1'], ['private'], true],
    ['a port there', 'pki.test', 8081, ['10.0.0.1'], ['private'], true],
    ['this machine for one who lives in a private range', 'pki.test', 80, ['127.0.0.1'], ['private'], false],
  ] as const)('may lead to %s only for those who live there', (_name, host, port, addresses, homes, may) => {
    expect(mayAsk({ host, port }, addresses, new Set(homes))).toBe(may);
  });

  it('is known by name where it is local', () => {
    expect(['localhost', 'x.localhost.', 'ip6-localhost'].map(rangeOfName)).toEqual(Array(3).fill('loopback'));
    expect(['METADATA', 'instance-data.ec2.internal'].map(rangeOfName)).toEqual(['metadata', 'metadata']);
    const others = ['localhost.example', 'notlocalhost', 'metadata.example'];
    expect(others.map(rangeOfName)).toEqual([null, null, null]);
  });
});

describe('addresses in a captured certificate', () => {
  /** What a server on this machine is asked because a chain that `sender` sent names it, and what is kept of it. */
  async function asked(sender: string | null, planned: readonly string[] = []) {
    const paths: string[] = [];
    const origin = await httpOrigin({}, (peer, request) => {
      paths.push(request.path);
      answer({ body: 'aws_secret_access_key=AbCdEf' })(peer, request);
    });
    const url = `http://127.0.0.1:${origin.port}/admin?delete=1`;
    const root = createAuthority({ name: 'Nobody Knows' });
    const issuing = createAuthority({ name: 'Issuing', issuer: root });
    const leaf = issueCertificate(issuing, { commonName: 'x', dnsNames: ['x.test'], aiaIssuers: [url] });
    const { keep } = createSecrets();
    const context = contextOf();
    const freshResolver = (): Resolver =>
      createResolver({
        ...context,
        servers: [],
        families: [4, 6],
        hosts: new Map(),
        system: null,
      });
    const resolver = freshResolver();
    const stores = await loadTrustStores({ caFiles: [], anchors: [], env: {}, platform: 'linux' });
    const recorder = createChainRecorder(stores, keep);
    const settings = {
      context,
      resolver,
      attempt: { userAgent: 'wayclear/test', keepChain: () => 'c' },
      proxies: createProxies(resolver, noAccess(), () => createSecureContext({ ca: [] })),
      named: createNamedHosts(),
      routeFor: () => ({ kind: 'direct', source: 'default', why: 'default' }) as const,
    };
    const checker = createRevocationChecker(recorder, stores, settings, (task) => task(), {
      planned: new Set(planned),
      freshResolver,
    });
    recorder.keep([new X509Certificate(leaf.pem).raw], sender);
    const rows = await checker.finish(new Date(systemClock.wall()).toISOString());
    resolver.close();
    await origin.close();
    return { paths, rows };
  }

  it('do not lead a stranger to this machine', async () => {
    expect(await asked('203.0.113.5')).toEqual({ paths: [], rows: [] });
    expect(await asked(null)).toEqual({ paths: [], rows: [] });
    expect((await asked('10.1.2.3')).paths).toEqual([]);
  });

  it('lead there who lives there or is in the plan, and nothing of an answer stays that is not what was asked for', async () => {
    for (const { paths, rows } of [await asked('127.0.0.1'), await asked('203.0.113.5', ['127.0.0.1'])]) {
      expect(paths).toEqual(['/admin?delete=1']);
      expect(rows.map(({ kind, problem }) => [kind, problem])).toEqual([['issuer', 'unparseable']]);
      expect(JSON.stringify(rows)).not.toContain('AbCdEf');
    }
  });
});
