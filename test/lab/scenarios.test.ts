/** Every scenario of the network lab against the built program: exactly the root causes that are true there. */

import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { afterAll, describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import { causes } from '../../src/model/causes.ts';
import { performedExperiments } from '../../src/model/performed-experiments.ts';
import { holdInvariants } from '../report/invariants.ts';
import { calibration, calibrationByCause, isHealthy } from './judge.ts';
import { loadScenarios } from './load.ts';
import { labRequirements, whyNot } from './requirements.ts';
import { PROGRAM, runScenario, runScenarios, type ScenarioOutcome, summary } from './run.ts';
import type { Scenario } from './scenario.ts';
import { unshareArguments } from './sealed.ts';

/** A person waits for one scenario at a time; most of that is waiting for time-outs, so more than one a processor fit. */
const WIDTH = Number(process.env['LAB_WIDTH'] ?? 2 * availableParallelism());
const PATIENCE = 900_000;
/** Retransmissions double their distance: most of what a run sets off is over by then. */
const SETTLE_SECONDS = 20;

const requirements = labRequirements();
const scenarios = await loadScenarios();
const runnable = scenarios.filter(({ faults }) => whyNot(faults, requirements) === null);

const finished: ScenarioOutcome[] = [];
const waiting = new Map<string, (outcome: ScenarioOutcome) => void>();
const promises = new Map(
  runnable.map(({ name }) => [name, new Promise<ScenarioOutcome>((resolve) => waiting.set(name, resolve))]),
);
let all: Promise<unknown> | undefined;

/** The outcome of a scenario. The first question starts them all. */
async function outcomeOf(name: string): Promise<ScenarioOutcome> {
  all ??= runScenarios(runnable, {
    width: WIDTH,
    keep: process.env['LAB_KEEP'] ?? null,
    done: (outcome) => {
      finished.push(outcome);
      waiting.get(outcome.scenario.name)?.(outcome);
    },
  });
  // A lab that can't be built ends the run, and with it every question.
  const outcome = await Promise.race([promises.get(name), all.then(() => promises.get(name))]);
  if (outcome === undefined) throw new Error(`no scenario ${name}`);
  return outcome;
}

describe(`the scenarios of the network lab (tier ${requirements.tier} because ${requirements.because})`, {
  timeout: PATIENCE,
}, () => {
  for (const { name, faults } of scenarios) {
    const missing = whyNot(faults, requirements);
    it.skipIf(missing !== null)(missing === null ? name : `${name}: ${missing}`, async () => {
      const { judgement, report } = await outcomeOf(name);
      expect(judgement.differences).toEqual([]);
      if (report === null) throw new Error('no report, and none missed');
      holdInvariants(report);
      // A recorded run says the same without a network, down to the last character.
      const again = diagnose(report.observations);
      expect(again.rootCauses.map(({ evidence, ...root }) => ({ ...root, facts: evidence.length }))).toEqual(
        report.rootCauses.map(({ evidence, deciding, title, remedies, ...root }) => ({
          ...root,
          facts: evidence.length,
        })),
      );
      expect(again.status).toEqual(report.status);
      expect(again.summary).toEqual(report.summary);
    });
  }

  afterAll(() => {
    if (finished.length > 0) process.stdout.write(`\n${summary(finished)}\n`);
  });

  it.each(runnable.filter(isHealthy).map(({ name }) => name))('finds nothing: %s', async (name) => {
    const { report } = await outcomeOf(name);
    expect(report?.targets.flatMap(({ findings }) => findings)).toEqual([]);
    // Addresses that a person typed raise nothing.
    const typed = report?.observations.plan.targets.every(({ outsideRole }) => outsideRole === true) === true;
    expect(report?.status?.messageId ?? null).toBe(typed ? null : 11410);
  });

  it.skipIf(runnable.length === 0)('is right in what it calls sure, for every cause', async () => {
    for (const { name } of runnable) await outcomeOf(name);
    const judgements = finished.map(({ judgement }) => judgement);
    const wrongly = calibrationByCause(judgements).filter(({ given }) => given.high.right < given.high.all);
    expect(wrongly.map(({ cause }) => cause)).toEqual([]);
    const { high } = calibration(judgements);
    expect(high.all).toBeGreaterThan(70);
  });

  it.skipIf(runnable.length === 0).each(['healthy', 'tls-sni-filtered-one-host', 'proxy-denied-everything'])(
    'the program replays a recorded run to the same report where there is no network at all: %s',
    async (name) => {
      const { report } = await outcomeOf(name);
      const replayed = spawnSync(
        'unshare',
        [...unshareArguments(), process.execPath, PROGRAM, 'diagnose', '-', '--format', 'json', '--fail-on', 'never'],
        { input: JSON.stringify(report), encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
      );
      expect(replayed.status, replayed.stderr).toBe(0);
      expect(JSON.parse(replayed.stdout)).toEqual(report);
    },
  );

  /** Faults whose experiments are the most: the run without arguments, as the job that matters. */
  const costly = [
    ...['tls-sni-filtered-one-host', 'tls-mtu-black-hole', 'tcp-dropped-one-feature', 'tls-reset-everywhere'],
    ...['proxy-tunnel-name-filter', 'proxy-denied-pattern'],
  ];
  it.skipIf(runnable.length < scenarios.length).concurrent.each(costly)(
    'what tells causes apart adds at most three tenths to the packets of a failing run: %s',
    async (name) => {
      await all;
      const scenario = scenarios.find((one) => one.name === name) as Scenario;
      const route = scenario.args?.slice(
        scenario.args.includes('--proxy') ? scenario.args.indexOf('--proxy') : Infinity,
      );
      const [plain, tried] = await Promise.all(
        [['--no-experiments'], []].map((more) =>
          runScenario({ ...scenario, args: [...(route ?? []), ...more] }, null, SETTLE_SECONDS),
        ),
      );
      if (plain === undefined || tried === undefined) throw new Error('two runs were asked for');
      const explaining = ({ report }: ScenarioOutcome): readonly string[] =>
        (report?.observations.experiments ?? []).flatMap(({ kind }) =>
          performedExperiments[kind].tells === 'why' ? [kind] : [],
        );
      expect(explaining(plain)).toEqual([]);
      expect(explaining(tried)).not.toEqual([]);
      const [before, after] = [plain.traffic?.spoken ?? 0, tried.traffic?.spoken ?? 0];
      expect(before).toBeGreaterThan(0);
      expect(after / before, `${before} packets with --no-experiments, ${after} without`).toBeLessThanOrEqual(1.3);
    },
  );
});

describe('the set of scenarios', () => {
  it('has at least seventy, and one for each cause', () => {
    expect(scenarios.length).toBeGreaterThanOrEqual(70);
    const expected = new Set(scenarios.flatMap((scenario) => scenario.expect.rootCauses.map(({ cause }) => cause)));
    expect(Object.keys(causes).filter((cause) => !expected.has(cause as keyof typeof causes))).toEqual([]);
  });

  it('has pairs of faults, faults that hide others, and healthy networks', () => {
    const count = (test: (scenario: Scenario) => boolean): number => scenarios.filter(test).length;
    expect(count(({ expect: { rootCauses } }) => rootCauses.length > 1)).toBeGreaterThanOrEqual(10);
    expect(
      count(({ faults, expect: { rootCauses } }) => rootCauses.length === 1 && faults.length > 1),
    ).toBeGreaterThanOrEqual(10);
    expect(count(isHealthy)).toBeGreaterThanOrEqual(15);
  });
});
