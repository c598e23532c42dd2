/** Whether a proxy itself wrote what came back, by what it answers to other questions. */
import type { Attempt, ExperimentObservation, HttpValue, Observation, TunnelValue } from '../../model/observations.ts';
import type { Target } from '../../model/plan.ts';
import { fact } from '../evidence.ts';
import type { Problem } from '../problem.ts';
import { experimentFor } from '../survey/experiment-results.ts';
import { handOf, headerOf } from '../survey/http-answer.ts';
import { hasOwnPage, leadsNowhere } from '../survey/proxies.ts';
import { asAnswer } from '../survey/proxy-answer.ts';
import type { Survey } from '../survey/survey.ts';
import { contentNetworkHeader } from '../survey/vendors.ts';

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
 * A page in clear text inside a tunnel that the proxy granted: a filter at the proxy wrote it in place of the service, which
 * would have spoken TLS. A 400 is what a plain web server at the other end says to a handshake.
 */
export function clearTextPage(observation: Observation, attempt: Attempt, problem: Problem): Problem {
  const { proxy, tunnel } = attempt;
  if (problem.cause !== 'tls.not-tls' || proxy === undefined || tunnel.status !== 'passed') return problem;
  const text = String(problem.evidence.find(({ code }) => code === 'tls.not-tls')?.args['text'] ?? '');
  const status = Number(/^HTTP\/1\.[01] ([345]\d\d)\b/.exec(text)?.[1] ?? 400);
  if (status === 400) return problem;
  const usual = observation.port === 443;
  return {
    ...problem,
    cause: 'http.block-page',
    confidence: usual ? 'high' : 'medium',
    signature: proxy.proxy,
    shared: { attribute: 'proxy', value: proxy.proxy.replace(/^[a-z0-9]+:\/\//, '') },
    alternatives: usual ? [] : ['tls.not-tls'],
  };
}
