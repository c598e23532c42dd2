/**
 * Which way each target is reached, and why: `planRoutes` makes a plan out of an unrouted one. One name for one thing,
 * from what a person said to the bytes on the wire:
 *
 * - choice (`ProxyChoice`): what `--proxy` asks for. src/proxy/choice.ts
 * - setting (`ProxySetting`): what one source of this machine says of proxies. src/proxy/settings
 * - settings (`ProxySettings`): the choice and the settings of all sources, all that routes are chosen from, and which
 *   of it decides. src/proxy/deciding.ts
 * - route (`Route`): how one destination is reached and why, or that nothing decides it; part of the plan. choose.ts
 *   without PAC files, route-to.ts with them
 * - access (`ProxyAccess`): accounts and roots for proxies, kept apart from routes, which reports show.
 *   src/proxy/accounts.ts
 * - tunnel: what the prober makes of a route, step by step. src/probe/tunnel
 *
 * Knows neither the command line nor the prober; of it only the resolver, for names in PAC files.
 */
import type { Destination, Plan, ProxyRoute, Route, SecondRoutes, Target, UnroutedPlan } from '../model/plan.ts';
import { createNameLookup } from '../probe/dns/lookup.ts';
import type { ProxyAccess } from '../proxy/access.ts';
import { accountsOf, tellAccounts } from '../proxy/accounts.ts';
import { loadKerberos } from '../proxy/auth/negotiate.ts';
import { createSecrets } from '../secrets/secrets.ts';
import { secondRoutes } from './beside.ts';
import { createPacFiles } from './pac-files.ts';
import { distinctRoutes, type RouteFacts, sourceFacts } from './route-facts.ts';
import { routeTo } from './route-to.ts';
import { type RouteSettings, readProxySettings } from './settings.ts';

/** A plan with its routes, and what goes with them. */
export interface RoutedPlan {
  readonly plan: Plan;
  /** For `prepare`: what the report says of routes. */
  readonly facts: RouteFacts;
  /** Names that PAC files wanted addresses of where no packet may leave: none was given, and a run may go another way. */
  readonly unresolved: readonly string[];
  /** For `run`. */
  readonly routes: {
    /** The route to an address that no plan names: a redirect's, or one that a certificate names. */
    readonly routeFor: (destination: Destination) => Promise<Route>;
    readonly access?: ProxyAccess;
    readonly beside: SecondRoutes | null;
  };
  /** Ends scripts and lookups. To be called when the run is over. */
  close(): Promise<void>;
}

/** The route of what has no host: of a target that can't be tested. */
const noRoute: Route = { kind: 'direct', source: 'default', why: 'not probed' };

const directRoute: Route = { kind: 'direct', source: 'default', why: 'default' };

/** The direct path for every target, whatever this machine says of proxies. */
export function routeDirectly(plan: UnroutedPlan): RoutedPlan {
  return {
    plan: routed(plan, () => directRoute),
    facts: { routes: [directRoute] },
    unresolved: [],
    routes: { routeFor: async () => directRoute, beside: null },
    close: async () => {},
  };
}

const routed = (plan: UnroutedPlan, routeOf: (target: Destination) => Route): Plan => ({
  ...plan,
  targets: plan.targets.map((target): Target => ({ ...target, route: target.host === '' ? noRoute : routeOf(target) })),
});

/** The URL says all; it is a string that the target holds anyway. */
const keyOf = ({ scheme, host, port, url }: Destination): string => url ?? `${scheme}://${host}:${port}`;

/**
 * Reads what this machine says of proxies and decides for every target. PAC files that decide are fetched, unless the
 * plan or the settings say that no packet leaves; a file that is of no use makes routes undecided and is no error.
 * @throws UsageError where a proxy that is in use could ask for a password that nobody gave
 */
export async function planRoutes(plan: UnroutedPlan, settings: RouteSettings): Promise<RoutedPlan> {
  const { env, clock, platform = process.platform, auth = 'auto', proxyCa = [], directToo = false } = settings;
  const { secrets = createSecrets(), guard, signal } = settings;
  const mayFetch = settings.mayFetch !== false && !plan.offline;
  const read = await readProxySettings(settings);
  tellAccounts(secrets, read, settings.account);
  const { keep } = secrets;
  const { timeoutMs } = plan.limits;
  const lookup = createNameLookup({ env, platform, clock, dnsServers: plan.dnsServers, timeoutMs, signal });
  const files = createPacFiles({
    ...{ env, clock, timeoutMs, mayFetch, signal },
    ...{ addressesOf: lookup.addressesOf, ca: proxyCa, keep },
  });
  const close = async (): Promise<void> => {
    lookup.close();
    await files.close();
  };
  try {
    const accounts = accountsOf(read, auth, settings.account);
    const planned = await decideAll(plan, (destination) => routeTo(destination, read, files));
    const later = new Map<string, Promise<Route>>();
    const routeFor = (destination: Destination): Promise<Route> => {
      const key = keyOf(destination);
      const route = later.get(key) ?? Promise.resolve(planned.get(key) ?? routeTo(destination, read, files));
      later.set(key, route);
      return route;
    };
    // Where no packet leaves nobody is asked for a password either.
    if (mayFetch) for (const proxy of proxiesIn(planned.values())) accounts.demandFor(proxy);
    const sources = sourceFacts(read);
    const second = secondRoutes(read, files, [...new Set(planned.values())], directToo);
    const pacFiles = files.facts();
    return {
      plan: routed(plan, (target) => planned.get(keyOf(target)) ?? noRoute),
      facts: {
        routes: distinctRoutes(planned.values()),
        ...(sources.length === 0 ? {} : { proxySources: sources }),
        ...(pacFiles.length === 0 ? {} : { pacFiles }),
      },
      unresolved: files.unresolved(),
      routes: {
        routeFor,
        access: {
          ...{ scheme: auth, accountFor: accounts.accountFor, proxyCa, loadKerberos, platform, secrets },
          ...(guard === undefined ? {} : { guard }),
        },
        beside: plan.experiments || second?.when === 'always' ? second : null,
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The route of each address among the targets, one after the other. Those that are alike are one object. */
async function decideAll(
  { targets }: UnroutedPlan,
  routeFor: (destination: Destination) => Promise<Route>,
): Promise<ReadonlyMap<string, Route>> {
  const planned = new Map<string, Route>();
  const distinct = new Map<string, Route>();
  for (const { scheme, host, port, url } of targets) {
    const destination = { scheme, host, port, url };
    const key = keyOf(destination);
    if (host === '' || planned.has(key)) continue;
    const route = await routeFor(destination);
    const text = JSON.stringify(route);
    const shared = distinct.get(text) ?? route;
    distinct.set(text, shared);
    planned.set(key, shared);
  }
  return planned;
}

const proxiesIn = (routes: Iterable<Route>): readonly ProxyRoute[] =>
  [...new Set(routes)]
    .flatMap((route) => [route, ...(route.otherwise ?? [])])
    .filter((route) => route.kind === 'proxy');
