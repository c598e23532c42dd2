/** What a plain request to a host that has nothing to do with the targets says of the way out as such. */
import type { Attempt, HttpValue, Observation } from '../../model/observations.ts';
import type { ExperimentResults } from './experiment-results.ts';

/** Answers everybody with the same words: Windows asks it whether it is online (learn.microsoft.com, NCSI overview). */
export const NEUTRAL_URL = 'http://www.msftconnecttest.com/connecttest.txt';
const NEUTRAL_WORDS = 'Microsoft Connect Test';

interface NeutralAnswer {
  readonly observation: Observation;
  readonly attempt: Attempt;
  readonly value: HttpValue;
  /** The words that everybody gets: nobody answered in its place. */
  readonly genuine: boolean;
}

/** The answer to the neutral request; null where none was made or answered. */
export function neutralAnswer(experiments: ExperimentResults): NeutralAnswer | null {
  for (const { observation } of experiments.byKind('neutral-request')) {
    for (const attempt of observation.attempts) {
      if (attempt.http.status !== 'passed') continue;
      const { value } = attempt.http;
      const genuine = value.status === 200 && value.bodyExcerpt.startsWith(NEUTRAL_WORDS);
      return { observation, attempt, value, genuine };
    }
  }
  return null;
}

/** Whether the neutral host accepted a connection; null where it was not tried, or its name has no address here. */
export function neutralConnects(experiments: ExperimentResults): boolean | null {
  const attempts = experiments.byKind('neutral-request').flatMap(({ observation }) => observation.attempts);
  const tried = attempts.filter(({ tcp }) => tcp.status !== 'skipped');
  return tried.length === 0 ? null : tried.some(({ tcp }) => tcp.status === 'passed');
}
