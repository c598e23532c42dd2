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
import { assembleReport } from '../../src/report/assemble.ts';
import { wordsOf } from '../../src/words/load.ts';
import { holdInvariants } from '../report/invariants.ts';

const folder = join(import.meta.dirname, '..', 'golden', 'replay');
const recordings = brotliDecompressSync(readFileSync(join(folder, 'lab.ndjson.br')))
  .toString('utf8')
  .trimEnd()
  .split('\n')
  .map((line): { readonly scenario: string; readonly observations: Observations } => JSON.parse(line));

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

// Each report is held to its shapes as well: a busy machine needs its time for them.
describe('the recorded lab', { timeout: 120_000 }, () => {
  it('contradicts itself nowhere', () => {
    for (const { scenario, observations } of recordings) {
      const parts = {
        observations,
        diagnosis: diagnose(observations),
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

  it('is sure of nothing without experiments that they refute', () => {
    const refuted = recordings.flatMap(({ scenario, observations }) => {
      const found = new Set(diagnose(observations).rootCauses.map(({ cause }) => cause));
      const plan = { ...observations.plan, experiments: false };
      return diagnose({ ...observations, plan, experiments: [] })
        .rootCauses.filter(({ cause, confidence }) => confidence === 'high' && !found.has(cause))
        .map(({ cause }) => `${scenario}: ${cause}`);
    });
    expect(refuted).toEqual([]);
  });

  it('is judged as it was', async () => {
    const judged = recordings.flatMap(({ scenario, observations }) => judgedLines(scenario, diagnose(observations)));
    await expect(`${judged.join('\n')}\n`).toMatchFileSnapshot(join(folder, 'judged.txt'));
  });
});
