/** What a sender reaches places with. */
import { hostLookup } from '../probe/dns/lookup.ts';
import { NoPassage, passageTo } from '../probe/passage.ts';
import { waysTo } from '../routes/document-proxy.ts';
import type { PlaceHost } from '../send/place.ts';
import { version } from '../version.ts';
import type { Io } from './io.ts';
import type { Options } from './options.ts';
import { lastingSettings } from './route-settings.ts';

/** The same ways as those of the run: its proxies and what it knows of accounts, names as this machine looks them up. */
export async function placeHost(io: Io, options: Options, ca: readonly string[]): Promise<Omit<PlaceHost, 'cover'>> {
  const { env, platform, clock, ending } = io;
  const settings = await lastingSettings(io, options);
  const { dnsServers, timeoutMs } = options;
  const lookup = hostLookup({ env, platform, clock, dnsServers, signal: ending.work });
  const userAgent = `wayclear/${version}`;
  return {
    signal: ending.work,
    async through(url, signal) {
      const { routes, access } = await waysTo(url, await settings());
      const host = url.hostname.replace(/^\[|\]$/g, '');
      const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
      const around = { env, platform, clock, dnsServers, timeoutMs, userAgent, ca, signal, access };
      let first: unknown = null;
      for (const route of routes) {
        if (route.kind === 'direct') return null;
        try {
          return await passageTo(route, { host, port }, around);
        } catch (error) {
          if (!(error instanceof NoPassage)) throw error;
          first ??= error;
        }
      }
      throw first;
    },
    lookup,
    ca,
    output: (text) => io.stdout.write(text),
  };
}
