import { createSecureContext } from 'node:tls';
import { systemClock } from '../../../src/clock.ts';
import type { Origin } from '../../../src/demo/listen.ts';
import type { Attempt, TunnelValue } from '../../../src/model/observations.ts';
import type { ProxyRoute, Route } from '../../../src/model/plan.ts';
import { attempt } from '../../../src/probe/attempt.ts';
import { createResolver } from '../../../src/probe/dns/resolve.ts';
import { createProxies } from '../../../src/probe/tunnel/proxies.ts';
import type { ProxyAccess } from '../../../src/proxy/access.ts';
import { noAccess } from '../../../src/proxy/access.ts';
import { type Credentials, credentials, secret } from '../../../src/proxy/credentials.ts';
import { contextOf } from '../attempt-kit.ts';

export const account = (user = 'alice', password = 's3cret-pässword/+%'): Credentials =>
  credentials(user, secret(password), 'option');

/** Ways of a run: an account for every proxy, no ticket unless told. */
export const accessWith = (own: Credentials | null, parts: Partial<ProxyAccess> = {}): ProxyAccess => ({
  ...noAccess(),
  scheme: 'auto',
  accountFor: () => own,
  ...parts,
});

const routeTo = (proxy: Pick<Origin, 'address' | 'port'>, protocol: ProxyRoute['protocol'] = 'http'): ProxyRoute => ({
  kind: 'proxy',
  protocol,
  host: proxy.address,
  port: proxy.port,
  source: 'flag',
  why: '--proxy',
});

export interface Through {
  readonly url?: string;
  readonly protocol?: ProxyRoute['protocol'];
  /** A bare port in place of a URL. */
  readonly tcp?: { readonly host: string; readonly port: number };
  readonly access?: ProxyAccess;
  readonly timeoutMs?: number;
  readonly trust?: readonly string[];
  readonly host?: string;
  readonly address?: { readonly address: string; readonly family: 4 | 6 };
}

/** One attempt through a proxy. */
export async function through(proxy: Pick<Origin, 'address' | 'port'>, options: Through = {}): Promise<Attempt> {
  const { protocol = 'http', access = accessWith(null), url = 'https://origin.lab.example/', tcp } = options;
  const context = contextOf(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs });
  const resolver = createResolver({
    servers: [],
    families: [4, 6],
    timeoutMs: 1000,
    hosts: new Map(),
    system: null,
    clock: systemClock,
    startedAt: context.startedAt,
    signal: context.signal,
  });
  const parsed = new URL(tcp === undefined ? url : `tcp://${tcp.host}:${tcp.port}`);
  const scheme = parsed.protocol.slice(0, -1) as 'https' | 'http' | 'tcp';
  const target = {
    host: parsed.hostname.replace(/^\[|\]$/g, ''),
    port: Number(parsed.port || (scheme === 'https' ? 443 : 80)),
    scheme,
    url: tcp === undefined ? url : null,
    method: 'GET',
  } as const;
  const proxies = createProxies(resolver, access, () => createSecureContext({ ca: [...(options.trust ?? [])] }));
  const route: Route = { ...routeTo(proxy, protocol), ...(options.host === undefined ? {} : { host: options.host }) };
  try {
    return await attempt(target, options.address ?? null, context, {
      userAgent: 'wayclear/test',
      keepChain: () => 'chain',
      proxy: { route: route as ProxyRoute, proxies },
    });
  } finally {
    resolver.close();
  }
}

/** What the tunnel stage knows, however it ended. */
export function tunnelOf({ tunnel }: Attempt): Partial<TunnelValue> {
  if (tunnel.status === 'passed') return tunnel.value;
  return tunnel.status === 'failed' ? (tunnel.partial ?? {}) : {};
}
