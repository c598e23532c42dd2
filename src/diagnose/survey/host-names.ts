import { type AddressClass, addressClass, isIP } from '../../addresses.ts';

/**
 * Second-level labels under which country registries register, as in `example.co.uk`. A bounded approximation of the public
 * suffix list: the list itself (tldts-icann 7.6, 87 KB) takes 10 ms of CPU to load in every run, and finds the same domain
 * for all 3,223 hosts of the catalog and the lab.
 */
const secondLevel = new Set(['ac', 'co', 'com', 'edu', 'gov', 'govt', 'ne', 'net', 'nhs', 'or', 'org', 'go']);

export const isAddress = (host: string): boolean => isIP(host) !== 0;

/** Where the dot before another one is; -1 for none. */
const dotBefore = (name: string, dot: number): number => (dot > 0 ? name.lastIndexOf('.', dot - 1) : -1);

/**
 * The domain somebody registered, near enough to tell unrelated names apart: the last two labels, or three under a
 * country's second level. An address is its own domain.
 */
export function domainOf(host: string): string {
  if (isAddress(host)) return host;
  const name = host.endsWith('.') ? host.slice(0, -1).toLowerCase() : host.toLowerCase();
  const last = name.lastIndexOf('.');
  const second = dotBefore(name, last);
  const country = name.length - last === 3 && secondLevel.has(name.slice(second + 1, Math.max(last, 0)));
  return name.slice((country ? dotBefore(name, second) : second) + 1);
}

/** Names that only an internal server knows: single labels and the special-use and customary private suffixes (RFC 6762, RFC 8375, ICANN's `.internal`). */
export function isInternalName(host: string): boolean {
  if (isAddress(host)) return true;
  return (
    !host.includes('.') ||
    /\.(local|localhost|localdomain|internal|intranet|lan|home|corp|private|home\.arpa)\.?$/i.test(host)
  );
}

/** This machine itself, by name or address (RFC 6761 section 6.3). */
export function isLocalHost(host: string): boolean {
  return /^(.+\.)?localhost\.?$/i.test(host) || (isAddress(host) && addressClass(host) === 'loopback');
}

/** Names for tests (RFC 6761): nobody else's service, so a loopback address is as good as any. */
export function isTestName(host: string): boolean {
  return /\.(test|invalid|example)\.?$/i.test(host);
}

/** Where a public service can't be. */
export type Nowhere = 'unspecified' | 'loopback' | 'private';

const nowhere: Partial<Readonly<Record<AddressClass, Nowhere>>> = {
  unspecified: 'unspecified',
  loopback: 'loopback',
  private: 'private',
  shared: 'private',
  'link-local': 'private',
  'unique-local': 'private',
};

/** How such addresses can begin: spares the exact test for all others, which is asked for every address many times. */
const mayBeNowhere = /^(0|10|100|127|169|172|192)\.|^0*:|^0*64:|^f/i;

/** Whether an address is one where no public service can be; null for all others. */
export function nowhereOf(address: string): Nowhere | null {
  if (!mayBeNowhere.test(address)) return null;
  return nowhere[addressClass(address)] ?? null;
}
