import { readFile } from 'node:fs/promises';
import { arch, networkInterfaces, platform, release } from 'node:os';
import { addressClass } from '../addresses.ts';
import { harmless } from '../harmless.ts';
import type { Environment, FamilyFacts } from '../model/observations.ts';
import type { Route } from '../model/plan.ts';

/** Destinations of default routes in Linux' IPv4 table (`/proc/net/route`, little-endian hex): flags RTF_UP without RTF_REJECT. */
export function hasDefaultRoute4(procNetRoute: string): boolean {
  return procNetRoute.split('\n').some((line) => {
    const [name, destination, , flags, , , , mask] = line.trim().split(/\s+/);
    const bits = Number.parseInt(flags ?? '0', 16);
    return (
      name !== undefined &&
      destination === '00000000' &&
      mask === '00000000' &&
      (bits & 1) !== 0 &&
      (bits & 0x200) === 0
    );
  });
}

/** The same for `/proc/net/ipv6_route`; the kernel's own `unreachable default` on `lo` has RTF_REJECT set. */
export function hasDefaultRoute6(procNetRoute: string): boolean {
  return procNetRoute.split('\n').some((line) => {
    const fields = line.trim().split(/\s+/);
    const bits = Number.parseInt(fields[8] ?? '0', 16);
    return (
      fields.length >= 10 &&
      fields[0] === '0'.repeat(32) &&
      fields[1] === '00' &&
      fields[9] !== 'lo' &&
      (bits & 1) !== 0 &&
      (bits & 0x200) === 0
    );
  });
}

async function defaultRoutes(): Promise<{ readonly v4: boolean | null; readonly v6: boolean | null }> {
  if (platform() !== 'linux') return { v4: null, v6: null };
  const [v4, v6] = await Promise.all(
    ['/proc/net/route', '/proc/net/ipv6_route'].map((file) => readFile(file, 'utf8').catch(() => null)),
  );
  return {
    v4: typeof v4 === 'string' ? hasDefaultRoute4(v4) : null,
    v6: typeof v6 === 'string' ? hasDefaultRoute6(v6) : null,
  };
}

/** Address families of this machine: what its interfaces that are up hold. Reads local tables only; no packet leaves. */
export async function familyFacts(): Promise<readonly FamilyFacts[]> {
  const routes = await defaultRoutes();
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return ([4, 6] as const).map((family) => ({
    family,
    addresses: addresses
      .filter((entry) => entry.family === `IPv${family}` && !entry.internal)
      .map((entry) => entry.address)
      .filter((address) => !['loopback', 'link-local'].includes(addressClass(address)))
      .sort(),
    defaultRoute: family === 4 ? routes.v4 : routes.v6,
  }));
}

/** What this machine is and uses, before the first packet. `roots` and the trust stores come from the trust module. */
export async function readEnvironment(
  parts: Pick<
    Environment,
    'resolvers' | 'naming' | 'trustStores' | 'rootAutoUpdate' | 'windows' | 'roots' | 'proxySources' | 'pacFiles'
  > & {
    readonly routes: readonly Route[];
  },
): Promise<Environment> {
  return {
    runtime: { name: 'node', version: process.versions.node, openssl: process.versions.openssl },
    platform: { os: platform(), release: harmless(release(), 100), arch: arch() },
    families: await familyFacts(),
    ...parts,
  };
}
