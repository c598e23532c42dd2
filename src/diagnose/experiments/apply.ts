import type { CauseId } from '../../model/causes.ts';
import type { Attempt, ExperimentObservation, Observation } from '../../model/observations.ts';
import { at, fact } from '../evidence.ts';
import { type Problem, undetermined } from '../problem.ts';
import { domainOf } from '../survey/host-names.ts';
import type { Survey } from '../survey/survey.ts';
import { eliminate } from './narrow.ts';
import { classOf, failedStage, isSessionKind, type Place, placeKey, wayOf } from './results.ts';

const atPlace = (
  survey: Survey,
  { host, port }: Pick<Place, 'host' | 'port'>,
  way: string,
): readonly ExperimentObservation[] => survey.trials.at(host, port, way).filter(({ kind }) => isSessionKind(kind));

const isDecided = ({ confidence, alternatives }: Problem): boolean =>
  confidence === 'high' && alternatives.length === 0;

/**
 * What experiments leave of the causes of a failed handshake: its own experiments first; where they leave a choice, or
 * there were none, those of a host of the same domain that fails alike, or of all hosts that fail alike if they agree.
 */
export function afterTrials(survey: Survey, observation: Observation, attempt: Attempt, problem: Problem): Problem {
  if (survey.observations.experiments.length === 0) return problem;
  const failed = failedStage(attempt);
  const failureClass = classOf(attempt);
  if (failed === null || failureClass === null || failed.name !== 'tls' || isDecided(problem)) return problem;
  const way = wayOf(attempt);
  const own = eliminate(problem, failed.failure, atPlace(survey, observation, way));
  if (isDecided(own)) return own;
  const alive: readonly CauseId[] = [own.cause, ...own.alternatives];
  const domain = domainOf(observation.host);
  const others = survey.trials
    .places(failureClass, way)
    .map((place) => ({ place, decided: eliminate(problem, failed.failure, atPlace(survey, place, way)) }))
    .filter(({ decided }) => isDecided(decided));
  const kin = others.filter(({ place }) => place.domain === domain);
  const speakers = kin.length > 0 ? kin : others;
  const [speaker] = speakers;
  if (speaker === undefined || new Set(speakers.map(({ decided }) => decided.cause)).size > 1) return own;
  const { place, decided } = speaker;
  if (!alive.includes(decided.cause)) return own;
  const [first, ...rest] = decided.evidence;
  const stand = fact('tried.representative', { host: observation.host, by: place.host });
  return {
    ...decided,
    confidence: kin.length > 0 ? 'high' : 'medium',
    evidence: first === undefined ? [stand] : [first, stand, ...rest],
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

/** The experiment of a kind for the sake of this probe; null if there was none. */
export function trialOf(
  survey: Survey,
  { host, port }: Pick<Observation, 'host' | 'port'>,
  kind: ExperimentObservation['kind'],
): ExperimentObservation | null {
  return survey.trials.at(host, port).find((one) => one.kind === kind) ?? null;
}
