import type { ProxyRoute } from '../model/plan.ts';
import { proxyName } from '../proxy/access.ts';
import { tellAccount } from '../proxy/auth/sent-secrets.ts';
import { type Credentials, lacksPassword, resolveCredentials } from '../proxy/credentials.ts';
import type { NamedProxy, ProxyServer, ProxySetting } from '../proxy/setting.ts';
import type { Secrets } from '../secrets/secrets.ts';
import { UsageError } from '../usage-error.ts';
import { type ProxySettings, type RouteSettings, winningSetting } from './settings.ts';

/** The accounts of one run: what was given for all proxies, else what the setting that decides names for each. */
export interface Accounts {
  /** The account as it may be sent; null for none. One object a proxy, however often it is asked for. */
  accountFor(proxy: ProxyServer): Credentials | null;
  /**
   * The same before anything is sent.
   * @throws UsageError where a user is named, nobody gave a password, and the proxy could ask for one
   */
  demandFor(proxy: ProxyServer): Credentials | null;
}

export function accountsOf(read: ProxySettings, settings: RouteSettings): Accounts {
  const { auth = 'auto', account = { user: null, password: null } } = settings;
  const named = namedAccounts(read);
  const chosen = namedProxies(read);
  const resolve = (proxy: ProxyServer | ProxyRoute): Credentials | null =>
    !isNamed(proxy, chosen) ? null : resolveCredentials({ ...account, fromProxy: named.get(proxyName(proxy)) ?? null });
  const accounts = new Map<string, { readonly account: Credentials | null }>();
  return {
    accountFor(proxy) {
      const name = `${proxyName(proxy)} ${isNamed(proxy, chosen)}`;
      const held = accounts.get(name) ?? { account: sendable(resolve(proxy), proxy) };
      accounts.set(name, held);
      return held.account;
    },
    demandFor(proxy) {
      const resolved = resolve(proxy);
      const usable = sendable(resolved, proxy);
      if (usable === null && resolved !== null && auth !== 'none' && auth !== 'negotiate') {
        throw new UsageError(
          '--proxy-user names an account without a password, and there is no terminal to ask on',
          'Give --proxy-password-file FILE or set WAYCLEAR_PROXY_PASSWORD.',
        );
      }
      return usable;
    },
  };
}

/** What somebody named: the proxies, and the PAC files that may name others. */
interface Named {
  readonly proxies: ReadonlySet<string>;
  readonly pacUrls: ReadonlySet<string>;
}

function namedProxies({ choice, environment, system }: ProxySettings): Named {
  const settings = [...(environment === null ? [] : [environment]), ...system];
  const proxies = settings.flatMap(({ proxies: { http, https, all } }) => [http, https, all]);
  const all = [...proxies, ...(choice.kind === 'proxy' ? [choice.proxy] : [])].filter((proxy) => proxy !== null);
  const pacUrls = settings.map(({ pacUrl }) => pacUrl).filter((url) => url !== null);
  return {
    proxies: new Set(all.map(proxyName)),
    pacUrls: new Set([...pacUrls, ...(choice.kind === 'pac' ? [choice.url] : [])]),
  };
}

/** A proxy that only a file found by discovery names is anybody's: whoever answers for `wpad` would be sent the password. */
const isNamed = (proxy: ProxyServer | ProxyRoute, { proxies, pacUrls }: Named): boolean =>
  !('source' in proxy) || proxy.source !== 'pac' || pacUrls.has(proxy.why) || proxies.has(proxyName(proxy));

/** Tells of every account that any setting of this machine names, whichever decides. */
export function tellAccounts(
  secrets: Secrets,
  { choice, environment, system }: ProxySettings,
  settings: RouteSettings,
) {
  const { user = null, password = null } = settings.account ?? {};
  if (password !== null) tellAccount(secrets, { user: user ?? '', password });
  const inSetting = ({ proxies }: ProxySetting): readonly (NamedProxy | null)[] => [
    proxies.http,
    proxies.https,
    proxies.all,
  ];
  const proxies = [
    ...(choice.kind === 'proxy' ? [choice.proxy] : []),
    ...(environment === null ? [] : inSetting(environment)),
    ...system.flatMap(inSetting),
  ];
  for (const proxy of proxies) if (proxy?.credentials != null) tellAccount(secrets, proxy.credentials);
}

/** What settings name, by proxy; where they name several accounts for one, that of HTTPS counts. */
function namedAccounts(read: ProxySettings): ReadonlyMap<string, Credentials> {
  const { choice } = read;
  // The configured proxy may be asked beside the direct path that was chosen.
  const winner = winningSetting(choice.kind === 'direct' ? { ...read, choice: { kind: 'auto' } } : read);
  const { http = null, https = null, all = null } = winner?.proxies ?? {};
  const proxies = choice.kind === 'proxy' ? [choice.proxy] : [all, http, https];
  return new Map(
    proxies.flatMap((proxy) => {
      const credentials = proxy?.credentials ?? null;
      return proxy === null || credentials === null ? [] : [[proxyName(proxy), credentials] as const];
    }),
  );
}

/** Null where nobody gave the password, for an empty one is only refused. Version 4 of SOCKS has no passwords. */
const sendable = (account: Credentials | null, { protocol }: ProxyServer): Credentials | null =>
  lacksPassword(account) && !protocol.startsWith('socks4') ? null : account;
