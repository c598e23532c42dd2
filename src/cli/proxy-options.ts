import type { RouteSource } from '../model.ts';
import type { Credentials, Secret } from '../proxy/credentials.ts';
import { readPasswordFile, resolveCredentials } from '../proxy/credentials.ts';
import { hostPort, parseProxyUrl } from '../proxy/proxy-url.ts';
import type { ProxyServer } from '../proxy/setting.ts';
import { suggest } from '../suggest.ts';
import { UsageError } from '../usage-error.ts';
import { quoted } from './values.ts';

export type ProxyAuth = 'auto' | 'basic' | 'digest' | 'ntlm' | 'negotiate' | 'none';
export const proxyAuths: readonly ProxyAuth[] = ['auto', 'basic', 'digest', 'ntlm', 'negotiate', 'none'];

/** What `--proxy` asks for. Never holds credentials. */
export type ProxyChoice =
  | { readonly kind: 'auto' | 'env' | 'system' | 'direct' }
  | { readonly kind: 'url'; readonly proxy: ProxyServer }
  /** An http, https or file URL of a PAC file. */
  | { readonly kind: 'pac'; readonly url: string };

export interface ProxyOptions {
  readonly choice: ProxyChoice;
  /** Where the choice came from: `flag`, `config` or `default`. */
  readonly source: RouteSource;
  /** The list as written. Null: not given, so NO_PROXY and the system's list hold. Empty: nothing is bypassed. */
  readonly noProxy: string | null;
  readonly auth: ProxyAuth;
  readonly user: string | null;
  readonly password: { readonly file: string } | { readonly secret: Secret } | null;
  /** Taken out of the URL of `--proxy`. */
  readonly fromUrl: Credentials | null;
  /** PEM file for the certificate of an https proxy. */
  readonly ca: string | null;
  readonly directToo: boolean;
}

const words = ['auto', 'env', 'system', 'direct'] as const;

/** The value of `--proxy`, its credentials taken out. A value that is none of it is a UsageError that repeats no secret. */
export function parseProxy(
  where: string,
  text: string,
): { readonly choice: ProxyChoice; readonly credentials: Credentials | null } {
  const value = text.trim();
  const word = words.find((one) => one === value);
  if (word !== undefined) return { choice: { kind: word }, credentials: null };
  if (/^pac\+/i.test(value)) return { choice: parsePac(where, value), credentials: null };
  // A bare word is more likely misspelt than a host of that name.
  if (/^[a-z]*$/i.test(value) && value !== 'localhost') {
    const near = suggest(value, words);
    throw new UsageError(
      `${where}: ${quoted(value)} is not a proxy${near === null ? '' : `; did you mean ${near}?`}`,
      'Write http://HOST:PORT (or https, socks4, socks4a, socks5, socks5h), pac+URL, auto, env, system or direct.',
    );
  }
  const { proxy, credentials } = parseProxyUrl(value, where);
  return { choice: { kind: 'url', proxy }, credentials };
}

function parsePac(where: string, value: string): ProxyChoice {
  const text = value.slice('pac+'.length);
  const url = URL.canParse(text) && text.length <= 4096 ? new URL(text) : null;
  if (url === null || !['http:', 'https:', 'file:'].includes(url.protocol)) {
    throw new UsageError(
      `${where}: not the address of a PAC file`,
      'Write pac+http://HOST/FILE, pac+https://HOST/FILE or pac+file:///PATH.',
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw new UsageError(
      `${where}: the address of a PAC file can't hold credentials`,
      'Save the file and give pac+file:///PATH.',
    );
  }
  return { kind: 'pac', url: url.href };
}

/** The choice as a flag would be written, without credentials. */
export function showProxyChoice(choice: ProxyChoice): string {
  if (choice.kind === 'pac') return `pac+${choice.url}`;
  if (choice.kind !== 'url') return choice.kind;
  return `${choice.proxy.protocol}://${hostPort(choice.proxy.host, choice.proxy.port)}`;
}

/** The account for the proxy out of all places; reads the password file. A file that can't be read is a UsageError. */
export async function proxyCredentials(options: ProxyOptions): Promise<Credentials | null> {
  const { password, user, fromUrl } = options;
  const own =
    password === null ? null : 'file' in password ? (await readPasswordFile(password.file)).password : password.secret;
  return resolveCredentials({ user, password: own, fromProxy: fromUrl });
}
