/** Runs a scenario of several sites: the lab of each, its machines one after the other, then what is said of all reports. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FleetExplanation, FleetReport } from '../../../src/model/fleet.ts';
import { COLLECTOR, COLLECTOR_ROOT } from '../collector.ts';
import { must, run } from '../network.ts';
import { PROGRAM, stageSeconds } from '../run.ts';
import { runLab } from '../sealed.ts';
import type { ExpectedExplanation, FleetScenario, FleetSite } from './fleet-scenario.ts';

/** Sites that are built side by side. */
const WIDTH = 2;

/** What a machine of a site runs. */
function commandOf({ args, unlabelled }: FleetScenario, site: FleetSite, more: readonly string[]): readonly string[] {
  const options = ['--no-bundled', '--catalog', '@CATALOG@', '--format', 'json'];
  const label = unlabelled === true ? [] : ['--label', `site=${site.name}`];
  const patience = ['--timeout', `${stageSeconds()}s`];
  const all = [...args, ...(site.args ?? []), ...options, ...label, ...patience, ...more];
  return [process.execPath, PROGRAM, 'check', ...all];
}

async function reportsOf(all: FleetScenario, site: FleetSite): Promise<readonly string[]> {
  const { name, internet = [] } = all;
  const machines = Array.from({ length: site.machines }, (_, index) => {
    const hosts = site.hosts?.[index + 1];
    const command = commandOf(all, site, []);
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

/** What a collector says to which all machines sent at the same time. */
async function collectedFrom(all: FleetScenario): Promise<FleetReport> {
  const machines = all.sites.flatMap((site) =>
    Array.from({ length: site.machines }, (_, index) => {
      const name = `${site.name}-${index + 1}`;
      const to = ['--send', COLLECTOR, '--ca-file', `@FOLDER@/${COLLECTOR_ROOT}`, '--state', `@FOLDER@/state-${name}`];
      const { faults, egress } = site;
      return {
        ...{ name, command: commandOf(all, site, to) },
        ...(faults === undefined ? {} : { faults }),
        ...(egress === undefined ? {} : { egress }),
      };
    }),
  );
  const scenario = { name: all.name, faults: all.internet ?? [], expect: { rootCauses: [], exit: 0 } };
  const { fleet, commands } = await runLab({ scenario, commands: [], machines, collects: true });
  for (const { stderr } of commands) if (!stderr.includes('one message sent')) throw new Error(stderr.slice(0, 500));
  return JSON.parse(fleet ?? '') as FleetReport;
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

/** What differs, a line each. */
function differences(expected: FleetScenario['expect'], { explanations }: FleetReport): readonly string[] {
  const left = [...explanations];
  const missing = expected.filter((one) => {
    const at = left.findIndex((found) => !differs(one, found));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  return [
    ...missing.map(({ cause, scope, shared = '' }) => `missing: ${cause} ${scope} ${shared}`),
    ...left.map((found) => `one too many: ${told(found)}`),
  ];
}

/** What differs, a line each; empty if exactly the expected explanations came out. */
export async function runFleet(scenario: FleetScenario): Promise<readonly string[]> {
  if (scenario.collected === true) return differences(scenario.expect, await collectedFrom(scenario));
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
    const found = differences(scenario.expect, JSON.parse(await must(process.execPath, args)) as FleetReport);
    return found.length === 0 ? [] : [...found, (await run(process.execPath, [PROGRAM, 'diagnose', ...files])).stdout];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
