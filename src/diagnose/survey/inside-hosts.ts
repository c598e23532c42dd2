/**
 * Which hosts of a run are servers of the inside, where an authority of the company's own is as it should be.
 *
 * By itself: an address of a private range or of this machine, or a name that only an internal server knows. No public
 * authority may sign for such (CA/Browser Forum Baseline Requirements, section 4.2.2), so that a sound server there has a
 * certificate of a private one, whoever named it.
 *
 * By where its name leads: that is worth no more than the name servers, as whoever redirects a public name gives a private
 * address as well. So it counts only for names that no document has: those that somebody typed, or gave for a parameter. What
 * a catalog names is public: where that leads inside, a private endpoint answers with the service's own certificate, or
 * somebody else does.
 */
import { addressClass } from '../../addresses.ts';
import { addTo } from '../../grouped.ts';
import type { DnsValue, Observations } from '../../model/observations.ts';
import type { Target } from '../../model/plan.ts';
import { domainOf, isAddress, isInternalName, nowhereOf } from './host-names.ts';

/** Unrelated names at one address are sent there by somebody. */
const UNRELATED = 3;

/** The alias of a private endpoint: a public service, reached from inside. Null for any other name. */
export function privateEndpointOf({ answers }: DnsValue): string | null {
  const aliases = answers.flatMap(({ cnames }) => cnames.map(({ target }) => target));
  return aliases.find((target) => /(^|\.)privatelink\./i.test(target)) ?? null;
}

/** The empty host of an untested target is none. */
function isInsideByItself(host: string): boolean {
  if (host === '') return false;
  if (!isAddress(host)) return isInternalName(host);
  const place = nowhereOf(host);
  return place !== null && place !== 'unspecified';
}

/** Overlay networks give public names addresses of the shared range (RFC 6598): nothing inside is known by one. */
const isPrivate = (address: string): boolean => nowhereOf(address) === 'private' && addressClass(address) !== 'shared';

/** Every address that anybody gives for a name, the ones that are used first. */
const addressesOf = ({ addresses, answers }: DnsValue): readonly string[] =>
  [...addresses, ...answers.flatMap((answer) => answer.addresses)].map(({ address }) => address);

/** A document has the host itself, and not a parameter in its place. */
const isDocumented = ({ source, givenHost }: Target): boolean => source !== undefined && givenHost !== true;

/** Names that lead inside, and are nobody's public ones. */
function leadingInside({ plan, probes }: Observations): ReadonlySet<string> {
  const targets = new Map(plan.targets.map((target) => [target.id, target]));
  const documented = new Set(plan.targets.filter(isDocumented).map(({ host }) => host));
  const inside = new Map<string, readonly string[]>();
  const outside = new Set<string>();
  const domains = new Map<string, Set<string>>();
  const taken = new Set<string>();
  for (const { target, host, dns } of probes) {
    if (dns.status !== 'passed' || isAddress(host)) continue;
    const addresses = addressesOf(dns.value);
    const asking = targets.get(target);
    const isPublic = documented.has(host) || (asking !== undefined && isDocumented(asking));
    for (const address of addresses.filter(isPrivate)) {
      addTo(domains, address, domainOf(host));
      if (isPublic) taken.add(address);
    }
    const leads = addresses.length > 0 && addresses.every(isPrivate) && privateEndpointOf(dns.value) === null;
    if (leads && !isPublic) inside.set(host, addresses);
    else outside.add(host);
  }
  const isFree = (address: string): boolean => !taken.has(address) && (domains.get(address)?.size ?? 0) < UNRELATED;
  return new Set(
    [...inside].flatMap(([host, addresses]) => (!outside.has(host) && addresses.every(isFree) ? [host] : [])),
  );
}

/** Planned hosts of the inside, and those that they redirect to there: where the answer of any other host leads is no server of its. */
function hostsInside(observations: Observations): ReadonlySet<string> {
  const leading = leadingInside(observations);
  const isHere = (host: string): boolean => isInsideByItself(host) || leading.has(host);
  const planned = new Map(observations.plan.targets.map(({ id, host }) => [id, host]));
  const inside = new Set([...planned.values()].filter(isHere));
  const redirected = observations.probes.filter(
    ({ target, hop, host }) => hop > 0 && isHere(planned.get(target) ?? '') && isHere(host),
  );
  return new Set([...inside, ...redirected.map(({ host }) => host)]);
}

const cache = new WeakMap<Observations, ReadonlySet<string>>();

/** Whether a host of this run is a server of the inside. */
export function isInside(observations: Observations, host: string): boolean {
  let hosts = cache.get(observations);
  if (hosts === undefined) {
    hosts = hostsInside(observations);
    cache.set(observations, hosts);
  }
  return hosts.has(host);
}
