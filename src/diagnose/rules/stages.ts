/** Judges one attempt, one address of a name by one way, by the rule of the stage that it ended at. */
import type { Attempt, HttpValue, Observation, SkipReason, StageName, StageResult } from '../../model/observations.ts';
import type { Target, UntestedReason } from '../../model/plan.ts';
import { at, fact } from '../evidence.ts';
import { type Problem, undetermined } from '../problem.ts';
import { isAuthentic, type Trust, trustOf } from '../survey/chain-trust.ts';
import { firstBytesElsewhere, withFirstBytes } from '../survey/first-bytes.ts';
import { tlsOf } from '../survey/handshakes.ts';
import type { Survey } from '../survey/survey.ts';
import { certificateProblem } from './certificate.ts';
import { contentProblem, cutDownload } from './content.ts';
import { answerProblem, httpProblem, replacedProblem } from './http.ts';
import { sharedPageProblem } from './plain-page.ts';
import { forwardedProblem, proxyProblem } from './proxy.ts';
import { clearTextPage } from './proxy-own-answer.ts';
import { tcpProblem } from './tcp.ts';
import { tlsProblem } from './tls.ts';

/** Reasons that leave something untested because of this run or this machine. */
export type NotDone = Extract<UntestedReason['code'], 'deadline' | 'interrupted' | 'offline' | 'resources'>;

/** How one address of a name did. */
export type AttemptJudgement =
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

const untested = (reason: NotDone, result: StageResult<unknown>): AttemptJudgement => ({
  kind: 'untested',
  reason,
  error: result.status === 'failed' ? (result.failure.raw.code ?? result.failure.raw.message) : reason,
});

/** One attempt of a run, and how it ended at a stage that did not pass. */
interface WalkedAttempt {
  readonly survey: Survey;
  readonly target: Target;
  readonly observation: Observation;
  readonly attempt: Attempt;
}

const failedAt = ({ attempt }: WalkedAttempt, stage: StageName, problem: Problem): AttemptJudgement => ({
  kind: 'failed',
  attempt,
  stage,
  problem,
});

function unfinished(walk: WalkedAttempt, stage: StageName): AttemptJudgement {
  const where = at(walk.observation, walk.attempt);
  const missing = fact('address.failed', { ...where, stage, failure: 'skipped' });
  return failedAt(walk, stage, undetermined(stage, 'skipped', [missing], 'address-by-address'));
}

/** Walks one attempt upward to the first stage that failed, or to its answer. */
export function judgeStages(
  survey: Survey,
  target: Target,
  observation: Observation,
  attempt: Attempt,
): AttemptJudgement {
  const walk: WalkedAttempt = { survey, target, observation, attempt };
  const { host, scheme } = observation;
  const { tcp, tunnel } = attempt;
  const early = notDone(tcp) ?? notDone(tunnel);
  if (early !== null) return untested(early, notDone(tcp) === null ? tunnel : tcp);
  const ofProxy = proxyProblem(survey, target, observation, attempt);
  if (ofProxy !== null) return failedAt(walk, ofProxy.stage, ofProxy.problem);
  if (tcp.status === 'failed') {
    return failedAt(walk, 'tcp', tcpProblem(survey, observation, attempt, tcp.failure, tcp.ms));
  }
  if (tcp.status === 'skipped') return unfinished(walk, 'tcp');
  if (tunnel.status === 'failed') {
    const proxy = tunnel.partial?.proxy ?? '';
    const failed = fact('tunnel.failed', { host, proxy, failure: tunnel.failure.code });
    return failedAt(walk, 'tunnel', undetermined('tunnel', tunnel.failure.code, [failed], 'ask-proxy'));
  }
  if (scheme === 'tcp') return { kind: 'passed', attempt, problems: [], trust: null };
  return scheme === 'http' ? judgePlainAnswer(walk) : judgeSession(walk);
}

/** An attempt that came to its request, and got no answer. `proven`: in a session with the origin. */
function withoutAnswer(
  walk: WalkedAttempt,
  http: Exclude<Attempt['http'], { readonly status: 'passed' }>,
  proven: boolean,
): AttemptJudgement {
  const { survey, target, observation, attempt } = walk;
  const reason = notDone(http);
  if (reason !== null) return untested(reason, http);
  if (http.status === 'skipped') return unfinished(walk, 'http');
  const unanswered = httpProblem(observation, attempt, http.failure, http.ms, proven);
  return failedAt(walk, 'http', cutDownload(survey, target, observation, unanswered));
}

function judgePlainAnswer(walk: WalkedAttempt): AttemptJudgement {
  const { survey, target, observation, attempt } = walk;
  const { http } = attempt;
  if (http.status !== 'passed') return withoutAnswer(walk, http, false);
  const wrong =
    forwardedProblem(survey, target, observation, attempt, http.value) ??
    answerProblem(survey, target, observation, http.value, false) ??
    contentProblem(survey, target, observation, http.value, false);
  if (wrong?.effect === 'unreachable') return failedAt(walk, 'http', wrong);
  const page = sharedPageProblem(survey, observation, attempt, http.value);
  if (page !== null) return failedAt(walk, 'http', page);
  return { kind: 'passed', attempt, problems: wrong === null ? [] : [wrong], trust: null };
}

/** What is wrong with an answer in a session, by who holds its key. */
function sessionAnswer(
  { survey, target, observation }: WalkedAttempt,
  value: HttpValue,
  trust: Trust,
  certificate: Problem | null,
): Problem | null {
  const proven = isAuthentic(trust);
  const wrong =
    answerProblem(survey, target, observation, value, proven) ??
    contentProblem(survey, target, observation, value, proven);
  // Who opens TLS on the way may answer there as well.
  const opened = certificate?.cause === 'tls.inspection' && certificate.effect === 'degraded';
  return wrong ?? (opened ? replacedProblem(target, observation, value, true) : null);
}

function judgeSession(walk: WalkedAttempt): AttemptJudgement {
  const { survey, target, observation, attempt } = walk;
  const { host } = observation;
  const { tls, http } = attempt;
  const late = notDone(tls);
  if (late !== null) return untested(late, tls);
  if (tls.status === 'failed') {
    const partial = withFirstBytes(survey, observation, attempt, tls.partial);
    const elsewhere = firstBytesElsewhere(survey, attempt);
    const problem = tlsProblem(observation, attempt, tls.failure, tls.ms, partial, elsewhere);
    return failedAt(walk, 'tls', clearTextPage(observation, attempt, problem, partial?.firstBytes));
  }
  if (tls.status === 'skipped') return unfinished(walk, 'tls');
  const settings = tlsOf(survey, target, host);
  const trust = trustOf(survey.observations, settings, host, tls.value);
  const certificate = certificateProblem(survey, settings, host, trust);
  const answer = http.status === 'passed' ? sessionAnswer(walk, http.value, trust, certificate) : null;
  if (certificate?.effect === 'unreachable') {
    // A filter serves its page under its own certificate: the page says more than the certificate.
    if (answer?.cause !== 'http.block-page') return failedAt(walk, 'tls', certificate);
    const evidence = [...answer.evidence, ...certificate.evidence.slice(0, 2)];
    const alternatives = answer.confidence === 'high' ? [] : [certificate.cause];
    return failedAt(walk, 'http', { ...answer, evidence, alternatives });
  }
  if (http.status !== 'passed') return withoutAnswer(walk, http, isAuthentic(trust));
  if (answer?.effect === 'unreachable') {
    const evidence = certificate === null ? answer.evidence : [...answer.evidence, ...certificate.evidence.slice(0, 2)];
    return failedAt(walk, 'http', { ...answer, evidence });
  }
  const problems = [certificate, answer].filter((problem) => problem !== null);
  return { kind: 'passed', attempt, problems, trust };
}
