/**
 * The whole lab judged again from what one run of it recorded, without a network: seconds instead of minutes. A change of
 * the diagnosis shows as a difference in judged.txt (`npx vitest run test/diagnose/replay.test.ts -u` accepts it). After a
 * change of what is observed record anew: `npm run lab -- --keep FOLDER && npm run replay:record FOLDER`.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Diagnosis, Verdict } from '../../src/model/diagnosis.ts';
import type { Observations } from '../../src/model/observations.ts';
import { performedExperiments } from '../../src/model/performed-experiments.ts';
import { assembleReport } from '../../src/report/assemble.ts';
import { wordsOf } from '../../src/words/load.ts';
import { holdInvariants } from '../report/invariants.ts';

const folder = join(import.meta.dirname, '..', 'golden', 'replay');
const recordings = brotliDecompressSync(readFileSync(join(folder, 'lab.ndjson.br')))
  .toString('utf8')
  .trimEnd()
  .split('\n')
  .map((line): { readonly scenario: string; readonly observations: Observations } => JSON.parse(line));

const judgedRuns = recordings.map((recording) => ({ ...recording, diagnosis: diagnose(recording.observations) }));

const verdicts: readonly Verdict[] = ['degraded', 'unreachable', 'untested'];

/** What must not change unnoticed: status, verdicts, root causes with their targets. Remedies follow from the cause. */
function judgedLines(scenario: string, { status, targets, rootCauses }: Diagnosis): readonly string[] {
  const raised = status?.raised.map(({ messageId, feature }) => ` ${messageId} ${feature}`).join('') ?? '';
  const reachable = targets.filter(({ verdict }) => verdict === 'reachable').length;
  return [
    scenario,
    `  status ${status?.messageId ?? 'none'}${raised}; ${reachable} reachable`,
    ...verdicts.flatMap((verdict) => {
      const ids = targets.filter((target) => target.verdict === verdict).map(({ id }) => id);
      return ids.length === 0 ? [] : [`  ${verdict}: ${ids.join(' ')}`];
    }),
    ...rootCauses.map(
      ({ cause, severity, confidence, targets: affected, shared, alternatives, evidence }) =>
        `  ${cause} ${severity} ${confidence}${shared === null ? '' : ` by ${shared.attribute} ${shared.value}`}` +
        `${alternatives.length === 0 ? '' : ` or ${alternatives.join(' ')}`}: ${affected.join(' ')}` +
        `\n    ${evidence.map(({ code }) => code).join(' ')}`,
    ),
  ];
}

/** What `--no-experiments` leaves of a run. */
const unexplained = ({ plan, experiments, ...run }: Observations): Observations => ({
  ...run,
  plan: { ...plan, experiments: false },
  experiments: experiments.filter(({ kind }) => performedExperiments[kind].tells === 'whether'),
});

/** A run that was ended before anything was tried. */
const cutOff = (run: Observations): Observations => ({ ...run, experiments: [], ended: 'deadline' });

const affected = ({ rootCauses }: Diagnosis): readonly string[] =>
  [...new Set(rootCauses.flatMap(({ targets }) => targets))].sort();

// Each report is held to its shapes as well: a busy machine needs its time for them.
describe('the recorded lab', { timeout: 120_000 }, () => {
  it('contradicts itself nowhere', () => {
    for (const { scenario, observations, diagnosis } of judgedRuns) {
      const parts = {
        observations,
        diagnosis,
        words: wordsOf('en'),
        options: {},
        version: '0',
      };
      try {
        holdInvariants(assembleReport(parts));
      } catch (error) {
        throw new Error(scenario, { cause: error });
      }
    }
  });

  it.each([
    ['with --no-experiments', unexplained],
    ['where the deadline came first', cutOff],
  ])('is sure of nothing %s that experiments refute', (_, without) => {
    const refuted = judgedRuns.flatMap(({ scenario, observations, diagnosis }) => {
      const found = new Set(diagnosis.rootCauses.map(({ cause }) => cause));
      return diagnose(without(observations))
        .rootCauses.filter(({ cause, confidence }) => confidence === 'high' && !found.has(cause))
        .map(({ cause }) => `${scenario}: ${cause}`);
    });
    expect(refuted).toEqual([]);
  });

  it('has findings with --no-experiments for the same targets', () => {
    for (const { scenario, observations, diagnosis } of judgedRuns) {
      expect([scenario, affected(diagnose(unexplained(observations)))]).toEqual([scenario, affected(diagnosis)]);
    }
  });

  it('is judged as it was', async () => {
    const judged = judgedRuns.flatMap(({ scenario, diagnosis }) => judgedLines(scenario, diagnosis));
    await expect(`${judged.join('\n')}\n`).toMatchFileSnapshot(join(folder, 'judged.txt'));
  });
});
