import { harmless } from '../harmless.ts';
import type { Diagnosis, Finding, TargetDiagnosis, Verdict } from '../model/diagnosis.ts';
import type { Observations } from '../model/observations.ts';
import type { Target } from '../model/plan.ts';
import { atOnce, type Pieces } from '../pieces.ts';
import { localChecks } from './checks.ts';
import { correlating, inOrder } from './correlate.ts';
import { makingContext, type RunContext } from './judge/context.ts';
import { judgeTarget, type TargetJudgement } from './judge/target.ts';
import { fault } from './problem.ts';
import { wildcardProofs } from './rules/proxy-pattern.ts';
import { isComplete, statusOf, summaryOf } from './status.ts';

/** Told of each exception of wayclear's own, with the target that it met. */
type OnFault = (error: unknown, target: string) => void;

function judgeOrFault(context: RunContext, target: Target, onFault: OnFault): TargetJudgement {
  try {
    return judgeTarget(context, target);
  } catch (error) {
    onFault(error, target.id);
    return {
      target,
      untested: null,
      problems: [{ problem: fault(target.host, harmless(String(error))), explainedBy: null }],
    };
  }
}

function verdictOf(untested: boolean, findings: readonly Finding[]): Verdict {
  if (untested) return 'untested';
  if (findings.some(({ effect }) => effect === 'unreachable')) return 'unreachable';
  return findings.some(({ effect }) => effect === 'degraded') ? 'degraded' : 'reachable';
}

/** Why nothing more is to be judged; null while it is. */
type Ended = () => 'deadline' | 'interrupted' | null;

/**
 * Judges a run from its observations alone: which targets can be used, why not, and what the failures have in common.
 * Pure: reads no clock and nothing else; the same observations give the same diagnosis. Never throws for what the
 * network said: what throws while one target is judged, a fault of wayclear's own, makes that target `undetermined` and
 * is told to `onFault`.
 */
export function diagnose(observations: Observations, onFault?: OnFault): Diagnosis {
  return atOnce(judging(observations, onFault));
}

/** The same, with a rest between targets; those that are left when it `ended` are untested because of that. */
export function* judging(
  observations: Observations,
  onFault: OnFault = () => undefined,
  ended: Ended = () => null,
): Pieces<Diagnosis> {
  const context = yield* makingContext(observations);
  const { survey } = context;
  const judged: TargetJudgement[] = [];
  for (const target of survey.targets.values()) {
    yield;
    const code = ended();
    const isLeft = code !== null && target.untested === null;
    judged.push(isLeft ? { target, untested: { code }, problems: [] } : judgeOrFault(context, target, onFault));
  }
  yield;
  const { rootCauses, findings } = yield* correlating(judged, observations.plan.experiments);
  const targets: readonly TargetDiagnosis[] = judged.map(({ target, untested }, position) => {
    const targetFindings = findings[position] ?? [];
    return { id: target.id, verdict: verdictOf(untested !== null, targetFindings), untested, findings: targetFindings };
  });
  yield;
  const local = localChecks(context, rootCauses);
  const all = inOrder([...rootCauses, ...local.rootCauses]);
  yield;
  const wildcards = wildcardProofs(survey);
  const summary = summaryOf(observations.plan, targets);
  const complete = isComplete(observations.plan, summary);
  return {
    complete,
    status: statusOf(
      judged.map(({ target }) => target),
      targets,
      all,
      complete,
    ),
    summary,
    rootCauses: all,
    checks: local.checks,
    targets,
    ...(wildcards.length === 0 ? {} : { wildcards }),
  };
}
