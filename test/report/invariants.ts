/** What a report says in several places follows from its rows (contract section 3): held for every report that a test makes. */
import { expect } from 'vitest';
import type { Diagnosis } from '../../src/model/diagnosis.ts';
import type { Observations } from '../../src/model/observations.ts';
import { type Report, report as reportShape } from '../../src/model/report.ts';
import { faultsOf } from '../../src/reading/faults.ts';
import { assembleReport } from '../../src/report/assemble.ts';
import { wordsOf } from '../../src/words/load.ts';
import { validatorOf } from '../model/validator.ts';

type Judged = Pick<Report, 'complete' | 'status' | 'summary' | 'rootCauses' | 'targets'> & {
  readonly observations: Pick<Report['observations'], 'plan'>;
};

const early = ['deadline', 'interrupted', 'resources'];

/** Status as the rows alone give it. */
function statusOf({ complete, rootCauses, targets, observations }: Judged): number | null {
  const outside = new Set(
    observations.plan.targets.flatMap(({ id, outsideRole }) => (outsideRole === true ? [id] : [])),
  );
  const rows = targets.filter(({ id, verdict }) => !outside.has(id) && verdict !== 'untested');
  if (rows.length === 0) return null;
  if (rows.some(({ verdict, importance }) => verdict === 'unreachable' && importance === 'critical')) return 11412;
  const machine = rootCauses.some((root) => root.targets.length === 0 && root.severity !== 'informational');
  if (machine || rows.some(({ verdict }) => verdict === 'unreachable' || verdict === 'degraded')) return 11411;
  const ids = new Set(rows.map(({ id }) => id));
  if (rootCauses.some((root) => root.severity !== 'informational' && root.targets.some((id) => ids.has(id))))
    return 11411;
  return complete ? 11410 : null;
}

let problemsBySchema: ReturnType<typeof validatorOf> | null = null;

/** Throws where a report is none by its shape, or by the schema that the program prints. */
export function holdSchema(report: object): void {
  const written: unknown = JSON.parse(JSON.stringify(report));
  expect(faultsOf(reportShape, written), 'the report has its shape').toEqual([]);
  problemsBySchema ??= validatorOf('report');
  expect(problemsBySchema(written), 'the printed schema takes the report').toEqual([]);
}

/** Throws where a report contradicts itself. `exit`: of the program that made it, with `--fail-on critical`. */
export function holdInvariants(report: Judged, exit?: number): void {
  const { complete, status, summary, rootCauses, targets } = report;
  // What a test makes of rows alone is no whole report.
  if ('schema' in report) holdSchema(report);
  for (const target of targets) {
    const { id, verdict, untested, findings } = target;
    if (verdict === 'reachable') expect(findings, `${id} is reachable and has findings`).toEqual([]);
    if (verdict === 'unreachable' || verdict === 'degraded')
      expect(findings.length, `${id} is ${verdict} without a finding`).toBeGreaterThan(0);
    expect(untested !== null, `${id}: untested says why`).toBe(verdict === 'untested');
  }
  const verdicts = new Map(targets.map(({ id, verdict }) => [id, verdict]));
  const rows = new Map(targets.map((target) => [target.id, target]));
  for (const root of rootCauses) {
    if (root.confidence === 'high')
      expect(root.alternatives, `${root.cause} is sure, and may be something else`).toEqual([]);
    const reachable = root.targets.filter((id) => verdicts.get(id) === 'reachable');
    expect(reachable, `${root.cause} names targets that are reachable`).toEqual([]);
    const lost = root.targets.some(
      (id) => verdicts.get(id) === 'unreachable' && rows.get(id)?.importance === 'critical',
    );
    if (root.severity === 'critical')
      expect(lost, `${root.cause} is critical without a critical target lost`).toBe(true);
  }
  const lost = targets.filter(({ verdict, importance }) => verdict === 'unreachable' && importance === 'critical');
  const named = new Set(rootCauses.filter(({ severity }) => severity === 'critical').flatMap((root) => root.targets));
  expect(lost.filter(({ id }) => !named.has(id)).map(({ id }) => id)).toEqual([]);
  for (const verdict of ['reachable', 'degraded', 'unreachable', 'untested'] as const)
    expect(summary[verdict]).toBe(targets.filter((target) => target.verdict === verdict).length);
  for (const [reason, count] of Object.entries(summary.untestedBecause))
    expect(count).toBe(targets.filter(({ untested }) => untested?.reason === reason).length);
  const cut = targets.some(({ untested }) => untested !== null && early.includes(untested.reason));
  const tested = targets.some(({ verdict }) => verdict !== 'untested');
  expect(complete).toBe(!cut && (tested || report.observations.plan.offline));
  expect(status?.messageId ?? null).toBe(statusOf(report));
  for (const { feature } of status?.raised ?? []) {
    const votes = targets.filter(
      (target) => target.feature === feature && target.importance === 'critical' && target.verdict !== 'untested',
    );
    expect(votes.length).toBeGreaterThan(0);
    expect(votes.every(({ verdict }) => verdict === 'unreachable')).toBe(true);
  }
  if (exit !== undefined && exit !== 130) expect(exit).toBe(lost.length > 0 ? 1 : complete ? 0 : 3);
}

/** The same of a diagnosis, by the rows that are made of it: shapes take their time, and are held for the recorded lab. */
export function holdDiagnosis(observations: Observations, diagnosis: Diagnosis): void {
  const { schema: _, ...rows } = assembleReport({
    ...{ observations, diagnosis, words: wordsOf('en'), options: {}, version: '0' },
  });
  holdInvariants(rows);
}
