/** The benchmarks: what is run against what, how often, and what is asked of it. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import { join } from 'node:path';
import {
  type CompetitorName,
  catalogFile,
  compete,
  type Figures,
  type Job,
  type Programs,
  timed,
} from './competitors.ts';
import { type Farm, inNetwork, type Network, startFarm } from './farm.ts';

export interface Plan {
  readonly folder: string;
  readonly quick: boolean;
  /** Names of benchmarks; null: all. */
  readonly only: readonly string[] | null;
  readonly nodes: readonly string[];
  readonly programs: Omit<Programs, 'node'> & {
    readonly diagnosis: string;
    readonly timeline: string;
    readonly proxy: string;
  };
  readonly router: string | null;
  readonly cpus: string;
  readonly farmCpus: string;
}

/** One competitor in one benchmark: medians over the runs, and of the ratios of wayclear's run to the one beside it. */
export interface BenchmarkRow {
  readonly benchmark: string;
  readonly network: Network | 'dropped' | 'none';
  readonly node: string;
  readonly count: number;
  readonly competitor: string;
  readonly runs: number;
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakMiB: number;
  /** wayclear's figure divided by this competitor's; 1 for wayclear itself. */
  readonly wallRatio: number;
  readonly cpuRatio: number;
}

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

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = low] = sorted.slice(sorted.length % 2 === 1 ? middle : middle - 1, middle + 1);
  return (low + high) / 2;
}

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

/** Runs the competitors in turn, wayclear first in each round, and compares within rounds. */
async function inTurn(
  names: readonly string[],
  rounds: number,
  runOne: (name: string) => Promise<Figures>,
): Promise<readonly Omit<BenchmarkRow, 'benchmark' | 'network' | 'node' | 'count'>[]> {
  const all = new Map<string, Figures[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of names) all.get(name)?.push(await runOne(name));
  }
  const own = all.get(names[0] ?? '') ?? [];
  return names.map((competitor) => {
    const runs = all.get(competitor) ?? [];
    const over = (pick: (figures: Figures) => number): number => median(runs.map(pick));
    const ratio = (pick: (figures: Figures) => number): number =>
      median(runs.map((figures, round) => pick(own[round] ?? figures) / Math.max(pick(figures), 0.001)));
    return {
      competitor,
      runs: runs.length,
      wallMs: rounded(
        over(({ wallMs }) => wallMs),
        1,
      ),
      cpuMs: rounded(
        over(({ cpuMs }) => cpuMs),
        1,
      ),
      peakMiB: rounded(
        over(({ peakMiB }) => peakMiB),
        1,
      ),
      wallRatio: rounded(
        ratio(({ wallMs }) => wallMs),
        3,
      ),
      cpuRatio: rounded(
        ratio(({ cpuMs }) => cpuMs),
        3,
      ),
    };
  });
}

const versionOf = (node: string): string => execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();

interface Race {
  readonly name: string;
  readonly network: Network;
  readonly count: number;
  readonly competitors: readonly CompetitorName[];
  /** Through an HTTP proxy. */
  readonly proxied?: boolean;
  readonly rounds: number;
  readonly quickRounds: number;
  /** Takes minutes, and says little more on another runtime. */
  readonly firstNodeOnly?: boolean;
}

const everybody: readonly CompetitorName[] = ['wayclear', 'node', 'c', 'curl', 'blackbox'];

const races: readonly Race[] = [
  { name: 'few', network: 'RTT 50', count: 60, competitors: everybody, rounds: 5, quickRounds: 1 },
  {
    name: 'proxied',
    network: 'RTT 50',
    count: 44,
    competitors: ['wayclear', 'curl'],
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
    competitors: ['wayclear'],
    rounds: 1,
    quickRounds: 1,
    firstNodeOnly: true,
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
  const rows = await inTurn(race.competitors, rounds, (name) => compete(name as CompetitorName, job));
  return rows.map((row) => ({
    benchmark: race.name,
    network: race.network,
    node: versionOf(node),
    count: race.count,
    ...row,
  }));
}

/** `node -e 0` against what is started most often; the server of `check` is in this process, on another processor. */
const starts: readonly { readonly name: string; readonly args: readonly string[] }[] = [
  { name: 'start-version', args: ['--version'] },
  { name: 'start-help', args: ['--help'] },
  { name: 'start-check', args: ['check', 'URL', '--quiet'] },
];

async function startUp(plan: Plan, node: string): Promise<readonly BenchmarkRow[]> {
  const server = createServer((_, response) => response.end('ok'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const rows: BenchmarkRow[] = [];
  try {
    for (const { name, args } of starts) {
      const commands: Readonly<Record<string, readonly string[]>> = {
        wayclear: [plan.programs.wayclear, ...args.map((arg) => (arg === 'URL' ? url : arg))],
        'node -e 0': ['-e', '0'],
      };
      const run = (competitor: string): Promise<Figures> =>
        timed([...inNetwork('LO', plan.cpus)], [node, ...(commands[competitor] ?? [])], plan.folder, plan.programs);
      const found = await inTurn(Object.keys(commands), plan.quick ? 7 : 15, run);
      rows.push(
        ...found.map((row) => ({ benchmark: name, network: 'none' as const, node: versionOf(node), count: 1, ...row })),
      );
    }
  } finally {
    server.close();
    server.closeAllConnections();
  }
  return rows;
}

/** A network that swallows everything, with the default timeout of a stage (10 s); the answer takes no longer than it. */
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
  // The large one takes a minute, and says little more on another runtime.
  for (const count of node === plan.nodes[0] ? [3000, 30_000] : [3000]) {
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

/** All benchmarks that the plan names, in order; `done` gets each row as it is known. */
export async function benchmarks(plan: Plan, done: (row: BenchmarkRow) => void): Promise<void> {
  const { against } = plan.programs;
  const wanted = (name: string): boolean =>
    plan.only === null ? (name === 'against') === (against !== null) : plan.only.includes(name);
  const held = against === null ? races : [...races, ...duels];
  const most = Math.max(60, ...held.filter(({ name }) => wanted(name)).map(({ count }) => count));
  const farm = await startFarm(join(plan.folder, 'farm'), most, plan.farmCpus, plan.router, plan.programs.proxy);
  try {
    for (const node of plan.nodes) {
      const more = { start: startUp, dropped, 'one-dropped': oneDropped, refused, diagnosis };
      for (const [name, measure] of Object.entries(more)) {
        if (wanted(name)) for (const row of await measure(plan, node)) done(row);
      }
      if (wanted('timeline') && plan.router !== null) for (const row of await timeline(plan, node, farm)) done(row);
      for (const one of held) {
        if (
          !wanted(one.name) ||
          (one.firstNodeOnly && node !== plan.nodes[0]) ||
          (one.network !== 'LO' && plan.router === null)
        )
          continue;
        for (const row of await race(one, plan, farm, node)) done(row);
      }
    }
  } finally {
    farm.stop();
  }
}
