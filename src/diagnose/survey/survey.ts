import type { EndpointTls } from '../../model/catalog.ts';
import type { CertificateFacts, Observation, Observations, RevocationObservation } from '../../model/observations.ts';
import type { Target } from '../../model/plan.ts';
import { type Repeats, type Trials, trialsOf, withRepeats } from '../experiments/results.ts';
import { isAuthentic, pathDateProblem, type Trust, trustOf } from './chain-trust.ts';
import { domainOf, isAddress, isInternalName, isTestName, type Nowhere, nowhereOf } from './host-names.ts';
import { type AddedHeader, addedHeaderOf, redirectOf } from './http-answer.ts';
import { signInOf } from './vendors.ts';

/** What name resolution gave in the whole run. Sets hold hosts. */
export interface NameFacts {
  /** Public names with an address from DNS or the system. */
  readonly resolved: ReadonlySet<string>;
  readonly internalResolved: ReadonlySet<string>;
  /** Names without an address, and the failure's code. */
  readonly failed: ReadonlyMap<string, string>;
  /** `IP:PORT` of servers that gave a response code, and of all that were asked. */
  readonly answering: readonly string[];
  readonly asked: readonly string[];
}

/** One address that several names resolve to. */
export interface SharedAddress {
  /** Domains (see `domainOf`) that resolve there. */
  readonly domains: ReadonlySet<string>;
  readonly hosts: ReadonlySet<string>;
  /** Domains for which the certificate there was for another name. */
  readonly wrong: ReadonlySet<string>;
  /** Domains that authenticated there. */
  readonly right: ReadonlySet<string>;
  readonly connected: boolean;
}

export interface ClockFacts {
  /** Server time minus local time, ms; null without agreeing hosts. */
  readonly offsetMs: number | null;
  /** Hosts that agree on it. */
  readonly hosts: number;
  /** Domains whose own chain is out of its dates, and those whose chain isn't. */
  readonly wrongDates: ReadonlySet<string>;
  readonly rightDates: ReadonlySet<string>;
}

/** What the observations say as a whole; no judgement of a target in it. */
export interface Survey {
  readonly observations: Observations;
  /** ISO 8601 UTC: the clock that certificates are judged by. */
  readonly now: string;
  readonly targets: ReadonlyMap<string, Target>;
  /** By target, in the order of hops. */
  readonly probes: ReadonlyMap<string, readonly Observation[]>;
  readonly names: NameFacts;
  readonly addresses: ReadonlyMap<string, SharedAddress>;
  /** Kinds of addresses where public names are at home in this run: one authenticated there, or all names are there, apart. */
  readonly home: ReadonlySet<Nowhere>;
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
  /** Addresses outside this machine that a connection was tried to, and those that answered it. */
  readonly tried: ReadonlySet<string>;
  readonly connected: ReadonlySet<string>;
  /** Address families in which a connection ended in a permission error. */
  readonly denied: ReadonlySet<4 | 6>;
  /** The quickest connection to an address outside this machine, ms; null without one. */
  readonly quickestMs: number | null;
  readonly trials: Trials;
  readonly repeats: Repeats;
}

/** TLS settings of whoever is at `host`: the plan's own for it, or else the asking target's. */
export function tlsOf(survey: Pick<Survey, 'targets'>, target: Target, host: string): EndpointTls {
  if (host === target.host) return target.tls;
  for (const other of survey.targets.values()) if (other.host === host) return other.tls;
  return target.tls;
}

function add<K>(map: Map<K, Set<string>>, key: K, value: string): void {
  const set = map.get(key);
  if (set === undefined) map.set(key, new Set<string>().add(value));
  else set.add(value);
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

function nameFacts(probes: readonly Observation[]): NameFacts {
  const resolved = new Set<string>();
  const internalResolved = new Set<string>();
  const failed = new Map<string, string>();
  const answering = new Set<string>();
  const asked = new Set<string>();
  for (const { host, dns } of probes) {
    if (dns.status === 'skipped' || isAddress(host)) continue;
    const value = dns.status === 'passed' ? dns.value : dns.partial;
    for (const { server, rcode, truncated } of value?.answers ?? []) {
      asked.add(server);
      if (rcode !== null || truncated) answering.add(server);
    }
    if (dns.status === 'failed') {
      if (dns.failure.code !== 'local.resources') failed.set(host, dns.failure.code);
    } else if (dns.value.from === 'dns' || dns.value.from === 'system') {
      // A company's own zone below a public domain shows by where its names lead.
      const inside =
        dns.value.addresses.length > 0 && dns.value.addresses.every(({ address }) => nowhereOf(address) === 'private');
      if (isInternalName(host) || inside) internalResolved.add(host);
      else resolved.add(host);
    }
  }
  for (const host of [...resolved, ...internalResolved]) failed.delete(host);
  return { resolved, internalResolved, failed, answering: [...answering].sort(), asked: [...asked].sort() };
}

/** The most a host's clock may differ from the others' median, and the skew that certificates and Kerberos feel. */
const AGREE_MS = 120_000;
export const SKEW_MS = 300_000;

function clockFacts(
  probes: readonly Observation[],
  wrongDates: ReadonlySet<string>,
  rightDates: ReadonlySet<string>,
): ClockFacts {
  const byHost = new Map<string, number>();
  for (const { host, attempts } of probes) {
    for (const { http } of attempts) {
      if (http.status !== 'passed' || http.value.clockOffsetMs === null) continue;
      // A cache repeats the origin's Date and says how old it is (RFC 9111 section 5.1).
      const age = Number(http.value.headers.find(([name]) => name === 'age')?.[1] ?? 0);
      const offset = http.value.clockOffsetMs + (Number.isFinite(age) && age > 0 ? age * 1000 : 0);
      const known = byHost.get(host);
      const nearer = known === undefined ? -1 : Math.abs(offset) - Math.abs(known) || offset - known;
      if (nearer < 0) byHost.set(host, offset);
    }
  }
  const sorted = [...byHost.values()].sort((a, b) => a - b);
  const median = sorted[Math.floor((sorted.length - 1) / 2)];
  const agreeing = sorted.filter((offset) => median !== undefined && Math.abs(offset - median) <= AGREE_MS).length;
  const agreed = median !== undefined && agreeing * 2 > sorted.length;
  return { offsetMs: agreed ? median : null, hosts: agreed ? agreeing : 0, wrongDates, rightDates };
}

interface Handshakes {
  readonly authorities: ReadonlyMap<string, ReadonlySet<string>>;
  readonly signedHosts: ReadonlyMap<string, ReadonlySet<string>>;
  readonly home: Set<Nowhere>;
  readonly wrong: ReadonlyMap<string, ReadonlySet<string>>;
  readonly right: ReadonlyMap<string, ReadonlySet<string>>;
  readonly wrongDates: Set<string>;
  readonly rightDates: Set<string>;
}

function handshakes(
  observations: Observations,
  targets: ReadonlyMap<string, Target>,
  probes: readonly Observation[],
): Handshakes {
  const authorities = new Map<string, Set<string>>();
  const signedHosts = new Map<string, Set<string>>();
  const wrong = new Map<string, Set<string>>();
  const right = new Map<string, Set<string>>();
  const home = new Set<Nowhere>();
  const wrongDates = new Set<string>();
  const rightDates = new Set<string>();
  const note = (host: string, address: string | null, trust: Trust): void => {
    const domain = domainOf(host);
    const own = trust.legitimate[0];
    if (
      own === undefined &&
      trust.leaf !== null &&
      !trust.byName &&
      (!trust.leaf.selfSigned || trust.sent.length > 1)
    ) {
      add(authorities, trust.authority, domain);
      add(signedHosts, trust.authority, host);
    }
    if (own !== undefined && trust.nameMatches) {
      const late = pathDateProblem(observations, own, observations.startedAt) !== null;
      (late ? wrongDates : rightDates).add(domain);
    }
    if (address === null) return;
    const place = nowhereOf(address);
    if (isAuthentic(trust)) {
      add(right, address, domain);
      if (place !== null && place !== 'unspecified' && !isAddress(host)) home.add(place);
    } else if (trust.leaf !== null && !trust.nameMatches) add(wrong, address, domain);
  };
  for (const { target, host, attempts } of probes) {
    const asking = targets.get(target);
    if (asking === undefined) continue;
    for (const { address, tls } of attempts) {
      if (tls.status !== 'passed') continue;
      note(host, address, trustOf(observations, tlsOf({ targets }, asking, host), host, tls.value));
    }
  }
  return { authorities, signedHosts, home, wrong, right, wrongDates, rightDates };
}

function redirectsOf(probes: readonly Observation[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { scheme, url, host, attempts } of probes) {
    if (scheme !== 'http') continue;
    for (const { http } of attempts) {
      const to = http.status === 'passed' ? redirectOf(url ?? `http://${host}/`, http.value) : null;
      if (to !== null) add(found, to.host, domainOf(host));
    }
  }
  return found;
}

function signInsOf(probes: readonly Observation[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { scheme, host, attempts } of probes) {
    if (scheme !== 'http') continue;
    for (const { http } of attempts) {
      const asks = http.status === 'passed' ? signInOf(http.value) : null;
      if (asks !== null) add(found, asks, domainOf(host));
    }
  }
  return found;
}

function revocationOf(observations: Observations): ReadonlyMap<string, readonly RevocationObservation[]> {
  const found = new Map<string, RevocationObservation[]>();
  const byAddress = [...observations.revocation].sort((a, b) => (a.url < b.url ? -1 : a.url > b.url ? 1 : 0));
  for (const fetched of byAddress) {
    for (const sha256 of new Set(fetched.certificates)) found.set(sha256, [...(found.get(sha256) ?? []), fetched]);
  }
  return found;
}

function intermediatesOf(observations: Observations): ReadonlyMap<string, readonly CertificateFacts[]> {
  const found = new Map<string, CertificateFacts[]>();
  for (const facts of Object.values(observations.certificates)) {
    if (!facts.isCa || facts.selfSigned) continue;
    const list = found.get(facts.subject);
    if (list === undefined) found.set(facts.subject, [facts]);
    else list.push(facts);
  }
  return found;
}

/** Three names apart on three addresses of one kind, and none elsewhere: this network is like that, not a filter. */
function settle(home: Set<Nowhere>, addresses: readonly string[]): void {
  const kinds = new Set(addresses.map(nowhereOf));
  const [only] = kinds;
  if (kinds.size === 1 && only !== undefined && only !== null && only !== 'unspecified' && addresses.length >= 3) {
    home.add(only);
  }
}

const sorted = (sets: ReadonlyMap<string, ReadonlySet<string>>): ReadonlyMap<string, readonly string[]> =>
  new Map([...sets].map(([key, values]) => [key, [...values].sort()]));

/** Reads the observations once for everything that targets have in common. */
export function surveyOf(observations: Observations): Survey {
  const targets = new Map(observations.plan.targets.map((target) => [target.id, target]));
  const measured = withRepeats(observations);
  const probes = probesOf(measured.probes, targets);
  const all = [...probes.values()].flat();
  const seen = handshakes(observations, targets, all);
  const places = new Map<string, { readonly domains: Set<string>; readonly hosts: Set<string> }>();
  const tried = new Set<string>();
  const connected = new Set<string>();
  const denied = new Set<4 | 6>();
  let quickestMs: number | null = null;
  for (const { host, dns, attempts } of all) {
    if (dns.status === 'passed' && dns.value.from !== 'literal' && dns.value.from !== 'hosts-file') {
      if (!isInternalName(host)) {
        for (const { address } of dns.value.addresses) {
          const names = places.get(address) ?? { domains: new Set(), hosts: new Set() };
          names.domains.add(domainOf(host));
          names.hosts.add(host);
          places.set(address, names);
        }
      }
    }
    for (const { address, family, tcp, proxy } of attempts) {
      if (proxy !== undefined) {
        const own = tcp.status === 'passed' ? proxy.address : null;
        if (own !== null && nowhereOf(own) !== 'loopback') connected.add(own);
        continue;
      }
      if (family !== null && tcp.status === 'failed' && tcp.failure.code === 'tcp.permission') denied.add(family);
      if (address === null || tcp.status === 'skipped' || nowhereOf(address) === 'loopback') continue;
      tried.add(address);
      if (tcp.status !== 'passed') continue;
      connected.add(address);
      quickestMs = Math.min(quickestMs ?? tcp.ms, tcp.ms);
    }
  }
  settle(seen.home, [...places.keys()]);
  const none: ReadonlySet<string> = new Set();
  const addresses = new Map<string, SharedAddress>();
  for (const [address, { domains, hosts }] of places) {
    const wrong = seen.wrong.get(address) ?? none;
    const right = seen.right.get(address) ?? none;
    addresses.set(address, { domains, hosts, wrong, right, connected: connected.has(address) });
  }
  const trials = trialsOf(observations.experiments, all);
  const plain = [...all, ...trials.byKind('plain-http').map(({ observation }) => observation)];
  const families = new Map(observations.environment.families.map((facts) => [facts.family, facts]));
  return {
    observations,
    now: observations.startedAt,
    targets,
    probes,
    names: nameFacts(all),
    redirects: redirectsOf(plain),
    signIns: signInsOf(plain),
    revocation: revocationOf(observations),
    addresses,
    addedHeader: addedHeaderOf(all),
    home: seen.home,
    authorities: sorted(seen.authorities),
    signedHosts: sorted(seen.signedHosts),
    intermediates: intermediatesOf(observations),
    clock: clockFacts(all, seen.wrongDates, seen.rightDates),
    hasFamily: (family) => {
      const facts = families.get(family);
      if (facts === undefined) return true;
      if (family === 4) return facts.addresses.length > 0 || facts.defaultRoute === true;
      // Without an address to send from a route is of no use; a unique local one without a default route leads nowhere outside (RFC 4193).
      if (facts.addresses.length === 0) return false;
      const global = facts.addresses.some((address) => nowhereOf(address) === null);
      return facts.defaultRoute === true || (global && facts.defaultRoute !== false);
    },
    tried,
    connected,
    quickestMs,
    trials,
    repeats: measured.repeats,
    denied,
  };
}

/** Whether an address at which a name was found can't be the public service that the name stands for. */
export function isMisplaced(survey: Survey, host: string, address: string): Nowhere | null {
  const place = nowhereOf(address);
  if (place === null || isAddress(host) || isInternalName(host)) return null;
  if (place === 'unspecified') return place;
  if (place === 'loopback' && isTestName(host)) return null;
  return survey.home.has(place) ? null : place;
}
