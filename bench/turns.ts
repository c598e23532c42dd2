/** Programs run in turn, and compared within rounds. */
import { execFileSync } from 'node:child_process';
import type { Figures } from './competitors.ts';
import type { BenchmarkRow } from './plan.ts';

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = low] = sorted.slice(sorted.length % 2 === 1 ? middle : middle - 1, middle + 1);
  return (low + high) / 2;
}

export const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

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

export const versionOf = (node: string): string => execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
