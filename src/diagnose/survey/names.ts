/** What name resolution gave in the whole run. */
import type { FailureCode, Observation } from '../../model/observations.ts';
import { isAddress, isInternalName, nowhereOf } from './host-names.ts';

/** What says nothing of a name: this machine's trouble, and wayclear's own. */
const ownTroubles: readonly FailureCode[] = ['local.resources', 'local.fault'];

/** Sets hold hosts. */
export interface NameFacts {
  /** Public names with an address from DNS or the system. */
  readonly resolved: ReadonlySet<string>;
  readonly internalResolved: ReadonlySet<string>;
  /** Names without an address, and the failure's code. */
  readonly failed: ReadonlyMap<string, string>;
  /** `IP:PORT` of servers that gave a response code, and of all that were asked. */
  readonly answering: readonly string[];
  readonly servers: readonly string[];
}

export function nameFacts(probes: readonly Observation[]): NameFacts {
  const resolved = new Set<string>();
  const internalResolved = new Set<string>();
  const failed = new Map<string, string>();
  const answering = new Set<string>();
  const servers = new Set<string>();
  for (const { host, dns } of probes) {
    if (dns.status === 'skipped' || isAddress(host)) continue;
    const value = dns.status === 'passed' ? dns.value : dns.partial;
    for (const { server, rcode, truncated } of value?.answers ?? []) {
      servers.add(server);
      if (rcode !== null || truncated) answering.add(server);
    }
    if (dns.status === 'failed') {
      // Of a name that the servers know, what programs miss says nothing of the servers.
      const served = dns.partial?.answers?.some(({ addresses }) => addresses.length > 0) === true;
      if (!ownTroubles.includes(dns.failure.code) && !served) failed.set(host, dns.failure.code);
    } else if (dns.value.from === 'dns' || dns.value.from === 'system') {
      // A company's own zone below a public domain shows by where its names lead.
      const inside =
        dns.value.addresses.length > 0 && dns.value.addresses.every(({ address }) => nowhereOf(address) === 'private');
      if (isInternalName(host) || inside) internalResolved.add(host);
      else resolved.add(host);
    }
  }
  for (const host of [...resolved, ...internalResolved]) failed.delete(host);
  return { resolved, internalResolved, failed, answering: [...answering].sort(), servers: [...servers].sort() };
}
