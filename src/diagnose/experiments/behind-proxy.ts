/** What failed behind a proxy that made the way, or at it, compared with the direct path where that was measured beside. */

import type { CauseId } from '../../model/causes.ts';
import type { Fact } from '../../model/diagnosis.ts';
import type { Attempt, Observation } from '../../model/observations.ts';
import { fact } from '../evidence.ts';
import type { Problem } from '../problem.ts';
import { classOf, failedStage } from '../survey/failure-class.ts';
import type { Survey } from '../survey/survey.ts';

const cache = new WeakMap<readonly Observation[], ReadonlyMap<string, Observation>>();

/** The direct measurement of a target, where `--direct-too` allowed one. */
function directOf({ observations: { beside = [] } }: Survey, target: string): Observation | null {
  let byTarget = cache.get(beside);
  if (byTarget === undefined) {
    byTarget = new Map(
      beside.filter(({ route }) => route?.kind === 'direct').map((observation) => [observation.target, observation]),
    );
    cache.set(beside, byTarget);
  }
  return byTarget.get(target) ?? null;
}

const answers = ({ tunnel, http }: Attempt): boolean => tunnel.status !== 'failed' && http.status === 'passed';

/** Causes that lie with the service: one that answers on the direct path is not to blame. */
const ofService: readonly CauseId[] = ['http.service-error'];

/**
 * Adds to a failure behind a proxy that the proxy had made the way, and what the direct path shows. That the direct path
 * fails at its connection says nothing here; that it fails in the same way is told, and decides nothing alone.
 */
export function behindProxy(survey: Survey, observation: Observation, attempt: Attempt, problem: Problem): Problem {
  if (attempt.proxy === undefined) return problem;
  const { proxy } = attempt.proxy;
  const { host } = observation;
  const [first, ...rest] = problem.evidence;
  const evidence = (...told: readonly Fact[]): readonly Fact[] => {
    const made = attempt.tunnel.status === 'passed' && attempt.tunnel.value.via !== 'absolute-form';
    const way = made ? [fact('proxy.granted', { host, proxy })] : [];
    return [...(first === undefined ? [] : [first]), ...told, ...rest, ...way];
  };
  const direct = observation.hop === 0 ? directOf(survey, observation.target) : null;
  if (direct?.attempts.some(answers) === true) {
    const alternatives = problem.alternatives.filter((cause) => !ofService.includes(cause));
    const decided = alternatives.length === 0 && problem.alternatives.length > 0;
    return {
      ...problem,
      alternatives,
      confidence: decided ? 'high' : problem.confidence,
      evidence: evidence(fact('proxy.direct-works', { host })),
    };
  }
  const failureClass = classOf(attempt);
  const alike = direct?.attempts.find(
    (other) => other.tcp.status === 'passed' && failureClass !== null && classOf(other) === failureClass,
  );
  const failure = alike === undefined ? null : (failedStage(alike)?.failure.code ?? null);
  return {
    ...problem,
    evidence: failure === null ? evidence() : evidence(fact('proxy.direct-fails', { host, failure })),
  };
}
