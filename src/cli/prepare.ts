import { isFetched, loadCatalog } from '../catalog/load.ts';
import type { Catalog } from '../model/catalog.ts';
import type { Plan, UnroutedPlan } from '../model/plan.ts';
import { makePlan, type Selection } from '../plan/plan.ts';
import { type Prepared, prepare } from '../probe/prepare.ts';
import { documentProxy } from '../routes/document-proxy.ts';
import { planRoutes, type RoutedPlan, routeDirectly } from '../routes/plan-routes.ts';
import type { RouteFacts } from '../routes/route-facts.ts';
import type { RouteSettings } from '../routes/settings.ts';
import { catalogFolder } from '../state-folder.ts';
import { suggest } from '../suggest.ts';
import { UsageError } from '../usage-error.ts';
import { readCaFiles } from './ca-file.ts';
import { stateOf } from './carry-options.ts';
import { readText } from './config.ts';
import { commandNames } from './flags.ts';
import type { Io } from './io.ts';
import type { Options } from './options.ts';
import { routeSettings } from './route-settings.ts';
import { quoted } from './values.ts';

const mostTargetBytes = 4 * 1024 * 1024;

/** Where catalogs are that were brought along and accepted. */
export function updatesOf(io: Io, { state }: Pick<Options, 'state'>): string | null {
  const folder = stateOf(io, state);
  return folder === null ? null : catalogFolder(folder);
}

/** The catalog that the options name. Offline, a catalog that has to be fetched is refused. */
export async function catalogOf(io: Io, options: Options, settings: RouteSettings): Promise<Catalog> {
  const remote = options.catalogs.find(isFetched);
  if (options.offline && remote !== undefined) {
    throw new UsageError('command.offline-catalog', { source: quoted(remote).slice(1, -1) });
  }
  if (options.offlineBy !== null && remote !== undefined) {
    throw new UsageError('mode.fetched', { where: options.offlineBy, source: quoted(remote).slice(1, -1) });
  }
  return await loadCatalog(options.catalogs, {
    bundled: options.bundled,
    updates: updatesOf(io, options),
    signal: io.ending.work,
    ca: remote === undefined ? [] : await readCaFiles(options.caFiles, io.ending.work),
    proxyFor: (url) => documentProxy(url, settings),
  });
}

/**
 * The plan of a run with its routes. No packet leaves, unless a catalog has to be fetched or, with `mayAsk`, a PAC file
 * decides about routes.
 */
export async function planOf(io: Io, options: Options, mayAsk: boolean): Promise<RoutedPlan> {
  const settings = await routeSettings(io, options, mayAsk);
  return await planRoutes(await targetsOf(io, options, settings), settings);
}

/** What a run would measure, before anybody decided by which routes. No packet leaves, unless a catalog has to be fetched. */
export async function targetsOf(io: Io, options: Options, settings: RouteSettings): Promise<UnroutedPlan> {
  const catalog = await catalogOf(io, options, settings);
  checkWords(options.what, catalog);
  const selection: Selection = {
    what: options.what,
    targets: await targetLines(io, options.targets),
    role: options.role,
    cloud: options.cloud,
    includeLegacy: options.includeLegacy,
    only: options.only,
    skip: options.skip,
    set: options.parameters,
  };
  return makePlan(catalog, selection, options);
}

/** What stands for the plan of a run that was interrupted before it had one: nothing was to be tested, and nothing was. */
export function nothingPlanned(options: Options): RoutedPlan {
  const { families, dnsServers, tlsHello, timeoutMs, deadlineMs, offline, experiments } = options;
  const limits = { timeoutMs, deadlineMs, concurrency: options.concurrency ?? 1 };
  return routeDirectly({ targets: [], anchors: [], families, dnsServers, tlsHello, limits, offline, experiments });
}

/** A word that is nearer to a command than to a feature was meant as one. */
function checkWords(words: readonly string[], catalog: Catalog): void {
  const features = catalog.features.map((feature) => feature.feature);
  for (const word of words) {
    if (!/^[a-z-]+$/i.test(word) || features.includes(word) || word === 'localhost') continue;
    const command = suggest(word, commandNames);
    if (command === null || suggest(word, [...features, ...commandNames]) !== command) continue;
    throw new UsageError('command.unknown', { word: quoted(word), command });
  }
}

async function targetLines(io: Io, file: string | null): Promise<readonly string[]> {
  if (file === null) return [];
  const text =
    file === '-'
      ? await io.readStdin(mostTargetBytes)
      : await readText('--targets', file, mostTargetBytes, io.ending.work);
  return text.split(/\r\n|\r|\n/);
}

/** This machine: its stores, roots, resolvers, hosts file, address families. No packet leaves; to be closed. */
export function machineOf(io: Io, options: Options, routes: RouteFacts, anchors: Plan['anchors']): Promise<Prepared> {
  const { caFiles, dnsServers: resolvers } = options;
  const { env, platform, clock, ending } = io;
  return prepare({ anchors }, { caFiles, env, platform, routes, clock, resolvers, signal: ending.work });
}
