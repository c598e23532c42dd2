/** What the addresses of the whole run have in common, and which of them can be connected to. */

import { addTo } from '../../grouped.ts';
import type { Observation } from '../../model/observations.ts';
import type { Handshakes } from './handshakes.ts';
import { domainOf, isInternalName, type Nowhere, nowhereOf } from './host-names.ts';

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

export interface Connections {
  /** Addresses outside this machine that a connection was tried to, and those that answered it. */
  readonly tried: ReadonlySet<string>;
  readonly connected: ReadonlySet<string>;
  /** Address families in which a connection ended in a permission error. */
  readonly denied: ReadonlySet<4 | 6>;
  /** The quickest connection to an address outside this machine, ms; null without one. */
  readonly quickestMs: number | null;
}

export function connectionsOf(probes: readonly Observation[]): Connections {
  const tried = new Set<string>();
  const connected = new Set<string>();
  const denied = new Set<4 | 6>();
  let quickestMs: number | null = null;
  for (const { address, family, tcp, proxy } of probes.flatMap(({ attempts }) => attempts)) {
    if (proxy !== undefined) {
      const proxyAddress = tcp.status === 'passed' ? proxy.address : null;
      if (proxyAddress !== null && nowhereOf(proxyAddress) !== 'loopback') connected.add(proxyAddress);
      continue;
    }
    if (family !== null && tcp.status === 'failed' && tcp.failure.code === 'tcp.permission') denied.add(family);
    if (address === null || tcp.status === 'skipped' || nowhereOf(address) === 'loopback') continue;
    tried.add(address);
    if (tcp.status !== 'passed') continue;
    connected.add(address);
    quickestMs = Math.min(quickestMs ?? tcp.ms, tcp.ms);
  }
  return { tried, connected, denied, quickestMs };
}

/** Public names by the address that a name server or the system gives for them. */
function namesByAddress(
  probes: readonly Observation[],
): ReadonlyMap<string, { readonly domains: Set<string>; readonly hosts: Set<string> }> {
  const byAddress = new Map<string, { readonly domains: Set<string>; readonly hosts: Set<string> }>();
  for (const { host, dns } of probes) {
    if (dns.status !== 'passed' || dns.value.from === 'literal' || dns.value.from === 'hosts-file') continue;
    if (isInternalName(host)) continue;
    for (const { address } of dns.value.addresses) {
      const names = byAddress.get(address) ?? { domains: new Set(), hosts: new Set() };
      names.domains.add(domainOf(host));
      names.hosts.add(host);
      byAddress.set(address, names);
    }
  }
  return byAddress;
}

/** Addresses by their text, with who was found there. */
export function sharedAddressesOf(
  probes: readonly Observation[],
  { wrong, right }: Handshakes,
  { connected }: Connections,
): ReadonlyMap<string, SharedAddress> {
  const nobody: ReadonlySet<string> = new Set();
  return new Map(
    [...namesByAddress(probes)].map(([address, names]) => [
      address,
      {
        ...names,
        wrong: wrong.get(address) ?? nobody,
        right: right.get(address) ?? nobody,
        connected: connected.has(address),
      },
    ]),
  );
}

/**
 * Names of this run by the host that they are aliases of in the end (the last CNAME), where that is somebody else's: no
 * domain is shared with it.
 */
export function aliasesOf(probes: readonly Observation[]): ReadonlyMap<string, ReadonlySet<string>> {
  const names = new Map<string, Set<string>>();
  for (const { host, dns } of probes) {
    const alias = aliasOf(dns);
    if (alias !== null && domainOf(alias) !== domainOf(host)) addTo(names, alias, host);
  }
  return names;
}

/** The last alias on the way from a name to its addresses; null without one. */
export function aliasOf(dns: Observation['dns']): string | null {
  if (dns.status !== 'passed') return null;
  const chain = dns.value.answers.find(({ cnames }) => cnames.length > 0)?.cnames ?? [];
  return chain.at(-1)?.target.toLowerCase().replace(/\.$/, '') ?? null;
}

/**
 * Kinds of addresses where public names are at home: one authenticated there, or three names are apart on three addresses
 * of one kind, and none elsewhere: this network is like that, not a filter.
 */
export function homeOf({ home }: Handshakes, addresses: readonly string[]): ReadonlySet<Nowhere> {
  const kinds = new Set(addresses.map(nowhereOf));
  const [only] = kinds;
  const alike = kinds.size === 1 && only !== undefined && only !== null && only !== 'unspecified';
  return alike && addresses.length >= 3 ? new Set([...home, only]) : home;
}
