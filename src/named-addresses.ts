/** Places that a stranger named, in a certificate, a redirect or on the way to a PAC file: which of them may be connected to. */
import { type AddressClass, addressClass, addressKey, isIP } from './addresses.ts';

const outside: readonly AddressClass[] = ['global', 'documentation', 'benchmarking'];

/** Where clouds tell virtual machines and containers who they are, within other ranges and outside of them. */
const metadataAddresses: ReadonlySet<string> = new Set(
  [
    ...['169.254.169.254', '169.254.170.2', '169.254.170.23', '169.254.0.23', '168.63.129.16', '192.0.0.192'],
    ...['100.100.100.200', 'fd00:ec2::254', 'fd00:ec2::23', 'fd20:ce::254', 'fe80::a9fe:a9fe'],
  ].map(addressKey),
);
const localNames = /^(?:(?:.*\.)?localhost|localhost\.localdomain|localhost[46]|ip6-localhost|ip6-loopback)$/;
const metadataNames = /^(?:metadata|metadata\.google\.internal|metadata\.goog|instance-data(?:\..*)?)$/;

/** Ports that http and https have by registration. */
export const standardPorts: readonly number[] = [80, 443];

/** What lies together on the near side of the internet. Private addresses of IPv4 and of IPv6 are one network's. */
export type InsideRange =
  | Exclude<AddressClass, 'global' | 'documentation' | 'benchmarking' | 'unique-local'>
  | 'metadata';

/** Where a name leads that means this machine or its cloud, whatever it resolves to; null for all others. */
export function rangeOfName(host: string): InsideRange | null {
  const name = host.toLowerCase().replace(/\.$/, '');
  if (localNames.test(name)) return 'loopback';
  return metadataNames.test(name) ? 'metadata' : null;
}

/** The range that an address lies in; null for the internet. */
export function rangeOfAddress(address: string): InsideRange | null {
  if (metadataAddresses.has(addressKey(address))) return 'metadata';
  const kind = addressClass(address);
  if (outside.includes(kind)) return null;
  return kind === 'unique-local' ? 'private' : (kind as InsideRange);
}

/** The ranges of these addresses. */
export const rangesOf = (addresses: readonly string[]): readonly InsideRange[] =>
  addresses.map(rangeOfAddress).filter((range) => range !== null);

/**
 * Whether a host that a stranger named may be connected to. `addresses`: what it would be connected to; empty where a proxy
 * resolves it. `homes`: the ranges that those live in who named it; only these lead there.
 */
export function mayReach(host: string, addresses: readonly string[], homes: ReadonlySet<InsideRange>): boolean {
  const all = isIP(host) === 0 ? addresses : [host];
  const inside = rangesOf(all);
  if (inside.length > 0) return inside.length === all.length && inside.every((range) => homes.has(range));
  const range = rangeOfName(host);
  return range === null || homes.has(range);
}

interface NamedPlace {
  readonly host: string;
  readonly port: number;
}

/** Whether a place that a certificate names may be asked: by any port in a range inside, by a standard one elsewhere. */
export function mayAsk(
  { host, port }: NamedPlace,
  addresses: readonly string[],
  homes: ReadonlySet<InsideRange>,
): boolean {
  const isInside = rangesOf(isIP(host) === 0 ? addresses : [host]).length > 0;
  return (isInside || standardPorts.includes(port)) && mayReach(host, addresses, homes);
}

/** Whether a redirect may lead to this port, from a URL that somebody chose with `own`. */
export const mayRedirectTo = (port: number, own: number): boolean => standardPorts.includes(port) || port === own;
