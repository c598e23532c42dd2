/** What probes gave that were repeated alone. */
import type { Attempt, ExperimentObservation, Observation, Observations } from '../../model/observations.ts';
import { cutShort } from './downloads.ts';
import { classOf, failedStage, placeKey, signsOf } from './failure-class.ts';

/** Whether nothing failed in it: every address got as far as it was to get, and what it brought was whole. */
const works = (observation: Observation): boolean =>
  observation.dns.status !== 'failed' &&
  observation.attempts.length > 0 &&
  observation.attempts.every((attempt) => failedStage(attempt) === null) &&
  !cutShort(observation);

export interface Repeats {
  /** Places (`placeKey`) that worked when repeated alone, and all that were repeated. */
  readonly recovered: ReadonlySet<string>;
  readonly repeated: ReadonlySet<string>;
  /** Classes of failures of which each one that was repeated passed. */
  readonly passing: ReadonlySet<string>;
  /** Classes of failures of which one failed again when it was repeated alone. */
  readonly failing: ReadonlySet<string>;
  /** Hosts that failed beside others and worked when they were asked slowly. */
  readonly slowed: ReadonlySet<string>;
}

const key = ({ host, port, scheme, url }: Pick<Observation, 'host' | 'port' | 'scheme' | 'url'>): string =>
  JSON.stringify([host, port, scheme, url]);

/** A probe with what a repeated connection gave in place of the attempts that failed like it. */
function withAttempt(probe: Observation, again: Attempt): Observation {
  const before = probe.attempts.find(({ address }) => address === again.address);
  const failureClass = before === undefined ? null : classOf(before);
  const attempts = probe.attempts.flatMap((attempt) => {
    if (attempt === before) return [again];
    return failureClass !== null && classOf(attempt) === failureClass ? [] : [attempt];
  });
  return { ...probe, attempts };
}

/**
 * The probes, each with what it gave when it was repeated alone, if that was better: what passes alone is no policy.
 */
export function withRepeats(observations: Observations): {
  readonly probes: readonly Observation[];
  readonly repeats: Repeats;
} {
  const recovered = new Set<string>();
  const repeated = new Set<string>();
  const passing = new Set<string>();
  const failing = new Set<string>();
  const slowed = new Set<string>();
  const repeats = new Map<string, ExperimentObservation>();
  for (const experiment of observations.experiments) {
    if (experiment.kind === 'again') repeats.set(key(experiment.observation), experiment);
  }
  if (repeats.size === 0)
    return { probes: observations.probes, repeats: { recovered, repeated, passing, failing, slowed } };
  const probes = observations.probes.map((probe) => {
    const again = repeats.get(key(probe));
    if (again === undefined) return probe;
    const { does, observation } = again;
    const place = placeKey(probe.host, probe.port);
    repeated.add(place);
    const [attempt] = observation.attempts;
    const alone = does.action === 'connect' && attempt !== undefined;
    const better = alone ? failedStage(attempt) === null : works(observation);
    const before = alone ? probe.attempts.filter(({ address }) => address === attempt.address) : null;
    const classes = before === null ? signsOf(probe) : before.flatMap((failureClass) => classOf(failureClass) ?? []);
    for (const failureClass of classes) (better ? passing : failing).add(failureClass);
    if (!better) return probe;
    recovered.add(place);
    if (again.slowly === true) slowed.add(probe.host);
    return alone
      ? withAttempt(probe, attempt)
      : { ...observation, target: probe.target, hop: probe.hop, redirect: null };
  });
  for (const failureClass of failing) passing.delete(failureClass);
  return { probes, repeats: { recovered, repeated, passing, failing, slowed } };
}
