/** Rules for hosts that serve downloads: does the object get through, whole, in ranges, and unaltered. */
import type { ContentExpectation } from '../../model/catalog.ts';
import type { CauseId } from '../../model/causes.ts';
import type { Fact } from '../../model/diagnosis.ts';
import type { ContentFacts, HttpValue, Observation } from '../../model/observations.ts';
import type { Target } from '../../model/plan.ts';
import { at, fact } from '../evidence.ts';
import { type Problem, problem } from '../problem.ts';
import { announced, isCutShort } from '../survey/downloads.ts';
import { experimentFor } from '../survey/experiment-results.ts';
import { handOf, headerOf } from '../survey/http-answer.ts';
import type { Survey } from '../survey/survey.ts';
import { failsTwice } from './naming.ts';

/** An answer to a request whose body matters. */
interface Download {
  readonly survey: Survey;
  readonly observation: Observation;
  readonly wanted: ContentExpectation;
  readonly value: HttpValue;
  readonly content: ContentFacts;
  /** An authenticated session: what came is what the origin sent, but for its end. */
  readonly proven: boolean;
}

const answerOf = (observation: Observation | undefined): HttpValue | null => {
  const http = observation?.attempts[0]?.http;
  return http?.status === 'passed' ? http.value : null;
};

const experimentAnswer = (survey: Survey, observation: Observation, kind: 'whole' | 'other-content') =>
  answerOf(experimentFor(survey.experiments, observation, kind)?.observation);

const beginsRight = ({ startsWith }: ContentExpectation, { firstBytes }: ContentFacts): boolean =>
  startsWith === null || firstBytes.startsWith(startsWith);

/** The whole object's length as the answer tells it; null where it doesn't. */
export function wholeLength(value: HttpValue): number | null {
  const total = /^bytes \d{1,15}-\d{1,15}\/(\d{1,15})$/.exec(headerOf(value, 'content-range') ?? '')?.[1];
  if (value.status === 206) return total === undefined ? null : Number(total);
  return announced(value);
}

const brought = (host: string, value: HttpValue, { bytes, firstBytes }: ContentFacts): Fact =>
  fact('http.content', { host, status: value.status, bytes, first: firstBytes.slice(0, 16) });

/** The body ended before its own framing said it would. */
function truncated({ survey, observation, value, content, proven }: Download): Problem | null {
  if (!isCutShort(value)) return null;
  const expected = announced(value);
  const { host, port } = observation;
  const [attempt] = observation.attempts;
  const again = failsTwice(survey, host, port) && attempt !== undefined;
  const evidence = [
    brought(host, value, content),
    fact('http.truncated', {
      host,
      bytes: content.bytes,
      expected: expected ?? -1,
      how: value.bodyEnd === 'stalled' ? 'stalled' : 'broken',
    }),
    ...(again ? [fact('tried.again', at(observation, attempt))] : []),
  ];
  // A body that only stands still may yet come, and one that broke off once may have met a restart.
  const confidence = proven && again && value.bodyEnd === 'broken' && expected !== null ? 'high' : 'medium';
  return problem('http.truncated', 'http', evidence, {
    confidence,
    alternatives: proven ? [] : ['http.content-blocked'],
  });
}

/** The range was ignored, or refused where the whole is given. */
function rangeBlocked(download: Download): Problem | null {
  const { survey, observation, wanted, value, content, proven } = download;
  if (wanted.range === null || value.status === 206) return null;
  const { host } = observation;
  const blocked = (evidence: readonly Fact[], alternatives: readonly CauseId[] = []): Problem =>
    problem('http.range-blocked', 'http', [brought(host, value, content), ...evidence], {
      confidence: alternatives.length === 0 ? 'high' : 'medium',
      alternatives,
    });
  if (value.status === 200 && beginsRight(wanted, content)) {
    // Where nothing says how the object begins, a page may have come in its place, unless the origin itself sent it.
    const isObject = wanted.startsWith !== null || proven;
    return blocked([fact('http.range-ignored', { host })], isObject ? [] : ['http.block-page']);
  }
  const whole = experimentAnswer(survey, observation, 'whole');
  if (whole?.status !== 200 || whole.content === undefined || !beginsRight(wanted, whole.content)) return null;
  return blocked([fact('tried.whole', { host, status: whole.status })]);
}

/** What a filter answers with in place of a file; 404 and the like are origins' words. */
const stops: readonly number[] = [403, 406, 415];

/** What came is not the object, and nothing proves that the origin sent it: `other` is the same for another path. */
function inItsPlace({ observation: { host }, wanted, value, content }: Download, other: HttpValue | null): Problem {
  const evidence = [
    brought(host, value, content),
    fact('http.expected-bytes', { host, expected: wanted.startsWith ?? '' }),
    ...(other === null ? [] : [fact('tried.other-content', { host, status: other.status })]),
  ];
  return problem('http.block-page', 'http', evidence, {
    confidence: other === null ? 'low' : 'medium',
    alternatives: ['http.content-blocked', 'http.tampered'],
  });
}

/** Something else came in place of the object, while the same host gives other things as it is asked. */
function contentBlocked(download: Download): Problem | null {
  const { survey, observation, wanted, value, content, proven } = download;
  const { host } = observation;
  const replaced = value.status < 300 && !beginsRight(wanted, content);
  if (proven || !(replaced || stops.includes(value.status))) return null;
  const other = experimentAnswer(survey, observation, 'other-content');
  const anyPath = other === null || (other.status === value.status && handOf(other) === handOf(value));
  if (anyPath) return replaced ? inItsPlace(download, other) : null;
  const evidence = [brought(host, value, content), fact('tried.other-content', { host, status: other.status })];
  return problem('http.content-blocked', 'http', evidence, { alternatives: ['http.block-page', 'http.tampered'] });
}

/** The right kind of object, and other bytes than documented. */
function altered({ observation: { host }, wanted, value, content, proven }: Download): Problem | null {
  if (proven || value.status >= 300 || !beginsRight(wanted, content)) return null;
  const length = wholeLength(value);
  const other = wanted.length !== null && length !== null && length !== wanted.length;
  const hash = wanted.sha256 !== null && content.sha256 !== null && content.sha256 !== wanted.sha256;
  if (!other && !hash) return null;
  const evidence = [
    brought(host, value, content),
    ...(other ? [fact('http.content-length', { host, length, documented: wanted.length })] : []),
    ...(hash ? [fact('http.content-hash', { host, sha256: content.sha256 ?? '' })] : []),
  ];
  // A vendor may have put a newer object there than the catalog documents.
  return problem('http.tampered', 'http', evidence, { signature: 'content', alternatives: ['http.content-blocked'] });
}

const isRedirect = ({ status }: HttpValue): boolean => status >= 300 && status < 400;

/**
 * What is wrong with a download, from its answer; null where nothing is, or where the origin itself has another word for it.
 * `proven`: an authenticated session.
 */
export function contentProblem(
  survey: Survey,
  { content: wanted }: Target,
  observation: Observation,
  value: HttpValue,
  proven: boolean,
): Problem | null {
  const { content } = value;
  if (wanted === undefined || content === undefined || isRedirect(value)) return null;
  const download: Download = { survey, observation, wanted, value, content, proven };
  return truncated(download) ?? rangeBlocked(download) ?? contentBlocked(download) ?? altered(download);
}

/** Whether follow-ups can tell what becomes of a download: it ended without an answer, or with one that isn't the object. */
export function isDoubtfulDownload({ content: wanted }: Target, value: HttpValue | null, proven: boolean): boolean {
  if (wanted === undefined) return false;
  if (value === null) return true;
  if (value.content === undefined || isRedirect(value)) return false;
  if (value.status >= 400) return wanted.range !== null || (!proven && stops.includes(value.status));
  return !proven && !beginsRight(wanted, value.content);
}

/** A request for the object that is cut, where the same host answers for something else: the object's kind is stopped. */
export function cutDownload(survey: Survey, target: Target, observation: Observation, cut: Problem): Problem {
  if (target.content === undefined || !['http.reset', 'http.timeout'].includes(cut.cause)) return cut;
  const { host } = observation;
  const other = experimentAnswer(survey, observation, 'other-content');
  if (other === null) return cut;
  const whole = experimentAnswer(survey, observation, 'whole');
  if (whole?.content !== undefined && whole.status === 200 && beginsRight(target.content, whole.content)) {
    const evidence = [...cut.evidence, fact('tried.whole', { host, status: whole.status })];
    return problem('http.range-blocked', 'http', evidence, { alternatives: [cut.cause] });
  }
  const evidence = [...cut.evidence, fact('tried.other-content', { host, status: other.status })];
  return problem('http.content-blocked', 'http', evidence, { alternatives: [cut.cause] });
}
