/** What the follow-up experiments of a run say, and which failures each speaks for. */
import type { PerformedExperiment } from '../../model/experiments.ts';
import type {
  Attempt,
  DnsAnswer,
  ExperimentObservation,
  Failure,
  Observation,
  Observations,
  StageResult,
} from '../../model/observations.ts';
import { domainOf } from '../survey/host-names.ts';

/** Where an experiment was made, and for whose sake. */
export interface Trials {
  readonly byKind: (kind: PerformedExperiment) => readonly ExperimentObservation[];
  /** Experiments for the sake of a host and port, in the order in which they were made; by one way alone, where it is told. */
  readonly at: (host: string, port: number, way?: string) => readonly ExperimentObservation[];
  /** Tested places whose first failing attempt by this way had this class, with the domain of each. */
  readonly places: (failureClass: string, way: string) => readonly Place[];
}

export interface Place {
  readonly host: string;
  readonly port: number;
  readonly domain: string;
}

/** Names a host and port. */
export const placeKey = (host: string, port: number): string => `${host} ${port}`;

const partialBytes = (stage: StageResult<unknown>): { readonly read: number; readonly written: number } => {
  const partial = stage.status === 'failed' ? (stage.partial as { bytesRead?: number; bytesWritten?: number }) : null;
  return { read: partial?.bytesRead ?? 0, written: partial?.bytesWritten ?? 1 };
};

/** The stage that an attempt failed at, and how; null if it got through, or was not to. */
export function failedStage(
  attempt: Attempt,
): { readonly name: 'tcp' | 'tunnel' | 'tls' | 'http'; readonly failure: Failure; readonly ms: number } | null {
  for (const name of ['tcp', 'tunnel', 'tls', 'http'] as const) {
    const stage = attempt[name];
    if (stage.status === 'failed') return { name, failure: stage.failure, ms: stage.ms };
  }
  return null;
}

/** Failures of one class look the same from here. A reset and a close in the handshake are one. */
export function classOf(attempt: Attempt): string | null {
  const failed = failedStage(attempt);
  if (failed === null) return null;
  const { code, alert } = failed.failure;
  if (failed.name !== 'tls') return alert === undefined ? code : `${code} ${alert}`;
  const { read, written } = partialBytes(attempt.tls);
  const early = written === 0 ? ' early' : '';
  const family = code === 'tls.closed' ? 'tls.reset' : code;
  return `${family}${alert === undefined ? '' : ` ${alert}`}${read > 0 && alert === undefined ? ' partial' : ''}${early}`;
}

/** The way that an attempt took: the proxy's name, or nothing for the direct one. What fails by one says nothing of another. */
export const wayOf = (attempt: Attempt | undefined): string => attempt?.proxy?.proxy ?? '';

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

export function trialsOf(experiments: readonly ExperimentObservation[], probes: readonly Observation[]): Trials {
  const kinds = new Map<PerformedExperiment, ExperimentObservation[]>();
  const places = new Map<string, ExperimentObservation[]>();
  for (const one of experiments) {
    kinds.set(one.kind, [...(kinds.get(one.kind) ?? []), one]);
    const key = placeKey(one.host, one.port);
    places.set(key, [...(places.get(key) ?? []), one]);
  }
  const classes = new Map<string, Map<string, Place>>();
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
        const known = classes.get(group) ?? new Map<string, Place>();
        known.set(key, { host, port, domain: domainOf(host) });
        classes.set(group, known);
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

/** Whether nothing failed in it: every address got as far as it was to get. */
const works = ({ dns, attempts }: Observation): boolean =>
  dns.status === 'passed' && attempts.length > 0 && attempts.every((attempt) => failedStage(attempt) === null);

/** Classes of everything that failed in a probe. */
export function signsOf({ dns, attempts }: Observation): ReadonlySet<string> {
  if (dns.status === 'failed') return new Set([dns.failure.code]);
  return new Set(attempts.flatMap((attempt) => classOf(attempt) ?? []));
}

export interface Repeats {
  /** Places (`placeKey`) that worked when repeated alone, and all that were repeated. */
  readonly recovered: ReadonlySet<string>;
  readonly repeated: ReadonlySet<string>;
  /** Classes of failures of which each one that was repeated passed. */
  readonly passing: ReadonlySet<string>;
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
  const repeats = new Map<string, ExperimentObservation>();
  for (const one of observations.experiments) {
    if (one.kind === 'again') repeats.set(key(one.observation), one);
  }
  if (repeats.size === 0) return { probes: observations.probes, repeats: { recovered, repeated, passing } };
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
    const classes = before === null ? signsOf(probe) : before.flatMap((one) => classOf(one) ?? []);
    for (const one of classes) (better ? passing : failing).add(one);
    if (!better) return probe;
    recovered.add(place);
    return alone
      ? withAttempt(probe, attempt)
      : { ...observation, target: probe.target, hop: probe.hop, redirect: null };
  });
  for (const one of failing) passing.delete(one);
  return { probes, repeats: { recovered, repeated, passing } };
}

/** How a session went, compared with the one that failed. `null` says nothing. */
export type Outcome = 'answers' | 'refuses' | 'same';

const abrupt: readonly string[] = ['tls.reset', 'tls.closed'];

/** Compares the handshake of an experiment with the failed one. */
export function outcomeOf(original: Failure, { observation }: ExperimentObservation): Outcome | null {
  const [attempt] = observation.attempts;
  if (attempt === undefined || attempt.tcp.status !== 'passed') return null;
  const { tls } = attempt;
  if (tls.status === 'passed') return 'answers';
  if (tls.status === 'skipped') return null;
  const { code, alert } = tls.failure;
  const alike = code === original.code || (abrupt.includes(code) && abrupt.includes(original.code));
  if (alike && alert === original.alert) return 'same';
  return code === 'tls.timeout' ? null : 'refuses';
}

/** The one answer of an experiment that asked a name server; null for none. */
export function answerOf({ observation: { dns } }: ExperimentObservation): DnsAnswer | null {
  const value = dns.status === 'passed' ? dns.value : dns.status === 'failed' ? dns.partial : null;
  return value?.answers?.[0] ?? null;
}
