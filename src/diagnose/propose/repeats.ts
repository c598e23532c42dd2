/** The same again: what fails alone as well is no chance, and what then passes is no policy. */
import type { Experiment } from '../../model/experiments.ts';
import type { Observation } from '../../model/observations.ts';
import { classOf, FORBIDDEN, signsOf, wayOf } from '../survey/failure-class.ts';
import { proxiesOf } from '../survey/proxies.ts';
import type { Survey } from '../survey/survey.ts';
import type { FailedProbe } from './failures.ts';
import { classicHello } from './hello.ts';
import { mayBeLimit } from './limits.ts';

/** Failures that a lost packet, a full queue or a restart can bring about. */
const transient: ReadonlySet<string> = new Set([
  'dns.timeout',
  // What a name server may say or do because it is busy.
  'dns.refused',
  'dns.server-failure',
  'dns.unreachable',
  'dns.error',
  // One of several servers behind an address, or behind a zone, may not know the name.
  'dns.not-found',
  'tcp.timeout',
  'tcp.reset',
  // A service that is restarted refuses for a moment, and so does a machine whose queue is full.
  'tcp.refused',
  // A router says so too while a neighbour does not answer, or a route is being replaced.
  'tcp.host-unreachable',
  'tcp.network-unreachable',
  'tunnel.timeout',
  'tunnel.reset',
  'tunnel.closed',
  'tls.timeout',
  'tls.timeout partial',
  'tls.reset',
  'tls.reset partial',
  'tls.reset early',
  'http.timeout',
  'http.reset',
  'http.closed',
]);

/** So few places with one kind of failure are all repeated; of more than that one stands for the rest. */
const FEW = 4;

/** A proxy that answers for others may say so because much was asked at once. */
function isTransient(failureClass: string): boolean {
  if (transient.has(failureClass)) return true;
  return failureClass.startsWith('tunnel.refused ') && /^tunnel\.refused (403|429|5\d\d)$/.test(failureClass);
}

/** Classes of a probe's failures that chance can bring about. */
export const transientOf = (probe: Observation): readonly string[] =>
  [...signsOf(probe)].filter((failureClass) => isTransient(failureClass));

/** The same again for the sake of one class of failures; null where that is not to be done. */
function repetition(survey: Survey, { probe, direct }: FailedProbe, failureClass: string): Experiment | null {
  const { target, host, port, scheme, url } = probe;
  const attempt = probe.attempts.find((candidate) => classOf(candidate) === failureClass) ?? null;
  // Credentials that were answered with silence are not sent again: that only locks the account.
  if (attempt?.tunnel.status === 'failed' && (attempt.tunnel.partial?.auth?.legs ?? 0) > 0) return null;
  const address = attempt?.address ?? null;
  const hello = survey.observations.plan.tlsHello;
  const { content } = survey.targets.get(target) ?? {};
  const does: Experiment['does'] =
    direct && attempt !== null && address !== null && attempt.family !== null
      ? {
          action: 'connect',
          ...classicHello,
          servername: host,
          hello,
          address,
          family: attempt.family,
          port,
          scheme,
          url,
        }
      : { action: 'measure', scheme, url, ...(content === undefined ? {} : { content }) };
  return { id: `again ${scheme} ${host} ${port} ${url ?? ''}`, kind: 'again', target, host, port, does };
}

/** What a proxy says too that lets few in at a time: beside others, a repetition would meet that again. */
const isOfFew = (failureClass: string): boolean => /^tunnel\.refused (429|5\d\d)$/.test(failureClass);

const isForbidden = ({ probe }: FailedProbe): boolean => signsOf(probe).has(FORBIDDEN);

/**
 * Refusals that say enough by themselves, and that are looked at once more all the same: a proxy that leads to others may
 * forbid by their number. One stands for all; only if that passes, the others are asked as well.
 */
function forbidden(survey: Survey, failures: readonly FailedProbe[]): ReadonlySet<FailedProbe> {
  const { passing, repeated } = survey.repeats;
  const leading = proxiesOf(survey);
  const leads = ({ attempt }: FailedProbe): boolean => (leading.get(wayOf(attempt ?? undefined)) ?? 0) > 0;
  const alike = failures.filter((failure) => failure.decided && isForbidden(failure) && leads(failure));
  if (passing.has(FORBIDDEN)) return new Set(alike);
  return new Set(alike.some(({ place }) => repeated.has(place)) ? [] : alike.slice(0, 1));
}

/** Which failures of one class, by place, are repeated: all of a few places, or of many one that stands for the rest. */
function wanted(survey: Survey, group: ReadonlyMap<string, FailedProbe>): readonly FailedProbe[] {
  const { repeated, recovered } = survey.repeats;
  // Of a place that recovered another address of its service (URL) failed as well: that was not asked for yet.
  const open = [...group.values()].filter(({ place }) => !repeated.has(place) || recovered.has(place));
  if (group.size <= FEW || survey.observations.plan.repeat !== undefined) return open;
  if (open.length < group.size) return [];
  return open.slice(0, recovered.size > 0 ? FEW : 1);
}

/** The same again, alone: what then passes is no policy, and what failed like it is asked again slowly. */
export function repeats(survey: Survey, failures: readonly FailedProbe[]): readonly Experiment[] {
  const everything = survey.observations.plan.repeat !== undefined;
  const groups = new Map<string, Map<string, FailedProbe>>();
  const slow = new Map<string, Experiment>();
  const doubted = forbidden(survey, failures);
  const open = failures.filter((failure) => everything || !failure.decided || doubted.has(failure));
  for (const failure of open) {
    for (const failureClass of everything ? signsOf(failure.probe) : transientOf(failure.probe)) {
      const group = groups.get(failureClass) ?? new Map<string, FailedProbe>();
      if (!group.has(failure.place)) group.set(failure.place, failure);
      groups.set(failureClass, group);
      const again = survey.repeats.passing.has(failureClass) ? repetition(survey, failure, failureClass) : null;
      if (again !== null) slow.set(again.id, { ...again, slowly: true });
    }
  }
  const chosen = new Map<string, Experiment>();
  for (const [failureClass, group] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const alike = failureClass === FORBIDDEN ? failures.filter(isForbidden) : [...group.values()];
    const rested = isOfFew(failureClass) || mayBeLimit(failureClass, alike, survey.observations.probes);
    for (const failure of wanted(survey, group)) {
      const again = repetition(survey, failure, failureClass);
      if (again !== null && !slow.has(again.id)) chosen.set(again.id, rested ? { ...again, rested } : again);
    }
  }
  return [...chosen.values(), ...slow.values()];
}
