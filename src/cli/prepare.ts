import { loadCatalog } from '../catalog/load.ts';
import type { Catalog } from '../model/catalog.ts';
import type { Plan } from '../model/plan.ts';
import { makePlan, type Selection } from '../plan/plan.ts';
import { type Prepared, prepare } from '../probe/prepare.ts';
import { hostPort } from '../proxy/proxy-url.ts';
import { chooseRoute, type RouteDecision } from '../routes/choose.ts';
import { planRoutes, type Routes, routeInputs } from '../routes/plan-routes.ts';
import { type AccountReader, demandPassword, type ProxyAuth, proxyAccounts } from '../routes/proxy-options.ts';
import { suggest } from '../suggest.ts';
import { UsageError } from '../usage-error.ts';
import { readText } from './config.ts';
import { commandNames } from './flags.ts';
import type { Io } from './io.ts';
import type { Options } from './options.ts';
import { quoted } from './values.ts';

const mostTargetBytes = 4 * 1024 * 1024;

/** The catalog that the options name. Offline, a catalog that has to be fetched is refused. */
export async function catalogOf(io: Io, options: Options, account: AccountReader | null = null): Promise<Catalog> {
  const remote = options.catalogs.find((source) => /^m365:/i.test(source));
  if (options.offline && remote !== undefined) {
    throw new UsageError(
      `--catalog ${quoted(remote).slice(1, -1)} has to be fetched, and --offline sends no packet`,
      'Save the list to a file and give its path.',
    );
  }
  const proxyFor = async (url: URL): Promise<string | null> => {
    const inputs = await routeInputs(io, options.proxy);
    return documentProxy(
      chooseRoute({ scheme: 'https', host: url.hostname, port: Number(url.port) || 443 }, inputs),
      account,
      options.proxy.auth,
    );
  };
  return await loadCatalog(options.catalogs, { bundled: options.bundled, proxyFor });
}

/** What a document is fetched through, as proxy-agent takes it; null for the direct path. Holds a secret: never shown. */
function documentProxy(decision: RouteDecision, account: AccountReader | null, auth: ProxyAuth): string | null {
  const [step] = decision.pac;
  if (step !== undefined) return step.url === null ? null : `pac+${step.url}`;
  const [first] = decision.candidates;
  if (first === undefined || first.route.kind === 'direct') return null;
  const { protocol, host, port } = first.route;
  const held = account === null ? first.credentials : demandPassword(account(first.credentials), protocol, auth);
  const user = held === null ? '' : `${encodeURIComponent(held.user)}:${encodeURIComponent(held.password.reveal())}@`;
  return `${protocol}://${user}${hostPort(host, port)}`;
}

/**
 * The plan of a run, and the routes it was made with. No packet leaves, unless a catalog has to be fetched or, with
 * `mayAsk`, a PAC file decides about routes.
 */
export async function planOf(
  io: Io,
  options: Options,
  mayAsk: boolean,
): Promise<{ readonly plan: Plan; readonly routes: Routes }> {
  const account = await proxyAccounts(mayAsk ? io : { stderr: io.stderr }, options.proxy);
  const catalog = await catalogOf(io, options, account);
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
  const { proxy, dnsServers, timeoutMs, offline } = options;
  return await planRoutes({ io, proxy, dnsServers, timeoutMs, account, mayAsk: mayAsk && !offline }, (routeFor) =>
    makePlan(catalog, selection, { ...options, routeFor }),
  );
}

/** A word that is nearer to a command than to a feature was meant as one. */
export function checkWords(words: readonly string[], catalog: Catalog): void {
  const features = catalog.features.map((feature) => feature.feature);
  for (const word of words) {
    if (!/^[a-z-]+$/i.test(word) || features.includes(word) || word === 'localhost') continue;
    const command = suggest(word, commandNames);
    if (command === null || suggest(word, [...features, ...commandNames]) !== command) continue;
    throw new UsageError(
      `unknown command or feature ${quoted(word)}; did you mean wayclear ${command}?`,
      'wayclear --help lists the commands, wayclear list the features.',
    );
  }
}

async function targetLines(io: Io, file: string | null): Promise<readonly string[]> {
  if (file === null) return [];
  const text = file === '-' ? await io.readStdin(mostTargetBytes) : readText('--targets', file, mostTargetBytes);
  return text.split(/\r?\n/);
}

/** This machine: its stores, roots, resolvers, hosts file, address families. No packet leaves; to be closed. */
export function machineOf(
  io: Io,
  options: Options,
  routes: Pick<Routes, 'all' | 'sources' | 'pacFiles'>,
  anchors: Plan['anchors'],
): Promise<Prepared> {
  const pacFiles = routes.pacFiles();
  return prepare(
    { anchors },
    {
      caFiles: options.caFiles,
      env: io.env,
      platform: io.platform,
      routes: routes.all,
      clock: io.clock,
      resolvers: options.dnsServers,
      proxies: {
        ...(routes.sources.length === 0 ? {} : { proxySources: routes.sources }),
        ...(pacFiles.length === 0 ? {} : { pacFiles }),
      },
    },
  );
}
