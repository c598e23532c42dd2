import type { Route } from '../model/plan.ts';
import { createNameLookup } from '../probe/dns/lookup.ts';
import { proxyName } from '../proxy/access.ts';
import { accountsOf, tellAccounts } from '../proxy/accounts.ts';
import type { ProxySettings } from '../proxy/deciding.ts';
import type { DocumentProxy } from '../proxy/document-agent.ts';
import { createSecrets } from '../secrets/secrets.ts';
import { hostAndPort } from '../text-bounds.ts';
import { UsageError } from '../usage-error.ts';
import { createPacFiles } from './pac-files.ts';
import { routeTo } from './route-to.ts';
import { type RouteSettings, readProxySettings } from './settings.ts';

/** For the PAC file and for each name in it, in milliseconds. */
const timeoutMs = 10_000;

/**
 * What a document is fetched through; null for the direct path. A PAC file that decides is fetched and asked.
 * @throws UsageError where it can't be, or nobody gave the password
 */
export async function documentProxy(url: URL, settings: RouteSettings): Promise<DocumentProxy | null> {
  const read = await readProxySettings(settings);
  const route = await routeOf(url, read, settings);
  if (route.undecided !== undefined) {
    const late = settings.signal?.aborted === true;
    throw new UsageError('proxy.undecided', { host: url.host, url: route.undecided.url, late });
  }
  if (route.kind === 'direct') return null;
  if (settings.secrets !== undefined) tellAccounts(settings.secrets, read, settings.account);
  const { auth = 'auto' } = settings;
  // Nothing but Basic is known to what fetches documents; SOCKS has passwords alone, which the server asks for.
  const isUsable = auth === 'auto' || auth === 'basic' || (auth !== 'none' && route.protocol.startsWith('socks'));
  const account = isUsable ? accountsOf(read, auth, settings.account).demandFor(route) : null;
  if (account === null) return { url: proxyName(route), withAccount: null };
  const user = `${encodeURIComponent(account.user)}:${encodeURIComponent(account.password.reveal())}`;
  const withAccount = `${route.protocol}://${user}@${hostAndPort(route.host, route.port)}`;
  return { url: route.protocol.startsWith('socks') ? withAccount : proxyName(route), withAccount };
}

async function routeOf(url: URL, read: ProxySettings, settings: RouteSettings): Promise<Route> {
  const { env, clock, platform = process.platform, proxyCa: ca = [], signal } = settings;
  const { keep } = settings.secrets ?? createSecrets();
  const lookup = createNameLookup({ env, platform, clock, dnsServers: [], timeoutMs, signal });
  const { addressesOf } = lookup;
  const files = createPacFiles({ env, clock, addressesOf, timeoutMs, ca, keep, mayFetch: true, signal });
  try {
    const port = Number(url.port) || 443;
    return await routeTo({ scheme: 'https', host: url.hostname, port, url: url.href }, read, files);
  } finally {
    lookup.close();
    await files.close();
  }
}
