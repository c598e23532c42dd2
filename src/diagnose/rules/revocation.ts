import type { Fact } from '../../model/diagnosis.ts';
import type { Observation, RevocationObservation } from '../../model/observations.ts';
import type { Target } from '../../model/plan.ts';
import { fact } from '../evidence.ts';
import { type Problem, problem } from '../problem.ts';
import type { Trust } from '../survey/chain-trust.ts';
import { certificateOf } from '../survey/chain-trust.ts';
import { looksLikeHtml } from '../survey/http-answer.ts';
import type { Survey } from '../survey/survey.ts';
import { proxyProblem } from './proxy.ts';

/** How a fetch ended: an answer, a failure in words, or not tried. */
type Fetched =
  | { readonly kind: 'reached' }
  | { readonly kind: 'failed'; readonly failure: string; readonly page: boolean; readonly status?: number }
  | { readonly kind: 'untested' };

function firstFailure(observation: Observation): string | null {
  if (observation.dns.status === 'failed') return observation.dns.failure.code;
  for (const { tcp, tunnel, tls, http } of observation.attempts) {
    for (const stage of [tcp, tunnel, tls, http]) if (stage.status === 'failed') return stage.failure.code;
  }
  return null;
}

/** Answers of somebody who doesn't let the request through, or leads it elsewhere: revocation data is for everybody. */
const isRefusal = (status: number): boolean =>
  [401, 403, 407, 451, 511].includes(status) || [301, 302, 303, 307, 308].includes(status);

/** What fails like this works when it is asked slowly, or fails at times: nothing is known of the address. */
function isOfTheMoment({ repeats, shares }: Survey, failure: string): boolean {
  if (failure.startsWith('dns.') && shares.servers.size > 0) return true;
  return (
    repeats.slowed.size > 0 && [...repeats.passing].some((each) => each === failure || each.startsWith(`${failure} `))
  );
}

/** Whether an address for revocation data or an issuer answers at all. A web page or a refusal in its place is no answer. */
export function fetchedFrom(survey: Survey, fetch: RevocationObservation): Fetched {
  const { observation, problem: unusable, kind, statuses } = fetch;
  const answers = observation.attempts.flatMap(({ http }) => (http.status === 'passed' ? [http.value] : []));
  if (answers.length > 0) {
    const page = unusable !== null && answers.every((value) => value.status === 200 && looksLikeHtml(value));
    if (page) return { kind: 'failed', failure: kind, page: true };
    const [first] = answers;
    const refused = statuses.length === 0 && answers.every(({ status }) => isRefusal(status));
    return refused && first !== undefined
      ? { kind: 'failed', failure: `http ${first.status}`, page: false, status: first.status }
      : { kind: 'reached' };
  }
  const failure = firstFailure(observation);
  return failure === null || failure === 'local.resources' || isOfTheMoment(survey, failure)
    ? { kind: 'untested' }
    : { kind: 'failed', failure, page: false };
}

/** Whether a fetch met silence at a host that answered another one: that was the moment, and says nothing of the host. */
function onlyOnce(survey: Survey, { observation: { host, port } }: RevocationObservation, failure: string): boolean {
  if (!moments.includes(failure)) return false;
  return survey.observations.revocation.some(
    (other) =>
      other.observation.host === host &&
      other.observation.port === port &&
      fetchedFrom(survey, other).kind === 'reached',
  );
}

const moments: readonly string[] = ['dns.timeout', 'tcp.timeout'];

/** The proxy that none of these fetches got to: it is to be mended, and no server of the authority. */
function proxyOfAll(survey: Survey, target: Target, failed: readonly Observation[]): Problem | null {
  const problems = failed.map((observation) => {
    const [attempt] = observation.attempts;
    const met = attempt === undefined ? null : proxyProblem(survey, target, observation, attempt);
    return met?.stage === 'tcp' ? met.problem : null;
  });
  const [first] = problems;
  const same = problems.every((each) => each !== null && each.signature === first?.signature);
  return same && first != null ? { ...first, effect: 'degraded' } : null;
}

/**
 * Certificates of the origin's own chain of which no revocation address can be reached, after the proxy that this is
 * about, if it is. A stapled answer serves for the leaf (RFC 6066 section 8).
 */
export function revocationProblems(survey: Survey, target: Target, trust: Trust, stapled: boolean): readonly Problem[] {
  const path = trust.legitimate[0];
  if (path === undefined) return [];
  const { host } = target;
  const evidence: Fact[] = [];
  const failed: Observation[] = [];
  const dependsOn = new Map<string, { readonly host: string; readonly port: number }>();
  for (const [position, sha256] of path.path.entries()) {
    if (sha256 === path.sha256 || (position === 0 && stapled)) continue;
    if (certificateOf(survey.observations, sha256) === null) continue;
    const fetches = (survey.revocation.get(sha256) ?? []).filter(({ kind }) => kind !== 'issuer');
    const ends = fetches
      .map((fetch) => ({ fetch, end: fetchedFrom(survey, fetch) }))
      .filter(
        ({ fetch, end }) => end.kind !== 'untested' && !(end.kind === 'failed' && onlyOnce(survey, fetch, end.failure)),
      );
    if (ends.length === 0 || ends.some(({ end }) => end.kind === 'reached')) continue;
    for (const { fetch, end } of ends) {
      if (end.kind !== 'failed') continue;
      evidence.push(
        end.status !== undefined
          ? fact('revocation.refused', { host, url: fetch.url, status: end.status })
          : end.page
            ? fact('revocation.block-page', { host, url: fetch.url })
            : fact('revocation.unreachable', { host, url: fetch.url, failure: end.failure }),
      );
      failed.push(fetch.observation);
      const { host: at, port } = fetch.observation;
      dependsOn.set(`${at}:${port}`, { host: at, port });
    }
  }
  if (evidence.length === 0) return [];
  const [first] = [...dependsOn.keys()].sort();
  const unreachable = problem('tls.revocation-unreachable', 'tls', evidence, {
    confidence: 'high',
    effect: 'degraded',
    shared: dependsOn.size === 1 && first !== undefined ? ['host', first] : null,
    dependsOn: [...dependsOn.values()],
  });
  const proxy = proxyOfAll(survey, target, failed);
  return proxy === null ? [unreachable] : [proxy, unreachable];
}
