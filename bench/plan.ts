/** What is to be measured, and a row of what was. */
import type { Programs } from './competitors.ts';
import type { Network } from './farm.ts';

export interface Plan {
  readonly folder: string;
  readonly quick: boolean;
  /** Names of benchmarks; null: all. */
  readonly only: readonly string[] | null;
  readonly nodes: readonly string[];
  readonly programs: Omit<Programs, 'node'> & {
    readonly diagnosis: string;
    readonly history: string;
    readonly fleet: string;
    readonly timeline: string;
    readonly proxy: string;
    /** The single executable, and the runtime of the version that it holds; null where none was made. */
    readonly executable: { readonly file: string; readonly node: string } | null;
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
  /** What it came to besides, by name. */
  readonly figures?: Readonly<Record<string, number>>;
}
