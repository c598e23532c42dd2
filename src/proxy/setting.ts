import type { Credentials } from './credentials.ts';

export type ProxyProtocol = 'http' | 'https' | 'socks4' | 'socks4a' | 'socks5' | 'socks5h';

/** Where a proxy listens. `host` is lower case, an IPv6 address without brackets. Never holds credentials. */
export interface ProxyServer {
  readonly protocol: ProxyProtocol;
  readonly host: string;
  readonly port: number;
}

/** A proxy and what names it: `HTTPS_PROXY`, `ProxyServer`, `HTTPSProxy` … */
export interface NamedProxy extends ProxyServer {
  readonly name: string;
  /** Taken out of the URL that named the proxy; prints and serialises as nothing. */
  readonly credentials: Credentials | null;
}

/** Whose rules a bypass list is read by. `environment` is NO_PROXY as the field reads it. */
export type BypassDialect = 'environment' | 'windows' | 'macos' | 'gnome';

export interface BypassList {
  readonly text: string;
  readonly dialect: BypassDialect;
  /** What holds it: `NO_PROXY`, `ProxyOverride`, `ignore-hosts` … */
  readonly name: string;
}

export type MistakeCode =
  | 'empty-entry' // `,,`: nothing between two separators
  | 'star-without-dot' // `*contoso.com` is no pattern
  | 'star-in-list' // `*` beside other entries: some read it as everything
  | 'star-inside' // `10.*`, `www.*.com`: names are matched by their end only
  | 'star-dot' // `*.contoso.com` in an environment variable: curl has no wildcards
  | 'cidr-for-names' // a network where only names are matched
  | 'cidr-invalid'
  | 'local-token' // `<local>` outside Windows
  | 'missing-dot' // a bare domain: some match it exactly only
  | 'leading-dot' // some do not match the domain itself
  | 'port' // `host:443` where ports are not read
  | 'url-entry' // `https://contoso.com`
  | 'path-entry' // `contoso.com/path`
  | 'wrong-separator' // `;` in an environment variable, `,` in a Windows list
  | 'space-separator' // curl reads commas only since July 2024
  | 'too-long' // more entries or characters than are read
  | 'scheme-missing' // `proxy.contoso.com:8080` as the value of HTTPS_PROXY
  | 'quoted' // the quotes of a `set` command are part of the value
  | 'line-end' // the value ends in a carriage return or a line feed
  | 'account-unencoded' // an account with a raw @: some refuse it
  | 'proxy-unencoded' // the same with # / or ?: nobody can tell where the account ends
  | 'proxy-list' // several assignments in one value, as Windows has them
  | 'path-ignored' // a proxy URL with a path
  | 'proxy-invalid' // the value names no proxy that can be used
  | 'pac-url-unusable'; // an automatic configuration URL that is no http, https or file URL

/** Something in a setting that does not do what its author meant. */
export interface Mistake {
  readonly code: MistakeCode;
  /** `no-effect`: does nothing here. `portability`: the readers in `dialects` see it otherwise. */
  readonly level: 'no-effect' | 'portability';
  /** The variable, registry value or key. */
  readonly name: string;
  /** The entry as written, made harmless; empty where it could hold a secret. */
  readonly entry: string;
  readonly dialects: readonly string[];
}

export type SettingSource = 'environment' | 'winhttp' | 'wininet-system' | 'wininet-user' | 'macos' | 'gnome';

/** What one source says of proxies. All null, empty and false means: the source says nothing, go direct. */
export interface ProxySetting {
  readonly source: SettingSource;
  readonly proxies: {
    readonly http: NamedProxy | null;
    readonly https: NamedProxy | null;
    /** For every scheme that has no own proxy: ALL_PROXY, a SOCKS proxy of the system. */
    readonly all: NamedProxy | null;
  };
  readonly bypass: BypassList | null;
  readonly pacUrl: string | null;
  /** Web Proxy Auto-Discovery is switched on. */
  readonly autoDetect: boolean;
  readonly mistakes: readonly Mistake[];
  /** Facts for people who look at the source, as codes: `cgi`, `https-alone`, `per-machine`, `gnome-authentication`; `unread`: nobody can say what it says. */
  readonly notes: readonly string[];
}

/** A setting of this source that says nothing. */
export function emptySetting(source: SettingSource): ProxySetting {
  return {
    source,
    proxies: { http: null, https: null, all: null },
    bypass: null,
    pacUrl: null,
    autoDetect: false,
    mistakes: [],
    notes: [],
  };
}

/** A source that is there, and can't be read. */
export const unreadSetting = (source: SettingSource): ProxySetting => ({ ...emptySetting(source), notes: ['unread'] });

/** The source names a proxy, a PAC file or automatic discovery. */
export function saysSomething(setting: ProxySetting): boolean {
  const { http, https, all } = setting.proxies;
  return http !== null || https !== null || all !== null || setting.pacUrl !== null || setting.autoDetect;
}

/** Runs a program and gives what it wrote to stdout, or null if it is missing, failed or took too long. Never throws. */
export type Exec = (program: string, parameters: readonly string[]) => Promise<string | null>;
