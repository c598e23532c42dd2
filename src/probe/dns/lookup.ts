import type { LookupFunction } from 'node:net';
import { lookupBy } from '../../addresses.ts';
import type { Clock } from '../../clock.ts';
import { loadNames, usedServers } from './naming.ts';
import { createResolver, machineResolvers, type Resolver } from './resolve.ts';
import { createSystemResolver, type SystemResolver, systemScope } from './system-resolver.ts';

export interface LookupSettings {
  /** The process's own variables. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `process.platform`. */
  readonly platform: string;
  readonly clock: Clock;
  /** Resolvers in place of the machine's own; empty: the machine's. */
  readonly dnsServers: readonly string[];
  /** For one name, in milliseconds. */
  readonly timeoutMs: number;
  /** Ends questions too. Left out: `close` alone does. */
  readonly signal?: AbortSignal | undefined;
}

/** Addresses of names outside a run, as scripts of PAC files ask for them. */
interface NameLookup {
  /** IPv4 ones first; empty where there is none. Never rejects. */
  addressesOf(host: string): Promise<readonly string[]>;
  /** Ends the questions under way. */
  close(): void;
}

interface OpenLookup {
  readonly resolver: Resolver;
  readonly system: SystemResolver;
}

/** Reads the hosts file and opens sockets; both resolvers are to be closed. */
export async function openLookup({
  env,
  platform,
  clock,
  dnsServers,
  timeoutMs,
  signal,
}: LookupSettings & { readonly signal: AbortSignal }): Promise<OpenLookup> {
  const { hosts, nsswitch, naming } = await loadNames(platform, env, signal);
  // A name without a dot, as `wpad`, is one of the machine's search list.
  const system = createSystemResolver({ environment: env, scope: systemScope(platform, nsswitch) });
  const resolver = createResolver({
    servers: dnsServers.length > 0 ? dnsServers : usedServers(machineResolvers(), naming),
    ...(naming === null || dnsServers.length > 0 ? {} : { naming }),
    families: [4, 6],
    timeoutMs,
    hosts,
    system,
    clock,
    startedAt: clock.now(),
    signal,
  });
  return { resolver, system };
}

/** Reads the hosts file and opens sockets with the first question; before it, nothing is done. */
export function createNameLookup(settings: LookupSettings): NameLookup {
  const ending = new AbortController();
  const signal = AbortSignal.any([ending.signal, ...(settings.signal === undefined ? [] : [settings.signal])]);
  let opening: Promise<OpenLookup> | null = null;
  return {
    async addressesOf(host) {
      opening ??= openLookup({ ...settings, signal });
      const { resolver } = await opening;
      const names = await resolver.resolve(host, signal);
      return names.status === 'passed' ? names.value.addresses.map(({ address }) => address) : [];
    },
    close() {
      ending.abort('interrupted');
      void opening?.then(({ resolver, system }) => {
        resolver.close();
        system.close();
      });
    },
  };
}

/** For one name that a socket is to be opened to, in milliseconds. */
const socketMs = 5000;

/** What finds addresses for sockets as this machine's programs do. Anew for each name: networks change while a watch goes on. */
export const hostLookup = (machine: Omit<LookupSettings, 'timeoutMs'>): LookupFunction =>
  lookupBy(async (host) => {
    const names = createNameLookup({ ...machine, timeoutMs: socketMs });
    try {
      return await names.addressesOf(host);
    } finally {
      names.close();
    }
  });
