/** Rules of the TCP stage. */

import { addressClass, inPrefix } from '../../addresses.ts';
import type { Fact } from '../../model/diagnosis.ts';
import type { At, TriedResult } from '../../model/facts.ts';
import type { Attempt, Failure, Observation } from '../../model/observations.ts';
import { at, fact } from '../evidence.ts';
import { type Problem, problem, undetermined } from '../problem.ts';
import { experimentFor } from '../survey/experiment-results.ts';
import { neutralAnswer } from '../survey/neutral-request.ts';
import type { Survey } from '../survey/survey.ts';

/** Linux gives a neighbour three requests of one second each: a quicker «host unreachable» is somebody's answer. */
const NEIGHBOUR_MS = 900;

/** On the same link as this machine, as far as usual prefix lengths tell: no router is between. */
function isOnLink(survey: Survey, address: string): boolean {
  const bits = address.includes(':') ? 64 : 24;
  return (
    addressClass(address) === 'link-local' ||
    survey.observations.environment.families.some((family) =>
      family.addresses.some((local) => inPrefix(address, local, bits)),
    )
  );
}

/**
 * Whether a permission error is a router's word: Linux gives EACCES for ICMPv6 «administratively prohibited» (net/ipv6/icmp.c,
 * `tab_unreach`), which IPv4 gives as EHOSTUNREACH. What this machine itself forbids is not about one family alone.
 */
function isFromRouter(survey: Survey, attempt: Attempt, failure: Failure): boolean {
  if (attempt.family !== 6 || failure.raw.code !== 'EACCES') return false;
  return survey.observations.environment.platform.os === 'linux' && !survey.denied.has(4);
}

/** The quickest answer from outside has to take this long before a quicker refusal says that it comes from near. */
const FAR_MS = 4;

/** What port 80 of the same address did, for facts; null if it was not tried. */
function otherPort(
  survey: Survey,
  observation: Observation,
  attempt: Attempt,
): (At & { readonly result: TriedResult }) | null {
  const experiment = experimentFor(survey.experiments, observation, 'plain-http');
  const [again] = experiment?.observation.attempts ?? [];
  if (experiment === null || again === undefined || again.address !== attempt.address || again.tcp.status === 'skipped')
    return null;
  return { ...at(experiment.observation, again), result: again.tcp.status === 'passed' ? 'answers' : 'same' };
}

/** What the neutral host answered, as evidence. */
export function neutralFacts({ experiments }: Survey): readonly Fact[] {
  const answer = neutralAnswer(experiments);
  if (answer === null) return [];
  const { observation, value, genuine } = answer;
  return [fact('tried.neutral-request', { host: observation.host, status: value.status, genuine: genuine ? 1 : 0 })];
}

/** What the rules of this stage look at. */
interface FailedConnection {
  readonly survey: Survey;
  readonly observation: Observation;
  readonly attempt: Attempt;
  readonly where: At & { readonly ms: number };
  /** That other addresses connect, if some do. */
  readonly elsewhere: readonly Fact[];
  readonly shared: readonly ['address', string] | null;
}

function timedOut({ survey, observation, attempt, where, elsewhere, shared }: FailedConnection): Problem {
  const other = otherPort(survey, observation, attempt);
  const tried = other === null ? [] : [fact('tried.other-port', other)];
  const evidence = [fact('tcp.timeout', where), ...tried, ...elsewhere];
  // A host that answers on another port is alive: this port of it is what is dropped.
  return problem('tcp.dropped', 'tcp', evidence, {
    confidence: other?.result === 'answers' ? 'high' : 'medium',
    shared,
  });
}

function refused({ survey, where, elsewhere, shared }: FailedConnection): Problem {
  if (addressClass(where.address) === 'loopback')
    return problem('tcp.refused', 'tcp', [fact('tcp.refused-here', where)], { confidence: 'high', shared });
  const { quickestMs } = survey;
  const near = quickestMs !== null && quickestMs >= FAR_MS && where.ms < quickestMs / 2;
  const quick = near ? [fact('tcp.refused-near', { ...where, quickest: quickestMs })] : [];
  const evidence = [fact('tcp.refused', where), ...quick, ...elsewhere];
  return problem('tcp.refused', 'tcp', evidence, { confidence: near ? 'high' : 'medium', shared });
}

/** Only a connection that was accepted is reset; a SYN is refused (net/ipv4/tcp_input.c, tcp_reset). Somebody took it and let go at once. */
function reset({ observation, attempt, where, elsewhere, shared }: FailedConnection): Problem {
  if (observation.scheme === 'https') {
    const evidence = [fact('tcp.reset', where), fact('tls.before-hello', at(observation, attempt)), ...elsewhere];
    return problem('tls.reset', 'tcp', evidence, {
      signature: 'early',
      confidence: 'low',
      shared,
      alternatives: ['http.service-error', 'tcp.refused'],
    });
  }
  const evidence = [fact('tcp.reset', where), ...elsewhere];
  return problem('tcp.refused', 'tcp', evidence, { shared, alternatives: ['tcp.prohibited'] });
}

function unreachable({ survey, where, elsewhere, shared }: FailedConnection): Problem {
  const evidence = [fact('tcp.host-unreachable', where), ...elsewhere];
  return where.ms < NEIGHBOUR_MS && !isOnLink(survey, where.address)
    ? problem('tcp.prohibited', 'tcp', evidence, { shared, alternatives: ['tcp.no-route'] })
    : problem('tcp.no-route', 'tcp', evidence, { shared, alternatives: ['tcp.prohibited'] });
}

/** Why an address can't be connected to (failure taxonomy, TCP stage). */
export function tcpProblem(
  survey: Survey,
  observation: Observation,
  attempt: Attempt,
  failure: Failure,
  ms: number,
): Problem {
  const where = { ...at(observation, attempt), ms };
  const others = survey.connected.size;
  const elsewhere = others > 0 ? [fact('tcp.others-connect', { addresses: others })] : neutralFacts(survey);
  const shared = where.address === '' ? null : (['address', where.address] as const);
  const connection: FailedConnection = { survey, observation, attempt, where, elsewhere, shared };
  switch (failure.code) {
    case 'tcp.timeout':
      return timedOut(connection);
    case 'tcp.refused':
      return refused(connection);
    case 'tcp.reset':
      return reset(connection);
    case 'tcp.host-unreachable':
      return unreachable(connection);
    case 'tcp.network-unreachable':
      return problem('tcp.no-route', 'tcp', [fact('tcp.network-unreachable', where), ...elsewhere], {
        shared,
        alternatives: ['tcp.prohibited'],
      });
    case 'tcp.no-route':
      return problem('tcp.no-route', 'tcp', [fact('tcp.no-route', where)], { confidence: 'high', shared });
    case 'tcp.permission':
      if (isFromRouter(survey, attempt, failure)) {
        const evidence = [fact('tcp.permission', where), ...elsewhere];
        return problem('tcp.prohibited', 'tcp', evidence, { shared, alternatives: ['local.blocked-by-host'] });
      }
      return problem('local.blocked-by-host', 'tcp', [fact('tcp.permission', where)], { confidence: 'high' });
    default: {
      const raw = fact('failure.raw', {
        host: observation.host,
        stage: 'tcp',
        failure: failure.code,
        message: failure.raw.message,
      });
      return undetermined('tcp', failure.code, [raw], 'other-program');
    }
  }
}
