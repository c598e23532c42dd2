/** Whether a proxy itself wrote what came back, by what it answers to other questions. */
import { headEnd, parseAnswerHead } from '../../answer-head.ts';
import type { CauseId } from '../../model/causes.ts';
import type { Attempt, ExperimentObservation, HttpValue, Observation, TunnelValue } from '../../model/observations.ts';
import type { Target } from '../../model/plan.ts';
import { fact } from '../evidence.ts';
import type { Problem } from '../problem.ts';
import { experimentFor } from '../survey/experiment-results.ts';
import { classOf, FORBIDDEN, wayOf } from '../survey/failure-class.ts';
import { handOf, headerOf, looksLikeHtml } from '../survey/http-answer.ts';
import { hasOwnPage, leadsNowhere, proxiesOf } from '../survey/proxies.ts';
import { asAnswer } from '../survey/proxy-answer.ts';
import type { Survey } from '../survey/survey.ts';
import { blockPage, contentNetworkHeader, isSignInAddress, proxyError } from '../survey/vendors.ts';

/** What an answer through a proxy is known again by: where it leads tells as much as its page. */
export const proxiedHand = (value: HttpValue): string =>
  `${handOf(value)} ${(headerOf(value, 'location') ?? '').split(/[?#]/)[0]}`;

/** A refusal of policy, or the way to a page: no trouble on the way to the host. */
const isPolicy = (status: number): boolean => status >= 300 && status < 500 && status !== 404 && status !== 408;

/** The proxy's own no to a tunnel; null for one that was made, or that failed behind the proxy. */
function refusedTunnel({ observation }: ExperimentObservation): Partial<TunnelValue> | null {
  const tunnel = observation.attempts[0]?.tunnel;
  if (tunnel?.status !== 'failed' || tunnel.partial === null) return null;
  return isPolicy(tunnel.partial.status ?? 0) ? tunnel.partial : null;
}

/** What the proxy says of a tunnel to the host of a plain request, or to another whose answer is the same; null if it makes one. */
export function ownRefusal(
  survey: Survey,
  proxy: string,
  { host, port }: Pick<Observation, 'host' | 'port'>,
  value: HttpValue,
): { readonly host: string; readonly value: Partial<TunnelValue> } | null {
  const made = experimentFor(survey.experiments, { host, port }, 'tunnel-instead');
  if (made !== null) {
    const refused = refusedTunnel(made);
    return refused === null ? null : { host, value: refused };
  }
  for (const experiment of survey.experiments.byKind('tunnel-instead')) {
    const refused = refusedTunnel(experiment);
    const [before] =
      survey.probes.get(experiment.target)?.find((probe) => probe.host === experiment.host)?.attempts ?? [];
    if (refused === null || before?.http.status !== 'passed' || before.proxy?.proxy !== proxy) continue;
    if (proxiedHand(before.http.value) === proxiedHand(value)) return { host: experiment.host, value: refused };
  }
  return null;
}

/**
 * Whether anything shows that a refusal of a plain request through a proxy is the origin's: the service is documented to
 * give it, whoever passed it on says so, a content network signed it, it is another page than the proxy's own, or the proxy
 * leads to the host otherwise.
 */
export function isPassedOn(
  survey: Survey,
  proxy: string,
  { expect }: Target,
  { host, hop, port }: Observation,
  value: HttpValue,
): boolean {
  if (hop === 0 && expect?.status?.includes(value.status) === true) return true;
  if (headerOf(value, 'via') !== null || contentNetworkHeader(value) !== null) return true;
  if (value.bodyExcerpt !== '' && hasOwnPage(survey, proxy)) return true;
  const tunnel = experimentFor(survey.experiments, { host, port }, 'tunnel-instead')?.observation.attempts[0]?.tunnel;
  // A tunnel that it makes, or tries to make, is none that it forbids.
  if (tunnel?.status === 'passed') return true;
  if (tunnel?.status === 'failed' && tunnel.partial?.status != null && !isPolicy(tunnel.partial.status)) return true;
  return [...survey.probes.values()]
    .flat()
    .some((other) => other.host === host && other.attempts.some(({ proxy, tls }) => proxy && tls.status === 'passed'));
}

/** The proxy's word for its trouble, without what follows it. */
const wordOf = (attempt: Attempt | undefined): string | null => {
  const tunnel = attempt?.tunnel;
  if (tunnel?.status !== 'failed' || tunnel.partial === null) return null;
  return headerOf(asAnswer(tunnel.partial), 'x-squid-error')?.split(' ')[0] ?? null;
};

/**
 * «No way» said to everybody is no word about names: another proxy that it hands everything to is not there. A tunnel to a
 * bare address decides. Problems of any other kind are left alone.
 */
export function withoutParent(survey: Survey, proxy: string, problem: Problem): Problem {
  const open = problem.cause === 'proxy.upstream-dns' && problem.alternatives.includes('proxy.upstream-unreachable');
  if (!open || !leadsNowhere(survey, proxy)) return problem;
  const experiment = survey.experiments
    .byKind('bare-address')
    .find(({ observation }) => observation.attempts[0]?.proxy?.proxy === proxy);
  const [attempt] = experiment?.observation.attempts ?? [];
  const parent: Problem = { ...problem, cause: 'proxy.upstream-unreachable', alternatives: ['proxy.upstream-dns'] };
  if (experiment?.does.action !== 'through' || attempt === undefined || attempt.tunnel.status === 'skipped')
    return parent;
  const where = { proxy, address: experiment.does.asked };
  const [first, ...rest] = problem.evidence;
  const evidence = (told: ReturnType<typeof fact>) => (first === undefined ? [told] : [first, told, ...rest]);
  if (wordOf(attempt) === 'ERR_CANNOT_FORWARD') {
    return {
      ...parent,
      alternatives: [],
      confidence: 'high',
      evidence: evidence(fact('proxy.same-for-address', where)),
    };
  }
  return {
    ...problem,
    alternatives: [],
    confidence: 'high',
    evidence: evidence(fact('proxy.other-for-address', where)),
  };
}

/**
 * A proxy that leads to others may forbid by their number, in the words of its policy: only a refusal of a tunnel that was
 * asked for alone excludes that. Problems of any other kind are left alone.
 */
export function forbiddenByNumber(survey: Survey, attempt: Attempt, problem: Problem): Problem {
  if (problem.cause !== 'proxy.denied' || problem.confidence !== 'high' || survey.observations.ended === null)
    return problem;
  if (classOf(attempt) !== FORBIDDEN || survey.repeats.failing.has(FORBIDDEN)) return problem;
  if ((proxiesOf(survey).get(wayOf(attempt)) ?? 0) === 0) return problem;
  const [first, ...rest] = problem.evidence;
  const alone = fact('experiment', { experiment: 'again' });
  return { ...problem, confidence: 'medium', evidence: [...(first === undefined ? [] : [first]), alone, ...rest] };
}

/** Clear text as an answer, as far as it came; null for what is neither HTTP nor a page. */
function clearTextAnswer(firstBytes: string): HttpValue | null {
  const bytes = Buffer.from(firstBytes, 'base64');
  const end = headEnd(bytes) ?? { text: bytes.length, whole: bytes.length };
  const head = parseAnswerHead(bytes.toString('latin1', 0, end.text));
  if (head !== null) return asAnswer({ ...head, bodyExcerpt: bytes.toString('latin1', end.whole) });
  const page = bytes.toString('latin1');
  return /^\s*<(?:!doctype|html)\b/i.test(page) ? asAnswer({ status: 200, bodyExcerpt: page }) : null;
}

/** What an answer inside a tunnel that was granted means, by its status; null where a plain web server may say it. */
function clearTextCause(answer: HttpValue, host: string): CauseId | null {
  const { status } = answer;
  const location = (headerOf(answer, 'location') ?? '').replaceAll(host, '');
  if (status === 407 || (status >= 300 && status < 400 && isSignInAddress(location))) return 'proxy.auth-required';
  if (status === 502 || status === 503 || status === 504) return 'proxy.upstream-unreachable';
  const page = status === 200 && looksLikeHtml(answer);
  return page || status === 403 || status === 451 || (status >= 300 && status < 400) ? 'http.block-page' : null;
}

/**
 * An answer in clear text inside a tunnel that the proxy granted, in place of the service, which would have spoken TLS. Who
 * wrote it is certain where it bears a product's mark; else the other end may be a plain web server, as it is where it answers
 * a handshake with 400, 404 or 501.
 */
export function clearTextPage(
  observation: Observation,
  attempt: Attempt,
  problem: Problem,
  firstBytes: string | undefined,
): Problem {
  const { proxy, tunnel } = attempt;
  if (problem.cause !== 'tls.not-tls' || proxy === undefined || tunnel.status !== 'passed') return problem;
  const answer = clearTextAnswer(firstBytes ?? '');
  if (answer === null) return problem;
  const marked = blockPage(answer, observation.host)?.by === 'header' ? 'http.block-page' : proxyError(answer)?.cause;
  const cause = marked ?? clearTextCause(answer, observation.host);
  if (cause === null) return problem;
  return {
    ...problem,
    cause,
    confidence: marked === undefined ? 'medium' : 'high',
    signature: proxy.proxy,
    shared: { attribute: 'proxy', value: proxy.proxy.replace(/^[a-z0-9]+:\/\//, '') },
    alternatives: marked === undefined ? ['tls.not-tls'] : [],
  };
}
