/** What the follow-up experiments of a run gave: by kind, and by the place for whose sake they were made. */
import { groupedBy } from '../../grouped.ts';
import type { DnsAnswer, ExperimentObservation, Observation } from '../../model/observations.ts';
import type { PerformedExperiment } from '../../model/performed-experiments.ts';
import { classOf, placeKey, wayOf } from './failure-class.ts';
import { domainOf } from './host-names.ts';

export interface ExperimentResults {
  readonly byKind: (kind: PerformedExperiment) => readonly ExperimentObservation[];
  /** Experiments for the sake of a host and port, in the order in which they were made; by one way alone, where it is told. */
  readonly at: (host: string, port: number, way?: string) => readonly ExperimentObservation[];
  /** Tested places whose first failing attempt by this way had this class, with the domain of each. */
  readonly places: (failureClass: string, way: string) => readonly FailedPlace[];
}

export interface FailedPlace {
  readonly host: string;
  readonly port: number;
  readonly domain: string;
}

/** Kinds that tell the causes of a failed session apart. */
const sessionKinds: readonly PerformedExperiment[] = [
  'neutral-name',
  'no-name',
  'neutral-address',
  'small-hello',
  'padded-hello',
  'tls-1.2',
  'tls-1.3',
  'wide-ciphers',
  'refusable-hello',
  'plain-http',
];

export const isSessionKind = (kind: PerformedExperiment): boolean => sessionKinds.includes(kind);

const classKey = (failureClass: string, way: string): string => `${failureClass} ${way}`;

export function experimentResultsOf(
  experiments: readonly ExperimentObservation[],
  probes: readonly Observation[],
): ExperimentResults {
  const kinds = groupedBy(experiments, ({ kind }) => kind);
  const places = groupedBy(experiments, ({ host, port }) => placeKey(host, port));
  const classes = new Map<string, Map<string, FailedPlace>>();
  if (experiments.length > 0) {
    for (const { host, port, attempts } of probes) {
      const key = placeKey(host, port);
      const ways = new Set(
        (places.get(key) ?? [])
          .filter(({ kind }) => isSessionKind(kind))
          .map(({ observation }) => wayOf(observation.attempts[0])),
      );
      for (const attempt of attempts) {
        const failureClass = classOf(attempt);
        const way = wayOf(attempt);
        if (failureClass === null || !ways.has(way)) continue;
        const group = classKey(failureClass, way);
        const alike = classes.get(group) ?? new Map<string, FailedPlace>();
        alike.set(key, { host, port, domain: domainOf(host) });
        classes.set(group, alike);
      }
    }
  }
  return {
    byKind: (kind) => kinds.get(kind) ?? [],
    at: (host, port, way) => {
      if (places.size === 0) return [];
      const all = places.get(placeKey(host, port)) ?? [];
      return way === undefined ? all : all.filter(({ observation }) => wayOf(observation.attempts[0]) === way);
    },
    places: (failureClass, way) => [...(classes.get(classKey(failureClass, way))?.values() ?? [])],
  };
}

/** The experiment of a kind for the sake of this probe; null if there was none. */
export function experimentFor(
  results: ExperimentResults,
  { host, port }: Pick<Observation, 'host' | 'port'>,
  kind: PerformedExperiment,
): ExperimentObservation | null {
  return results.at(host, port).find((experiment) => experiment.kind === kind) ?? null;
}

/** The one answer of an experiment that asked a name server; null for none. */
export function answerOf({ observation: { dns } }: ExperimentObservation): DnsAnswer | null {
  const value = dns.status === 'passed' ? dns.value : dns.status === 'failed' ? dns.partial : null;
  return value?.answers?.[0] ?? null;
}
