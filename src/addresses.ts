import { isIP, type LookupFunction } from 'node:net';
import { before } from './text-bounds.ts';

// By this way for judging too, which imports no network.
export { isIP, isIPv6 } from 'node:net';
export { hostAndPort } from './text-bounds.ts';

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

/** An IPv4 or IPv6 address as a number; null for anything else. Zone identifiers (`%eth0`) are ignored. */
export function addressToBigInt(address: string): { readonly family: 4 | 6; readonly value: bigint } | null {
  const plain = before(address, '%');
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

/** The address with zeros for what a network of usual size leaves to its machines: /24 of IPv4, /64 of IPv6. */
export function networkPart(address: string): string {
  const parsed = addressToBigInt(address);
  if (parsed === null) return '';
  if (parsed.family === 4) return `${address.slice(0, address.lastIndexOf('.'))}.0`;
  const groups = [112n, 96n, 80n, 64n].map((shift) => ((parsed.value >> shift) & 0xffffn).toString(16));
  while (groups.length > 1 && groups.at(-1) === '0') groups.pop();
  return `${groups.join(':')}::`;
}

interface Range {
  readonly shift: bigint;
  readonly value: bigint;
  readonly kind: AddressClass;
}

const rangesOf = (family: 4 | 6, rows: typeof v4): readonly Range[] =>
  rows.map(([prefix, bits, kind]) => {
    const shift = BigInt((family === 4 ? 32 : 128) - bits);
    return { shift, value: (addressToBigInt(prefix)?.value ?? 0n) >> shift, kind };
  });
const ranges = { 4: rangesOf(4, v4), 6: rangesOf(6, v6) } as const;

/** The IPv4 part of an IPv4-mapped (`::ffff:a.b.c.d`) or NAT64 (`64:ff9b::/96`) address; null for all others. */
function embedded(address: string, value: bigint): string | null {
  if (!inPrefix(address, '::ffff:0:0', 96) && !inPrefix(address, '64:ff9b::', 96)) return null;
  const low = Number(value & 0xffffffffn);
  return [low >>> 24, (low >>> 16) & 255, (low >>> 8) & 255, low & 255].join('.');
}

/** Class of an address; IPv4-mapped and NAT64 addresses take their IPv4 part's class. */
export function addressClass(address: string): AddressClass {
  const parsed = addressToBigInt(address);
  if (parsed === null) return 'reserved';
  const within = parsed.family === 6 ? embedded(address, parsed.value) : null;
  if (within !== null) return addressClass(within);
  return ranges[parsed.family].find(({ shift, value }) => parsed.value >> shift === value)?.kind ?? 'global';
}

/** The same for each spelling of an address, IPv4-mapped and NAT64 ones included; empty for what is none. */
export function addressKey(address: string): string {
  const parsed = addressToBigInt(address);
  if (parsed === null) return '';
  const within = parsed.family === 6 ? embedded(address, parsed.value) : null;
  return within === null ? `${parsed.family} ${parsed.value}` : addressKey(within);
}

/** What finds addresses for sockets by what knows those of a name: the system's own call could keep the process for ever. */
export function lookupBy(addressesOf: (host: string) => Promise<readonly string[]>): LookupFunction {
  return (host, { all, family }, done) => {
    addressesOf(host).then(
      (addresses) => {
        const wanted = addresses
          .map((address) => ({ address, family: isIP(address) }))
          .filter((one) => (family !== 4 && family !== 6) || one.family === family);
        const [first] = wanted;
        if (first === undefined) done(Object.assign(new Error('no address'), { code: 'ENOTFOUND' }), '', 0);
        else if (all === true) done(null, wanted);
        else done(null, first.address, first.family);
      },
      (error: Error) => done(error, '', 0),
    );
  };
}
