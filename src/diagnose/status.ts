import type { Severity } from '../model/catalog.ts';
import type { Diagnosis, RootCause, Status, TargetDiagnosis, Verdict } from '../model/diagnosis.ts';
import { severityFor } from './correlate.ts';
import type { TargetJudgement } from './judge/target.ts';

const component = 'SMS_SERVICE_CONNECTOR';

export function summaryOf(targets: readonly TargetDiagnosis[]): Diagnosis['summary'] {
  const counts = { reachable: 0, degraded: 0, unreachable: 0, untested: 0 };
  for (const { verdict } of targets) counts[verdict]++;
  return counts;
}

/** Features whose critical targets all fail, or, without a critical one, all that were tested. Doubtful targets don't vote. */
function lostFeatures(judged: readonly TargetJudgement[], verdicts: readonly Verdict[]): readonly string[] {
  const features = new Map<string, { readonly critical: Set<boolean>; readonly others: Set<boolean> }>();
  for (const [position, { target }] of judged.entries()) {
    const verdict = verdicts[position];
    if (verdict === 'untested' || target.ceiling === 'informational') continue;
    const votes = features.get(target.feature) ?? { critical: new Set(), others: new Set() };
    votes[target.importance === 'critical' ? 'critical' : 'others'].add(verdict === 'unreachable');
    features.set(target.feature, votes);
  }
  return [...features]
    .filter(([, { critical, others }]) => !(critical.size > 0 ? critical : others).has(false))
    .map(([feature]) => feature)
    .sort();
}

/**
 * The documented status table (contract section 3): 11410, 11411 or 11412, and 11488 for each feature that is lost.
 * `diagnosed` has the targets in the order of `judged`.
 */
export function statusOf(
  judged: readonly TargetJudgement[],
  diagnosed: readonly TargetDiagnosis[],
  rootCauses: readonly RootCause[],
): Status {
  const verdicts = diagnosed.map(({ verdict }) => verdict);
  const worst = new Set<Severity>();
  for (const [position, { target }] of judged.entries()) {
    if (verdicts[position] === 'unreachable') worst.add(severityFor(target, 'unreachable'));
  }
  const warned = rootCauses.some(({ severity }) => severity !== 'informational');
  const raised = lostFeatures(judged, verdicts).map(
    (feature) => ({ messageId: 11488, severity: 'critical', component, feature }) as const,
  );
  if (worst.has('critical')) return { messageId: 11412, severity: 'error', component, raised };
  if (warned || worst.has('warning')) return { messageId: 11411, severity: 'warning', component, raised };
  return { messageId: 11410, severity: 'informational', component, raised };
}
