import type { Route, Target } from '../model.ts';
import { UsageError } from '../usage-error.ts';
import { type ProxyOptions, showProxyChoice } from './proxy-options.ts';

export interface Routes {
  readonly all: readonly Route[];
  readonly routeFor: (target: Pick<Target, 'scheme' | 'host' | 'port' | 'url'>) => Route;
}

/** How targets are reached: the direct path. A choice that names a proxy is refused, never quietly ignored. */
export function directRoutes(proxy: ProxyOptions): Routes {
  if (proxy.choice.kind !== 'auto' && proxy.choice.kind !== 'direct') {
    throw new UsageError(
      `--proxy ${showProxyChoice(proxy.choice)}: this version measures the direct path only`,
      'Write --proxy direct, or leave it out.',
    );
  }
  const route: Route = {
    kind: 'direct',
    source: proxy.source,
    why: proxy.choice.kind === 'direct' ? '--proxy direct' : 'default',
  };
  return { all: [route], routeFor: () => route };
}
