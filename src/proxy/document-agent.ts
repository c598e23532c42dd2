import type { Agent } from 'node:http';
import type { LookupFunction } from 'node:net';

/**
 * An agent for one request through a proxy: http, https or SOCKS (never `pac+URL`: what that runs is run in this
 * thread). For documents only: it keeps nothing of what a proxy said, so the prober never uses it. `url` may
 * hold an account (Basic), and is never to be shown. `lookup` resolves names, because the default one can hang the
 * process for ever. The only importer of proxy-agent; loaded when it is called for.
 */
export async function documentAgent(url: string, lookup: LookupFunction): Promise<Agent> {
  const { ProxyAgent } = await import('proxy-agent');
  const options = { getProxyForUrl: () => url, lookup, keepAlive: false };
  return new ProxyAgent(options as ConstructorParameters<typeof ProxyAgent>[0]);
}

/** How the library says that a SOCKS server takes nobody without an account, and that it does not take this one. */
export const socksSays = {
  demand: 'Received invalid Socks5 initial handshake (no accepted authentication type)',
  refusal: 'Socks5 Authentication failed',
} as const;
