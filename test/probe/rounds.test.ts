import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { type DnsZone, type RunningDnsServer, startDnsServer } from '../../src/demo/dns-server.ts';
import { type Origin, tcpOrigin } from '../../src/demo/listen.ts';
import { answer, httpOrigin, httpsOrigin } from '../../src/demo/origins-http.ts';
import { resetting, silent } from '../../src/demo/origins-tcp.ts';
import { alerting } from '../../src/demo/origins-tls.ts';
import { createAuthority, issueCertificate } from '../../src/demo/pki.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import { propose } from '../../src/diagnose/propose/propose.ts';
import type { Anchor } from '../../src/model/catalog.ts';
import type { CauseId } from '../../src/model/causes.ts';
import type { Observations } from '../../src/model/observations.ts';
import type { Plan, Route, Target } from '../../src/model/plan.ts';
import { prepare } from '../../src/probe/prepare.ts';
import { run } from '../../src/probe/run.ts';
import { sentence } from '../../src/words/contract.ts';
import { en } from '../../src/words/en/index.ts';
import {
  drippingHandshake,
  filteredOrigin,
  largeHelloDropping,
  sniFiltering,
  truncatingHandshake,
} from '../servers/broken-tls.ts';

const closers: (() => unknown)[] = [];
const started = <T extends { close(): unknown }>(thing: T): T => {
  closers.push(() => thing.close());
  return thing;
};
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const direct: Route = { kind: 'direct', source: 'default', why: 'no proxy is configured' };
const root = createAuthority({ name: 'Experiment Test Root' });
const anchor: Anchor = { name: 'Experiment Test Root', sha256: root.sha256, pem: root.pem };
const leaf = (name: string) => issueCertificate(root, { commonName: name, dnsNames: [name] });

const suspect = 'suspect.adatum.test';
const neutral = 'neutral.contoso.test';

function target(host: string, { port }: { readonly port: number }): Target {
  return {
    id: `lab/${host}`,
    feature: 'lab',
    endpoint: host,
    pattern: host,
    witness: false,
    host,
    port,
    scheme: 'https',
    url: `https://${host}:${port}/`,
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
  dns: RunningDnsServer,
  change: Partial<Plan> = {},
  onTarget: (target: Target) => void = () => {},
): Promise<Observations> {
  const plan: Plan = {
    targets,
    anchors: [anchor],
    families: [4],
    dnsServers: [dns.server],
    tlsHello: 'classic',
    limits: { timeoutMs: 1_500, deadlineMs: 60_000, concurrency: 8 },
    offline: false,
    experiments: true,
    ...change,
  };
  const prepared = started(
    await prepare(plan, { caFiles: [], env: {}, routes: { routes: [direct] }, clock: systemClock }),
  );
  return run(plan, {
    ...prepared,
    signal: new AbortController().signal,
    userAgent: 'wayclear/test',
    routeFor: () => direct,
    propose,
    onTarget,
  });
}

const zone: DnsZone = { '*.adatum.test': { addresses: ['127.0.0.1'] }, '*.contoso.test': { addresses: ['127.0.0.1'] } };

/** One suspect origin beside a healthy one. */
async function beside(origin: Origin, change: Partial<Plan> = {}): Promise<Observations> {
  started(origin);
  const healthy = started(await httpsOrigin({ certificate: leaf(neutral) }, answer()));
  const dns = started(await startDnsServer(zone));
  return measured([target(suspect, origin), target(neutral, healthy)], dns, change);
}

const certificate = leaf(suspect);

type Row = readonly [what: string, start: () => Promise<Origin>, cause: CauseId, change: Partial<Plan>];

const rows: readonly Row[] = [
  [
    'resets one server name',
    () => sniFiltering({ certificate, blocked: [suspect], how: 'reset' }),
    'tls.sni-filtered',
    {},
  ],
  [
    'closes on one server name',
    () => sniFiltering({ certificate, blocked: [suspect], how: 'close' }),
    'tls.sni-filtered',
    {},
  ],
  [
    'falls silent on one server name',
    () => sniFiltering({ certificate, blocked: [suspect], how: 'silence' }),
    'tls.sni-filtered',
    {},
  ],
  ['resets every session', () => resetting({ at: 'hello' }), 'tls.reset', {}],
  [
    'resets whoever offers TLS 1.3',
    () => filteredOrigin({ certificate }, ({ keyShares }) => (keyShares.length > 0 ? 'reset' : 'pass')),
    'tls.version-mismatch',
    {},
  ],
  ['says nothing at all', () => silent(), 'tls.stalled', {}],
  [
    'drops a large ClientHello',
    () => largeHelloDropping({ certificate, limit: 900 }),
    'tls.large-hello-dropped',
    { tlsHello: 'large' },
  ],
  [
    'resets on a large ClientHello',
    () => filteredOrigin({ certificate }, ({ bytes }) => (bytes > 900 ? 'reset' : 'pass')),
    'tls.large-hello-dropped',
    { tlsHello: 'large' },
  ],
  [
    'loses a name with every large ClientHello',
    () => sniFiltering({ certificate, blocked: [suspect], how: 'silence' }),
    'tls.sni-filtered',
    { tlsHello: 'large' },
  ],
  [
    'loses what is large on the way back',
    () => truncatingHandshake({ certificate, after: 64 }),
    'tls.mtu-black-hole',
    {},
  ],
  [
    'speaks a cipher suite of its own',
    () => httpsOrigin({ certificate, maxVersion: 'TLSv1.2', ciphers: 'CAMELLIA' }, answer()),
    'tls.cipher-mismatch',
    {},
  ],
];

describe('experiments decide why a session does not come about, when the other side', () => {
  it.each(rows)('%s', async (_, start, cause, change) => {
    const observations = await beside(await start(), change);
    const { rootCauses, targets } = diagnose(observations);
    expect(rootCauses.map((one) => [one.cause, one.confidence, one.alternatives])).toEqual([[cause, 'high', []]]);
    expect(targets.map(({ verdict }) => verdict)).toEqual(['unreachable', 'reachable']);
    expect(rootCauses[0]?.evidence.some(({ code }) => code.startsWith('tried.'))).toBe(true);
    for (const fact of rootCauses.flatMap(({ evidence }) => evidence)) {
      expect(sentence(en, fact)).not.toMatch(/undefined|NaN|\[object/);
    }
    const saved = JSON.parse(JSON.stringify(observations)) as Observations;
    expect(diagnose(saved)).toEqual(diagnose(observations));
    expect(observations.experiments.length).toBeLessThanOrEqual(7);
  });
});

/** A plain HTTP host whose documented header does not arrive; `trace` is what comes back of a TRACE request. */
async function headerless(trace: (request: IncomingMessage) => { readonly status: number; readonly body: string }) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers['max-forwards'] ?? ''}`.trim());
    response.setHeader('server', 'origin');
    if (request.method !== 'TRACE') return void response.end('hello');
    const { status, body } = trace(request);
    response.writeHead(status, { 'content-type': 'message/http' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  started({ close: () => server.close() });
  const { port } = server.address() as AddressInfo;
  const dns = started(await startDnsServer(zone));
  const plain: Target = {
    ...target(suspect, { port }),
    scheme: 'http',
    url: `http://${suspect}:${port}/list`,
    expect: { status: null, header: { name: 'x-service', pattern: '.' } },
  };
  return { observations: await measured([plain], dns), asked };
}

/** The request as it arrived, its headers put through `each`. */
const echo =
  (each: (name: string) => string, more = '') =>
  ({ method, url, rawHeaders }: IncomingMessage) => {
    const lines = rawHeaders.flatMap((name, at) =>
      at % 2 === 0 ? [`${each(name)}: ${rawHeaders[at + 1] ?? ''}`] : [],
    );
    return { status: 200, body: `${method} ${url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n${more}\r\n` };
  };

describe('an echo check of plain HTTP whose answer lacks a documented header', () => {
  it.each([
    ['comes back with its names rewritten', echo((name) => name.toLowerCase()), 'high', 'altered'],
    ['comes back with a header of a proxy', echo((name) => name, 'Via: 1.1 cache\r\n'), 'high', 'altered'],
    ['comes back as it was sent', echo((name) => name), 'medium', 'same'],
    ['is refused', () => ({ status: 405, body: '' }), 'medium', null],
    ['is answered with a page', () => ({ status: 200, body: '<html>hello' }), 'medium', null],
  ] as const)('%s', async (_, trace, confidence, result) => {
    const { observations, asked } = await headerless(trace);
    const [root, ...others] = diagnose(observations).rootCauses;
    expect(others).toEqual([]);
    expect(root).toMatchObject({ cause: 'http.tampered', confidence });
    const said = root?.evidence.filter(({ code }) => code === 'tried.echo').map(({ args }) => args['echo']);
    expect(said).toEqual(result === null ? [] : [result]);
    expect(asked).toEqual(['GET /list', 'TRACE / 0']);
  });

  it('is not made where nothing is suspected', async () => {
    const origin = started(await httpOrigin({}, answer()));
    const dns = started(await startDnsServer(zone));
    const plain: Target = { ...target(suspect, origin), scheme: 'http', url: `http://${suspect}:${origin.port}/` };
    expect((await measured([plain], dns)).experiments).toEqual([]);
  });
});

describe('experiments', () => {
  it('leave what they can not decide open, and say what was tried', async () => {
    const { rootCauses } = diagnose(await beside(await alerting({ alert: 40 })));
    expect(rootCauses).toMatchObject([
      { cause: 'tls.cipher-mismatch', confidence: 'medium', alternatives: ['tls.client-certificate-required'] },
    ]);
  });

  it('take a slow server for no black hole', async () => {
    const { rootCauses } = diagnose(await beside(await drippingHandshake({ certificate, everyMs: 40 })));
    expect(rootCauses.map(({ cause }) => cause)).not.toContain('tls.sni-filtered');
  });

  it('clear a host that fails once and works when it is tried alone', async () => {
    let seen = 0;
    const origin = await filteredOrigin(
      { certificate },
      () => (++seen === 1 ? 'reset' : 'pass'),
      (peer) => {
        peer.once('data', () => peer.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'));
      },
    );
    const observations = await beside(origin);
    expect(observations.experiments.map(({ kind, times }) => [kind, times])).toEqual([
      ['again', undefined],
      ['looks', 8],
    ]);
    const judged = diagnose(observations);
    expect(judged).toMatchObject({ rootCauses: [], summary: { reachable: 2 } });
    expect(judged.checks.find(({ id }) => id === 'steadiness')).toMatchObject({ verdict: 'pass' });
  });

  it('tell the share of a host that fails at times', async () => {
    let seen = 0;
    const origin = await filteredOrigin(
      { certificate },
      () => (seen++ % 3 === 0 ? 'reset' : 'pass'),
      (peer) => {
        peer.once('data', () => peer.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'));
      },
    );
    const { rootCauses, targets, summary } = diagnose(await beside(origin));
    expect(rootCauses).toMatchObject([{ cause: 'tls.reset', severity: 'warning' }]);
    expect(summary).toMatchObject({ degraded: 1, unreachable: 0 });
    const [finding] = targets.flatMap(({ findings }) => findings);
    expect(finding).toMatchObject({ effect: 'degraded', steadiness: { failed: 4, tried: 10 } });
  });

  it('begin while another host runs out its timeout, and are made once', async () => {
    const filter = started(await sniFiltering({ certificate, blocked: [suspect], how: 'reset' }));
    const mute = started(await silent());
    const healthy = started(await httpsOrigin({ certificate: leaf(neutral) }, answer()));
    const dns = started(await startDnsServer(zone));
    const hosts = [target('mute.adatum.test', mute), target(suspect, filter), target(neutral, healthy)];
    const limits = { timeoutMs: 4_000, deadlineMs: 60_000, concurrency: 8 };
    let before = 0;
    const observations = await measured(hosts, dns, { limits }, ({ host }) => {
      if (host.startsWith('mute')) before = filter.counts.connections;
    });
    const atFilter = observations.experiments.filter(
      ({ does }) => does.action === 'connect' && does.port === filter.port,
    );
    expect(before).toBeGreaterThan(1);
    expect(filter.counts.connections).toBe(1 + atFilter.flatMap(({ observation }) => observation.attempts).length);
    expect(diagnose(observations).rootCauses.map(({ cause, confidence }) => [cause, confidence])).toEqual([
      ['tls.sni-filtered', 'high'],
      ['tls.stalled', 'high'],
    ]);
  });

  it('are not made on a healthy run', async () => {
    const healthy = started(await httpsOrigin({ certificate: leaf(neutral) }, answer()));
    const dns = started(await startDnsServer(zone));
    const observations = await measured([target(neutral, healthy)], dns);
    expect(observations.experiments).toEqual([]);
    expect(healthy.counts.connections).toBe(1);
    expect(dns.log.map(({ name }) => name)).toEqual([neutral]);
  });

  it('tell nothing apart when they are switched off, and the report says which one would', async () => {
    const observations = await beside(await resetting({ at: 'hello' }), { experiments: false });
    expect(new Set(observations.experiments.map(({ kind }) => kind))).toEqual(new Set(['again', 'looks']));
    const [rootCause] = diagnose(observations).rootCauses;
    expect(rootCause).toMatchObject({
      cause: 'tls.reset',
      confidence: 'medium',
      alternatives: ['tls.sni-filtered', 'tls.version-mismatch'],
    });
    expect(rootCause?.evidence.at(-1)).toEqual({
      code: 'experiment',
      args: { experiment: 'neutral-name' },
    });
  });

  it('tell a name that is denied from one that is not there', async () => {
    const origin = started(await tcpOrigin({}, (socket) => socket.end()));
    const healthy = started(await httpsOrigin({ certificate: leaf(neutral) }, answer()));
    const denying: DnsZone = { ...zone, [suspect]: { answer: 'nxdomain', soa: false } };
    const dns = started(await startDnsServer(denying));
    const observations = await measured([target(suspect, origin), target(neutral, healthy)], dns);
    expect(diagnose(observations).rootCauses).toMatchObject([
      { cause: 'dns.not-found', confidence: 'high', alternatives: [] },
    ]);
  });

  it('ask for a name that always exists where nothing resolves', async () => {
    const origin = started(await tcpOrigin({}, (socket) => socket.end()));
    const knows = started(await startDnsServer({ 'example.com': { addresses: ['127.0.0.1'] } }));
    const knowsNothing = started(await startDnsServer({}));
    const one = [target(suspect, origin)];
    expect(diagnose(await measured(one, knows)).rootCauses.map(({ cause }) => cause)).toEqual(['dns.not-found']);
    expect(diagnose(await measured(one, knowsNothing)).rootCauses).toMatchObject([
      { cause: 'dns.internal-only', confidence: 'high' },
    ]);
  });

  it('cost a failing run at most thirty in a hundred more connections', async () => {
    const names = Array.from({ length: 36 }, (_, n) => `h${n}.contoso.test`);
    const blocked = Array.from({ length: 6 }, (_, n) => `b${n}.adatum.test`);
    const origin = started(
      await sniFiltering({ certificate, blocked, how: 'reset' }, (peer) => {
        peer.once('data', () => peer.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'));
      }),
    );
    const dns = started(await startDnsServer(zone));
    const observations = await measured(
      [...names, ...blocked].map((host) => target(host, origin)),
      dns,
    );
    const first = observations.probes.flatMap(({ attempts }) => attempts).length;
    expect(observations.experiments.length).toBeGreaterThan(0);
    expect(origin.counts.connections - first).toBeLessThanOrEqual(0.3 * first);
    expect(dns.log.length).toBeLessThanOrEqual(1.3 * first);
    const filtered = diagnose(observations).rootCauses.find(({ cause }) => cause === 'tls.sni-filtered');
    expect(filtered).toMatchObject({ confidence: 'high', targets: blocked.map((host) => `lab/${host}`) });
  });
});
