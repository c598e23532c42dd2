import type { Diagnosis, RootCause, Status, Summary, TargetDiagnosis, Verdict } from '../model/diagnosis.ts';
import type { Plan, Target, UntestedReason } from '../model/plan.ts';

/** What rows say together: counts, completeness, the documented status messages (contract section 3). */

const component = 'SMS_SERVICE_CONNECTOR';

/** Untested because the run ended early: what was testable. */
const endedEarly = ['deadline', 'interrupted', 'resources'] as const;

export function summaryOf({ leftOut = [] }: Plan, targets: readonly TargetDiagnosis[]): Summary {
  const counts = { reachable: 0, degraded: 0, unreachable: 0, untested: 0 };
  const untestedBecause: Record<Exclude<UntestedReason['code'], 'inside'>, number> & { inside?: number } = {
    parameter: 0,
    'no-witness': 0,
    udp: 0,
    offline: 0,
    family: 0,
    deadline: 0,
    interrupted: 0,
    resources: 0,
  };
  for (const { verdict, untested } of targets) {
    counts[verdict]++;
    if (verdict === 'untested' && untested !== null)
      untestedBecause[untested.code] = (untestedBecause[untested.code] ?? 0) + 1;
  }
  return { ...counts, untestedBecause, leftOut };
}

/** Everything testable was tested, and something was. `--offline` tests nothing: its local checks are all it has. */
export function isComplete({ offline }: Plan, { reachable, degraded, unreachable, untestedBecause }: Summary): boolean {
  if (endedEarly.some((code) => untestedBecause[code] > 0)) return false;
  return offline || reachable + degraded + unreachable > 0;
}

interface JudgedTarget {
  readonly target: Target;
  readonly verdict: Verdict;
}

/** Features whose tested critical targets all fail; one without a tested critical target is not lost. */
function lostFeatures(rows: readonly JudgedTarget[]): readonly string[] {
  const features = new Map<string, boolean>();
  for (const { target, verdict } of rows) {
    if (target.importance !== 'critical') continue;
    features.set(target.feature, (features.get(target.feature) ?? true) && verdict === 'unreachable');
  }
  return [...features]
    .filter(([, lost]) => lost)
    .map(([feature]) => feature)
    .sort();
}

/**
 * The documented status table: 11410, 11411 or 11412, and 11488 for each feature that is lost. It follows from the rows of
 * the service connection point role and from the root causes that affect one of them or the machine as such.
 */
export function statusOf(
  targets: readonly Target[],
  diagnosed: readonly TargetDiagnosis[],
  rootCauses: readonly RootCause[],
  complete: boolean,
): Diagnosis['status'] {
  const rows = targets.flatMap((target, position): readonly JudgedTarget[] => {
    const verdict = diagnosed[position]?.verdict ?? 'untested';
    return target.outsideRole === true || verdict === 'untested' ? [] : [{ target, verdict }];
  });
  if (rows.length === 0) return null;
  const raised = lostFeatures(rows).map(
    (feature) => ({ messageId: 11488, severity: 'critical', component, feature }) as const,
  );
  const isLost = ({ target, verdict }: JudgedTarget): boolean =>
    verdict === 'unreachable' && target.importance === 'critical';
  if (rows.some(isLost)) return { messageId: 11412, severity: 'error', component, raised };
  const ofRole = new Set(rows.map(({ target }) => target.id));
  const warned = rootCauses.some(
    ({ severity, targets: affected }) =>
      severity !== 'informational' && (affected.length === 0 || affected.some((id) => ofRole.has(id))),
  );
  if (warned || rows.some(({ verdict }) => verdict === 'unreachable' || verdict === 'degraded'))
    return { messageId: 11411, severity: 'warning', component, raised };
  return complete ? ({ messageId: 11410, severity: 'informational', component, raised } satisfies Status) : null;
}
