/**
 * The lab's internet as data: which names exist, which addresses they have, and which addresses a scope means.
 * Every name owns a /24 and a /48 of ranges that are public to the product (one host answers on all of them);
 * they are real people's ranges, which is safe only because nothing leads out of the namespaces.
 */
import type { Scope, WorldOptions } from './scenario.ts';

export interface WorldHost {
  readonly name: string;
  readonly v4: readonly string[];
  readonly v6: readonly string[];
  readonly features: readonly string[];
}

export interface World {
  readonly hosts: readonly WorldHost[];
  readonly byName: ReadonlyMap<string, WorldHost>;
}

/** The ranges that the lab's internet answers on. */
export const INTERNET_V4 = '20.0.0.0/8';
export const INTERNET_V6 = '2603:1000::/24';
/** Where private endpoints are: addresses of the company's own network that lead to the services. */
export const PRIVATE_V4 = '10.200.0.0/15';
/** RFC 6052's well-known prefix: with NAT64 the internet answers there as well. */
export const NAT64_PREFIX = '64:ff9b::/96';

/** Names that exist whatever the catalog says: neutral sites for experiments and the lab's certificate services. */
const STANDING_NAMES = [
  'example.com',
  'www.example.com',
  'example.net',
  'example.org',
  'www.example.org',
  'www.msftconnecttest.com',
  'www.msftncsi.com',
  'connectivitycheck.gstatic.com',
  'detectportal.firefox.com',
  'crl.trust-services.example',
  'ocsp.trust-services.example',
  'issuers.trust-services.example',
  'portal.hotspot.example',
] as const;

/** Resolvers that everybody knows; in the lab they answer as the authority does. */
export const PUBLIC_RESOLVERS = [
  '1.1.1.1',
  '8.8.8.8',
  '9.9.9.9',
  '2606:4700:4700::1111',
  '2001:4860:4860::8888',
  '2620:fe::fe',
] as const;

/** The parts of a catalog file that the lab reads. */
export interface CatalogFile {
  readonly feature: string;
  readonly endpoints: readonly {
    readonly id: string;
    readonly pattern: string;
    readonly ports?: readonly (number | string)[];
    readonly probes?:
      | readonly {
          readonly url: string;
          readonly expect?: CatalogExpectation | null;
          readonly content?: { readonly startsWith?: string } | null;
        }[]
      | null;
    readonly tls?: Readonly<Record<string, unknown>> | null;
  }[];
}

export interface CatalogExpectation {
  readonly status?: readonly number[] | null;
  readonly header?: { readonly name: string; readonly pattern: string } | null;
}

/** Of the client of that number, counted from 1. */
export const clientNetwork = (number: number): string => `10.77.${number === 1 ? 1 : 10 + number}.0/24`;

const isName = (text: string): boolean => /^[a-z0-9_-]+(\.[a-z0-9_-]+)+$/i.test(text) && !/^[\d.]+$/.test(text);

/** Host and port of a catalog URL without parameters; null for anything else. */
export function hostOfUrl(
  url: string,
): { readonly host: string; readonly port: number; readonly scheme: string } | null {
  const match = /^(https|http|tcp):\/\/([^/:{}<>]+)(?::(\d+))?(?:\/|$)/.exec(url);
  if (!match) return null;
  const [, scheme = '', host = '', port] = match;
  if (!isName(host)) return null;
  return { host: host.toLowerCase(), scheme, port: Number(port ?? (scheme === 'http' ? 80 : 443)) };
}

/** Names that the catalog probes, each with the features that name it. */
export function catalogNames(files: readonly CatalogFile[]): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  for (const file of files) {
    for (const endpoint of file.endpoints) {
      const probed = (endpoint.probes ?? []).flatMap((probe) => hostOfUrl(probe.url)?.host ?? []);
      const exact = isName(endpoint.pattern) ? [endpoint.pattern.toLowerCase()] : [];
      for (const name of new Set([...probed, ...exact])) {
        const features = names.get(name) ?? [];
        if (!features.includes(file.feature)) features.push(file.feature);
        names.set(name, features);
      }
    }
  }
  return names;
}

/** Whether a name is meant by `exact` or `*.suffix`. */
export function nameMatches(name: string, pattern: string): boolean {
  return pattern.startsWith('*.') ? name.endsWith(pattern.slice(1)) : name === pattern;
}

export const crowdNames = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `host-${index}.crowd.example`);

/** Gives every name its addresses: the n-th name (sorted) has 20.(40 + n / 256).(n % 256).0/24 and 2603:1000:n::/48. */
export function createWorld(names: ReadonlyMap<string, readonly string[]>, options: WorldOptions): World {
  const all = [
    ...new Set([...names.keys(), ...STANDING_NAMES, ...(options.names ?? []), ...crowdNames(options.crowd ?? 0)]),
  ].sort();
  const oneFamily = Object.entries(options.oneFamily ?? {});
  const counts = Object.entries(options.addresses ?? {});
  const hosts = all.map((name, index): WorldHost => {
    const count = counts.find(([pattern]) => nameMatches(name, pattern))?.[1] ?? 1;
    const family = oneFamily.find(([pattern]) => nameMatches(name, pattern))?.[1];
    const each = Array.from({ length: count }, (_, n) => n + 10);
    return {
      name,
      v4: (family === 6 ? [] : each).map((n) => `20.${40 + (index >> 8)}.${index & 255}.${n}`),
      v6: (family === 4 ? [] : each).map((n) => `2603:1000:${index.toString(16)}::${n.toString(16)}`),
      features: names.get(name) ?? [],
    };
  });
  return { hosts, byName: new Map(hosts.map((host) => [host.name, host])) };
}

/** The host that owns an address (any of its /24 or /48); null for addresses that belong to nobody. */
export function hostAt(world: World, address: string): WorldHost | null {
  const plain = address.replace(/^::ffff:/, '');
  const own = /^10\.20([01])\.(\d+)\.\d+$/.exec(plain);
  if (own) return world.hosts[(Number(own[1]) << 8) | Number(own[2])] ?? null;
  const v4 = /^20\.(\d+)\.(\d+)\.\d+$/.exec(plain) ?? embedded(plain);
  if (v4) return world.hosts[((Number(v4[1]) - 40) << 8) | Number(v4[2])] ?? null;
  const v6 = /^2603:1000:([0-9a-f]{0,4}):/.exec(plain);
  return v6 ? (world.hosts[Number.parseInt(v6[1] === '' ? '0' : (v6[1] ?? '0'), 16)] ?? null) : null;
}

/** 64:ff9b::1428:010a → the groups of 20.40.1.10. */
function embedded(address: string): readonly [string, string, string] | null {
  const match = /^64:ff9b::([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(address);
  if (!match) return null;
  const [high, low] = [Number.parseInt(match[1] ?? '', 16), Number.parseInt(match[2] ?? '', 16)];
  return [address, String(high & 255), String(low >> 8)];
}

/** The private endpoint's address of a host. */
export function privateAddressOf({ v4: [first = ''] }: WorldHost): string {
  return first.replace(/^20\.4([01])\./, '10.20$1.');
}

const PUBLIC = { 4: ['0.0.0.0/0'], 6: ['::/0'] } as const;

/** Prefixes that a scope means in one family. Names without an address of that family give none. */
export function prefixesOf(world: World, scope: Scope, family: 4 | 6): readonly string[] {
  if (scope.family !== undefined && scope.family !== family) return [];
  const given = scope.prefixes?.filter((prefix) => prefix.includes(':') === (family === 6));
  if (scope.names === undefined && scope.features === undefined) return given ?? PUBLIC[family];
  const hosts = world.hosts.filter(
    (host) =>
      scope.names?.some((pattern) => nameMatches(host.name, pattern)) === true ||
      scope.features?.some((feature) => host.features.includes(feature)) === true,
  );
  const addresses = hosts.flatMap((host) => {
    const list = family === 4 ? host.v4 : host.v6;
    return scope.nth === undefined ? list : list.filter((_, n) => scope.nth?.includes(n));
  });
  return [...addresses, ...(given ?? [])];
}

/** Names that the lists mean; without lists every name of the world. */
export function namesOf(world: World, names?: readonly string[], features?: readonly string[]): readonly string[] {
  return world.hosts
    .filter(
      (host) =>
        (names === undefined && features === undefined) ||
        names?.some((pattern) => nameMatches(host.name, pattern)) === true ||
        features?.some((feature) => host.features.includes(feature)) === true,
    )
    .map((host) => host.name);
}
