import { isIP } from '../addresses.ts';
import type { ProxyRoute, Route, SecondRoutes, Target } from '../model/plan.ts';
import type { ProxySettings } from '../proxy/deciding.ts';
import type { PacFiles } from './pac-files.ts';
import { sourceFacts, usualRoutes } from './route-facts.ts';
import { routeTo } from './route-to.ts';

const viaProxy = (route: Route): Route | null => (route.kind === 'proxy' ? route : null);

/**
 * The routes to measure beside the planned ones: `--direct-too`; the configured proxy where `--proxy direct` leads
 * nowhere; the usual proxy where a bypass list or a PAC file sends a target past it to nowhere, or where it is set for the
 * other scheme alone; the direct path where a proxy does not lead to what may be inside. Null where there is none to try.
 * @param planned the routes of the plan, each once
 */
export function secondRoutes(
  settings: ProxySettings,
  files: PacFiles,
  planned: readonly Route[],
  directToo: boolean,
): SecondRoutes | null {
  if (settings.choice.kind === 'direct') return configuredProxy(settings, files);
  return directToo ? directPath : otherWay(settings, files, planned);
}

const directPath: SecondRoutes = {
  when: 'always',
  routeFor: async ({ route }) =>
    route.kind === 'proxy' && route.undecided === undefined
      ? { kind: 'direct', source: 'flag', why: '--direct-too' }
      : null,
};

function configuredProxy(settings: ProxySettings, files: PacFiles): SecondRoutes {
  const configured: ProxySettings = { ...settings, choice: { kind: 'auto' } };
  return { when: 'unreached', routeFor: async (target) => viaProxy(await routeTo(target, configured, files)) };
}

function otherWay(settings: ProxySettings, files: PacFiles, planned: readonly Route[]): SecondRoutes | null {
  const past = pastProxy(settings, files);
  const proxied = planned.filter((route) => route.kind === 'proxy');
  const answered = planned.some(({ source }) => source === 'pac');
  if (past === null && proxied.length === 0 && !answered) return null;
  const networks = sourceFacts(settings).some(({ bypass }) => hasNetwork(bypass?.list ?? ''));
  return {
    when: 'unreached',
    routeFor: async (target) => {
      const { route, scheme, port } = target;
      if (route.undecided !== undefined) return null;
      if (route.kind === 'proxy') {
        const inside = (networks && isIP(target.host) === 0) || mayBeInside(target, route);
        return inside ? { kind: 'direct', source: 'default', why: 'default' } : null;
      }
      if (route.source !== 'pac') return (await past?.(target)) ?? null;
      const named = proxied.find(({ source, why }) => source === 'pac' && why === route.why);
      if (named !== undefined) return named;
      return viaProxy(await routeTo({ scheme, host: 'outside.invalid', port, url: null }, settings, files));
    },
  };
}

const hasNetwork = (list: string): boolean =>
  list.split(/[,;\s]+/).some((entry) => /^[0-9a-f.:]+\/\d{1,3}$/i.test(entry));

/** A host that the bypass list was meant to name, for some reader or by its author, or that lives where the proxy lives. */
function mayBeInside({ host, route }: Target, proxy: ProxyRoute): boolean {
  if (route.intended !== undefined || (route.differs ?? []).some(({ bypass }) => bypass)) return true;
  if (isIP(host) !== 0) return false;
  if (!host.includes('.')) return true;
  const domain = isIP(proxy.host) === 0 ? proxy.host.slice(proxy.host.indexOf('.') + 1) : '';
  return domain.includes('.') && host.endsWith(`.${domain}`);
}

/** The usual proxy for a target that goes directly; null where no setting names one. */
function pastProxy(settings: ProxySettings, files: PacFiles): ((target: Target) => Promise<Route | null>) | null {
  // Without a list: one that says `*` would send the address outside past the proxy as well.
  const unlisted: ProxySettings = { ...settings, noProxy: '' };
  const kinds = new Set(usualRoutes(unlisted).map(({ kind }) => kind));
  const listed = sourceFacts(settings).some(({ bypass }) => bypass !== null);
  if (!listed && !(kinds.has('proxy') && kinds.has('direct'))) return null;
  const usual = async (scheme: 'https' | 'http' | 'tcp', port: number): Promise<Route | null> =>
    viaProxy(await routeTo({ scheme, host: 'outside.invalid', port, url: null }, unlisted, files));
  return async ({ route, scheme, port }) => {
    const proxied = await usual(scheme, port);
    if (proxied !== null || route.bypass !== undefined) return proxied;
    // Set for the other scheme alone: known to this machine all the same.
    return usual(scheme === 'http' ? 'https' : 'http', port);
  };
}
