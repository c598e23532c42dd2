import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import type { DnsBehaviour } from '../../src/demo/dns-server.ts';
import type { Plan, Route, Target } from '../../src/model/plan.ts';
import type { Report } from '../../src/model/report.ts';
import { prepare } from '../../src/probe/prepare.ts';
import { run } from '../../src/probe/run.ts';
import { ensureBuilt, program } from '../cli/program.ts';

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
const indexes = Array.from({ length: count }, (_, index) => index);

let child: ChildProcess;
/** What load-servers.mjs says. */
let servers: {
  readonly dns: string;
  readonly ports: Readonly<Record<string, number>>;
  readonly root: { readonly sha256: string; readonly pem: string };
};
const folder = mkdtempSync(join(tmpdir(), 'wayclear-load-'));
const catalog = join(folder, 'load.json');

function zone(): Record<string, DnsBehaviour> {
  return Object.fromEntries(
    indexes.map((index) => {
      const way = wayOf(index);
      const gone = { nxdomain: 'nxdomain', servfail: 'servfail' } as const;
      const said = way === 'nxdomain' || way === 'servfail' ? { answer: gone[way] } : { addresses: [addressOf(index)] };
      return [nameOf(index), said];
    }),
  );
}

function writeCatalog(): void {
  const anchors = [{ name: 'Load Test Root', ...servers.root }];
  const endpoints = indexes.map((index) => {
    const way = wayOf(index);
    const scheme = way === 'healthy' || way === '407' ? 'http' : 'https';
    const port = servers.ports[way] ?? servers.ports['refused'] ?? 0;
    const host = nameOf(index);
    const tls = { anchors: ['Load Test Root'] };
    return {
      ...{ id: `n${index}`, pattern: host, ports: [port], importance: 'critical', tls },
      probes: [{ url: `${scheme}://${host}:${port}/` }],
    };
  });
  writeFileSync(catalog, JSON.stringify({ schema: 1, feature: 'load', title: 'Load', anchors, endpoints }));
}

/** The report of the program; `descriptors` is the limit that its shell sets. */
async function report(args: readonly string[], descriptors: number | null = null): Promise<Report> {
  const limit = descriptors === null ? '' : `ulimit -n ${descriptors} && `;
  const command = [process.execPath, program, 'check', '--no-bundled', '--catalog', catalog, '--quiet', ...args];
  const options = ['--proxy', 'direct', '--dns-server', servers.dns, '--ipv4', '--no-experiments', '--format', 'json'];
  const times = ['--timeout', '10s', '--deadline', '270s'];
  const running = spawn('sh', ['-c', `${limit}exec "$@"`, 'limited', ...command, ...options, ...times], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'] ?? '' },
  });
  const chunks: Buffer[] = [];
  running.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  expect(await once(running, 'close')).toEqual([1, null]);
  return JSON.parse(Buffer.concat(chunks).toString()) as Report;
}

/** What may not depend on how many are measured at a time. */
const essence = ({ targets, rootCauses, summary, status }: Report) => ({
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
  writeCatalog();
});

afterAll(() => {
  child.stdin?.end();
  rmSync(folder, { recursive: true, force: true });
});

describe('3,000 targets, a tenth of them broken', () => {
  it('are judged side by side, and with 256 descriptors, as they are one at a time', { timeout: 280_000 }, async () => {
    // At the same time: each has to bear the load of the others as well.
    const reports = await Promise.all([report(['--concurrency', '1']), report([]), report([], 256)]);
    const [alone, together, limited] = reports.map(essence);
    const broken = alone?.targets.filter(([, verdict]) => verdict !== 'reachable').map(([id]) => id);
    expect(broken).toEqual(indexes.filter((index) => index % 10 === 3).map((index) => `load/n${index}`));
    expect(together).toEqual(alone);
    expect(limited).toEqual(alone);
  });
});

const direct: Route = { kind: 'direct', source: 'default', why: '' };

function addressed(host: string, way: 'silent' | 'healthy', path = ''): Target {
  const port = servers.ports[way] ?? 0;
  const url = `http://${host}:${port}/${path}`;
  return {
    ...{ id: url, feature: 'load', endpoint: url, pattern: host, witness: false, host, port, scheme: 'http', url },
    ...{ method: 'GET', importance: 'critical', expect: null, route: direct, untested: null },
    tls: { anchors: [], pinned: false, inspection: 'unstated' },
  };
}

describe('targets that never answer', () => {
  it('let all others be measured meanwhile, on however few hosts and addresses they are', {
    timeout: 120_000,
  }, async () => {
    const silent = [
      ...Array.from({ length: 300 }, (_, index) => addressed(`127.2.${index >> 8}.${index & 255 || 1}`, 'silent')),
      ...Array.from({ length: 200 }, (_, index) => addressed('127.3.0.1', 'silent', String(index))),
    ];
    const others = Array.from({ length: 1000 }, (_, index) =>
      addressed(`127.4.${index >> 8}.${index & 255 || 1}`, 'healthy'),
    );
    const plan: Plan = {
      ...{ targets: [...silent, ...others], anchors: [], families: [4], dnsServers: [], tlsHello: 'classic' },
      // Longer than the test may take: it ends because all others have been measured, or not at all.
      limits: { timeoutMs: 600_000, deadlineMs: 600_000, concurrency: 1024 },
      ...{ offline: false, experiments: false },
    };
    const prepared = await prepare(plan, { caFiles: [], env: {}, routes: { routes: [direct] }, clock: systemClock });
    const ending = new AbortController();
    const waiting = new Set(others.map(({ id }) => id));
    try {
      const { ended } = await run(plan, {
        ...prepared,
        signal: ending.signal,
        userAgent: 'wayclear/test',
        routeFor: () => direct,
        onTarget: ({ id }) => {
          waiting.delete(id);
          if (waiting.size === 0) ending.abort();
        },
      });
      expect(ended).toBe('interrupted');
    } finally {
      prepared.close();
    }
  });
});
