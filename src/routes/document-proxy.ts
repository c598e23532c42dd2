import { proxyName } from '../proxy/access.ts';
import { hostPort } from '../proxy/proxy-url.ts';
import { accountsOf } from './accounts.ts';
import { chooseRoutes } from './choose.ts';
import { type RouteSettings, readProxySettings } from './settings.ts';

/** What a document is fetched through, as proxy-agent takes it; null for the direct path. Holds a secret: never shown. */
export async function documentProxy(url: URL, settings: RouteSettings): Promise<string | null> {
  const read = await readProxySettings(settings);
  const destination = { scheme: 'https', host: url.hostname, port: Number(url.port) || 443, url: url.href } as const;
  const { routes, pacUrls } = chooseRoutes(destination, read);
  const [pacUrl] = pacUrls;
  if (pacUrl !== undefined) return pacUrl === null ? null : `pac+${pacUrl}`;
  const [route] = routes;
  if (route === undefined || route.kind === 'direct') return null;
  const account = accountsOf(read, settings).demandFor(route);
  if (account === null) return proxyName(route);
  const user = `${encodeURIComponent(account.user)}:${encodeURIComponent(account.password.reveal())}`;
  return `${route.protocol}://${user}@${hostPort(route.host, route.port)}`;
}
