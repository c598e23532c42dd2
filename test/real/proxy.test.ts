import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDnsServer } from '../../src/demo/dns-server.ts';
import type { Origin } from '../../src/demo/listen.ts';
import { answer, httpOrigin, httpsOrigin } from '../../src/demo/origins-http.ts';
import { createAuthority, issueCertificate } from '../../src/demo/pki.ts';
import type { Attempt } from '../../src/model/observations.ts';
import type { Route } from '../../src/model/plan.ts';
import type { ProxyAccess } from '../../src/proxy/access.ts';
import { judgedRun, proxyRoute, type RunOptions, targetOf, verdicts } from '../probe/proxied-kit.ts';
import { accessWith, account } from '../probe/tunnel/proxy-kit.ts';
import { leaks } from '../secrets/spellings.ts';
import { kdcPrograms, type Realm, startRealm } from './kdc.ts';
import { builtKerberos, kerberosPrograms } from './kerberos.ts';
import { countingRelay, type Folder, lacking, temporaryFolder } from './parts.ts';
import { type Domain, sambaPrograms, startDomain, withRun } from './samba.ts';
import { dantePrograms, socksPrograms, startDante, startSocks } from './socks.ts';
import { type Squid, squidPrograms, startSquid } from './squid.ts';

const user = 'alice';
const password = 'S3cret-lab+%/&<pass>';
const own = account(user, password);
const wrong = account(user, 'Wr0ng-lab+%/&<pass>');

const root = createAuthority({ name: 'Real Test Root' });
const corporate = createAuthority({ name: 'Example Corp TLS Inspection CA' });
const leaf = issueCertificate(root, { commonName: 'origin', dnsNames: ['*.real.test'] });
const proxyLeaf = issueCertificate(root, { commonName: 'proxy', dnsNames: ['proxy.real.test'] });

const closers: (() => unknown)[] = [];
const kept = <T extends { close(): unknown }>(thing: T): T => {
  closers.push(() => thing.close());
  return thing;
};
afterAll(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** What every part of these tests talks to: origins, and a resolver that knows their names and the proxy's. */
let https: Origin;
let http: Origin;
let dns: string;
const folder = (): Folder => kept(temporaryFolder());
const names = {
  'origin.real.test': '127.0.0.1',
  'denied.real.test': '127.0.0.1',
  'refused.real.test': '127.0.0.1',
} as const;

beforeAll(async () => {
  https = kept(await httpsOrigin({ certificate: { chainPem: leaf.pem, keyPem: leaf.keyPem } }, answer()));
  http = kept(await httpOrigin({}, answer({ body: 'the origin' })));
  const server = kept(
    await startDnsServer({
      'proxy.real.test': { addresses: ['127.0.0.1'] },
      'strange.real.test': { addresses: ['127.0.0.1'] },
      'origin.real.test': { addresses: ['127.0.0.1'] },
    }),
  );
  dns = server.server;
});

const both = (host = 'origin.real.test'): readonly string[] => [
  `https://${host}:${https.port}/`,
  `http://${host}:${http.port}/`,
];

async function reach(route: Route, access: ProxyAccess, urls: readonly string[] = both(), options: RunOptions = {}) {
  const targets = urls.map((url) => targetOf(url, route, root));
  const { observations, diagnosis } = await judgedRun(targets, root, { access, dnsServer: dns, ...options });
  const attempts = observations.probes.flatMap((probe) => probe.attempts);
  return { observations, diagnosis, attempts, verdicts: verdicts(diagnosis) };
}

const authOf = ({ tunnel }: Attempt) =>
  (tunnel.status === 'passed' ? tunnel.value : tunnel.status === 'failed' ? tunnel.partial : null)?.auth;

/** squid asks name servers on port 53 only; one of our own there needs root. */
const mayBind53 = process.getuid?.() === 0;
const nameServerAddress = '127.53.7.1';

const noSquid = lacking(squidPrograms);
const noDomain = noSquid ?? lacking(sambaPrograms, true);
const noRealm = noSquid ?? lacking({ ...kdcPrograms, ...kerberosPrograms });
const noSocks = lacking(socksPrograms);
const noDante = lacking(dantePrograms, true);

describe.skipIf(noSquid !== null)('squid with Basic and Digest, TLS, denials and inspection', () => {
  let squid: Squid;
  beforeAll(async () => {
    if (mayBind53) kept(await startDnsServer({}, { address: nameServerAddress, port: 53 }));
    squid = kept(
      await startSquid({
        folder: folder().path,
        hosts: names,
        offers: [
          { scheme: 'digest', user, password },
          { scheme: 'basic', user, password },
        ],
        certificate: { pem: proxyLeaf.pem, keyPem: proxyLeaf.keyPem },
        authority: corporate,
        roots: root.pem,
        denied: ['denied.real.test'],
        ...(mayBind53 ? { nameServer: nameServerAddress } : {}),
      }),
    );
  });

  it.each(['basic', 'digest'] as const)(
    'lets %s in for CONNECT and plain HTTP, one connection an attempt',
    async (scheme) => {
      const relay = kept(await countingRelay(squid.port));
      const seen = await reach(proxyRoute('proxy.real.test', relay.port), accessWith(own, { scheme }));
      expect(seen.verdicts).toEqual(['reachable', 'reachable']);
      expect(seen.attempts.map(authOf)).toMatchObject(
        Array(2).fill({ scheme, failed: null, offered: ['digest', 'basic'] }),
      );
      expect(relay.count()).toBe(2);
      expect(seen.observations.probes.map(({ dns: stage }) => stage.status)).toEqual(['skipped', 'skipped']);
    },
  );

  it('chooses the stronger one by itself', async () => {
    const seen = await reach(proxyRoute('proxy.real.test', squid.port), accessWith(own));
    expect(seen.attempts.map((one) => authOf(one)?.scheme)).toEqual(['digest', 'digest']);
  });

  it.each(['basic', 'digest'] as const)('rejects a wrong password by %s, and nothing leaks', async (scheme) => {
    const relay = kept(await countingRelay(squid.port));
    const seen = await reach(proxyRoute('proxy.real.test', relay.port), accessWith(wrong, { scheme }));
    expect(seen.verdicts).toEqual(Array(2).fill('unreachable proxy.auth-rejected'));
    expect(seen.diagnosis.rootCauses.map(({ cause, targets }) => [cause, targets.length])).toEqual([
      ['proxy.auth-rejected', 2],
    ]);
    const text = JSON.stringify(seen.observations) + JSON.stringify(seen.diagnosis);
    expect(leaks(text, wrong.password.reveal())).toEqual([]);
    expect(relay.count()).toBe(2);
  });

  it('says that credentials are needed, and which kinds', async () => {
    const seen = await reach(proxyRoute('proxy.real.test', squid.port), accessWith(null));
    expect(seen.verdicts).toEqual(Array(2).fill('unreachable proxy.auth-required'));
    expect(seen.diagnosis.rootCauses[0]?.evidence).toContainEqual({
      code: 'proxy.offers',
      args: { proxy: `http://proxy.real.test:${squid.port}`, schemes: 'digest, basic' },
    });
  });

  it('is spoken to over TLS that is verified', async () => {
    const route = proxyRoute('proxy.real.test', squid.tlsPort, 'https');
    const trusted = await reach(route, accessWith(own, { proxyCa: [root.pem] }));
    expect(trusted.verdicts).toEqual(['reachable', 'reachable']);
    const before = squid.log().length;
    const unknown = await reach(route, accessWith(own));
    expect(unknown.verdicts).toEqual(Array(2).fill('unreachable proxy.tls-failed'));
    expect(
      squid
        .log()
        .slice(before)
        .filter((line) => /CONNECT|GET/.test(line)),
    ).toEqual([]);
  });

  it('tells its denial from the origin\u2019s', async () => {
    const strict = kept(
      await httpsOrigin({ certificate: { chainPem: leaf.pem, keyPem: leaf.keyPem } }, answer({ status: 403 })),
    );
    const seen = await reach(proxyRoute('proxy.real.test', squid.port), accessWith(own), [
      ...both('denied.real.test'),
      `https://origin.real.test:${strict.port}/`,
    ]);
    expect(seen.verdicts).toEqual(['unreachable proxy.denied', 'unreachable proxy.denied', 'reachable']);
    expect(seen.diagnosis.rootCauses.map(({ cause, targets }) => [cause, targets.length])).toEqual([
      ['proxy.denied', 2],
    ]);
  });

  it.skipIf(!mayBind53)('says what its own resolver and its own connections lack', async () => {
    const seen = await reach(proxyRoute('proxy.real.test', squid.port), accessWith(own), [
      'https://unknown.real.test/',
      'http://unknown.real.test/',
      'https://refused.real.test:1/',
      'http://refused.real.test:1/',
    ]);
    expect(seen.verdicts).toEqual([
      'unreachable proxy.upstream-dns',
      'unreachable proxy.upstream-dns',
      'unreachable proxy.upstream-unreachable',
      'unreachable proxy.upstream-unreachable',
    ]);
  });

  it('is seen to open TLS through the tunnel', async () => {
    const route = proxyRoute('proxy.real.test', squid.bumpPort);
    const seen = await reach(route, accessWith(null), [`https://origin.real.test:${https.port}/`]);
    expect(seen.verdicts[0]).toMatch(/^unreachable tls\.(inspection|untrusted-issuer|self-signed)/);
    const { path } = folder();
    const { writeFileSync } = await import('node:fs');
    writeFileSync(`${path}/corporate.pem`, corporate.pem);
    const known = await reach(route, accessWith(null), [`https://origin.real.test:${https.port}/`], {
      caFiles: [`${path}/corporate.pem`],
    });
    expect(known.verdicts).toEqual(['degraded tls.inspection']);
  });
});

describe.skipIf(noDomain !== null)('squid with NTLM that a Samba domain controller verifies', () => {
  let squid: Squid;
  beforeAll(async () => {
    const domain: Domain = kept(await startDomain(folder().path, { user, password }));
    squid = kept(
      await startSquid({
        folder: folder().path,
        hosts: names,
        offers: [{ scheme: 'ntlm', program: domain.helper }],
        inside: ['unshare', '--mount', ...withRun(domain.run)],
      }),
    );
  }, 180_000);

  it('lets the account in for CONNECT and plain HTTP, all legs on one connection', async () => {
    const relay = kept(await countingRelay(squid.port));
    const access = accessWith(account(`CORP\\${user}`, password));
    const seen = await reach(proxyRoute('proxy.real.test', relay.port), access);
    expect(seen.verdicts).toEqual(['reachable', 'reachable']);
    expect(seen.attempts.map(authOf)).toMatchObject(Array(2).fill({ scheme: 'ntlm', legs: 2, failed: null }));
    expect(relay.count()).toBe(2);
  });

  it.each([
    ['password', account(`CORP\\${user}`, 'Wr0ng-lab+%/&<pass>')],
    ['user', account('CORP\\nobody', password)],
  ])('rejects a wrong %s, and nothing leaks', async (_name, one) => {
    const relay = kept(await countingRelay(squid.port));
    const seen = await reach(proxyRoute('proxy.real.test', relay.port), accessWith(one));
    expect(seen.verdicts).toEqual(Array(2).fill('unreachable proxy.auth-rejected'));
    const text = JSON.stringify(seen.observations) + JSON.stringify(seen.diagnosis);
    expect(leaks(text, one.password.reveal())).toEqual([]);
    // Sent once, for a wrong password counts at the domain controller.
    expect(
      seen.attempts
        .map(authOf)
        .map((auth) => [auth?.scheme, auth?.legs, auth?.failed?.reason])
        .sort(),
    ).toEqual([
      ['ntlm', 0, 'not-repeated'],
      ['ntlm', 2, 'rejected'],
    ]);
    expect(relay.count()).toBe(2);
  });
});

describe.skipIf(noRealm !== null)('squid with Negotiate and a real key distribution centre', () => {
  let squid: Squid;
  let realm: Realm;
  let load: () => Promise<unknown>;
  const without: Record<string, string | undefined> = {};
  beforeAll(async () => {
    realm = kept(
      await startRealm(folder().path, { known: ['HTTP/proxy.real.test'], strange: ['HTTP/strange.real.test'] }),
    );
    load = builtKerberos();
    squid = kept(
      await startSquid({
        folder: folder().path,
        hosts: names,
        offers: [{ scheme: 'negotiate', keytab: realm.keytab, env: { KRB5_CONFIG: realm.env.KRB5_CONFIG } }],
      }),
    );
    for (const [name, value] of Object.entries(realm.env)) {
      without[name] = process.env[name];
      process.env[name] = value;
    }
    closers.push(() => {
      for (const [name, value] of Object.entries(without)) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    });
  }, 180_000);

  it('lets a ticket in for CONNECT and plain HTTP, one connection an attempt', async () => {
    const relay = kept(await countingRelay(squid.port));
    const seen = await reach(proxyRoute('proxy.real.test', relay.port), accessWith(null, { loadKerberos: load }));
    expect(seen.verdicts).toEqual(['reachable', 'reachable']);
    expect(seen.attempts.map(authOf)).toMatchObject(Array(2).fill({ scheme: 'negotiate', failed: null }));
    expect(relay.count()).toBe(2);
  });

  it('rejects a ticket for a service whose key it has not, on the connection that it came on', async () => {
    const relay = kept(await countingRelay(squid.port));
    const seen = await reach(proxyRoute('strange.real.test', relay.port), accessWith(null, { loadKerberos: load }));
    expect(seen.verdicts).toEqual(Array(2).fill('unreachable proxy.auth-rejected'));
    expect(relay.count()).toBe(2);
  });

  it('says that the directory knows no such service', async () => {
    const seen = await reach(proxyRoute('origin.real.test', squid.port), accessWith(null, { loadKerberos: load }));
    expect(seen.verdicts).toEqual(Array(2).fill('unreachable proxy.auth-unsupported'));
    expect(seen.attempts.map((one) => authOf(one)?.failed)).toEqual(
      Array(2).fill({ reason: 'ticket', detail: 'unknown-service' }),
    );
  });

  it('says that there is no ticket', async () => {
    process.env['KRB5CCNAME'] = `${realm.env.KRB5CCNAME}-none`;
    try {
      const seen = await reach(proxyRoute('proxy.real.test', squid.port), accessWith(null, { loadKerberos: load }));
      expect(seen.verdicts).toEqual(Array(2).fill('unreachable proxy.auth-required'));
      expect(seen.attempts.map((one) => authOf(one)?.failed?.detail)).toEqual(['no-ticket', 'no-ticket']);
    } finally {
      process.env['KRB5CCNAME'] = realm.env.KRB5CCNAME;
    }
  });

  it('says that the optional package is missing', async () => {
    const seen = await reach(proxyRoute('proxy.real.test', squid.port), accessWith(own));
    expect(seen.verdicts).toEqual(Array(2).fill('unreachable proxy.auth-unsupported'));
    expect(seen.attempts.map((one) => authOf(one)?.failed?.detail)).toEqual(['not-available', 'not-available']);
  });
});

describe.skipIf(noSocks !== null)('a SOCKS server', () => {
  it.each(['socks5', 'socks5h'] as const)('serves %s without a login', async (protocol) => {
    const socks = kept(await startSocks(null));
    const host = protocol === 'socks5' ? 'origin.real.test' : '127.0.0.1';
    const route = proxyRoute('proxy.real.test', socks.port, protocol);
    const seen = await reach(route, accessWith(null), [`http://${host}:${http.port}/`, `tcp://${host}:${https.port}`]);
    expect(seen.verdicts).toEqual(['reachable', 'reachable']);
    expect(seen.observations.probes[0]?.dns.status).toBe(protocol === 'socks5' ? 'passed' : 'skipped');
  });

  it('takes the login, rejects a wrong one, and asks for one', async () => {
    const socks = kept(await startSocks({ user, password }));
    const route = proxyRoute('proxy.real.test', socks.port, 'socks5h');
    const urls = [`http://127.0.0.1:${http.port}/`, `tcp://127.0.0.1:${https.port}`];
    expect((await reach(route, accessWith(own), urls)).verdicts).toEqual(['reachable', 'reachable']);
    const rejected = await reach(route, accessWith(wrong), urls);
    expect(rejected.verdicts).toEqual(Array(2).fill('unreachable proxy.auth-rejected'));
    const text = JSON.stringify(rejected);
    expect(leaks(text, wrong.password.reveal())).toEqual([]);
    expect((await reach(route, accessWith(null), urls)).verdicts).toEqual(
      Array(2).fill('unreachable proxy.auth-required'),
    );
  });

  it('says by its reply that a port is closed', async () => {
    const socks = kept(await startSocks(null));
    const seen = await reach(proxyRoute('proxy.real.test', socks.port, 'socks5h'), accessWith(null), [
      'tcp://127.0.0.1:1',
    ]);
    expect(seen.verdicts).toEqual(['unreachable proxy.socks-refused']);
  });
});

describe.skipIf(noDante !== null)('a SOCKS server of versions 4 and 5', () => {
  it.each([
    ['socks4', 'origin.real.test'],
    ['socks5', 'origin.real.test'],
    ['socks5h', 'localhost'],
  ] as const)('serves %s, names resolved where that version does it', async (protocol, host) => {
    const dante = kept(await startDante(folder().path));
    const relay = kept(await countingRelay(dante.port));
    const route = proxyRoute('proxy.real.test', relay.port, protocol);
    const seen = await reach(route, accessWith(null), [`http://${host}:${http.port}/`, `tcp://${host}:${https.port}`]);
    expect(seen.verdicts).toEqual(['reachable', 'reachable']);
    expect(seen.observations.probes[0]?.dns.status).toBe(host === 'localhost' ? 'skipped' : 'passed');
    expect(relay.count()).toBe(2);
  });
});
