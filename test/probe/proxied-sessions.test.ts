import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type Origin, tcpOrigin } from '../../src/demo/listen.ts';
import { answer, httpsOrigin } from '../../src/demo/origins-http.ts';
import { resetting } from '../../src/demo/origins-tcp.ts';
import { createAuthority, issueCertificate } from '../../src/demo/pki.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { CauseId } from '../../src/model/causes.ts';
import type { RootCause } from '../../src/model/diagnosis.ts';
import type { Observations } from '../../src/model/observations.ts';
import type { PerformedExperiment } from '../../src/model/performed-experiments.ts';
import type { Plan, Route } from '../../src/model/plan.ts';
import { sentence } from '../../src/words/contract.ts';
import { en } from '../../src/words/en/index.ts';
import { run } from '../diagnose/observations.ts';
import { filteredOrigin, largeHelloDropping, sniFiltering } from '../servers/broken-tls.ts';
import { forwarding } from '../servers/proxies.ts';
import { judgedRun, proxyRoute, type RunOptions, targetOf } from './proxied-kit.ts';

const closers: (() => unknown)[] = [];
const kept = <T extends { close(): unknown }>(thing: T): T => {
  closers.push(() => thing.close());
  return thing;
};
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const root = createAuthority({ name: 'Session Test Root' });
const leaf = issueCertificate(root, { commonName: 'origin', dnsNames: ['*.adatum.test', '*.contoso.test'] });
const certificate = { chainPem: leaf.pem, keyPem: leaf.keyPem };
const suspect = 'suspect.adatum.test';
const neutral = 'neutral.contoso.test';

/** RFC 1928 without authentication: every name is on this machine. */
const socksForwarding = (): Promise<Origin> =>
  tcpOrigin({}, (socket) => {
    let step = 0;
    socket.on('data', (chunk: Buffer) => {
      step += 1;
      if (step === 1) socket.write(Buffer.from([5, 0]));
      if (step !== 2) return;
      const out = connect({ host: '127.0.0.1', port: chunk.readUInt16BE(chunk.length - 2) }, () => {
        socket.removeAllListeners('data');
        socket.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
        socket.pipe(out).pipe(socket);
      });
      out.on('error', () => socket.destroy());
      socket.on('close', () => out.destroy());
    });
  });

const ways = {
  http: () => forwarding(),
  socks5h: socksForwarding,
} as const;

/** A suspect origin and a healthy one, both behind one proxy. */
async function behind(start: () => Promise<Origin>, options: RunOptions = {}, protocol: keyof typeof ways = 'http') {
  const origin = kept(await start());
  const healthy = kept(await httpsOrigin({ certificate }, answer()));
  const proxy = kept(await ways[protocol]());
  const route = proxyRoute(proxy.address, proxy.port, protocol);
  const targets = [
    targetOf(`https://${suspect}:${origin.port}/`, route, root),
    targetOf(`https://${neutral}:${healthy.port}/`, route, root),
  ];
  const judged = await judgedRun(targets, root, { experiments: 'made', timeoutMs: 1000, ...options });
  return { ...judged, proxy };
}

const lines = ({ evidence }: RootCause): readonly string[] => evidence.map((one) => sentence(en, one));
const made = ({ experiments }: Observations): readonly PerformedExperiment[] => experiments.map(({ kind }) => kind);

type Row = readonly [what: string, start: () => Promise<Origin>, cause: CauseId, hello?: Plan['tlsHello']];

const rows: readonly Row[] = [
  ['resets one server name', () => sniFiltering({ certificate, blocked: [suspect], how: 'reset' }), 'tls.sni-filtered'],
  [
    'falls silent on one server name',
    () => sniFiltering({ certificate, blocked: [suspect], how: 'silence' }),
    'tls.sni-filtered',
  ],
  ['resets every session', () => resetting({ at: 'hello' }), 'tls.reset'],
  [
    'resets whoever offers TLS 1.3',
    () => filteredOrigin({ certificate }, ({ keyShares }) => (keyShares.length > 0 ? 'reset' : 'pass')),
    'tls.version-mismatch',
  ],
  ['swallows a large ClientHello', () => largeHelloDropping({ certificate }), 'tls.large-hello-dropped', 'large'],
];

describe.each(Object.keys(ways) as (keyof typeof ways)[])('behind a proxy by %s', (protocol) => {
  const all = rows.map(([name, start, cause, hello = 'classic']) => ({ name, start, cause, hello }));
  it.each(all)('what $name is told from its neighbours', async ({ start, cause, hello }) => {
    const { observations, diagnosis } = await behind(start, { tlsHello: hello }, protocol);
    const found = diagnosis.rootCauses.map((one) => [one.cause, one.confidence, one.targets.length, one.alternatives]);
    expect(found).toEqual([[cause, 'high', 1, []]]);
    const sessions = observations.experiments.filter(({ kind }) => kind !== 'again' && kind !== 'looks');
    expect(sessions.length).toBeGreaterThan(0);
    for (const { does, observation } of sessions) {
      expect(does.action).toBe('through');
      expect(observation.attempts.map(({ address, tunnel }) => [address, tunnel.status])).toEqual([[null, 'passed']]);
    }
    expect(diagnose(JSON.parse(JSON.stringify(observations)))).toEqual(diagnosis);
  });
});

describe('experiments through a proxy', () => {
  it('are none on a healthy run', async () => {
    const { observations, proxy } = await behind(() => httpsOrigin({ certificate }, answer()));
    expect(made(observations)).toEqual([]);
    expect(proxy.counts.connections).toBe(2);
  });

  it('ask for the host that failed, with another name, and say so of that host', async () => {
    const { observations, diagnosis } = await behind(() => resetting({ at: 'hello' }));
    const asked = observations.experiments.flatMap(({ kind, does }) =>
      does.action === 'through' ? [[kind, does.asked, does.servername]] : [],
    );
    expect(asked).toContainEqual(['neutral-name', suspect, neutral]);
    const [only] = diagnosis.rootCauses as readonly [RootCause];
    expect(lines(only)).toContainEqual(expect.stringMatching(/^suspect\.adatum\.test:\d+: with another server name/));
    expect(lines(only)).toContainEqual(expect.stringMatching(/makes the way; what fails comes after that$/));
  });

  it('tell nothing apart with --no-experiments, and the report says what would', async () => {
    const { observations, diagnosis, proxy } = await behind(() => resetting({ at: 'hello' }), {
      experiments: 'switched off',
    });
    expect(made(observations)).toEqual(['again', 'looks']);
    expect(proxy.counts.connections).toBe(6);
    const [only] = diagnosis.rootCauses as readonly [RootCause];
    expect([only.confidence, [...only.alternatives].sort()]).toEqual([
      'medium',
      ['tls.sni-filtered', 'tls.version-mismatch'],
    ]);
    expect(lines(only)).toContainEqual(expect.stringMatching(/^Would decide: /));
  });

  it('say nothing of hosts that fail alike on the direct path', async () => {
    const { observations } = await behind(() => resetting({ at: 'hello' }));
    const direct: Route = { kind: 'direct', source: 'default', why: '' };
    const [target] = observations.plan.targets;
    const [probe] = observations.probes;
    if (target === undefined || probe === undefined) throw new Error('nothing was measured');
    const other = { id: 'ad-hoc/direct', host: 'other.adatum.test', url: 'https://other.adatum.test/' };
    const skipped = { status: 'skipped', because: 'not-applicable' } as const;
    const attempts = probe.attempts.map(({ proxy: _, ...one }) => ({
      ...one,
      address: '20.1.2.3',
      family: 4 as const,
      tunnel: skipped,
    }));
    const targets = [...observations.plan.targets, { ...target, ...other, route: direct }];
    const { route: _, ...rest } = probe;
    const both: Observations = {
      ...observations,
      plan: { ...observations.plan, targets },
      probes: [...observations.probes, { ...rest, target: other.id, host: other.host, url: other.url, attempts }],
    };
    const found = diagnose(both).targets.map(({ id, findings: [first] }) => [id, first?.cause, first?.confidence]);
    expect(found).toEqual([
      [target.id, 'tls.reset', 'high'],
      [observations.plan.targets[1]?.id, undefined, undefined],
      [other.id, 'tls.reset', 'medium'],
    ]);
  });
});

describe('the direct path beside a proxy', () => {
  const direct: Route = { kind: 'direct', source: 'flag', why: '--direct-too' };
  const beside = { when: 'always', routeFor: async () => direct } as const;
  const refused = 'HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n';
  async function roots(port: number, guard: () => string | null): Promise<readonly RootCause[]> {
    const proxy = kept(await forwarding({}, guard));
    const target = targetOf(`https://127.0.0.1:${port}/`, proxyRoute(proxy.address, proxy.port), root);
    return (await judgedRun([target], root, { beside })).diagnosis.rootCauses;
  }

  it('that works is told of a target that the proxy does not reach', async () => {
    const origin = kept(await httpsOrigin({ certificate }, answer()));
    const [only, ...others] = (await roots(origin.port, () => refused)) as readonly [RootCause];
    expect([only.cause, others.length]).toEqual(['proxy.upstream-unreachable', 0]);
    expect(lines(only)).toContain('127.0.0.1: the direct path works');
  });

  it('that has no connection says nothing', async () => {
    const [only, ...others] = (await roots(1, () => refused)) as readonly [RootCause];
    expect([only.cause, others.length]).toEqual(['proxy.upstream-unreachable', 0]);
    expect(lines(only).filter((line) => line.includes('direct path'))).toEqual([]);
  });

  it('that fails in the same way is told, and decides nothing', async () => {
    const origin = kept(await resetting({ at: 'hello' }));
    const [only, ...others] = (await roots(origin.port, () => null)) as readonly [RootCause];
    expect([only.cause, only.confidence, others.length]).toEqual(['tls.reset', 'medium', 0]);
    expect(lines(only)).toContain('127.0.0.1: the direct path fails (tls.reset)');
  });

  it('that answers leaves no trouble to the service', () => {
    const route: Route = proxyRoute('proxy.corp.example', 3128);
    const silent = run([{ host: suspect, target: { route }, at: [{ address: '20.1.2.3', http: 'http.timeout' }] }]);
    const contact = { proxy: 'http://proxy.corp.example:3128', dns: null, address: '10.0.0.3', failed: [] };
    const probes = silent.probes.map((probe) => ({
      ...probe,
      attempts: probe.attempts.map((one) => ({ ...one, proxy: contact })),
    }));
    const healthy = run([{ host: suspect, at: [{ address: '20.1.2.3' }] }]).probes.map((one) => ({
      ...one,
      route: direct,
    }));
    const judged = (parts: Partial<Observations>) =>
      diagnose({ ...silent, probes, ...parts }).rootCauses.map((one) => [one.cause, one.confidence, one.alternatives]);
    expect(judged({})).toEqual([['http.timeout', 'medium', ['http.service-error']]]);
    expect(judged({ beside: healthy })).toEqual([['http.timeout', 'high', []]]);
  });
});
