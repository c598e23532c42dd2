import type { Secrets } from '../secrets/secrets.ts';
import { UsageError } from '../usage-error.ts';
import { type ProxyAuth, proxyName } from './access.ts';
import { tellAccount } from './auth/sent-secrets.ts';
import { type CredentialParts, type Credentials, lacksPassword, resolveCredentials } from './credentials.ts';
import { type ProxySettings, winningSetting } from './deciding.ts';
import type { NamedProxy, ProxyServer } from './setting.ts';

/** What a person gave for all proxies; null where nobody did. */
export type GivenAccount = Pick<CredentialParts, 'user' | 'password'>;
const nothingGiven: GivenAccount = { user: null, password: null };

/** A proxy, and what named it where a route leads there: `pac` is a file whose address `why` holds. */
type AskedProxy = ProxyServer & { readonly source?: string; readonly why?: string };

/** The accounts of one run: what was given for all proxies, else what the setting that decides names for each. */
export interface Accounts {
  /** The account as it may be sent; null for none. */
  accountFor(proxy: AskedProxy): Credentials | null;
  /**
   * The same before anything is sent.
   * @throws UsageError where a user is named, nobody gave a password, and the proxy could ask for one
   */
  demandFor(proxy: AskedProxy): Credentials | null;
}

export function accountsOf(read: ProxySettings, auth: ProxyAuth = 'auto', given = nothingGiven): Accounts {
  const accounts = namedAccounts(read);
  const named = namedIn(read);
  const resolve = (proxy: AskedProxy): Credentials | null =>
    isNamed(proxy, named) ? resolveCredentials({ ...given, fromProxy: accounts.get(proxyName(proxy)) ?? null }) : null;
  return {
    accountFor: (proxy) => sendable(resolve(proxy), proxy),
    demandFor(proxy) {
      const resolved = resolve(proxy);
      const usable = sendable(resolved, proxy);
      if (usable === null && resolved !== null && auth !== 'none' && auth !== 'negotiate') {
        throw new UsageError('proxy.no-password');
      }
      return usable;
    },
  };
}

/** What somebody named: the proxies, and the PAC files that may name others. */
interface Named {
  readonly proxies: readonly NamedProxy[];
  readonly pacUrls: readonly string[];
}

function namedIn({ choice, environment, system }: ProxySettings): Named {
  const settings = [...(environment === null ? [] : [environment]), ...system];
  const proxies = settings.flatMap(({ proxies: { http, https, all } }) => [http, https, all]);
  return {
    proxies: [choice.kind === 'proxy' ? choice.proxy : null, ...proxies].filter((proxy) => proxy !== null),
    pacUrls: [choice.kind === 'pac' ? choice.url : null, ...settings.map(({ pacUrl }) => pacUrl)].filter(
      (url) => url !== null,
    ),
  };
}

/** A proxy that only a file found by discovery names is anybody's: whoever answers for `wpad` would be sent the password. */
const isNamed = (proxy: AskedProxy, { proxies, pacUrls }: Named): boolean =>
  proxy.source !== 'pac' ||
  pacUrls.includes(proxy.why ?? '') ||
  proxies.some((named) => proxyName(named) === proxyName(proxy));

/** Tells of every account that was given or that any setting of this machine names, whichever decides. */
export function tellAccounts(secrets: Secrets, read: ProxySettings, { user, password } = nothingGiven): void {
  if (password !== null) tellAccount(secrets, { user: user ?? '', password });
  for (const { credentials } of namedIn(read).proxies) if (credentials !== null) tellAccount(secrets, credentials);
}

/** What settings name, by proxy; where they name several accounts for one, that of HTTPS counts. */
function namedAccounts(read: ProxySettings): ReadonlyMap<string, Credentials> {
  const { choice } = read;
  // The configured proxy may be asked beside the direct path that was chosen.
  const winner = winningSetting(choice.kind === 'direct' ? { ...read, choice: { kind: 'auto' } } : read);
  const { http = null, https = null, all = null } = winner?.proxies ?? {};
  const proxies = choice.kind === 'proxy' ? [choice.proxy] : [all, http, https];
  return new Map(
    proxies.flatMap((proxy) => (proxy?.credentials == null ? [] : [[proxyName(proxy), proxy.credentials] as const])),
  );
}

/** Null where nobody gave the password, for an empty one is only refused. Version 4 of SOCKS has no passwords. */
const sendable = (account: Credentials | null, { protocol }: ProxyServer): Credentials | null =>
  lacksPassword(account) && !protocol.startsWith('socks4') ? null : account;
