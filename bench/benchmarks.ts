/** The benchmarks: what is run against what, how often, and what is asked of it. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { type CompetitorName, compete, type Figures, type Job, type Programs } from './competitors.ts';
import { type Farm, type Network, startFarm } from './farm.ts';

export interface Plan {
  readonly folder: string;
  readonly quick: boolean;
  /** Names of benchmarks; null: all. */
  readonly only: readonly string[] | null;
  readonly nodes: readonly string[];
  readonly programs: Omit<Programs, 'node'>;
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

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = low] = sorted.slice(sorted.length % 2 === 1 ? middle : middle - 1, middle + 1);
  return (low + high) / 2;
}

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

/** Runs the competitors in turn, wayclear first in each round, and compares within rounds. */
export async function inTurn(
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

interface Race {
  readonly name: string;
  readonly network: Network;
  readonly count: number;
  readonly competitors: readonly CompetitorName[];
  readonly rounds: number;
  readonly quickRounds: number;
}

const everybody: readonly CompetitorName[] = ['wayclear', 'node', 'c', 'curl', 'blackbox'];

const races: readonly Race[] = [
  { name: 'few', network: 'RTT 50', count: 60, competitors: everybody, rounds: 5, quickRounds: 1 },
  { name: 'cpu-300', network: 'LO', count: 300, competitors: everybody, rounds: 5, quickRounds: 2 },
  { name: 'cpu-3000', network: 'LO', count: 3000, competitors: everybody, rounds: 3, quickRounds: 1 },
  { name: 'many', network: 'RTT 50', count: 3000, competitors: everybody, rounds: 3, quickRounds: 1 },
  { name: 'most', network: 'LO', count: 30_000, competitors: ['wayclear'], rounds: 1, quickRounds: 1 },
];

async function race(race: Race, plan: Plan, farm: Farm, node: string): Promise<readonly BenchmarkRow[]> {
  const job: Job = {
    farm,
    programs: { ...plan.programs, node },
    network: race.network,
    count: race.count,
    cpus: plan.cpus,
    farmCpus: plan.farmCpus,
  };
  const rounds = plan.quick ? race.quickRounds : race.rounds;
  const rows = await inTurn(race.competitors, rounds, (name) => compete(name as CompetitorName, job));
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
  return rows.map((row) => ({ benchmark: race.name, network: race.network, node: version, count: race.count, ...row }));
}

/** All benchmarks that the plan names, in order; `done` gets each row as it is known. */
export async function benchmarks(plan: Plan, done: (row: BenchmarkRow) => void): Promise<void> {
  const wanted = (name: string): boolean => plan.only === null || plan.only.includes(name);
  const most = Math.max(...races.filter(({ name }) => wanted(name)).map(({ count }) => count));
  const farm = await startFarm(join(plan.folder, 'farm'), most, plan.farmCpus, plan.router);
  try {
    for (const node of plan.nodes) {
      for (const one of races) {
        if (!wanted(one.name) || (one.network !== 'LO' && plan.router === null)) continue;
        for (const row of await race(one, plan, farm, node)) done(row);
      }
    }
  } finally {
    farm.stop();
  }
}
