/** Addresses that a stranger named, in a certificate or a redirect: which of them may be connected to. */
import { type AddressClass, addressClass, isIP } from '../addresses.ts';

const outside: readonly AddressClass[] = ['global', 'documentation', 'benchmarking'];

/** Where clouds answer virtual machines outside of the ranges for such things (Azure, Oracle). */
const metadataAddresses: readonly string[] = ['168.63.129.16', '192.0.0.192'];
const localNames = /^(?:(?:.*\.)?localhost|metadata|metadata\.google\.internal|metadata\.goog|instance-data(?:\..*)?)$/;

/** Ports that http and https have by registration. */
export const standardPorts: readonly number[] = [80, 443];

/** Whether a name means this machine or its cloud, whatever it resolves to. */
export const isLocalName = (host: string): boolean => localNames.test(host.toLowerCase().replace(/\.$/, ''));

/** What an address is for, where that is not the internet; null for the internet. */
export function insideClass(address: string): AddressClass | null {
  if (metadataAddresses.includes(address)) return 'link-local';
  const kind = addressClass(address);
  return outside.includes(kind) ? null : kind;
}

interface NamedPlace {
  readonly host: string;
  readonly port: number;
}

/**
 * Whether a place that a certificate names may be asked. `addresses`: what it would be connected to; empty where a proxy
 * resolves it. `homes`: ranges inside in which those live who sent the certificate; only these lead to a range inside, by any
 * port there.
 */
export function mayAsk(
  { host, port }: NamedPlace,
  addresses: readonly string[],
  homes: ReadonlySet<AddressClass>,
): boolean {
  const all = isIP(host) === 0 ? addresses : [host];
  const inside = all.map(insideClass).filter((kind) => kind !== null);
  if (inside.length > 0) return inside.length === all.length && inside.every((kind) => homes.has(kind));
  return standardPorts.includes(port) && (!isLocalName(host) || homes.has('loopback'));
}
