/** Checks of how hosts that serve downloads answer HEAD, beside GET. They cost no verdict: what was asked for came. */
import type { Check } from '../model/diagnosis.ts';
import type { Attempt, HttpValue, Observation } from '../model/observations.ts';
import { fact } from './evidence.ts';
import { wholeLength } from './rules/content.ts';
import { failedStage } from './survey/failure-class.ts';
import type { Survey } from './survey/survey.ts';

/** What answered a request; null where nothing did. */
const answerOf = ({ attempts }: Observation): HttpValue | null =>
  attempts.flatMap(({ http }) => (http.status === 'passed' ? [http.value] : []))[0] ?? null;

/** How HEAD ended where it was asked and brought no answer; null for a connection that did not get so far. */
function failureOf([attempt]: readonly Attempt[]): string | null {
  const failed = attempt === undefined ? null : failedStage(attempt);
  return failed?.name === 'http' ? failed.failure.code : null;
}

/** Downloads that GET brings, and HEAD does not, or in another length. Empty where both say the same, and where none was asked. */
export function contentChecks(survey: Survey): readonly Check[] {
  for (const { observation, target } of survey.experiments.byKind('head')) {
    const { host, url } = observation;
    const probe = survey.probes.get(target)?.find((candidate) => candidate.url === url);
    const got = probe === undefined ? null : answerOf(probe);
    if (got === null) continue;
    const head = answerOf(observation);
    const failure = failureOf(observation.attempts);
    const by = head === null ? failure : head.status >= 300 ? String(head.status) : null;
    const [length, documented] = [head === null ? null : wholeLength(head), wholeLength(got)];
    const differs = by === null && length !== null && documented !== null && length !== documented;
    if (by === null && !differs) continue;
    const lengths = differs ? { length, documented } : { length: 0, documented: 0 };
    const detail = fact('check.content-head', { host, by: by ?? '', status: got.status, ...lengths });
    return [{ id: 'content-head', verdict: 'warn', cause: null, detail }];
  }
  return [];
}
