/** Runs scenarios against the program, several labs side by side, and sums up. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import type { Report } from '../../src/model/report.ts';
import { REPOSITORY } from './compile.ts';
import type { JobResult } from './job.ts';
import {
  calibrationTable,
  causeTable,
  confusionMatrix,
  isHealthy,
  type Judgement,
  judge,
  needlessExperiments,
} from './judge.ts';
import { labRequirements, whyNot } from './requirements.ts';
import type { Scenario } from './scenario.ts';
import { runLab } from './sealed.ts';

export const PROGRAM = join(REPOSITORY, 'dist/cli.js');

export interface ScenarioOutcome {
  readonly scenario: Scenario;
  /** Why it did not run; null if it did. */
  readonly skipped: string | null;
  readonly judgement: Judgement;
  readonly report: Report | null;
  /** Standard error of the program. */
  readonly said: string;
  readonly traffic: JobResult['traffic'] | null;
  readonly marks: JobResult['marks'];
}

const withDefault = (args: readonly string[], option: string, value: string): readonly string[] =>
  args.includes(option) || args.some((arg) => arg.startsWith(`${option}=`)) ? [] : [option, value];

/** Seconds for a stage: more on a loaded machine, which must not be taken for a slow network. */
export function stageSeconds(load = loadavg()[0] ?? 0, processors = availableParallelism()): number {
  return Math.min(12, Math.round(3 + (load / processors) * 0.75));
}

/** The program's arguments for a scenario. */
function programArguments(scenario: Scenario): readonly string[] {
  const args = scenario.args ?? [];
  return [
    'check',
    ...args,
    '--no-bundled',
    ...['--catalog', '@CATALOG@', '--format', 'json'],
    ...withDefault(args, '--timeout', `${stageSeconds()}s`),
    ...withDefault(args, '--deadline', '100s'),
  ];
}

function parseReport(text: string): Report | null {
  try {
    return JSON.parse(text) as Report;
  } catch {
    return null;
  }
}

/**
 * What a healthy network is held to beside the absence of findings: nothing is tried without a reason, and with
 * `--no-experiments` the same. Empty where something is broken.
 */
async function differencesOfHealth(scenario: Scenario, report: Report): Promise<readonly string[]> {
  if (!isHealthy(scenario)) return [];
  const needless = needlessExperiments(scenario, report.observations);
  const args = [...programArguments(scenario), '--no-experiments'];
  const { commands } = await runLab({ scenario, commands: [[process.execPath, PROGRAM, ...args]] });
  const [run] = commands;
  const plain = parseReport(run?.stdout ?? '');
  const { differences } = judge(scenario, plain, run?.status ?? -1);
  const tried = plain === null ? [] : needlessExperiments(scenario, plain.observations);
  return [...needless, ...[...differences, ...tried].map((difference) => `with --no-experiments: ${difference}`)];
}

/**
 * One scenario: its lab is built, the program runs on its client once, everything is gone. `settleSeconds`: for how long
 * packets are counted after the program has ended, as peers go on with what they did not get through.
 */
export async function runScenario(
  scenario: Scenario,
  keep: string | null = null,
  settleSeconds = 0,
): Promise<ScenarioOutcome> {
  const skipped = whyNot(scenario.faults);
  if (skipped !== null) {
    const judgement = { differences: [], pairs: [] };
    return { scenario, skipped, judgement, report: null, said: '', traffic: null, marks: {} };
  }
  const program = [process.execPath, PROGRAM, ...programArguments(scenario)];
  const commands = settleSeconds > 0 ? [program, ['sleep', String(settleSeconds)]] : [program];
  const result = await runLab({ scenario, commands });
  const run = result.commands[0];
  if (run === undefined) throw new Error('the lab ran no command');
  const report = parseReport(run.stdout);
  if (keep !== null && report !== null) {
    mkdirSync(keep, { recursive: true });
    writeFileSync(join(keep, `${scenario.name}.json`), run.stdout);
  }
  const judged = judge(scenario, report, run.status);
  const more = report === null ? [run.stderr.trim().slice(0, 300)] : await differencesOfHealth(scenario, report);
  const judgement = { ...judged, differences: [...judged.differences, ...more] };
  return { scenario, skipped, judgement, report, said: run.stderr, traffic: result.traffic, marks: result.marks };
}

/** All of them, `width` at a time, in order of the list; `done` hears of each as it ends. */
export async function runScenarios(
  scenarios: readonly Scenario[],
  options: { readonly width: number; readonly keep: string | null; readonly done: (outcome: ScenarioOutcome) => void },
): Promise<readonly ScenarioOutcome[]> {
  if (!existsSync(PROGRAM)) throw new Error('the program is not built: npm run build');
  labRequirements();
  const outcomes: ScenarioOutcome[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < scenarios.length; index = next++) {
      const scenario = scenarios[index];
      if (scenario === undefined) return;
      const outcome = await runScenario(scenario, options.keep);
      outcomes[index] = outcome;
      options.done(outcome);
    }
  };
  await Promise.all(Array.from({ length: options.width }, worker));
  return outcomes;
}

/** The sum of a run as text: the confusion matrix, calibration, what differed, what was skipped. */
export function summary(outcomes: readonly ScenarioOutcome[]): string {
  const ran = outcomes.filter((outcome) => outcome.skipped === null);
  const wrong = ran.filter((outcome) => outcome.judgement.differences.length > 0);
  const skipped = outcomes.filter((outcome) => outcome.skipped !== null);
  const judgements = ran.map((outcome) => outcome.judgement);
  return [
    confusionMatrix(judgements),
    '',
    calibrationTable(judgements),
    '',
    causeTable(judgements),
    '',
    ...wrong.map(({ scenario, judgement }) => `${scenario.name}: ${judgement.differences.join('; ')}`),
    ...skipped.map(({ scenario, skipped: reason }) => `${scenario.name} skipped: ${reason}`),
    `${ran.length - wrong.length} of ${ran.length} scenarios as expected, ${skipped.length} skipped`,
  ].join('\n');
}
