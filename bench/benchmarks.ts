/** The benchmarks: what is run against what, how often, and what is asked of it. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import { join } from 'node:path';
import { type CompetitorName, catalogFile, compete, type Figures, type Job, timed } from './competitors.ts';
import { type Farm, inNetwork, type Network, startFarm } from './farm.ts';
import { fleet, fleetWorks } from './fleets.ts';
import type { Timed } from './pages.ts';
import type { BenchmarkRow, Plan } from './plan.ts';
import { executableStart, startUp } from './starts.ts';
import { inTurn, median, rounded, versionOf } from './turns.ts';

export interface Results {
  readonly date: string;
  readonly machine: {
    readonly processors: number;
    readonly model: string;
    readonly kernel: string;
    readonly loadBefore: number;
  };
  readonly versions: {
    readonly nodes: readonly string[];
    readonly curl: string;
    readonly blackbox: string;
    readonly openssl: string;
  };
  readonly quick: boolean;
  readonly rows: readonly BenchmarkRow[];
}

interface Race {
  readonly name: string;
  readonly network: Network;
  readonly count: number;
  readonly competitors: readonly CompetitorName[];
  /** Through an HTTP proxy. */
  readonly proxied?: boolean;
  readonly rounds: number;
  readonly quickRounds: number;
}

const everybody: readonly CompetitorName[] = ['wayclear', 'executable', 'node', 'c', 'curl', 'blackbox'];

const races: readonly Race[] = [
  { name: 'few', network: 'RTT 50', count: 60, competitors: everybody, rounds: 5, quickRounds: 1 },
  {
    name: 'proxied',
    network: 'RTT 50',
    count: 44,
    competitors: ['wayclear', 'executable', 'curl'],
    proxied: true,
    rounds: 5,
    quickRounds: 1,
  },
  { name: 'cpu-300', network: 'LO', count: 300, competitors: everybody, rounds: 5, quickRounds: 2 },
  { name: 'cpu-3000', network: 'LO', count: 3000, competitors: everybody, rounds: 3, quickRounds: 1 },
  { name: 'many', network: 'RTT 50', count: 3000, competitors: everybody, rounds: 3, quickRounds: 1 },
  {
    name: 'most',
    network: 'LO',
    count: 30_000,
    competitors: ['wayclear', 'executable'],
    rounds: 1,
    quickRounds: 1,
  },
];

/** Two builds of wayclear on the same work: does a change cost anything? */
const duels: readonly Race[] = (
  [
    ['RTT 50', 60, 15],
    ['LO', 300, 11],
    ['LO', 3000, 5],
  ] as const
).map(([network, count, rounds]) => ({
  name: 'against',
  network,
  count,
  competitors: ['wayclear', 'other build'],
  rounds,
  quickRounds: 3,
}));

async function race(race: Race, plan: Plan, farm: Farm, node: string): Promise<readonly BenchmarkRow[]> {
  const job: Job = {
    farm,
    programs: { ...plan.programs, node },
    network: race.network,
    count: race.count,
    proxied: race.proxied === true,
    cpus: plan.cpus,
    farmCpus: plan.farmCpus,
  };
  const rounds = plan.quick ? race.quickRounds : race.rounds;
  // The executable has a runtime of its own: beside the first is enough.
  const hasExecutable = plan.programs.executable !== null && node === plan.nodes[0];
  const competitors = race.competitors.filter((name) => name !== 'executable' || hasExecutable);
  const rows = await inTurn(competitors, rounds, (name) => compete(name as CompetitorName, job));
  return rows.map((row) => ({
    benchmark: race.name,
    network: race.network,
    node: versionOf(node),
    count: race.count,
    ...row,
  }));
}

/**
 * A network that swallows everything, with the default timeout of a stage (10 s): the answer takes that, and one round that
 * asks once more, which waits 2.5 s where nobody has answered.
 */
async function dropped(plan: Plan, node: string): Promise<readonly BenchmarkRow[]> {
  const targets = join(plan.folder, 'dropped');
  const addresses = Array.from({ length: 1000 }, (_, index) => `https://20.${index >> 8}.${index & 255}.1/`);
  writeFileSync(targets, `${addresses.join('\n')}\n`);
  const ways: Readonly<Record<string, readonly string[]>> = {
    'default catalog': ['--no-experiments'],
    'default catalog, experiments': [],
    '1,000 addresses': ['--no-experiments', '--no-bundled', '--targets', targets],
  };
  const rows: BenchmarkRow[] = [];
  for (const [name, args] of Object.entries(ways)) {
    const command = [
      node,
      plan.programs.wayclear,
      'check',
      '--proxy',
      'direct',
      '--quiet',
      '--format',
      'ndjson',
      ...args,
    ];
    const place = ['ip', 'netns', 'exec', 'dark', ...inNetwork('LO', plan.cpus)];
    const found = await inTurn(['wayclear'], plan.quick ? 1 : 2, () =>
      timed(place, command, plan.folder, plan.programs, [1]),
    );
    rows.push(
      ...found.map((row) => ({
        benchmark: `dropped: ${name}`,
        network: 'dropped' as const,
        node: versionOf(node),
        count: 1,
        ...row,
      })),
    );
  }
  return rows;
}

/** What is answered by nothing from some moment on, with the default timeout (10 s) and experiments: one timeout and their wait. */
async function oneDropped(plan: Plan, node: string): Promise<readonly BenchmarkRow[]> {
  const silent = createTcpServer((socket) => socket.on('error', () => {}).resume());
  const mute = createServer(() => {});
  const rows: BenchmarkRow[] = [];
  try {
    const port = async (server: Server): Promise<number> => {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return (server.address() as AddressInfo).port;
    };
    const here = inNetwork('LO', plan.cpus);
    const ways: readonly (readonly [string, readonly string[], string])[] = [
      ['connect', ['ip', 'netns', 'exec', 'dark', ...here], 'https://20.1.2.3/'],
      ['hello', here, `https://127.0.0.1:${await port(silent)}/`],
      ['request', here, `http://127.0.0.1:${await port(mute)}/`],
    ];
    for (const [name, place, url] of ways) {
      const command = [node, plan.programs.wayclear, 'check', url, '--proxy', 'direct', '--quiet'];
      const figures = await inTurn(['wayclear'], plan.quick ? 1 : 3, () =>
        timed(place, command, plan.folder, plan.programs, [1]),
      );
      const about = { benchmark: `one-dropped: ${name}`, network: 'dropped', node: versionOf(node), count: 1 } as const;
      rows.push(...figures.map((row) => ({ ...about, ...row })));
    }
  } finally {
    silent.close();
    mute.close();
    mute.closeAllConnections();
  }
  return rows;
}

const moments = ['main', 'plan', 'question', 'connection', 'answer', 'report'] as const;

/** When what happens in a run of 60 targets at 50 ms: milliseconds from the start of the process, as wall time. */
async function timeline(plan: Plan, node: string, farm: Farm): Promise<readonly BenchmarkRow[]> {
  const count = 60;
  const file = join(plan.folder, 'timeline.json');
  const command = [
    ...[node, '--require', plan.programs.timeline, plan.programs.wayclear, 'check', '--no-bundled', '--catalog'],
    ...[catalogFile(farm, count), '--format', 'ndjson', '--proxy', 'direct', '--quiet'],
  ];
  const place = inNetwork('RTT 50', plan.cpus);
  const seen: Record<(typeof moments)[number], number>[] = [];
  const rounds = plan.quick ? 5 : 15;
  for (let round = 0; round < rounds; round++) {
    await timed(place, command, plan.folder, plan.programs, [0], { WAYCLEAR_TIMELINE: file });
    seen.push(JSON.parse(readFileSync(file, 'utf8')) as (typeof seen)[number]);
  }
  const rest = { cpuMs: 0, peakMiB: 0, wallRatio: 1, cpuRatio: 1, runs: rounds, competitor: 'wayclear' };
  return moments.map((moment) => ({
    ...({ benchmark: `timeline: ${moment}`, network: 'RTT 50', node: versionOf(node), count, ...rest } as const),
    wallMs: rounded(median(seen.map((marks) => marks[moment])), 1),
  }));
}

/** Thousands of addresses of this machine where nobody listens: what a target that fails costs, and leaves behind. */
async function refused(plan: Plan, node: string): Promise<readonly BenchmarkRow[]> {
  const rows: BenchmarkRow[] = [];
  for (const count of [3000, 30_000]) {
    const targets = join(plan.folder, `refused-${count}`);
    const address = (index: number): string => `127.${(index >> 16) + 1}.${(index >> 8) & 255}.${index & 255}`;
    const lines = Array.from({ length: count }, (_, index) => `https://${address(index)}:9/`);
    writeFileSync(targets, `${lines.join('\n')}\n`);
    const command = [
      ...[node, plan.programs.wayclear, 'check', '--no-bundled', '--targets', targets, '--proxy', 'direct'],
      ...['--quiet', '--format', 'ndjson', '--deadline', '30m'],
    ];
    const found = await inTurn(['wayclear'], plan.quick || count > 3000 ? 1 : 3, () =>
      timed([...inNetwork('LO', plan.cpus)], command, plan.folder, plan.programs, [1]),
    );
    const network = 'LO';
    rows.push(
      ...found.map((row) => ({ benchmark: 'refused', network, node: versionOf(node), count, ...row }) as const),
    );
  }
  return rows;
}

async function diagnosis(plan: Plan, node: string): Promise<readonly BenchmarkRow[]> {
  const count = 30_000;
  const one = async (): Promise<Figures> => {
    const text = execFileSync(node, [plan.programs.diagnosis, String(count)], { encoding: 'utf8', timeout: 300_000 });
    return { ...(JSON.parse(text) as Omit<Figures, 'peakMiB'>), peakMiB: 0 };
  };
  const found = await inTurn(['wayclear'], plan.quick ? 1 : 5, one);
  return found.map((row) => ({ benchmark: 'diagnosis', network: 'none', node: versionOf(node), count, ...row }));
}

/** Each question to a store of so many looks, each page and command that shows it. */
async function history(plan: Plan, node: string): Promise<readonly BenchmarkRow[]> {
  const count = 100_000;
  const { history: asking, wayclear } = plan.programs;
  const recording = join(wayclear, '../../test/golden/replay/lab.ndjson.br');
  const text = execFileSync(node, [asking, String(count), wayclear, recording], { encoding: 'utf8', timeout: 900_000 });
  const asked = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Timed);
  const row = { network: 'none', node: versionOf(node), count, competitor: 'wayclear', peakMiB: 0 } as const;
  return asked.flatMap(({ question, firstMs, wallMs, cpuMs }) => [
    {
      ...{ ...row, benchmark: `history: ${question}`, runs: 15, wallRatio: 1, cpuRatio: 1 },
      ...{ wallMs: rounded(wallMs, 1), cpuMs: rounded(cpuMs, 1) },
    },
    {
      ...{ ...row, benchmark: `history: ${question}, the first time`, runs: 1, wallRatio: 1, cpuRatio: 1 },
      ...{ wallMs: rounded(firstMs, 1), cpuMs: 0 },
    },
  ]);
}

/** All benchmarks that the plan names, in order; `done` gets each row as it is known. */
export async function benchmarks(plan: Plan, done: (row: BenchmarkRow) => void): Promise<void> {
  const { against } = plan.programs;
  // Several of one thing have its name and a dash before their own.
  const wanted = (name: string): boolean =>
    plan.only === null
      ? (name === 'against') === (against !== null)
      : plan.only.some((one) => one === name || name.startsWith(`${one}-`));
  const held = against === null ? races : [...races, ...duels];
  const most = Math.max(60, ...held.filter(({ name }) => wanted(name)).map(({ count }) => count));
  const farm = await startFarm(join(plan.folder, 'farm'), most, plan.farmCpus, plan.router, plan.programs.proxy);
  try {
    for (const node of plan.nodes) {
      const more = {
        start: startUp,
        executable: executableStart,
        dropped,
        'one-dropped': oneDropped,
        refused,
        diagnosis,
        history,
        ...Object.fromEntries(fleetWorks.map((work) => [`fleet-${work}`, () => fleet(work, plan, node, farm)])),
      };
      for (const [name, measure] of Object.entries(more)) {
        if (wanted(name)) for (const row of await measure(plan, node)) done(row);
      }
      if (wanted('timeline') && plan.router !== null) for (const row of await timeline(plan, node, farm)) done(row);
      for (const one of held) {
        if (!wanted(one.name) || (one.network !== 'LO' && plan.router === null)) continue;
        for (const row of await race(one, plan, farm, node)) done(row);
      }
    }
  } finally {
    farm.stop();
  }
}
