import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../src/clock.ts';
import type { DnsBehaviour } from '../src/demo/dns-server.ts';
import { diagnose } from '../src/diagnose/diagnose.ts';
import type { Diagnosis, Plan, Route, Target } from '../src/model.ts';
import { prepare } from '../src/probe/prepare.ts';
import { run } from '../src/probe/run.ts';
import { ensureBuilt } from './cli-program.ts';

const direct: Route = { kind: 'direct', source: 'default', why: '' };

const count = 3000;
/** Every tenth target is broken in one of these ways; one of them is silent, for one at a time each costs a timeout. */
const ways = ['refused', 'reset', 'closed', 'not-tls', 'expired', 'wrong-name', 'nxdomain', 'servfail', '407'] as const;
type Way = (typeof ways)[number] | 'silent' | 'healthy' | 'healthy-tls';

function wayOf(index: number): Way {
  if (index % 10 !== 3) return index % 10 === 5 ? 'healthy-tls' : 'healthy';
  return index === 1503 ? 'silent' : (ways[Math.floor(index / 10) % ways.length] ?? 'refused');
}

const nameOf = (index: number): string => `${wayOf(index)}-${index}.load.test`;
const addressOf = (index: number): string => `127.1.${index >> 8}.${index & 255 || 1}`;

let child: ChildProcess;
/** What load-servers.mjs says. */
let servers: {
  readonly dns: string;
  readonly ports: Readonly<Record<string, number>>;
  readonly root: { readonly sha256: string; readonly pem: string };
};

function zone(): Record<string, DnsBehaviour> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => {
      const way = wayOf(index);
      const gone = { nxdomain: 'nxdomain', servfail: 'servfail' } as const;
      const said = way === 'nxdomain' || way === 'servfail' ? { answer: gone[way] } : { addresses: [addressOf(index)] };
      return [nameOf(index), said];
    }),
  );
}

function target(index: number): Target {
  const way = wayOf(index);
  const scheme = way === 'healthy' || way === '407' ? 'http' : 'https';
  const port = servers.ports[way] ?? servers.ports['refused'] ?? 0;
  const host = nameOf(index);
  return {
    id: `load/${host}`,
    feature: 'load',
    endpoint: host,
    pattern: host,
    witness: false,
    host,
    port,
    scheme,
    url: `${scheme}://${host}:${port}/`,
    method: 'GET',
    importance: 'critical',
    ceiling: 'critical',
    expect: null,
    tls: { anchors: [servers.root.sha256], pinned: false, inspection: 'unstated' },
    route: direct,
    untested: null,
  };
}

async function diagnosed(concurrency: number, descriptors: number | null): Promise<Diagnosis> {
  const plan: Plan = {
    targets: Array.from({ length: count }, (_, index) => target(index)),
    anchors: [{ name: 'Load Test Root', ...servers.root }],
    families: [4],
    dnsServers: [servers.dns],
    tlsHello: 'classic',
    limits: { timeoutMs: 8_000, deadlineMs: 300_000, concurrency },
    offline: false,
    experiments: false,
  };
  const prepared = await prepare(plan, { caFiles: [], env: {}, routes: [direct], clock: systemClock });
  try {
    const observations = await run(plan, {
      ...prepared,
      descriptors,
      signal: new AbortController().signal,
      userAgent: 'wayclear/test',
      routeFor: () => direct,
    });
    expect(observations.ended).toBeNull();
    return diagnose(observations);
  } finally {
    prepared.close();
  }
}

/** What may not depend on how many are measured at a time. */
const essence = ({ targets, rootCauses, summary, status }: Diagnosis) => ({
  summary,
  status,
  targets: targets.map(({ id, verdict, findings }) => [id, verdict, findings.map(({ cause }) => cause)]),
  rootCauses: rootCauses.map(({ cause, severity, shared, targets: affected }) => ({
    cause,
    severity,
    shared,
    affected,
  })),
});

beforeAll(async () => {
  ensureBuilt();
  child = spawn(process.execPath, [join(import.meta.dirname, 'load-servers.mjs')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  if (child.stdin === null || child.stdout === null) throw new Error('no pipes');
  child.stdin.write(`${JSON.stringify(zone())}\n`);
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  servers = JSON.parse(line) as typeof servers;
});

afterAll(() => {
  child.stdin?.end();
});

describe('3,000 targets, a tenth of them broken', () => {
  it('are judged side by side, and with few descriptors, as they are one at a time', { timeout: 280_000 }, async () => {
    const alone = essence(await diagnosed(1, null));
    const broken = alone.targets.filter(([, verdict]) => verdict !== 'reachable').map(([id]) => id);
    const expected = Array.from({ length: count }, (_, index) => index).filter((index) => index % 10 === 3);
    expect(broken).toEqual(expected.map((index) => `load/${nameOf(index)}`));
    expect(essence(await diagnosed(1024, null))).toEqual(alone);
    expect(essence(await diagnosed(1024, 96))).toEqual(alone);
  });
});
