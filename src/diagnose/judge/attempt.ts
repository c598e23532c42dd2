import type { Attempt, Observation, SkipReason, StageName, StageResult } from '../../model/observations.ts';
import type { Target, UntestedReason } from '../../model/plan.ts';
import { at, fact } from '../evidence.ts';
import { afterExperiments, underLoad } from '../experiments/apply.ts';
import { type Problem, undetermined } from '../problem.ts';
import { certificateProblem } from '../rules/certificate.ts';
import { answerProblem, httpProblem } from '../rules/http.ts';
import { forwardedProblem, proxyProblem } from '../rules/proxy.ts';
import { behindProxy } from '../rules/proxy-behind.ts';
import { tcpProblem } from '../rules/tcp.ts';
import { tlsProblem } from '../rules/tls.ts';
import { isAuthentic, type Trust, trustOf } from '../survey/chain-trust.ts';
import { tlsOf } from '../survey/handshakes.ts';
import type { Survey } from '../survey/survey.ts';

/** Reasons that leave something untested because of this run or this machine. */
export type NotDone = Extract<UntestedReason['code'], 'deadline' | 'interrupted' | 'offline' | 'resources'>;

/** How one address of a name did. */
export type Outcome =
  | { readonly kind: 'untested'; readonly reason: NotDone; readonly error: string }
  | { readonly kind: 'failed'; readonly attempt: Attempt; readonly stage: StageName; readonly problem: Problem }
  | {
      readonly kind: 'passed';
      readonly attempt: Attempt;
      /** What will hurt although it works. */
      readonly problems: readonly Problem[];
      /** Null without TLS. */
      readonly trust: Trust | null;
    };

const reasons: readonly NotDone[] = ['deadline', 'interrupted', 'offline', 'resources'];

/** The reason for which this run left a stage out; null for a stage that ended, or that was not to be. */
export function notDone(result: StageResult<unknown>): NotDone | null {
  if (result.status === 'skipped')
    return (reasons as readonly SkipReason[]).includes(result.because) ? (result.because as NotDone) : null;
  return result.status === 'failed' && result.failure.code === 'local.resources' ? 'resources' : null;
}

const untested = (reason: NotDone, result: StageResult<unknown>): Outcome => ({
  kind: 'untested',
  reason,
  error: result.status === 'failed' ? (result.failure.raw.code ?? result.failure.raw.message) : reason,
});

/** Walks one attempt upward to the first stage that failed, or to its answer. */
export function judgeAttempt(survey: Survey, target: Target, observation: Observation, attempt: Attempt): Outcome {
  const { host, scheme } = observation;
  const { tcp, tunnel, tls, http } = attempt;
  const failed = (stage: StageName, problem: Problem): Outcome => ({
    kind: 'failed',
    attempt,
    stage,
    problem: behindProxy(survey, observation, attempt, underLoad(survey, observation, attempt, problem)),
  });
  const unfinished = (stage: StageName): Outcome => {
    const where = at(observation, attempt);
    const missing = fact('address.failed', { ...where, stage, failure: 'skipped' });
    return failed(stage, undetermined(stage, 'skipped', [missing], 'address-by-address'));
  };

  const early = notDone(tcp) ?? notDone(tunnel);
  if (early !== null) return untested(early, notDone(tcp) === null ? tunnel : tcp);
  const ofProxy = proxyProblem(survey, target, observation, attempt);
  if (ofProxy !== null) return failed(ofProxy.stage, ofProxy.problem);
  if (tcp.status === 'failed') return failed('tcp', tcpProblem(survey, observation, attempt, tcp.failure, tcp.ms));
  if (tcp.status === 'skipped') return unfinished('tcp');
  if (tunnel.status === 'failed') {
    const proxy = tunnel.partial?.proxy ?? '';
    const said = fact('tunnel.failed', { host, proxy, failure: tunnel.failure.code });
    return failed('tunnel', undetermined('tunnel', tunnel.failure.code, [said], 'ask-proxy'));
  }
  if (scheme === 'tcp') return { kind: 'passed', attempt, problems: [], trust: null };

  if (scheme === 'http') {
    const late = notDone(http);
    if (late !== null) return untested(late, http);
    if (http.status === 'failed') return failed('http', httpProblem(observation, attempt, http.failure, http.ms));
    if (http.status === 'skipped') return unfinished('http');
    const wrong =
      forwardedProblem(survey, target, observation, attempt, http.value) ??
      answerProblem(survey, target, observation, http.value, false);
    if (wrong?.effect === 'unreachable') return failed('http', wrong);
    return { kind: 'passed', attempt, problems: wrong === null ? [] : [wrong], trust: null };
  }

  const late = notDone(tls);
  if (late !== null) return untested(late, tls);
  if (tls.status === 'failed') {
    const problem = tlsProblem(observation, attempt, tls.failure, tls.ms, tls.partial);
    return failed('tls', afterExperiments(survey, observation, attempt, problem));
  }
  if (tls.status === 'skipped') return unfinished('tls');
  const settings = tlsOf(survey, target, host);
  const trust = trustOf(survey.observations, settings, host, tls.value);
  const certificate = certificateProblem(survey, settings, host, trust);
  const answer =
    http.status === 'passed' ? answerProblem(survey, target, observation, http.value, isAuthentic(trust)) : null;
  if (certificate?.effect === 'unreachable') {
    // A filter serves its page under its own certificate: the page says more than the certificate.
    if (answer?.cause === 'http.block-page') {
      const { cause, evidence } = certificate;
      return failed('http', {
        ...answer,
        evidence: [...answer.evidence, ...evidence.slice(0, 2)],
        alternatives: [cause],
      });
    }
    return failed('tls', certificate);
  }
  const unanswered = notDone(http);
  if (unanswered !== null) return untested(unanswered, http);
  if (http.status === 'failed') return failed('http', httpProblem(observation, attempt, http.failure, http.ms));
  if (http.status === 'skipped') return unfinished('http');
  if (answer?.effect === 'unreachable') {
    const evidence = certificate === null ? answer.evidence : [...answer.evidence, ...certificate.evidence.slice(0, 2)];
    return failed('http', { ...answer, evidence });
  }
  const problems = [certificate, answer].filter((found) => found !== null);
  return { kind: 'passed', attempt, problems, trust };
}
