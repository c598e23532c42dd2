import type { Destination, Route, RouteReasons, RouteSource } from '../model/plan.ts';
import { type ProxySettings, winningSetting } from '../proxy/deciding.ts';
import { evaluateBypass, intendedBypass } from '../proxy/no-proxy.ts';
import type { PacEvaluation } from '../proxy/pac/candidates.ts';
import type { BypassList, NamedProxy, ProxyServer, ProxySetting } from '../proxy/setting.ts';

/**
 * The routes to one destination in the order in which they are tried, and the PAC files to ask before they count. As
 * long as there are such files, the routes are what stands after them (the static proxy of the same source, or direct;
 * none for `--proxy pac+URL`). Without files and routes nothing leads there.
 */
export interface ChosenRoutes {
  readonly routes: readonly Route[];
  /** What is said of the whole choice, whatever a PAC file answers. */
  readonly reasons: Pick<RouteReasons, 'bypass' | 'differs' | 'intended'>;
  /** Addresses in the order in which Windows and browsers ask them; null is discovery. */
  readonly pacUrls: readonly (string | null)[];
}

const directRoute = (source: RouteSource, why: string): Route => ({ kind: 'direct', source, why });

function proxyRoute({ protocol, host, port }: ProxyServer, source: RouteSource, why: string): Route {
  return { kind: 'proxy', protocol, host, port, source, why };
}

/** The proxy of a setting for a scheme; a bare TCP port goes where HTTPS goes, for it needs a tunnel as well. */
function proxyFor({ proxies }: ProxySetting, scheme: Destination['scheme']): NamedProxy | null {
  return (scheme === 'http' ? proxies.http : proxies.https) ?? proxies.all;
}

/** What decides for a destination: the choice itself, or the setting that wins. */
interface DecidingSource {
  readonly source: RouteSource;
  readonly name: string;
  readonly proxy: NamedProxy | null;
  readonly bypass: BypassList | null;
  readonly pacUrls: ChosenRoutes['pacUrls'];
}

function sourceOf(scheme: Destination['scheme'], settings: ProxySettings): DecidingSource | null {
  const { choice, chosenBy, environment } = settings;
  const chosen: DecidingSource = { source: chosenBy, name: '--proxy', proxy: null, bypass: null, pacUrls: [] };
  if (choice.kind === 'direct') return chosen;
  // As with curl, NO_PROXY of the environment holds for an explicit proxy too.
  if (choice.kind === 'proxy') return { ...chosen, proxy: choice.proxy, bypass: environment?.bypass ?? null };
  if (choice.kind === 'pac') return { ...chosen, pacUrls: [choice.url] };
  const winner = winningSetting(settings);
  if (winner === null) return null;
  return {
    source: winner.source === 'environment' ? 'environment' : 'system',
    name: winner.source,
    proxy: proxyFor(winner, scheme),
    bypass: winner.bypass,
    pacUrls: [...(winner.autoDetect ? [null] : []), ...(winner.pacUrl === null ? [] : [winner.pacUrl])],
  };
}

/** `--no-proxy`, read as NO_PROXY is. */
export const listOfFlag = (noProxy: string | null): BypassList | null =>
  noProxy === null ? null : { text: noProxy, dialect: 'environment', name: '--no-proxy' };

/**
 * The routes to one destination. Precedence of `auto`: environment, then the operating system's sources in their order,
 * then direct. A source decides as a whole: where the environment names only HTTP_PROXY, HTTPS goes direct.
 */
export function chooseRoutes(destination: Destination, settings: ProxySettings): ChosenRoutes {
  const decisive = sourceOf(destination.scheme, settings);
  const { source, name, proxy, bypass, pacUrls } = decisive ?? {
    source: 'default' as const,
    name: 'default',
    proxy: null,
    bypass: null,
    pacUrls: [],
  };
  if (proxy === null && pacUrls.length === 0) return { routes: [directRoute(source, name)], reasons: {}, pacUrls };
  const flagList = listOfFlag(settings.noProxy);
  const list = flagList ?? bypass;
  const answer = list === null ? null : evaluateBypass(list, destination);
  const differs = (answer?.differs ?? []).map(({ dialect, answer: past }) => ({ dialect, bypass: past }));
  const disputed = differs.length === 0 ? {} : { differs };
  if (list !== null && answer?.bypass === true) {
    return {
      routes: [directRoute(list === flagList ? 'flag' : source, list.name)],
      reasons: { ...(answer.entry === null ? {} : { bypass: answer.entry }), ...disputed },
      // A system's bypass list belongs to its static proxies: a script decides for itself.
      pacUrls: list === flagList ? [] : pacUrls,
    };
  }
  const intended = list === null || proxy === null ? null : intendedBypass(list, destination);
  const reasons = { ...disputed, ...(intended === null ? {} : { intended }) };
  const fallback = proxy === null ? directRoute(source, name) : proxyRoute(proxy, source, proxy.name);
  // Where the user named the script, there is no other way than what it says.
  return { routes: settings.choice.kind === 'pac' ? [] : [fallback], reasons, pacUrls };
}

/**
 * What is chosen once the first of its PAC files was asked. A usable answer decides: its routes in their order. Without
 * one (null: the file was not found or not fetched) the file falls away, as in browsers, and what stands after it is left.
 * @param where the file that answered, for `why`
 */
export function withPacAnswer(chosen: ChosenRoutes, evaluation: PacEvaluation | null, where: string): ChosenRoutes {
  if (evaluation === null || evaluation.candidates.length === 0) return { ...chosen, pacUrls: chosen.pacUrls.slice(1) };
  const routes = evaluation.candidates.map((candidate) =>
    candidate.kind === 'direct' ? directRoute('pac', where) : proxyRoute(candidate, 'pac', where),
  );
  return { ...chosen, routes, pacUrls: [] };
}
