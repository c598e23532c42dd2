import { addressClass, inPrefix } from '../../addresses.ts';
import type { At, TriedResult } from '../../model/facts.ts';
import type { Attempt, Failure, Observation } from '../../model/observations.ts';
import { at, fact } from '../evidence.ts';
import { type Problem, problem, undetermined } from '../problem.ts';
import { experimentFor } from '../survey/experiment-results.ts';
import type { Survey } from '../survey/survey.ts';

/** Linux gives a neighbour three requests of one second each: a quicker «host unreachable» is somebody's answer. */
const NEIGHBOUR_MS = 900;

/** On the same link as this machine, as far as usual prefix lengths tell: no router is between. */
function isOnLink(survey: Survey, address: string): boolean {
  const bits = address.includes(':') ? 64 : 24;
  return (
    addressClass(address) === 'link-local' ||
    survey.observations.environment.families.some((family) =>
      family.addresses.some((own) => inPrefix(address, own, bits)),
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
  const trial = experimentFor(survey.experiments, observation, 'plain-http');
  const [one] = trial?.observation.attempts ?? [];
  if (trial === null || one === undefined || one.address !== attempt.address || one.tcp.status === 'skipped')
    return null;
  return { ...at(trial.observation, one), result: one.tcp.status === 'passed' ? 'answers' : 'same' };
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
  const address = attempt.address ?? '';
  const others = survey.connected.size;
  const elsewhere = others > 0 ? [fact('tcp.others-connect', { addresses: others })] : [];
  const shared = address === '' ? null : (['address', address] as const);
  switch (failure.code) {
    case 'tcp.timeout': {
      const other = otherPort(survey, observation, attempt);
      const tried = other === null ? [] : [fact('tried.other-port', other)];
      const evidence = [fact('tcp.timeout', where), ...tried, ...elsewhere];
      // A host that answers on another port is alive: this port of it is what is dropped.
      return problem('tcp.dropped', 'tcp', evidence, {
        confidence: other?.result === 'answers' ? 'high' : 'medium',
        shared,
      });
    }
    case 'tcp.refused': {
      const near = survey.quickestMs !== null && survey.quickestMs >= FAR_MS && ms < survey.quickestMs / 2;
      const quick = near ? [fact('tcp.refused-near', { ...where, quickest: survey.quickestMs ?? 0 })] : [];
      const evidence = [fact('tcp.refused', where), ...quick, ...elsewhere];
      return problem('tcp.refused', 'tcp', evidence, { confidence: near ? 'high' : 'medium', shared });
    }
    case 'tcp.reset':
      // Only a connection that was accepted is reset; a SYN is refused (net/ipv4/tcp_input.c, tcp_reset). Somebody took it and let go at once.
      if (observation.scheme === 'https') {
        const evidence = [fact('tcp.reset', where), fact('tls.before-hello', at(observation, attempt)), ...elsewhere];
        return problem('tls.reset', 'tcp', evidence, {
          signature: 'early',
          confidence: 'low',
          shared,
          alternatives: ['http.service-error', 'tcp.refused'],
        });
      }
      return problem('tcp.refused', 'tcp', [fact('tcp.reset', where), ...elsewhere], {
        shared,
        alternatives: ['tcp.prohibited'],
      });
    case 'tcp.host-unreachable': {
      const evidence = [fact('tcp.host-unreachable', where), ...elsewhere];
      return ms < NEIGHBOUR_MS && !isOnLink(survey, address)
        ? problem('tcp.prohibited', 'tcp', evidence, { shared, alternatives: ['tcp.no-route'] })
        : problem('tcp.no-route', 'tcp', evidence, { shared, alternatives: ['tcp.prohibited'] });
    }
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
      const said = fact('failure.raw', {
        host: observation.host,
        stage: 'tcp',
        failure: failure.code,
        message: failure.raw.message,
      });
      return undetermined('tcp', failure.code, [said], 'other-program');
    }
  }
}
