/** Runs a scenario of several sites: the lab of each, its machines one after the other, then what is said of all reports. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FleetExplanation, FleetReport } from '../../../src/model/fleet.ts';
import { must, run } from '../network.ts';
import { PROGRAM, stageSeconds } from '../run.ts';
import { runLab } from '../sealed.ts';
import type { ExpectedExplanation, FleetScenario, FleetSite } from './fleet-scenario.ts';

/** Sites that are built side by side. */
const WIDTH = 2;

async function reportsOf({ name, args, internet = [] }: FleetScenario, site: FleetSite): Promise<readonly string[]> {
  const machines = Array.from({ length: site.machines }, (_, index) => {
    const hosts = site.hosts?.[index + 1];
    const options = ['--no-bundled', '--catalog', '@CATALOG@', '--format', 'json', '--label', `site=${site.name}`];
    const patience = ['--timeout', `${stageSeconds()}s`];
    const command = [process.execPath, PROGRAM, 'check', ...args, ...(site.args ?? []), ...options, ...patience];
    return { name: `${site.name}-${index + 1}`, command, ...(hosts === undefined ? {} : { hosts }) };
  });
  const scenario = {
    name: `${name}-${site.name.toLowerCase()}`,
    faults: [...internet, ...(site.faults ?? [])],
    expect: { rootCauses: [], exit: 0 },
  };
  const { commands } = await runLab({ scenario, commands: [], machines });
  return commands.map(({ stdout, stderr }) => {
    if (!stdout.startsWith('{')) throw new Error(`a machine of ${site.name} wrote no report: ${stderr.slice(0, 500)}`);
    return stdout;
  });
}

const sharedText = ({ shared }: FleetExplanation): string | undefined =>
  shared === null ? undefined : `${shared.attribute}=${shared.value}`;

function differs(expected: ExpectedExplanation, found: FleetExplanation): boolean {
  const { cause, scope, machines, endpoints, shared, confidence = found.confidence, owner = found.owner } = expected;
  return (
    found.cause !== cause ||
    found.scope !== scope ||
    found.machines.join() !== [...machines].sort().join() ||
    (shared !== undefined && sharedText(found) !== shared) ||
    found.confidence !== confidence ||
    found.owner !== owner ||
    (endpoints !== undefined && (found.endpoints.length === 0 || !found.endpoints.every((one) => endpoints.test(one))))
  );
}

const told = (found: FleetExplanation): string =>
  `${found.cause} ${found.scope} ${sharedText(found) ?? ''} (${found.confidence}, ${found.owner}) of ${found.machines.join(' ')} at ${found.endpoints.join(' ')}`;

/** What differs, a line each; empty if exactly the expected explanations came out. */
export async function runFleet(scenario: FleetScenario): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'wayclear-fleet-lab-'));
  try {
    const files: string[] = [];
    const waiting = [...scenario.sites];
    const worker = async (): Promise<void> => {
      for (let site = waiting.shift(); site !== undefined; site = waiting.shift()) {
        const reports = await reportsOf(scenario, site);
        for (const [index, report] of reports.entries()) {
          const file = join(folder, `${site.name}-${index + 1}.json`);
          writeFileSync(file, report);
          files.push(file);
        }
      }
    };
    await Promise.all(Array.from({ length: WIDTH }, worker));
    const args = [PROGRAM, 'diagnose', ...files, '--format', 'json', '--fail-on', 'never'];
    const { explanations } = JSON.parse(await must(process.execPath, args)) as FleetReport;
    const left = [...explanations];
    const missing = scenario.expect.filter((expected) => {
      const at = left.findIndex((found) => !differs(expected, found));
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
    const table =
      left.length + missing.length === 0 ? [] : [(await run(process.execPath, [PROGRAM, 'diagnose', ...files])).stdout];
    return [
      ...missing.map(({ cause, scope, shared = '' }) => `missing: ${cause} ${scope} ${shared}`),
      ...left.map((found) => `one too many: ${told(found)}`),
      ...table,
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
