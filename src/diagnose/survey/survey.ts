/** Everything that a whole run has in common, read once; the rules look at nothing else. */
import { grouped, groupedBy } from '../../grouped.ts';
import type { Environment, Observation, Observations, RevocationObservation } from '../../model/observations.ts';
import type { Target } from '../../model/plan.ts';
import type { CertificateFacts } from '../../model/trust.ts';
import type { Pieces } from '../../pieces.ts';
import {
  aliasesOf,
  type Connections,
  connectionsOf,
  homeOf,
  type SharedAddress,
  sharedAddressesOf,
} from './addresses.ts';
import { type ClockFacts, clockFacts } from './clock-offset.ts';
import { type ExperimentResults, experimentResultsOf } from './experiment-results.ts';
import { handshakesOf } from './handshakes.ts';
import { isAddress, isInternalName, isTestName, type Nowhere, nowhereOf } from './host-names.ts';
import { type AddedHeader, addedHeaderOf } from './http-answer.ts';
import { type NameFacts, nameFacts } from './names.ts';
import { redirectsOf, signInsOf } from './redirects.ts';
import { type Repeats, withRepeats } from './repeats.ts';
import { type Shares, sharesOf } from './shares.ts';

/** What the observations say as a whole; no judgement of a target in it. */
export interface Survey extends Connections {
  readonly observations: Observations;
  /** ISO 8601 UTC: the clock that certificates are judged by. */
  readonly now: string;
  readonly targets: ReadonlyMap<string, Target>;
  /** The first target at each host. */
  readonly byHost: ReadonlyMap<string, Target>;
  /** By target, in the order of hops. */
  readonly probes: ReadonlyMap<string, readonly Observation[]>;
  readonly names: NameFacts;
  readonly addresses: ReadonlyMap<string, SharedAddress>;
  /** Kinds of addresses where public names are at home in this run: one authenticated there, or all names are there, apart. */
  readonly home: ReadonlySet<Nowhere>;
  /** Servers of the inside that proved to be those that were meant. */
  readonly inside: ReadonlySet<string>;
  /** Private authorities, by distinguished name, and the domains that they sign for, sorted. */
  readonly authorities: ReadonlyMap<string, readonly string[]>;
  /** The hosts that they sign for, sorted. */
  readonly signedHosts: ReadonlyMap<string, readonly string[]>;
  /** Intermediate certificates that some server sent, by subject. */
  readonly intermediates: ReadonlyMap<string, readonly CertificateFacts[]>;
  readonly clock: ClockFacts;
  readonly hasFamily: (family: 4 | 6) => boolean;
  /** Hosts that plain HTTP answers redirect to, and the domains that are sent there. */
  readonly redirects: ReadonlyMap<string, ReadonlySet<string>>;
  /** Unrelated domains that answer plain HTTP with one and the same demand to sign in. */
  readonly signIns: ReadonlyMap<string, ReadonlySet<string>>;
  /** A header that every plain HTTP answer bears and no answer over TLS: something on the way adds it. */
  readonly addedHeader: AddedHeader | null;
  /** Fetches of revocation and issuer addresses by the certificates that name them, in the order of the addresses. */
  readonly revocation: ReadonlyMap<string, readonly RevocationObservation[]>;
  readonly experiments: ExperimentResults;
  /** Names that are aliases of one host of somebody else, by that host. */
  readonly aliases: ReadonlyMap<string, ReadonlySet<string>>;
  readonly repeats: Repeats;
  readonly shares: Shares;
}

/** Observations of planned and tested targets, by target; the last of doubles counts. */
function probesOf(measured: readonly Observation[], targets: ReadonlyMap<string, Target>): Map<string, Observation[]> {
  const probes = new Map<string, Observation[]>();
  for (const probe of measured) {
    const target = targets.get(probe.target);
    if (target === undefined || target.untested !== null) continue;
    const list = probes.get(probe.target);
    if (list === undefined) probes.set(probe.target, [probe]);
    else
      probes.set(
        probe.target,
        [...list.filter(({ hop }) => hop !== probe.hop), probe].sort((a, b) => a.hop - b.hop),
      );
  }
  return probes;
}

function revocationOf(observations: Observations): ReadonlyMap<string, readonly RevocationObservation[]> {
  const byAddress = [...observations.revocation].sort((a, b) => (a.url < b.url ? -1 : a.url > b.url ? 1 : 0));
  return grouped(
    byAddress.flatMap((fetched) => [...new Set(fetched.certificates)].map((sha256) => [sha256, fetched] as const)),
  );
}

function intermediatesOf(observations: Observations): ReadonlyMap<string, readonly CertificateFacts[]> {
  const intermediates = Object.values(observations.certificates).filter(({ isCa, selfSigned }) => isCa && !selfSigned);
  return groupedBy(intermediates, ({ subject }) => subject);
}

const sorted = (sets: ReadonlyMap<string, ReadonlySet<string>>): ReadonlyMap<string, readonly string[]> =>
  new Map([...sets].map(([key, values]) => [key, [...values].sort()]));

/** Whether this machine can send in an address family, as far as its interfaces and routes tell. */
function familyTest({ families }: Environment): Survey['hasFamily'] {
  const byFamily = new Map(families.map((facts) => [facts.family, facts]));
  return (family) => {
    const facts = byFamily.get(family);
    if (facts === undefined) return true;
    if (family === 4) return facts.addresses.length > 0 || facts.defaultRoute === true;
    // Without an address to send from a route is of no use; a unique local one without a default route leads nowhere outside (RFC 4193).
    if (facts.addresses.length === 0) return false;
    const global = facts.addresses.some((address) => nowhereOf(address) === null);
    return facts.defaultRoute === true || (global && facts.defaultRoute !== false);
  };
}

/** Reads the observations once for everything that targets have in common. */
export function* surveying(observations: Observations): Pieces<Survey> {
  const targets = new Map(observations.plan.targets.map((target) => [target.id, target]));
  // Of several the first stays.
  const byHost = new Map([...targets.values()].reverse().map((target) => [target.host, target]));
  yield;
  const measured = withRepeats(observations);
  yield;
  const probes = probesOf(measured.probes, targets);
  const all = [...probes.values()].flat();
  yield;
  const handshakes = handshakesOf(observations, { targets, byHost }, all);
  yield;
  const connections = connectionsOf(all);
  yield;
  const addresses = sharedAddressesOf(all, handshakes, connections);
  yield;
  const experiments = experimentResultsOf(observations.experiments, all);
  yield;
  const plain = [
    ...all,
    ...(['plain-http', 'neutral-request'] as const).flatMap((kind) =>
      experiments.byKind(kind).map(({ observation }) => observation),
    ),
  ];
  yield;
  const names = nameFacts(all);
  yield;
  const [redirects, signIns] = [redirectsOf(plain), signInsOf(plain)];
  yield;
  const [aliases, addedHeader] = [aliasesOf(all), addedHeaderOf(all)];
  yield;
  return {
    observations,
    now: observations.startedAt,
    targets,
    byHost,
    probes,
    names,
    redirects,
    signIns,
    revocation: revocationOf(observations),
    addresses,
    aliases,
    addedHeader,
    home: homeOf(handshakes, [...addresses.keys()]),
    inside: handshakes.inside,
    authorities: sorted(handshakes.authorities),
    signedHosts: sorted(handshakes.signedHosts),
    intermediates: intermediatesOf(observations),
    clock: clockFacts(all, handshakes.wrongDates, handshakes.rightDates),
    hasFamily: familyTest(observations.environment),
    ...connections,
    experiments,
    repeats: measured.repeats,
    shares: sharesOf(observations),
  };
}

/** Whether an address at which a name was found can't be the public service that the name stands for. */
export function isMisplaced(survey: Survey, host: string, address: string): Nowhere | null {
  const place = nowhereOf(address);
  if (place === null || isAddress(host) || isInternalName(host) || survey.inside.has(host)) return null;
  if (place === 'unspecified') return place;
  if (place === 'loopback' && isTestName(host)) return null;
  return survey.home.has(place) ? null : place;
}
