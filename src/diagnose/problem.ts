/**
 * What is wrong, from a rule to the report: a rule states a Problem; an address gets an AttemptJudgement, a URL over all its
 * addresses an ObservationJudgement, a target a TargetJudgement of problems and what explains each; those leave as the
 * Findings of their target, and those of one cause and signature are one RootCause.
 */
import type { CauseId } from '../model/causes.ts';
import type { Fact, Finding, Steadiness } from '../model/diagnosis.ts';
import type { AdvisedExperiment } from '../model/experiments.ts';
import type { SharedAttribute } from '../model/facts.ts';
import type { StageName } from '../model/observations.ts';
import { fact } from './evidence.ts';

/** What a rule says before it is bound to a target: a finding without target and explanation. */
export interface Problem extends Omit<Finding, 'target' | 'explainedBy'> {
  readonly stage: StageName | 'local';
  /** Dates that are right by the clock of other hosts. */
  readonly byClock: boolean;
  /** Another host and port whose own trouble this is. */
  readonly dependsOn: readonly { readonly host: string; readonly port: number }[];
}

interface Parts {
  readonly confidence?: Problem['confidence'];
  readonly effect?: Problem['effect'];
  readonly signature?: string;
  readonly shared?: readonly [attribute: SharedAttribute, value: string] | null;
  readonly alternatives?: readonly CauseId[];
  readonly byClock?: boolean;
  readonly dependsOn?: Problem['dependsOn'];
  readonly steadiness?: Steadiness;
}

/** A problem with the usual defaults: it makes the target unreachable, medium confidence, one root cause per cause. */
export function problem(
  cause: CauseId,
  stage: Problem['stage'],
  evidence: readonly Fact[],
  parts: Parts = {},
): Problem {
  const { shared = null } = parts;
  return {
    cause,
    stage,
    evidence,
    confidence: parts.confidence ?? 'medium',
    effect: parts.effect ?? 'unreachable',
    signature: parts.signature ?? '',
    shared: shared === null ? null : { attribute: shared[0], value: shared[1] },
    alternatives: parts.alternatives ?? [],
    byClock: parts.byClock ?? false,
    dependsOn: parts.dependsOn ?? [],
    ...(parts.steadiness === undefined ? {} : { steadiness: parts.steadiness }),
  };
}

/** An exception of wayclear's own cost this target its measurement or its judgement. */
export function fault(host: string, error: string): Problem {
  return problem('undetermined', 'local', [fact('local.fault', { host, error })], {
    confidence: 'low',
    signature: `fault:${error}`,
  });
}

/** What no rule knows: the raw evidence, and the experiment that would decide. */
export function undetermined(
  stage: StageName,
  signature: string,
  evidence: readonly Fact[],
  experiment: AdvisedExperiment,
  alternatives: readonly CauseId[] = [],
): Problem {
  return problem('undetermined', stage, [...evidence, fact('experiment', { experiment })], {
    confidence: 'low',
    signature: `${stage}:${signature}`,
    shared: ['stage', stage],
    alternatives,
  });
}
