import { isIPv4 } from 'node:net';

/**
 * What an address is for, by the IANA special-purpose registries (RFC 6890 and its updates).
 * `documentation` and `benchmarking` ranges are never routed, yet aren't private either.
 */
export type AddressClass =
  | 'global'
  | 'unspecified'
  | 'loopback'
  | 'private'
  | 'shared'
  | 'link-local'
  | 'unique-local'
  | 'documentation'
  | 'benchmarking'
  | 'multicast'
  | 'reserved';

const v4: readonly (readonly [string, number, AddressClass])[] = [
  ['0.0.0.0', 32, 'unspecified'],
  ['0.0.0.0', 8, 'reserved'],
  ['10.0.0.0', 8, 'private'],
  ['100.64.0.0', 10, 'shared'],
  ['127.0.0.0', 8, 'loopback'],
  ['169.254.0.0', 16, 'link-local'],
  ['172.16.0.0', 12, 'private'],
  ['192.0.2.0', 24, 'documentation'],
  ['192.168.0.0', 16, 'private'],
  ['198.18.0.0', 15, 'benchmarking'],
  ['198.51.100.0', 24, 'documentation'],
  ['203.0.113.0', 24, 'documentation'],
  ['224.0.0.0', 4, 'multicast'],
  ['240.0.0.0', 4, 'reserved'],
];

const v6: readonly (readonly [string, number, AddressClass])[] = [
  ['::', 128, 'unspecified'],
  ['::1', 128, 'loopback'],
  ['fc00::', 7, 'unique-local'],
  ['fe80::', 10, 'link-local'],
  ['ff00::', 8, 'multicast'],
  ['2001:db8::', 32, 'documentation'],
  ['3fff::', 20, 'documentation'],
  ['2001:2::', 48, 'benchmarking'],
];

const group = /^[\da-f]{1,4}$/i;
const zone = /^[\da-z.:-]+$/i;

/**
 * As `isIP` of node:net answers (RFC 4291 section 2.2, with a zone identifier as well), whose pattern takes 5 ms to
 * compile when it first meets anything but an IPv4 address.
 */
export function isIP(text: string): 0 | 4 | 6 {
  // Most that is asked of is a name, and ends in a letter: that spares the exact test.
  if (!text.includes(':')) return /[0-9]$/.test(text) && isIPv4(text) ? 4 : 0;
  const [address = '', ...zones] = text.split('%');
  if (zones.length > 1 || zones.some((name) => !zone.test(name))) return 0;
  const halves = address.split('::');
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const dotted = halves.at(-1) !== '' && isIPv4(groups.at(-1) ?? '');
  if (!(dotted ? groups.slice(0, -1) : groups).every((text) => group.test(text))) return 0;
  const count = groups.length + (dotted ? 1 : 0);
  return (halves.length === 1 && count === 8) || (halves.length === 2 && count <= 7) ? 6 : 0;
}

export const isIPv6 = (text: string): boolean => isIP(text) === 6;

/** An IPv4 or IPv6 address as a number; null for anything else. Zone identifiers (`%eth0`) are ignored. */
export function addressToBigInt(address: string): { readonly family: 4 | 6; readonly value: bigint } | null {
  const plain = address.replace(/%.*$/, '');
  const family = isIP(plain);
  if (family === 4) {
    return { family: 4, value: BigInt(plain.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)) };
  }
  if (family !== 6) return null;
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(plain);
  const text =
    dotted === null
      ? plain
      : `${dotted[1]}${((Number(dotted[2]) << 8) | Number(dotted[3])).toString(16)}:${((Number(dotted[4]) << 8) | Number(dotted[5])).toString(16)}`;
  const [head = '', tail] = text.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length;
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right];
  return { family: 6, value: groups.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n) };
}

/** Whether the address lies in `prefix/bits`. */
export function inPrefix(address: string, prefix: string, bits: number): boolean {
  const a = addressToBigInt(address);
  const p = addressToBigInt(prefix);
  if (a === null || p === null || a.family !== p.family) return false;
  const shift = BigInt((a.family === 4 ? 32 : 128) - bits);
  return a.value >> shift === p.value >> shift;
}

interface Range {
  readonly shift: bigint;
  readonly value: bigint;
  readonly kind: AddressClass;
}

const known: Partial<Record<4 | 6, readonly Range[]>> = {};

/** A table with its prefixes as numbers, made once when it is needed: a run asks for thousands of addresses. */
function rangesOf(family: 4 | 6): readonly Range[] {
  known[family] ??= (family === 4 ? v4 : v6).map(([prefix, bits, kind]) => {
    const shift = BigInt((family === 4 ? 32 : 128) - bits);
    return { shift, value: (addressToBigInt(prefix)?.value ?? 0n) >> shift, kind };
  });
  return known[family];
}

/** Class of an address; IPv4-mapped (`::ffff:a.b.c.d`) and NAT64 (`64:ff9b::/96`) addresses take their IPv4 part's class. */
export function addressClass(address: string): AddressClass {
  const parsed = addressToBigInt(address);
  if (parsed === null) return 'reserved';
  if (parsed.family === 6 && (inPrefix(address, '::ffff:0:0', 96) || inPrefix(address, '64:ff9b::', 96))) {
    const low = Number(parsed.value & 0xffffffffn);
    return addressClass([low >>> 24, (low >>> 16) & 255, (low >>> 8) & 255, low & 255].join('.'));
  }
  return rangesOf(parsed.family).find(({ shift, value }) => parsed.value >> shift === value)?.kind ?? 'global';
}
