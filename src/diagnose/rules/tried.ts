import type { Attempt, CauseId, ExperimentObservation, Observation } from '../../model.ts';
import { eliminate } from '../eliminate.ts';
import { at, fact } from '../facts.ts';
import { domainOf } from '../hosts.ts';
import { type Problem, undetermined } from '../problem.ts';
import type { Survey } from '../survey.ts';
import { classOf, failedStage, isSessionKind, type Place, placeKey } from '../trials.ts';

interface Spoken {
  readonly trials: readonly ExperimentObservation[];
  /** Whose experiments these are, if another host's. */
  readonly by: string | null;
}

const atPlace = (survey: Survey, { host, port }: Pick<Place, 'host' | 'port'>): readonly ExperimentObservation[] =>
  survey.trials.at(host, port).filter(({ kind }) => isSessionKind(kind));

/**
 * Experiments that speak for a failed session: its own, those of a host of the same domain that fails alike, or those of
 * any host that fails alike if all of them lead to one cause.
 */
function speakers(survey: Survey, observation: Observation, attempt: Attempt, problem: Problem): Spoken | null {
  const own = atPlace(survey, observation);
  if (own.length > 0) return { trials: own, by: null };
  const failureClass = classOf(attempt);
  const failure = failedStage(attempt)?.failure;
  if (failureClass === null || failure === undefined) return null;
  const places = survey.trials.places(failureClass);
  const domain = domainOf(observation.host);
  const sibling = places.find((place) => place.domain === domain);
  if (sibling !== undefined) return { trials: atPlace(survey, sibling), by: sibling.host };
  const [first] = places;
  if (first === undefined) return null;
  const causes = new Set(places.map((place) => eliminate(problem, failure, atPlace(survey, place)).cause));
  return causes.size === 1 ? { trials: atPlace(survey, first), by: first.host } : null;
}

/** What experiments leave of the causes of a failed handshake. */
export function afterTrials(survey: Survey, observation: Observation, attempt: Attempt, problem: Problem): Problem {
  const failed = failedStage(attempt);
  if (failed === null || failed.name !== 'tls') return problem;
  if (problem.confidence === 'high' && problem.alternatives.length === 0) return problem;
  const spoken = speakers(survey, observation, attempt, problem);
  if (spoken === null) return problem;
  const decided = eliminate(problem, failed.failure, spoken.trials);
  if (spoken.by === null || decided === problem) return decided;
  const [first, ...rest] = decided.evidence;
  const stand = fact('tried.representative', { host: observation.host, by: spoken.by });
  return { ...decided, evidence: first === undefined ? [stand] : [first, stand, ...rest] };
}

/** Alternatives that nothing but load explains: what failed alike passes alone, and this was not repeated. */
export function underLoad(survey: Survey, observation: Observation, attempt: Attempt, problem: Problem): Problem {
  const { passing, repeated } = survey.repeats;
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
  return undetermined(failed.name, 'load', evidence, 'repeat-serially', alternatives);
}

/** The experiment of a kind for the sake of this probe; null if there was none. */
export function trialOf(
  survey: Survey,
  { host, port }: Pick<Observation, 'host' | 'port'>,
  kind: ExperimentObservation['kind'],
): ExperimentObservation | null {
  return survey.trials.at(host, port).find((one) => one.kind === kind) ?? null;
}
