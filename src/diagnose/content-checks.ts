/** Checks of what hosts that serve downloads send by themselves: another object, or another answer to HEAD. They cost no verdict. */
import type { Check } from '../model/diagnosis.ts';
import type { Attempt, HttpValue, Observation } from '../model/observations.ts';
import { fact } from './evidence.ts';
import { wholeLength } from './rules/content.ts';
import { isAuthentic, trustOf } from './survey/chain-trust.ts';
import { failedStage } from './survey/failure-class.ts';
import { tlsOf } from './survey/handshakes.ts';
import type { Survey } from './survey/survey.ts';

/** What answered a request; null where nothing did. */
const answerOf = ({ attempts }: Observation): HttpValue | null =>
  attempts.flatMap(({ http }) => (http.status === 'passed' ? [http.value] : []))[0] ?? null;

/** How HEAD ended where it was asked and brought no answer; null for a connection that did not get so far. */
function failureOf([attempt]: readonly Attempt[]): string | null {
  const failed = attempt === undefined ? null : failedStage(attempt);
  return failed?.name === 'http' ? failed.failure.code : null;
}

/** What the origin itself sent in place of the documented object: it may have put another one there. */
export function objectChecks(survey: Survey): readonly Check[] {
  for (const [id, probes] of survey.probes) {
    const target = survey.targets.get(id);
    const wanted = target?.content;
    if (target === undefined || wanted === undefined) continue;
    for (const probe of probes) {
      const value = answerOf(probe);
      const { tls } = probe.attempts.find(({ http }) => http.status === 'passed') ?? { tls: null };
      if (value?.content === undefined || value.status >= 300 || tls?.status !== 'passed') continue;
      const settings = tlsOf(survey, target, probe.host);
      if (!isAuthentic(trustOf(survey.observations, settings, probe.host, tls.value))) continue;
      const { firstBytes } = value.content;
      const expected = wanted.startsWith ?? '';
      const length = wholeLength(value) ?? -1;
      const documented = wanted.length ?? -1;
      const begins = firstBytes.startsWith(expected);
      if (begins && (length < 0 || documented < 0 || length === documented)) continue;
      const lengths = begins ? { length, documented } : { length: 0, documented: 0 };
      const seen = { host: probe.host, status: value.status, first: firstBytes.slice(0, 16), expected };
      const detail = fact('check.content-object', { ...seen, ...lengths });
      return [{ id: 'content-object', verdict: 'warn', cause: null, detail }];
    }
  }
  return [];
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
