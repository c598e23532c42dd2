import type { Route, SecondRoutes } from '../model/plan.ts';
import { sourceFacts, usualRoutes } from './facts.ts';
import type { PacFiles } from './pac-files.ts';
import { routeTo } from './route-to.ts';
import type { ProxySettings } from './settings.ts';

const viaProxy = (route: Route): Route | null => (route.kind === 'proxy' ? route : null);

/**
 * The routes to measure beside the planned ones: `--direct-too`, the configured proxy where `--proxy direct` leads
 * nowhere, and the usual proxy where a bypass list sends a target past it to nowhere, or where it is set for the other
 * scheme alone. Null where there is none to try.
 */
export function secondRoutes(settings: ProxySettings, files: PacFiles, directToo: boolean): SecondRoutes | null {
  if (settings.choice.kind === 'direct') return configuredProxy(settings, files);
  return directToo ? directPath : pastProxy(settings, files);
}

const direct: Route = { kind: 'direct', source: 'flag', why: '--direct-too' };
const directPath: SecondRoutes = {
  when: 'always',
  routeFor: async ({ route }) => (route.kind === 'proxy' && route.undecided === undefined ? direct : null),
};

function configuredProxy(settings: ProxySettings, files: PacFiles): SecondRoutes {
  const configured: ProxySettings = { ...settings, choice: { kind: 'auto' } };
  return { when: 'unreached', routeFor: async (target) => viaProxy(await routeTo(target, configured, files)) };
}

function pastProxy(settings: ProxySettings, files: PacFiles): SecondRoutes | null {
  // Without a list: one that says `*` would send the address outside past the proxy as well.
  const unlisted: ProxySettings = { ...settings, noProxy: '' };
  const kinds = new Set(usualRoutes(unlisted).map(({ kind }) => kind));
  const listed = sourceFacts(settings).some(({ bypass }) => bypass !== null);
  if (!listed && !(kinds.has('proxy') && kinds.has('direct'))) return null;
  const usual = async (scheme: 'https' | 'http' | 'tcp', port: number): Promise<Route | null> =>
    viaProxy(await routeTo({ scheme, host: 'outside.invalid', port, url: null }, unlisted, files));
  return {
    when: 'unreached',
    routeFor: async ({ route, scheme, port }) => {
      if (route.kind !== 'direct' || route.source === 'pac') return null;
      const proxied = await usual(scheme, port);
      if (proxied !== null || route.bypass !== undefined) return proxied;
      // Set for the other scheme alone: known to this machine all the same.
      return usual(scheme === 'http' ? 'https' : 'http', port);
    },
  };
}
