/** The benchmarks of a fleet: what a collector takes, holds back and answers. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogFile } from './competitors.ts';
import type { Farm } from './farm.ts';
import type { Figure } from './fleet/fleet.ts';
import type { BenchmarkRow, Plan } from './plan.ts';
import { rounded, versionOf } from './turns.ts';

export const fleetWorks = ['posts', 'commits', 'throttle', 'month', 'sizes', 'collectors'] as const;

/** As many targets as the default run has. */
const targets = 44;
const room = { maxBuffer: 64 * 1024 * 1024, encoding: 'utf8', timeout: 1_800_000 } as const;

/** What the machines of the fleet send: a run where all is well, and one where no name server answers. */
function reportsOf(plan: Plan, node: string, farm: Farm): readonly string[] {
  const check = [
    ...[node, plan.programs.wayclear, 'check', '--no-bundled', '--catalog', catalogFile(farm, targets)],
    ...['--proxy', 'direct', '--quiet', '--format', 'json', '--fail-on', 'never'],
  ];
  const ways = { healthy: check, failing: ['ip', 'netns', 'exec', 'dark', ...check, '--timeout', '1s'] };
  return Object.entries(ways).map(([name, [program = '', ...args]]) => {
    const file = join(plan.folder, `${name}.json`);
    writeFileSync(file, execFileSync(program, args, room));
    return file;
  });
}

export function fleet(
  work: (typeof fleetWorks)[number],
  plan: Plan,
  node: string,
  farm: Farm,
): readonly BenchmarkRow[] {
  const reports = reportsOf(plan, node, farm);
  const text = execFileSync(node, [plan.programs.fleet, work, plan.programs.wayclear, ...reports], {
    ...room,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said = text.trimEnd().split('\n');
  return said
    .map((line) => JSON.parse(line) as Figure)
    .map(({ what, count, wallMs, cpuMs, peakMiB, figures }) => ({
      ...{
        benchmark: `fleet: ${what}`,
        network: 'none',
        node: versionOf(node),
        count,
        competitor: 'wayclear',
        runs: 1,
      },
      ...{ wallMs: rounded(wallMs, 1), cpuMs: rounded(cpuMs, 1), peakMiB: rounded(peakMiB, 1) },
      ...{ wallRatio: 1, cpuRatio: 1 },
      ...(figures === undefined ? {} : { figures }),
    }));
}
