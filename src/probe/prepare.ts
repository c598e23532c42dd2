import type { Clock } from '../clock.ts';
import type { Environment, WindowsFacts } from '../model/observations.ts';
import type { Plan } from '../model/plan.ts';
import { rootStates, rootsOfInterest } from '../trust/stores/roots.ts';
import { loadTrustStores } from '../trust/stores/stores.ts';
import { descriptorLimit } from './descriptors.ts';
import { loadNames, usedServers } from './dns/naming.ts';
import { machineResolvers } from './dns/resolve.ts';
import { createSystemResolver, systemScope } from './dns/system-resolver.ts';
import { readEnvironment } from './environment.ts';
import type { RunDependencies } from './run.ts';

export interface Preparation {
  /** PEM files with roots that are trusted too; left out: none. */
  readonly caFiles?: readonly string[];
  /** The process's own variables. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What is known of routes, for the report. */
  readonly routes: Pick<Environment, 'routes' | 'proxySources' | 'pacFiles'>;
  readonly clock: Clock;
  /** Resolvers in place of the machine's own; left out or empty: the machine's. */
  readonly resolvers?: readonly string[];
  /** As `process.platform` says it; left out: this machine's. */
  readonly platform?: string;
  /** Ends programs that are asked for settings. Left out: their own bounds alone do. */
  readonly signal?: AbortSignal;
}

/** What a run needs to know of this machine. `close` ends the resolver's child. No packet leaves. */
export interface Prepared
  extends Required<
    Pick<RunDependencies, 'clock' | 'descriptors' | 'names' | 'environment' | 'stores' | 'hosts' | 'system'>
  > {
  readonly environment: Promise<Environment>;
  close(): void;
}

/**
 * Reads hosts file and resolvers, and begins with the rest, stores and interfaces, when the run has asked for its first
 * names. A CA file that can't be used is a UsageError, before any packet.
 */
export async function prepare(plan: Pick<Plan, 'anchors'>, settings: Preparation): Promise<Prepared> {
  const { env, clock } = settings;
  const { platform = process.platform, resolvers = [], caFiles = [] } = settings;
  const { hosts, nsswitch, naming } = await loadNames(platform, env, settings.signal);
  const servers = usedServers(machineResolvers(), naming);
  const names = {
    resolvers: resolvers.length > 0 ? resolvers : servers,
    // Resolvers that somebody chose are asked for names as they stand.
    ...(naming === null || resolvers.length > 0 ? {} : { naming }),
  };
  const reading = readMachine(plan, { ...settings, platform }, names);
  const stores = reading.then((machine) => machine.stores);
  const environment = reading.then((machine) => machine.environment);
  // Whoever runs waits for them; a run that ends before it does has nobody who hears.
  for (const part of [stores, environment]) part.catch(() => {});
  if (caFiles.length > 0) await reading;
  const system = createSystemResolver({ environment: env, scope: systemScope(platform, nsswitch) });
  const close = (): void => system.close();
  return { clock, descriptors: descriptorLimit(), names, environment, stores, hosts, system, close };
}

/** Loaded where they are needed. */
async function windowsFacts(env: Preparation['env'], signal: AbortSignal | undefined): Promise<WindowsFacts> {
  const [{ systemPrograms }, { readWindowsFacts }] = await Promise.all([
    import('../windows/programs.ts'),
    import('../windows/facts.ts'),
  ]);
  const bounds = { timeoutMs: 3000, mostBytes: 65_536, encoding: 'latin1', signal } as const;
  return await readWindowsFacts(systemPrograms('win32', env, bounds), env);
}

async function readMachine(
  { anchors }: Pick<Plan, 'anchors'>,
  { env, clock, caFiles = [], routes, signal, platform }: Preparation & { readonly platform: string },
  names: Pick<Environment, 'resolvers' | 'naming'>,
) {
  // In the first turn of the event loop questions get their turn, in the second they have left.
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  const [stores, rows, windows] = await Promise.all([
    loadTrustStores({ caFiles, anchors, env, platform, signal }),
    rootsOfInterest(),
    platform === 'win32' ? windowsFacts(env, signal) : null,
  ]);
  const environment: Environment = await readEnvironment({
    ...names,
    ...routes,
    trustStores: stores.facts,
    rootAutoUpdate: stores.rootAutoUpdate,
    ...(windows === null ? {} : { windows }),
    roots: rootStates(stores, rows, new Date(clock.wall()).toISOString()),
  });
  return { stores, environment };
}
