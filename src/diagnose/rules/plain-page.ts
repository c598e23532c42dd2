/** A page that unrelated hosts give over plain HTTP on the direct path: whether somebody on the way wrote it. */
import type { Attempt, HttpValue, Observation } from '../../model/observations.ts';
import { fact } from '../evidence.ts';
import { type Problem, problem } from '../problem.ts';
import { neutralAnswer } from '../survey/neutral-request.ts';
import { pageText } from '../survey/page-text.ts';
import { madeUpMark, pageMark, pageOf, type SharedPage, sharedPageOf } from '../survey/plain-pages.ts';
import type { Survey } from '../survey/survey.ts';

/** The host that answers everybody with the same words gives this page instead. */
function isEverywhere({ experiments }: Survey, { mark }: SharedPage): boolean {
  const neutral = neutralAnswer(experiments);
  return neutral !== null && !neutral.genuine && pageMark(neutral.value, neutral.observation.url ?? '') === mark;
}

/** What made-up names got at the addresses of the hosts with this page. */
const madeUp = ({ experiments }: Survey, { targets }: SharedPage) =>
  experiments.byKind('made-up-host').filter(({ target, does }) => does.action === 'connect' && targets.has(target));

/**
 * A page that unrelated domains give at different addresses is somebody else's, if a name that nobody has gets it there as
 * well, and neither a server's software nor a content network before them explains it. Null for any other answer.
 */
export function sharedPageProblem(
  survey: Survey,
  { host }: Observation,
  { proxy }: Attempt,
  value: HttpValue,
): Problem | null {
  const shared = proxy === undefined ? sharedPageOf(survey, value) : null;
  if (shared === null) return null;
  const everywhere = isEverywhere(survey, shared);
  const made = madeUp(survey, shared);
  const [first] = made;
  if (!everywhere && (!shared.isNobodysOwn || made.some((experiment) => madeUpMark(experiment) !== shared.mark)))
    return null;
  const { status, reason } = value;
  const neutral = everywhere ? neutralAnswer(survey.experiments) : null;
  const page = pageOf(survey, value);
  const address = first?.observation.url ?? '';
  const name = URL.canParse(address) ? new URL(address).hostname : null;
  const evidence = [
    fact('http.status', { host, status, reason }),
    fact('http.shared-page', { host, domains: shared.domains }),
    ...(name === null ? [] : [fact('tried.made-up-host', { host, name, status })]),
    ...(neutral === null
      ? []
      : [fact('tried.neutral-request', { host: neutral.observation.host, status: neutral.value.status, genuine: 0 })]),
    fact('http.body', { host, text: pageText(page.bodyExcerpt).slice(0, 160) }),
    fact('http.plain', { host }),
  ];
  return problem('http.block-page', 'http', evidence, {
    confidence: everywhere || made.length > 0 ? 'medium' : 'low',
    signature: 'shared page',
    alternatives: status >= 500 ? ['http.service-error'] : ['http.captive-portal'],
  });
}
