/** Judges what works at times and fails at times, by looks that were made one after the other. */
import type { CauseId } from '../../model/causes.ts';
import type { Steadiness } from '../../model/diagnosis.ts';
import type { Attempt, Observation } from '../../model/observations.ts';
import { fact } from '../evidence.ts';
import { type Problem, problem } from '../problem.ts';
import { failsTwice } from '../rules/naming.ts';
import {
  answersOf,
  isDenial,
  nameKey,
  type PlaceShare,
  placesOf,
  type ServerShare,
  stumbleOf,
} from '../survey/shares.ts';
import type { Survey } from '../survey/survey.ts';
import { judgeAttempt } from './attempt.ts';

const steadinessOf = ({ failed, tried }: Steadiness): Steadiness => ({ failed, tried });

/** Whether a name that a server denied is one of those that it denies at times. */
function isDeniedAtTimes(survey: Survey, { host, port, dns }: Observation, { names }: ServerShare): boolean {
  if (names?.has(host) === true) return true;
  // Of a name that was not asked for again nothing else is known; one that was denied twice is denied for good.
  return dns.status === 'failed' ? !failsTwice(survey, host, port) : names === undefined;
}

/** The name server of this observation that stumbles; null if none does, or none of them was asked. */
export function serverProblem(survey: Survey, observation: Observation): Problem | null {
  const { shares } = survey;
  if (shares.servers.size === 0 || observation.dns.status === 'skipped') return null;
  const answers = answersOf(observation);
  const share = answers.map(({ server }) => shares.servers.get(server)).find((each) => each !== undefined);
  if (share === undefined) return null;
  const denies = share.code === 'dns.not-found';
  if (denies && !isDeniedAtTimes(survey, observation, share)) return null;
  // What it fails on otherwise, or always, is another trouble.
  const isAlike = (answer: (typeof answers)[number]): boolean =>
    denies ? isDenial(answer) : stumbleOf(answer) === share.code;
  if (observation.dns.status === 'failed' && !answers.some(isAlike)) return null;
  return stumbling(share);
}

function stumbling(share: ServerShare): Problem {
  const { server, failed, tried, code } = share;
  const cause: CauseId = code;
  return problem(cause, 'dns', [fact('share.failed', { what: server, failed, tried })], {
    confidence: 'high',
    effect: 'degraded',
    signature: `share ${server}`,
    shared: ['resolver', server],
    steadiness: steadinessOf(share),
  });
}

function shareAt({ shares }: Survey, observation: Observation, attempt: Attempt): PlaceShare | null {
  if (shares.places.size === 0) return null;
  const [atAddress, atHost] = placesOf(observation, attempt);
  return shares.places.get(atAddress) ?? shares.places.get(atHost) ?? null;
}

/** Whether a failed attempt is one of those that fail at times. */
export const failsAtTimes = (survey: Survey, observation: Observation, attempt: Attempt): boolean =>
  shareAt(survey, observation, attempt) !== null;

/** What fails at times among the addresses of an observation, each place once. */
export function placeProblems(survey: Survey, observation: Observation): readonly Problem[] {
  const found = new Set(observation.attempts.flatMap((attempt) => shareAt(survey, observation, attempt) ?? []));
  return [...found].flatMap((share) => {
    const { probe, attempt } = share;
    const target = survey.targets.get(probe.target);
    if (target === undefined) return [];
    const judged = judgeAttempt(survey, target, probe, attempt);
    if (judged.kind !== 'failed') return [];
    const { cause, evidence, confidence, alternatives } = judged.problem;
    const what = attempt.address === null ? probe.host : `${probe.host} (${attempt.address})`;
    const { failed, tried } = share;
    return [
      problem(cause, judged.stage, [fact('share.failed', { what, failed, tried }), ...evidence.slice(0, 1)], {
        // That it comes and goes says nothing of why it comes.
        confidence: confidence === 'high' && failed <= 2 ? 'medium' : confidence,
        alternatives,
        effect: 'degraded',
        signature: `share ${attempt.address ?? probe.host} ${probe.port}`,
        shared: attempt.address === null ? ['host', probe.host] : ['address', attempt.address],
        steadiness: steadinessOf(share),
      }),
    ];
  });
}

/** A failure with how often it was looked at, where it never passed. */
export function withLooks(
  { shares }: Survey,
  observation: Observation,
  problems: readonly [Problem, ...Problem[]],
): readonly [Problem, ...Problem[]] {
  if (shares.always.size === 0) return problems;
  const { dns, host, attempts } = observation;
  const keys = dns.status === 'failed' ? [nameKey(host)] : attempts.map((each) => placesOf(observation, each)[1]);
  const steadiness = keys.map((key) => shares.always.get(key)).find((each) => each !== undefined);
  if (steadiness === undefined) return problems;
  const [first, ...others] = problems;
  return [{ ...first, steadiness: first.steadiness ?? steadiness }, ...others];
}
