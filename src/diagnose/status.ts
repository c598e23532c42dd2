import type { Diagnosis, RootCause, Status, TargetDiagnosis } from '../model.ts';
import { severityFor } from './correlate.ts';
import type { TargetJudgement } from './rules/target.ts';

const component = 'SMS_SERVICE_CONNECTOR';

export function summaryOf(targets: readonly TargetDiagnosis[]): Diagnosis['summary'] {
  const count = (verdict: TargetDiagnosis['verdict']): number =>
    targets.filter((one) => one.verdict === verdict).length;
  return {
    reachable: count('reachable'),
    degraded: count('degraded'),
    unreachable: count('unreachable'),
    untested: count('untested'),
  };
}

/** Features whose critical targets all fail, or, without a critical one, all that were tested. Doubtful targets don't vote. */
function lostFeatures(
  judged: readonly TargetJudgement[],
  lost: ReadonlySet<string>,
  tested: ReadonlySet<string>,
): readonly string[] {
  const features = new Map<string, TargetJudgement['target'][]>();
  for (const { target } of judged) {
    if (!tested.has(target.id) || target.ceiling === 'informational') continue;
    const targets = features.get(target.feature);
    if (targets === undefined) features.set(target.feature, [target]);
    else targets.push(target);
  }
  return [...features]
    .filter(([, targets]) => {
      const critical = targets.filter(({ importance }) => importance === 'critical');
      return (critical.length > 0 ? critical : targets).every(({ id }) => lost.has(id));
    })
    .map(([feature]) => feature)
    .sort();
}

/** The documented status table (contract section 3): 11410, 11411 or 11412, and 11488 for each feature that is lost. */
export function statusOf(
  judged: readonly TargetJudgement[],
  diagnosed: readonly TargetDiagnosis[],
  rootCauses: readonly RootCause[],
): Status {
  const lost = new Set(diagnosed.filter(({ verdict }) => verdict === 'unreachable').map(({ id }) => id));
  const tested = new Set(diagnosed.filter(({ verdict }) => verdict !== 'untested').map(({ id }) => id));
  const worst = judged
    .filter(({ target }) => lost.has(target.id))
    .map(({ target }) => severityFor(target, 'unreachable'));
  const warned = rootCauses.some(({ severity }) => severity !== 'informational');
  const raised = lostFeatures(judged, lost, tested).map(
    (feature) => ({ messageId: 11488, severity: 'critical', component, feature }) as const,
  );
  if (worst.includes('critical')) return { messageId: 11412, severity: 'error', component, raised };
  if (warned || worst.includes('warning')) return { messageId: 11411, severity: 'warning', component, raised };
  return { messageId: 11410, severity: 'informational', component, raised };
}
