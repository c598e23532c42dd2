import { harmless } from '../harmless.ts';
import type { Environment, ProxySourceFacts } from '../model/observations.ts';
import type { Route } from '../model/plan.ts';
import { proxyName } from '../proxy/access.ts';
import { type ProxySettings, winningSetting } from '../proxy/deciding.ts';
import { lintBypass } from '../proxy/no-proxy.ts';
import type { BypassList, Mistake, ProxySetting } from '../proxy/setting.ts';
import { withoutAccounts } from '../secrets/url-accounts.ts';
import { chooseRoutes, listOfFlag } from './choose.ts';
import { type RouteSettings, readProxySettings } from './settings.ts';

/** What a report says of routes: those in use, what each source says of proxies, the PAC files that were read. */
export type RouteFacts = Pick<Environment, 'routes' | 'proxySources' | 'pacFiles'>;

/** A list as written; an entry with an @ may be a URL with a password in the wrong variable, and is left out. */
function listText({ text, name }: BypassList): { readonly name: string; readonly list: string } {
  return { name, list: harmless(withoutAccounts(text), 1000) };
}

const mistakesOf = (mistakes: readonly Mistake[]): ProxySourceFacts['mistakes'] =>
  mistakes.slice(0, 100).map(({ code, level, name, entry, dialects }) => ({ code, level, name, entry, dialects }));

function settingFacts(setting: ProxySetting, won: boolean): ProxySourceFacts {
  const { source, proxies, bypass, pacUrl, autoDetect, mistakes, notes } = setting;
  return {
    source,
    won,
    proxies: (['http', 'https', 'all'] as const).flatMap((scheme) => {
      const proxy = proxies[scheme];
      return proxy === null ? [] : [{ scheme, proxy: proxyName(proxy), name: proxy.name }];
    }),
    bypass: bypass === null ? null : listText(bypass),
    pacUrl,
    autoDetect,
    mistakes: mistakesOf(mistakes),
    notes,
  };
}

const nothing = {
  proxies: [],
  bypass: null,
  pacUrl: null,
  autoDetect: false,
  mistakes: [],
  notes: [],
} as const satisfies Partial<ProxySourceFacts>;

/** What was said on the command line or in the configuration file; null for nothing. */
function choiceFacts({ choice, chosenBy, noProxy, environment }: ProxySettings): ProxySourceFacts | null {
  const flagList = listOfFlag(noProxy);
  const chosen = { source: chosenBy, won: true, ...nothing };
  if (choice.kind === 'proxy') {
    const list = flagList ?? environment?.bypass ?? null;
    return {
      ...chosen,
      proxies: [{ scheme: 'all', proxy: proxyName(choice.proxy), name: '--proxy' }],
      bypass: list === null ? null : listText(list),
      mistakes: mistakesOf([...choice.mistakes, ...(list === null ? [] : lintBypass(list))]),
    };
  }
  if (choice.kind === 'pac') return { ...chosen, pacUrl: choice.url };
  if (choice.kind === 'direct') return chosen;
  if (flagList === null) return null;
  return {
    source: 'flag',
    won: false,
    ...nothing,
    bypass: listText(flagList),
    mistakes: mistakesOf(lintBypass(flagList)),
  };
}

/** What each source says of proxies, in the order in which they are asked, and which one decides. Without credentials. */
export function sourceFacts(settings: ProxySettings): readonly ProxySourceFacts[] {
  const { environment, system } = settings;
  const winner = winningSetting(settings);
  const chosen = choiceFacts(settings);
  const sources = [...(environment === null ? [] : [environment]), ...system];
  return [...(chosen === null ? [] : [chosen]), ...sources.map((setting) => settingFacts(setting, setting === winner))];
}

/** A route without what is said of one destination alone. */
function bare(decided: Route): Route {
  const {
    bypass: _bypass,
    differs: _differs,
    intended: _intended,
    pac: _pac,
    readings: _readings,
    otherwise: _otherwise,
    ...route
  } = decided;
  return route as Route;
}

/** One of each: of those that lead the same way for the same reason the last. */
export function distinctRoutes(routes: Iterable<Route>): readonly Route[] {
  const distinct = new Map<string, Route>();
  for (const route of routes) {
    const name = route.kind === 'direct' ? 'direct' : proxyName(route);
    distinct.set(JSON.stringify([name, route.source, route.why]), bare(route));
  }
  return [...distinct.values()];
}

/**
 * The routes that an address outside takes, by scheme, as far as settings alone say: a PAC file that has to be asked is
 * named as what decides.
 */
export function usualRoutes(settings: ProxySettings): readonly Route[] {
  const routes = (['https', 'http'] as const).flatMap((scheme): readonly Route[] => {
    const port = scheme === 'https' ? 443 : 80;
    const chosen = chooseRoutes({ scheme, host: 'outside.invalid', port, url: null }, settings);
    if (chosen.pacUrls.length === 0) return chosen.routes;
    const url = chosen.pacUrls[0] ?? 'wpad';
    return [{ kind: 'direct', source: 'pac', why: url, undecided: { reason: 'not-fetched', url, detail: '' } }];
  });
  return distinctRoutes(routes);
}

/** What this machine says of routes, without a plan. Reads settings only; no packet leaves. */
export async function readRouteFacts(settings: RouteSettings): Promise<RouteFacts> {
  const read = await readProxySettings(settings);
  const sources = sourceFacts(read);
  return { routes: usualRoutes(read), ...(sources.length === 0 ? {} : { proxySources: sources }) };
}
