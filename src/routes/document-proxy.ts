import type { Route } from '../model/plan.ts';
import { createNameLookup } from '../probe/dns/lookup.ts';
import { type ProxyAccess, proxyName } from '../proxy/access.ts';
import { accountsOf, tellAccounts } from '../proxy/accounts.ts';
import { loadKerberos } from '../proxy/auth/negotiate.ts';
import type { ProxySettings } from '../proxy/deciding.ts';
import type { DocumentProxy } from '../proxy/document-request.ts';
import { createCredentialGuard } from '../proxy/lockout.ts';
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
  const route = await decidedRoute(url, read, settings);
  if (route.kind === 'direct') return null;
  if (settings.secrets !== undefined) tellAccounts(settings.secrets, read, settings.account);
  const { auth = 'auto' } = settings;
  // Nothing but Basic is known to what fetches documents; SOCKS has passwords alone, which the server asks for.
  const isUsable = auth === 'auto' || auth === 'basic' || (auth !== 'none' && route.protocol.startsWith('socks'));
  const account = isUsable ? accountsOf(read, auth, settings.account).demandFor(route) : null;
  const name = proxyName(route);
  if (account === null) return { url: name, account: null };
  const user = `${encodeURIComponent(account.user)}:${encodeURIComponent(account.password.reveal())}`;
  const { guard = createCredentialGuard() } = settings;
  return {
    url: name,
    account: {
      url: `${route.protocol}://${user}@${hostAndPort(route.host, route.port)}`,
      enter: (host, signal) => guard.enter(name, account, host, signal),
    },
  };
}

/** Ways to an address as the prober goes them, in order, and what may be used towards their proxies. */
export interface Ways {
  readonly routes: readonly Route[];
  readonly access: ProxyAccess;
}

/**
 * The ways to an address, with all that a run knows of accounts.
 * @throws UsageError where a PAC file that decides can't be had, or nobody gave the password
 */
export async function waysTo(url: URL, settings: RouteSettings): Promise<Ways> {
  const { auth: scheme = 'auto', proxyCa = [], platform = process.platform, guard } = settings;
  const { secrets = createSecrets() } = settings;
  const read = await readProxySettings(settings);
  const route = await decidedRoute(url, read, settings);
  const routes = [route, ...(route.otherwise ?? [])];
  tellAccounts(secrets, read, settings.account);
  const accounts = accountsOf(read, scheme, settings.account);
  for (const one of routes) if (one.kind === 'proxy') accounts.demandFor(one);
  const access = { scheme, accountFor: accounts.accountFor, proxyCa, loadKerberos, platform, secrets };
  return { routes, access: guard === undefined ? access : { ...access, guard } };
}

async function decidedRoute(url: URL, read: ProxySettings, settings: RouteSettings): Promise<Route> {
  const route = await routeOf(url, read, settings);
  if (route.undecided === undefined) return route;
  const late = settings.signal?.aborted === true;
  throw new UsageError('proxy.undecided', { host: url.host, url: route.undecided.url, late });
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
