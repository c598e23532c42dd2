import { afterEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { startDnsServer } from '../../src/demo/dns-server.ts';
import { answer, httpOrigin, redirect } from '../../src/demo/origins-http.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Experiment } from '../../src/model/experiments.ts';
import type { Plan, Route } from '../../src/model/plan.ts';
import { prepare } from '../../src/probe/prepare.ts';
import { type RunDependencies, run } from '../../src/probe/run.ts';
import * as observed from '../diagnose/observations.ts';

vi.mock('../../src/diagnose/judge/target.ts', async (original) => {
  const { judgeTarget } = await original<typeof import('../../src/diagnose/judge/target.ts')>();
  return {
    judgeTarget: (...args: Parameters<typeof judgeTarget>) => {
      if (args[1].host === 'odd.judge.test') throw new TypeError('judged \u202e wrong');
      return judgeTarget(...args);
    },
  };
});

const closers: (() => unknown)[] = [];
const started = <T extends { close(): unknown }>(thing: T): T => {
  closers.push(() => thing.close());
  return thing;
};
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const direct: Route = { kind: 'direct', source: 'default', why: 'default' };

/** A run over the paths of one loopback origin, which redirects each to where its query says. */
async function runOver(paths: readonly string[], change: Partial<RunDependencies>) {
  const dns = started(await startDnsServer({ '*.run.test': { addresses: ['127.0.0.1'] } }));
  const origin = started(
    await httpOrigin({}, (peer, request) => {
      const to = request.path.split('?to=')[1];
      (to === undefined ? answer() : redirect(decodeURIComponent(to)))(peer, request);
    }),
  );
  const plan: Plan = {
    targets: paths.map((path, index) => ({
      ...observed.target(`h${index}.run.test`),
      port: origin.port,
      scheme: 'http',
      url: `http://h${index}.run.test:${origin.port}${path}`,
      route: direct,
    })),
    anchors: [],
    families: [4],
    dnsServers: [dns.server],
    tlsHello: 'classic',
    limits: { timeoutMs: 10_000, deadlineMs: 60_000, concurrency: 8 },
    offline: false,
    experiments: true,
  };
  const machine = started(
    await prepare(plan, { caFiles: [], env: {}, routes: { routes: [direct] }, clock: systemClock }),
  );
  const faults: string[] = [];
  const observations = await run(plan, {
    ...machine,
    signal: new AbortController().signal,
    userAgent: 'wayclear/test',
    routeFor: () => direct,
    onFault: (error, where) => faults.push(`${where}: ${String(error)}`),
    ...change,
  });
  return { observations, faults, targets: plan.targets.map(({ id }) => id) };
}

const statuses = ({ probes }: Awaited<ReturnType<typeof runOver>>['observations']) =>
  probes.map(({ dns, attempts: [first] }) => (dns.status === 'failed' ? dns.failure.code : first?.http.status));

describe('an answer that makes no sense', () => {
  const long = 'l'.repeat(64);
  it.each(['http://a..b/', `http://${long}.test/`, `http://${'a.'.repeat(130)}test/`, 'http://.a/', '//a..b', '////'])(
    'costs no other target anything: a redirect to %s',
    async (location) => {
      const { observations, faults } = await runOver([`/?to=${encodeURIComponent(location)}`, '/'], {});
      expect(faults).toEqual([]);
      expect(statuses(observations)).toEqual(['passed', 'passed']);
      expect(diagnose(observations).targets.map(({ verdict }) => verdict)).toEqual(['reachable', 'reachable']);
    },
  );
});

describe("a fault of wayclear's own", () => {
  it('in measuring costs its target alone, is told, and is evidence', async () => {
    const routeFor = (): Route => {
      throw new RangeError('no way\nhere');
    };
    const { observations, faults, targets } = await runOver(['/', '/?to=http%3A%2F%2Fx.run.test%2F', '/'], {
      routeFor,
    });
    expect(statuses(observations)).toEqual(['passed', 'local.fault', 'passed']);
    expect(faults).toEqual([`${targets[1]}: RangeError: no way\nhere`]);
    const judged = diagnose(observations);
    expect(judged.targets.map(({ verdict }) => verdict)).toEqual(['reachable', 'unreachable', 'reachable']);
    expect(judged.rootCauses).toMatchObject([{ cause: 'undetermined', confidence: 'low', targets: [targets[1]] }]);
    expect(JSON.stringify(judged)).toContain('RangeError: no way\ufffdhere');
  });

  it('in proposing or trying again costs what was to be tried, and is told', async () => {
    const proposing = await runOver(['/'], {
      propose: () => {
        throw new TypeError('nothing to propose');
      },
    });
    expect(proposing.faults).toEqual(['experiments: TypeError: nothing to propose']);
    expect(statuses(proposing.observations)).toEqual(['passed']);

    let proposed = false;
    const trying = await runOver(['/'], {
      propose: ({ plan: { targets } }) => {
        if (proposed) return [];
        proposed = true;
        const does = { action: 'ask', server: 'nowhere', name: 'a', family: 4, transport: 'udp' };
        return [
          { id: 'e1', kind: 'over-tcp', target: targets[0]?.id, host: 'a', port: 53, does },
        ] as unknown as Experiment[];
      },
    });
    expect(trying.faults).toEqual(['e1: TypeError: no question: a at nowhere']);
    expect(trying.observations.experiments).toEqual([]);
  });

  it('in judging costs its target alone, is told, and is evidence', () => {
    const faults: string[] = [];
    const observations = observed.run([{ host: 'odd.judge.test' }, ...observed.controls]);
    const { targets, rootCauses } = diagnose(observations, (error, target) =>
      faults.push(`${target}: ${String(error)}`),
    );
    expect(targets.map(({ verdict }) => verdict)).toEqual(['unreachable', 'reachable', 'reachable']);
    expect(faults).toEqual([`${targets[0]?.id}: TypeError: judged \u202e wrong`]);
    expect(rootCauses).toMatchObject([{ cause: 'undetermined', targets: [targets[0]?.id] }]);
    expect(JSON.stringify(rootCauses)).toContain('TypeError: judged \\\\u{202e} wrong');
  });
});
