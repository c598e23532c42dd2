/** What looks one after the other showed: what fails at times, and what failed once. */
import type { Steadiness } from '../../model/diagnosis.ts';
import type { Attempt, DnsAnswer, ExperimentObservation, Observation, Observations } from '../../model/observations.ts';
import { cutShort } from './downloads.ts';
import { classOf, failedStage, wayOf } from './failure-class.ts';

/** A name server that stumbles. */
export interface ServerShare extends Steadiness {
  readonly server: string;
  /** How it fails, most often. */
  readonly code: 'dns.timeout' | 'dns.refused' | 'dns.server-failure' | 'dns.not-found';
  /** Left out: whatever it is asked. Otherwise the names that it fails on at times. */
  readonly names?: ReadonlySet<string>;
}

/** An address, or a host behind an address or a proxy, that fails at times. */
export interface PlaceShare extends Steadiness {
  /** The probe as it failed, before any repetition. */
  readonly probe: Observation;
  readonly attempt: Attempt;
}

export interface Shares {
  readonly servers: ReadonlyMap<string, ServerShare>;
  /** By `placesOf`. */
  readonly places: ReadonlyMap<string, PlaceShare>;
  /** What failed in one look of several. */
  readonly once: readonly Once[];
  /** What failed in every look, where `--repeat` asks for them: hosts at places by `placesOf`, names by `nameKey`. */
  readonly always: ReadonlyMap<string, Steadiness>;
}

interface Once {
  readonly what: string;
  readonly tried: number;
}

/** A datagram gets lost now and then: silence counts from this share of the looks on. An answer is no loss. */
const SILENT_SHARE = 0.25;
/** Answers of a server that fail: one may be a restart. */
const FAILED_ANSWERS = 2;

/** How a name server itself failed on a question; null where it answered it, be it in the negative. */
export function stumbleOf({ failure }: DnsAnswer): ServerShare['code'] | null {
  switch (failure?.code) {
    case 'dns.timeout':
    case 'dns.unreachable':
      return 'dns.timeout';
    case 'dns.refused':
      return 'dns.refused';
    case 'dns.server-failure':
    case 'dns.error':
    case 'dns.malformed':
      return 'dns.server-failure';
    default:
      return null;
  }
}

/** All that name servers said for the sake of an observation. */
export const answersOf = ({ dns }: Observation): readonly DnsAnswer[] =>
  dns.status === 'skipped' ? [] : ((dns.status === 'passed' ? dns.value : dns.partial)?.answers ?? []);

/** Whether a server says that there is no such name. */
export const isDenial = ({ failure }: DnsAnswer): boolean => failure?.code === 'dns.not-found';

function serverShare(server: string, looks: readonly DnsAnswer[]): ServerShare | 'once' | null {
  const codes = looks.flatMap((answer) => stumbleOf(answer) ?? []);
  const tried = looks.length;
  const failed = codes.length;
  if (failed === tried) return null;
  const silent = codes.filter((code) => code === 'dns.timeout').length;
  const told = failed - silent;
  if (told < FAILED_ANSWERS && silent < tried * SILENT_SHARE) return failed === 1 ? 'once' : null;
  const code = silent > told ? 'dns.timeout' : codes.find((each) => each !== 'dns.timeout');
  return { server, failed, tried, code: code ?? 'dns.timeout' };
}

type Asking = Extract<ExperimentObservation['does'], { readonly action: 'ask' }>;

/** What one server said to one question: when it was first asked, when the probe was repeated, and in every look. */
function saidTo({ name, family, server }: Asking, { probes, experiments }: Observations): readonly DnsAnswer[] {
  const first = probes.find(({ host }) => host === name);
  const again = experiments.filter(({ kind, observation }) => kind === 'again' && observation.host === name);
  const looks = experiments.filter(({ kind, does }) => kind === 'looks' && does.action === 'ask' && does.name === name);
  return [...(first === undefined ? [] : [first]), ...[...again, ...looks].map(({ observation }) => observation)]
    .flatMap(answersOf)
    .filter((answer) => answer.server === server && answer.family === family && (answer.name ?? name) === name);
}

/** One name that a server denies at times: the same question got both answers. */
function denialShare(does: Asking, observations: Observations): ServerShare | Once | null {
  const said = saidTo(does, observations).filter((answer) => isDenial(answer) || answer.addresses.length > 0);
  const tried = said.length;
  const failed = said.filter(isDenial).length;
  if (failed === 0 || failed === tried) return null;
  if (failed === 1) return { what: does.name, tried };
  return { server: does.server, code: 'dns.not-found', failed, tried, names: new Set([does.name]) };
}

/** What looks at a server showed: that it stumbles, or that it denies a name at times. */
function shareAsked(does: Asking, look: Observation, observations: Observations): ServerShare | Once | null {
  const share = serverShare(does.server, answersOf(look));
  if (share === 'once') return { what: does.server, tried: answersOf(look).length };
  return share ?? denialShare(does, observations);
}

/** Of two shares of one server: a stumble tells more than a denial, and two names that are denied at times stand for any. */
function worse(a: ServerShare, b: ServerShare): ServerShare {
  if (a.names === undefined || b.names === undefined) return a.code === 'dns.not-found' ? b : a;
  const { server, code } = a;
  return { server, code, failed: a.failed + b.failed, tried: a.tried + b.tried };
}

const keyOf = ({ host, port, scheme, url }: Pick<Observation, 'host' | 'port' | 'scheme' | 'url'>): string =>
  JSON.stringify([host, port, scheme, url]);

/** Names of a place: the address with its port, and the host there. */
export function placesOf({ host, port }: Observation, attempt: Attempt): readonly [atAddress: string, atHost: string] {
  const { address } = attempt;
  const way = wayOf(attempt);
  return [JSON.stringify([way, address, port]), JSON.stringify([way, address, port, host])];
}

/** Below the session a name plays no part: what fails there fails for every name at the address. */
const isOfAddress = (attempt: Attempt): boolean => {
  const stage = failedStage(attempt)?.name;
  return attempt.address !== null && (stage === 'tcp' || stage === 'tls');
};

/** The failing attempt of a probe that an experiment repeats. */
export function repeatedAttempt(probe: Observation, { does }: Pick<ExperimentObservation, 'does'>): Attempt | null {
  const failing = probe.attempts.filter((attempt) => failedStage(attempt) !== null);
  const address = does.action === 'connect' ? does.address : null;
  return (address === null ? failing[0] : failing.find((attempt) => attempt.address === address)) ?? null;
}

/** Probes as they were, by what was asked: for experiments that repeat them. */
export function probeFinder(observations: Observations): (like: Observation) => Observation | null {
  const byKey = new Map(observations.probes.map((probe) => [keyOf(probe), probe]));
  return (like) => byKey.get(keyOf(like)) ?? null;
}

/** How many looks there were where one alone failed. */
function placeShare(
  probe: Observation,
  looks: ExperimentObservation,
  again: ExperimentObservation | undefined,
): PlaceShare | number | null {
  const attempt = repeatedAttempt(probe, looks);
  if (attempt === null) return null;
  const results = [attempt, ...(again?.observation.attempts.slice(0, 1) ?? []), ...looks.observation.attempts];
  const failed = results.filter((result) => classOf(result) !== null).length;
  const tried = results.length;
  if (failed === tried) return null;
  return failed === 1 ? tried : { probe, attempt, failed, tried };
}

/** The name of a host among what always fails. */
export const nameKey = (host: string): string => JSON.stringify([host]);

/** What failed every time that it was looked at, the first included, where `--repeat` asks for looks. */
function alwaysOf(observations: Observations): ReadonlyMap<string, Steadiness> {
  const looks = new Map<string, boolean[]>();
  const isFailed = (attempt: Attempt): boolean => classOf(attempt) !== null;
  if (observations.plan.repeat !== undefined) {
    const find = probeFinder(observations);
    for (const experiment of observations.experiments) {
      const { kind, does, observation } = experiment;
      if (kind !== 'again' && kind !== 'looks') continue;
      if (does.action === 'ask') {
        const failed = answersOf(observation).map((answer) => stumbleOf(answer) !== null || isDenial(answer));
        looks.set(nameKey(does.name), failed);
        continue;
      }
      const probe = find(observation);
      const attempt = probe === null ? null : repeatedAttempt(probe, experiment);
      if (probe === null || attempt === null) continue;
      // Each host has looks of its own: at a shared address another one may fail otherwise.
      const [, key] = placesOf(probe, attempt);
      const seen = kind === 'again' ? observation.attempts.slice(0, 1) : observation.attempts;
      looks.set(key, [...(looks.get(key) ?? [true]), ...seen.map(isFailed)]);
    }
  }
  const steady = [...looks].filter(([, failed]) => failed.length > 1 && failed.every(Boolean));
  return new Map(steady.map(([key, { length }]) => [key, { failed: length, tried: length }]));
}

/** Reads all looks of a run. */
export function sharesOf(observations: Observations): Shares {
  const servers = new Map<string, ServerShare>();
  const places = new Map<string, PlaceShare>();
  const once: Once[] = [];
  const find = probeFinder(observations);
  for (const { kind, observation } of observations.experiments) {
    const probe = kind === 'again' ? find(observation) : null;
    // A download that broke off and came whole when it was asked for again.
    if (probe !== null && cutShort(probe) && !cutShort(observation)) once.push({ what: observation.host, tried: 2 });
  }
  const looks = observations.experiments.filter(({ kind }) => kind === 'looks');
  const always = alwaysOf(observations);
  if (looks.length === 0) return { servers, places, once, always };
  const repeated = new Map(
    observations.experiments
      .filter(({ kind }) => kind === 'again')
      .map((experiment) => [keyOf(experiment.observation), experiment]),
  );
  for (const experiment of looks) {
    const { observation, does } = experiment;
    if (does.action === 'ask') {
      const share = shareAsked(does, observation, observations);
      const before = servers.get(does.server);
      if (share === null) continue;
      if ('what' in share) once.push(share);
      else servers.set(does.server, before === undefined ? share : worse(before, share));
      continue;
    }
    const probe = find(observation);
    const share = probe === null ? null : placeShare(probe, experiment, repeated.get(keyOf(observation)));
    if (probe === null || share === null) continue;
    if (typeof share === 'number') once.push({ what: observation.host, tried: share });
    else {
      const [atAddress, atHost] = placesOf(probe, share.attempt);
      places.set(isOfAddress(share.attempt) ? atAddress : atHost, share);
    }
  }
  return { servers, places, once, always };
}
