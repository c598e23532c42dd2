import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { startDnsServer } from '../../src/demo/dns-server.ts';
import type { Origin } from '../../src/demo/listen.ts';
import { answer, httpOrigin, httpsOrigin, neverAnswer, type Respond, redirect } from '../../src/demo/origins-http.ts';
import { refusing, silent } from '../../src/demo/origins-tcp.ts';
import { createAuthority, issueCertificate } from '../../src/demo/pki.ts';
import { createCrl } from '../../src/demo/revocation-list.ts';
import type { Anchor } from '../../src/model/catalog.ts';
import type { Observation, Observations } from '../../src/model/observations.ts';
import type { Plan, Route, Target } from '../../src/model/plan.ts';
import { prepare } from '../../src/probe/prepare.ts';
import { run } from '../../src/probe/run.ts';
import { resetAtOnce } from '../servers/broken-http.ts';

const closers: (() => unknown)[] = [];
const started = <T extends { close(): unknown }>(thing: T): T => {
  closers.push(() => thing.close());
  return thing;
};
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const direct: Route = { kind: 'direct', source: 'default', why: 'no proxy is configured' };
const root = createAuthority({ name: 'Run Test Root' });
const anchor: Anchor = { name: 'Run Test Root', sha256: root.sha256, pem: root.pem };

function target(
  host: string,
  origin: { readonly port: number },
  scheme: Target['scheme'] = 'https',
  path = '/',
): Target {
  return {
    id: `ad-hoc/${scheme}://${host}:${origin.port}${path}`,
    feature: 'ad-hoc',
    endpoint: host,
    pattern: host,
    witness: false,
    host,
    port: origin.port,
    scheme,
    url: scheme === 'tcp' ? null : `${scheme}://${host}:${origin.port}${path}`,
    method: 'GET',
    importance: 'critical',
    expect: null,
    tls: { anchors: [root.sha256], pinned: false, inspection: 'unstated' },
    route: direct,
    untested: null,
  };
}

async function measured(
  targets: readonly Target[],
  server: string,
  change: Partial<Plan> & {
    readonly signal?: AbortSignal;
    readonly timeoutMs?: number;
    readonly deadlineMs?: number;
    readonly onTarget?: () => void;
    /** The trust stores aren't read before this. */
    readonly storesAfter?: Promise<void>;
  } = {},
): Promise<Observations> {
  const { signal, onTarget, storesAfter, timeoutMs = 15_000, deadlineMs = 60_000, ...rest } = change;
  const plan: Plan = {
    targets,
    anchors: [anchor],
    families: [4, 6],
    dnsServers: [server],
    tlsHello: 'classic',
    limits: { timeoutMs, deadlineMs, concurrency: 50 },
    offline: false,
    experiments: true,
    ...rest,
  };
  const prepared = started(
    await prepare(plan, { caFiles: [], env: {}, routes: { routes: [direct] }, clock: systemClock }),
  );
  return run(plan, {
    ...prepared,
    ...(storesAfter === undefined ? {} : { stores: storesAfter.then(() => prepared.stores) }),
    signal: signal ?? new AbortController().signal,
    userAgent: 'wayclear/test',
    routeFor: () => direct,
    ...(onTarget === undefined ? {} : { onTarget }),
  });
}

const leaf = (name: string, options: Partial<Parameters<typeof issueCertificate>[1]> = {}) =>
  issueCertificate(root, { commonName: name, dnsNames: [name], ...options });

const statusOf = (observation: Observation | undefined): number | string | undefined => {
  const http = observation?.attempts[0]?.http;
  return http?.status === 'passed' ? http.value.status : http?.status;
};

describe('a run on the direct path', () => {
  it('walks one connection upward and keeps what it saw', async () => {
    const origin = started(await httpsOrigin({ certificate: leaf('a.run.test') }, answer({ status: 404 })));
    const dns = started(await startDnsServer({ 'a.run.test': { addresses: ['127.0.0.1'] } }));
    const seen = await measured([target('a.run.test', origin)], dns.server);
    expect(seen.probes.map(statusOf)).toEqual([404]);
    expect(origin.counts).toMatchObject({ connections: 1, requests: 1 });
    const [chain] = Object.values(seen.chains);
    expect(chain?.anchors).toMatchObject([{ sha256: root.sha256, stores: ['catalog'] }]);
    expect(seen.certificates[chain?.certificates[0] ?? '']?.dnsNames).toEqual(['a.run.test']);
    expect(seen.ended).toBeNull();
    expect(JSON.parse(JSON.stringify(seen))).toEqual(seen);
  });

  it('asks for names while this machine is still read', async () => {
    const origin = started(await httpsOrigin({ certificate: leaf('a.run.test') }, answer()));
    let hear = (): void => {};
    const storesAfter = new Promise<void>((resolve) => {
      hear = resolve;
    });
    const zone = () => {
      hear();
      return { addresses: ['127.0.0.1'] };
    };
    const dns = started(await startDnsServer({ 'a.run.test': zone }));
    const seen = await measured([target('a.run.test', origin)], dns.server, { storesAfter, deadlineMs: 20_000 });
    expect(seen.probes.map(statusOf)).toEqual([200]);
    expect(dns.count('a.run.test', 1)).toBe(1);
  });

  it('measures what several targets ask for once', async () => {
    const origin = started(await httpsOrigin({ certificate: leaf('a.run.test') }, answer()));
    const dns = started(await startDnsServer({ 'a.run.test': { addresses: ['127.0.0.1'] } }));
    const same = Array.from({ length: 20 }, (_, n) => ({ ...target('a.run.test', origin), id: `f${n}/a` }));
    const seen = await measured(same, dns.server);
    expect(seen.probes.map(({ target: id }) => id)).toEqual(same.map(({ id }) => id));
    expect(origin.counts.connections).toBe(1);
    expect(dns.count('a.run.test', 1)).toBe(1);
  });

  it('tries each address of a name on a connection of its own', async () => {
    const origin = started(await httpsOrigin({ certificate: leaf('two.run.test') }, answer()));
    const dns = started(await startDnsServer({ 'two.run.test': { addresses: ['127.0.0.1', '127.0.0.2'] } }));
    const seen = await measured([target('two.run.test', origin)], dns.server);
    expect(seen.probes[0]?.attempts.map(({ address, tcp }) => [address, tcp.status])).toEqual([
      ['127.0.0.1', 'passed'],
      ['127.0.0.2', 'failed'],
    ]);
  });

  it('makes each hop of a redirect an observation of its own, five at most', async () => {
    const dns = started(await startDnsServer({ '*.run.test': { addresses: ['127.0.0.1'] } }));
    let port = 0;
    const origin = started(
      await httpOrigin({}, (peer, request) => {
        const n = Number(request.path.slice(1));
        redirect(`http://h${n + 1}.run.test:${port}/${n + 1}`)(peer, request);
      }),
    );
    port = origin.port;
    const seen = await measured([target('h0.run.test', origin, 'http', '/0')], dns.server);
    expect(seen.probes.map(({ hop, host, redirect: how }) => [hop, host, how])).toEqual([
      [0, 'h0.run.test', 'followed'],
      [1, 'h1.run.test', 'followed'],
      [2, 'h2.run.test', 'followed'],
      [3, 'h3.run.test', 'followed'],
      [4, 'h4.run.test', 'followed'],
      [5, 'h5.run.test', 'limit'],
    ]);
    expect(origin.counts.connections).toBe(6);
  });

  it('stops at a redirect that leads back', async () => {
    const dns = started(await startDnsServer({ '*.run.test': { addresses: ['127.0.0.1'] } }));
    const origin = started(await httpOrigin({}, (peer, request) => redirect('/')(peer, request)));
    const seen = await measured([target('loop.run.test', origin, 'http')], dns.server);
    expect(seen.probes.map(({ redirect: how }) => how)).toEqual(['loop']);
    expect(origin.counts.connections).toBe(1);
  });

  it('follows a long redirect whole beside many headers, and not at all where it is too long', async () => {
    const dns = started(await startDnsServer({ '*.run.test': { addresses: ['127.0.0.1'] } }));
    const asked: string[] = [];
    const wanted = `/authorize?state=${'a'.repeat(700)}&end=1`;
    const cookies = Array.from({ length: 5 }, (_, n) => ['Set-Cookie', `c${n}=${'b'.repeat(900)}`] as const);
    const origin = started(
      await httpOrigin({}, (peer, request) => {
        asked.push(request.path);
        const location = request.path === '/' ? wanted : `/long?${'c'.repeat(3_000)}`;
        if (request.path === wanted) answer()(peer, request);
        else answer({ status: 302, headers: [...cookies, ['Location', location]] })(peer, request);
      }),
    );
    const targets = ['/', '/other'].map((path) => target('a.run.test', origin, 'http', path));
    const seen = await measured(targets, dns.server);
    expect(seen.probes.map(({ redirect: how }) => how)).toEqual(['followed', null, 'too-long']);
    expect(statusOf(seen.probes[1])).toBe(200);
    expect(asked.sort()).toEqual(['/', wanted, '/other'].sort());
  });

  it('asks the revocation address that a certificate names once, and reads what it says', async () => {
    const dns = started(await startDnsServer({ '*.run.test': { addresses: ['127.0.0.1'] } }));
    const now = new Date();
    const hour = 3_600_000;
    const revokedSerial = '0badc0de';
    const crl = createCrl(root, [{ serial: revokedSerial }], {
      thisUpdate: new Date(now.getTime() - hour),
      nextUpdate: new Date(now.getTime() + hour),
    });
    const list = started(await httpOrigin({}, answer({ body: crl })));
    const crlUrls = [`http://crl.run.test:${list.port}/root.crl`];
    const good = started(await httpsOrigin({ certificate: leaf('good.run.test', { crlUrls }) }, answer()));
    const bad = started(
      await httpsOrigin({ certificate: leaf('bad.run.test', { crlUrls, serial: revokedSerial }) }, answer()),
    );
    const seen = await measured([target('good.run.test', good), target('bad.run.test', bad)], dns.server);
    expect(list.counts.requests).toBe(1);
    expect(seen.revocation).toHaveLength(1);
    expect(seen.revocation[0]?.statuses.map(({ status }) => status).sort()).toEqual(['good', 'revoked']);
  });

  const revocationWith = async (respond: Respond) => {
    const dns = started(await startDnsServer({ '*.run.test': { addresses: ['127.0.0.1'] } }));
    const list = started(await httpOrigin({}, respond));
    const crlUrls = [`http://crl.run.test:${list.port}/root.crl`];
    const host = started(await httpsOrigin({ certificate: leaf('good.run.test', { crlUrls }) }, answer()));
    const { revocation } = await measured([target('good.run.test', host)], dns.server);
    return {
      stages: revocation[0]?.observation.attempts.map(({ http }) => http.status),
      requests: list.counts.requests,
    };
  };

  it('asks a revocation address that does not answer once more, and takes the better answer', async () => {
    let asked = 0;
    const first: Respond = (peer, request) => (asked++ === 0 ? resetAtOnce : answer())(peer, request);
    expect(await revocationWith(first)).toEqual({ stages: ['passed'], requests: 2 });
    expect(await revocationWith(resetAtOnce)).toEqual({ stages: ['failed'], requests: 2 });
  });

  it('asks freshly for the name of a revocation host that a busy name server refused', async () => {
    const hour = 3_600_000;
    const crl = createCrl(root, [], {
      thisUpdate: new Date(Date.now() - hour),
      nextUpdate: new Date(Date.now() + hour),
    });
    const list = started(await httpOrigin({}, answer({ body: crl })));
    const crlUrls = [`http://crl.run.test:${list.port}/root.crl`];
    const host = started(await httpsOrigin({ certificate: leaf('good.run.test', { crlUrls }) }, answer()));
    const seenWith = async (refuses: number) => {
      const dns = started(
        await startDnsServer({
          'good.run.test': { addresses: ['127.0.0.1'] },
          'crl.run.test': { addresses: ['127.0.0.1'], first: { count: refuses, answer: 'servfail' } },
        }),
      );
      // In the plan, so that its odd port is no stranger's.
      const targets = [target('good.run.test', host), target('crl.run.test', list, 'tcp')];
      const { revocation } = await measured(targets, dns.server, { experiments: false });
      return { dns: revocation[0]?.observation.dns.status, asked: dns.count('crl.run.test', 1) };
    };
    const always = await seenWith(99);
    expect(always.dns).toBe('failed');
    expect(await seenWith(always.asked / 2)).toEqual({ dns: 'passed', asked: always.asked / 2 + 1 });
  });

  it('completes a chain from the issuer address when the server left the intermediate out', async () => {
    const dns = started(await startDnsServer({ '*.run.test': { addresses: ['127.0.0.1'] } }));
    const middle = createAuthority({ name: 'Run Test Issuing CA', issuer: root });
    const files = started(await httpOrigin({}, answer({ body: middle.der })));
    const own = issueCertificate(middle, {
      commonName: 'gap.run.test',
      dnsNames: ['gap.run.test'],
      aiaIssuers: [`http://aia.run.test:${files.port}/issuing.crt`],
    });
    const origin = started(await httpsOrigin({ certificate: { chainPem: own.pem, keyPem: own.keyPem } }, answer()));
    const seen = await measured([target('gap.run.test', origin)], dns.server);
    expect(Object.values(seen.chains)[0]?.anchors).toMatchObject([{ sha256: root.sha256, completed: true }]);
  });

  it('ends by its deadline with what it has', async () => {
    const dns = started(await startDnsServer({ '*.run.test': { addresses: ['127.0.0.1'] } }));
    const good = started(await httpsOrigin({ certificate: leaf('good.run.test') }, answer()));
    const mute = started(await silent());
    const seen = await measured([target('good.run.test', good), target('mute.run.test', mute)], dns.server, {
      timeoutMs: 600_000,
      deadlineMs: 4_000,
    });
    expect(seen.ended).toBe('deadline');
    expect(seen.probes.map(({ attempts }) => attempts[0]?.tls.status)).toEqual(['passed', 'skipped']);
  });

  const stuck: readonly (readonly [string, () => Promise<Origin>, Target['scheme'], string])[] = [
    ['DNS', refusing, 'https', 'silent.run.test'],
    ['TLS', silent, 'https', 'mute.run.test'],
    ['HTTP', () => httpOrigin({}, neverAnswer), 'http', 'mute.run.test'],
  ];
  it.each(stuck)(
    'returns the partial result when it is interrupted in the %s stage',
    async (_stage, start, scheme, host) => {
      const dns = started(
        await startDnsServer({ 'silent.run.test': { answer: 'silent' }, '*.run.test': { addresses: ['127.0.0.1'] } }),
      );
      const origin = started(await start());
      const good = started(await httpsOrigin({ certificate: leaf('good.run.test') }, answer()));
      const controller = new AbortController();
      const seen = await measured([target('good.run.test', good), target(host, origin, scheme)], dns.server, {
        timeoutMs: 600_000,
        signal: controller.signal,
        // Once the healthy one is through, only the stuck one is left.
        onTarget: () => controller.abort(),
      });
      expect(seen.ended).toBe('interrupted');
      expect(statusOf(seen.probes[0])).toBe(200);
      expect(seen.probes).toHaveLength(2);
    },
  );

  it('sends nothing offline', async () => {
    const origin = started(await httpsOrigin({ certificate: leaf('a.run.test') }, answer()));
    const dns = started(await startDnsServer({ 'a.run.test': { addresses: ['127.0.0.1'] } }));
    const seen = await measured([target('a.run.test', origin)], dns.server, { offline: true });
    expect(seen.probes).toEqual([]);
    expect(dns.log).toEqual([]);
    expect(origin.counts.connections).toBe(0);
  });
});
