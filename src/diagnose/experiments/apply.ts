/** What the experiments of a run leave of the causes of one failure: its own, or those made for others that fail alike. */
import type { CauseId } from '../../model/causes.ts';
import type { Attempt, ExperimentObservation, Observation } from '../../model/observations.ts';
import { at, fact } from '../evidence.ts';
import { type Problem, undetermined } from '../problem.ts';
import { type FailedPlace, isSessionKind } from '../survey/experiment-results.ts';
import { classOf, failedStage, placeKey, wayOf } from '../survey/failure-class.ts';
import { domainOf } from '../survey/host-names.ts';
import type { Survey } from '../survey/survey.ts';
import { narrow } from './narrow.ts';

const atPlace = (
  survey: Survey,
  { host, port }: Pick<FailedPlace, 'host' | 'port'>,
  way: string,
): readonly ExperimentObservation[] => survey.experiments.at(host, port, way).filter(({ kind }) => isSessionKind(kind));

const isDecided = ({ confidence, alternatives }: Problem): boolean =>
  confidence === 'high' && alternatives.length === 0;

/**
 * What experiments leave of the causes of a failed handshake: its own experiments first; where they leave a choice, or
 * there were none, those of a host of the same domain that fails alike, or of all hosts that fail alike if they agree.
 */
export function afterExperiments(
  survey: Survey,
  observation: Observation,
  attempt: Attempt,
  problem: Problem,
): Problem {
  if (survey.observations.experiments.length === 0) return problem;
  const failed = failedStage(attempt);
  const failureClass = classOf(attempt);
  if (failed === null || failureClass === null || failed.name !== 'tls' || isDecided(problem)) return problem;
  const way = wayOf(attempt);
  const narrowed = narrow(problem, failed.failure, atPlace(survey, observation, way));
  if (isDecided(narrowed)) return narrowed;
  const alive: readonly CauseId[] = [narrowed.cause, ...narrowed.alternatives];
  const domain = domainOf(observation.host);
  const others = survey.experiments
    .places(failureClass, way)
    .map((place) => ({ place, decided: narrow(problem, failed.failure, atPlace(survey, place, way)) }))
    .filter(({ decided }) => isDecided(decided));
  const sameDomain = others.filter(({ place }) => place.domain === domain);
  const representatives = sameDomain.length > 0 ? sameDomain : others;
  const [representative] = representatives;
  if (representative === undefined || new Set(representatives.map(({ decided }) => decided.cause)).size > 1)
    return narrowed;
  const { place, decided } = representative;
  if (!alive.includes(decided.cause)) return narrowed;
  const [first, ...rest] = decided.evidence;
  const standsFor = fact('tried.representative', { host: observation.host, by: place.host });
  return {
    ...decided,
    confidence: sameDomain.length > 0 ? 'high' : 'medium',
    evidence: first === undefined ? [standsFor] : [first, standsFor, ...rest],
  };
}

/** Alternatives that nothing but load explains: what failed alike passes alone, and this was not repeated. */
export function underLoad(survey: Survey, observation: Observation, attempt: Attempt, problem: Problem): Problem {
  const { passing, repeated } = survey.repeats;
  if (repeated.size === 0) return problem;
  const failureClass = classOf(attempt);
  const place = placeKey(observation.host, observation.port);
  const failed = failedStage(attempt);
  if (failureClass === null || failed === null) return problem;
  if (repeated.has(place)) {
    const again = fact('tried.again', at(observation, attempt));
    return { ...problem, evidence: [...problem.evidence, again] };
  }
  if (!passing.has(failureClass)) return problem;
  const { host } = observation;
  const evidence = [fact('tried.load', { host, failure: failed.failure.code }), ...problem.evidence.slice(0, 1)];
  const alternatives: readonly CauseId[] = [problem.cause, ...problem.alternatives];
  return undetermined(failed.name, 'load', evidence, 'again', alternatives);
}
