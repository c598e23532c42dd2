/** What a proxy's answer to a name that nobody listed says of a documented wildcard. */

import type { CauseId } from '../../model/causes.ts';
import type { Fact, WildcardProof } from '../../model/diagnosis.ts';
import type { Attempt, ExperimentObservation, HttpValue, Observation } from '../../model/observations.ts';
import type { Target } from '../../model/plan.ts';
import { fact } from '../evidence.ts';
import type { Problem } from '../problem.ts';
import { headerOf } from '../survey/http-answer.ts';
import { proxiesOf } from '../survey/proxies.ts';
import { asAnswer } from '../survey/proxy-answer.ts';
import type { Survey } from '../survey/survey.ts';
import { blockPage, proxyError } from '../survey/vendors.ts';

/** Causes by which a proxy's own answer ends an attempt. */
export const answeredByProxy: ReadonlySet<CauseId> = new Set([
  'proxy.denied',
  'proxy.upstream-dns',
  'proxy.upstream-unreachable',
  'proxy.timeout',
  'proxy.socks-refused',
]);

/** What the proxy said, whichever way it was asked: an HTTP answer, or a SOCKS reply. */
interface ProxyReply {
  readonly http: HttpValue | null;
  readonly socks: number | null;
  /** A way to the name was opened. */
  readonly opened: boolean;
}

function replyOf({ tunnel, http }: Attempt): ProxyReply | null {
  if (tunnel.status === 'skipped') return null;
  const value = tunnel.status === 'passed' ? tunnel.value : tunnel.partial;
  if (value === null) return null;
  const opened = tunnel.status === 'passed' && value.via !== 'absolute-form';
  if (tunnel.status === 'passed' && value.via === 'absolute-form') {
    return http.status === 'passed' ? { http: http.value, socks: null, opened } : null;
  }
  if (value.via === 'socks') {
    return opened || value.reply !== undefined ? { http: null, socks: value.reply ?? 0, opened } : null;
  }
  const answered = opened || (tunnel.status === 'failed' && tunnel.failure.code === 'tunnel.refused');
  return answered ? { http: asAnswer(value), socks: null, opened } : null;
}

/** Whether policy answers, or the search for an address; null where the answer says neither. */
function policyOf({ http, socks, opened }: ProxyReply, name: string): WildcardProof['policy'] | null {
  if (opened) return 'allows';
  // RFC 1928 section 6: 2 is the ruleset's; 3 to 6 are about the way to the host. 1 can be either.
  if (http === null) return socks === 2 ? 'refuses' : socks !== null && socks >= 3 && socks <= 6 ? 'allows' : null;
  const error = proxyError(http);
  if (error !== null) return error.cause === 'http.block-page' ? 'refuses' : 'allows';
  if (blockPage(http, name) !== null || http.status === 403 || http.status === 451) return 'refuses';
  return [500, 502, 503, 504, 598, 599].includes(http.status) ? 'allows' : null;
}

const statusOf = ({ http, socks }: ProxyReply): number => http?.status ?? socks ?? 0;

/** What tells answers of one proxy apart: the status, and its own name for the error. */
function marksOf({ http, socks }: ProxyReply): string {
  if (http === null) return String(socks);
  const squid = headerOf(http, 'x-squid-error')?.split(/\s/)[0] ?? '';
  const proxy = /;\s*error=([^;,\s]+)/i.exec(headerOf(http, 'proxy-status') ?? '')?.[1] ?? '';
  return `${http.status} ${squid} ${proxy}`;
}

/** An experiment with a made-up name, read. */
interface WildcardAnswer extends WildcardProof {
  readonly name: string;
  readonly reply: ProxyReply;
}

/** A proxy that reaches nothing may answer so to everything: then it is no word of its policy. */
function isForAll(survey: Survey, id: string, reply: ProxyReply, proxy: string): boolean {
  if (reply.opened || (proxiesOf(survey).get(proxy) ?? 0) > 0) return false;
  if (reply.http !== null && proxyError(reply.http)?.cause === 'proxy.upstream-dns') return false;
  const [witness] = survey.probes.get(id)?.[0]?.attempts ?? [];
  const witnessReply = witness === undefined ? null : replyOf(witness);
  return witnessReply === null || policyOf(witnessReply, '') !== 'refuses';
}

function read(survey: Survey, { target: id, does, observation }: ExperimentObservation): WildcardAnswer | null {
  const target = survey.targets.get(id);
  const [attempt] = observation.attempts;
  const reply = attempt === undefined ? null : replyOf(attempt);
  if (does.action !== 'through' || target === undefined || reply === null || attempt?.proxy === undefined) return null;
  const policy = policyOf(reply, does.asked);
  if (policy === null || (policy === 'allows' && isForAll(survey, id, reply, attempt.proxy.proxy))) return null;
  const proxy = attempt.proxy.proxy.replace(/^[a-z0-9]+:\/\//, '');
  return { pattern: target.pattern, port: does.port, proxy, policy, name: does.asked, reply };
}

const wildcardAnswers = (survey: Survey): readonly WildcardAnswer[] =>
  survey.experiments.byKind('wildcard-name').flatMap((experiment) => read(survey, experiment) ?? []);

/** What experiments of a run prove of documented wildcards, in the order in which they were made. */
export const wildcardProofs = (survey: Survey): readonly WildcardProof[] =>
  wildcardAnswers(survey).map(({ pattern, port, proxy, policy }) => ({ pattern, port, proxy, policy }));

/**
 * What the answer to a made-up name under the same wildcard leaves of the causes of a witness that the proxy did not lead
 * to: whether its policy refuses the pattern or this name alone, and whether it answers as to a name without an address.
 */
export function afterWildcard(
  survey: Survey,
  target: Target,
  observation: Observation,
  attempt: Attempt,
  problem: Problem,
): Problem {
  if (!target.witness || observation.hop > 0 || !answeredByProxy.has(problem.cause)) return problem;
  const proxy = attempt.proxy?.proxy ?? '';
  const reply = replyOf(attempt);
  const answer = wildcardAnswers(survey).find(
    ({ pattern, port, proxy: place }) =>
      pattern === target.pattern && port === observation.port && proxy.endsWith(`//${place}`),
  );
  const denied = problem.cause === 'proxy.denied' || (problem.cause === 'proxy.socks-refused' && reply?.socks === 2);
  if (answer === undefined || reply === null) {
    if (survey.observations.plan.experiments || !denied) return problem;
    return withSecond(problem, fact('experiment', { experiment: 'wildcard-name' }));
  }
  const { pattern, name, policy } = answer;
  const status = statusOf(answer.reply);
  if (policy === 'refuses') {
    const whole = fact('tried.pattern-refused', { pattern, name, status });
    const left = denied ? problem : spared(problem, ['proxy.denied']);
    return { ...left, evidence: [whole, ...problem.evidence] };
  }
  if (denied) {
    const alone = fact('tried.name-refused', { host: observation.host, pattern, name, status });
    return { ...problem, evidence: [alone, ...problem.evidence] };
  }
  const passes = fact('tried.pattern-allowed', { pattern, name, status });
  // A tunnel to a name that should not exist says nothing of how its absence would be answered.
  if (answer.reply.opened) return withSecond(problem, passes);
  const alike = marksOf(answer.reply) === marksOf(reply);
  if (problem.cause !== 'proxy.upstream-dns') {
    return withSecond(alike ? problem : spared(problem, ['proxy.upstream-dns']), passes);
  }
  // What a proxy says to everything is not about names.
  const others = (proxiesOf(survey).get(proxy) ?? 0) > 0;
  return withSecond(alike && others ? spared(problem, problem.alternatives) : problem, passes);
}

const withSecond = (problem: Problem, second: Fact): Problem => {
  const [first, ...rest] = problem.evidence;
  return { ...problem, evidence: first === undefined ? [second] : [first, second, ...rest] };
};

/** The same without causes that are ruled out; sure where none is left beside its own. */
function spared(problem: Problem, causes: readonly CauseId[]): Problem {
  const alternatives = problem.alternatives.filter((cause) => !causes.includes(cause));
  if (alternatives.length === problem.alternatives.length) return problem;
  return { ...problem, alternatives, confidence: alternatives.length === 0 ? 'high' : problem.confidence };
}
