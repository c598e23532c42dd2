import { isIP } from 'node:net';
import type { RouteSource } from '../model.ts';
import { suggest } from '../suggest.ts';
import { UsageError } from '../usage-error.ts';
import type { Secret } from './values.ts';
import { quoted, secret } from './values.ts';

export type ProxyProtocol = 'http' | 'https' | 'socks4' | 'socks4a' | 'socks5' | 'socks5h';
export type ProxyAuth = 'auto' | 'basic' | 'digest' | 'ntlm' | 'negotiate' | 'none';
export const proxyAuths: readonly ProxyAuth[] = ['auto', 'basic', 'digest', 'ntlm', 'negotiate', 'none'];

/** What `--proxy` asks for. Never holds credentials. */
export type ProxyChoice =
  | { readonly kind: 'auto' | 'env' | 'system' | 'direct' }
  | { readonly kind: 'url'; readonly protocol: ProxyProtocol; readonly host: string; readonly port: number }
  /** An http, https or file URL of a PAC file. */
  | { readonly kind: 'pac'; readonly url: string };

export interface ProxyOptions {
  readonly choice: ProxyChoice;
  /** Where the choice came from: `flag`, `config` or `default`. */
  readonly source: RouteSource;
  /** Null: not given, so NO_PROXY and the system's list hold. Empty: nothing is bypassed. */
  readonly noProxy: readonly string[] | null;
  readonly auth: ProxyAuth;
  readonly user: string | null;
  readonly password: Secret | null;
  /** PEM file for the certificate of an https proxy. */
  readonly ca: string | null;
  readonly directToo: boolean;
}

const defaultPorts: Readonly<Record<ProxyProtocol, number>> = {
  http: 80,
  https: 443,
  socks4: 1080,
  socks4a: 1080,
  socks5: 1080,
  socks5h: 1080,
};

function isProtocol(text: string): text is ProxyProtocol {
  return Object.hasOwn(defaultPorts, text);
}

/**
 * The value of `--proxy`, its credentials taken out. `proxy:8080` without a scheme means http, as curl
 * reads it; some libraries prefix the scheme of the requested URL and speak TLS to it.
 */
export function parseProxy(
  where: string,
  text: string,
): { readonly choice: ProxyChoice; readonly user: string | null; readonly password: Secret | null } {
  const word = text.trim();
  if (word === 'auto' || word === 'env' || word === 'system' || word === 'direct') {
    return { choice: { kind: word }, user: null, password: null };
  }
  if (/^pac\+/i.test(word)) return { choice: parsePac(where, word), user: null, password: null };
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(word) ? word : `http://${word}`;
  const scheme = address.slice(0, address.indexOf(':')).toLowerCase();
  if (!isProtocol(scheme)) throw notAProxy(where, word);
  // A bare word is more likely misspelt than a host of that name.
  if (!/[.:/[]/.test(word) && word !== 'localhost') throw notAProxy(where, word);
  // The URL parser knows hosts and ports of special schemes only, so every protocol is read as http.
  const url = parsedUrl(`http${address.slice(scheme.length)}`);
  const stated = /:(\d+)\/?$/.exec(address)?.[1];
  if (
    url === null ||
    !isHost(url.hostname) ||
    url.port === '0' ||
    url.pathname !== '/' ||
    url.search !== '' ||
    url.hash !== ''
  ) {
    throw notAProxy(where, word);
  }
  return {
    choice: {
      kind: 'url',
      protocol: scheme,
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port === '' ? (stated === undefined ? defaultPorts[scheme] : Number(stated)) : Number(url.port),
    },
    user: url.username === '' ? null : decoded(where, url.username),
    password: url.password === '' ? null : secret(decoded(where, url.password)),
  };
}

function parsePac(where: string, word: string): ProxyChoice {
  const url = parsedUrl(word.slice('pac+'.length));
  if (url === null || !['http:', 'https:', 'file:'].includes(url.protocol)) {
    throw new UsageError(
      `${where}: ${quoted(word)} is not the address of a PAC file`,
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

function notAProxy(where: string, word: string): UsageError {
  // A password in a mistyped URL must not be repeated: only what can't hold one is.
  const shown = /^([a-z0-9+.-]+:\/\/)?[a-z0-9_.-]*(:\d+)?$/i.test(word) ? `${quoted(word)} is` : 'the value is';
  const near = suggest(word, ['auto', 'env', 'system', 'direct']);
  return new UsageError(
    `${where}: ${shown} not a proxy${near === null ? '' : `; did you mean ${near}?`}`,
    'Write http://HOST:PORT (or https, socks4, socks4a, socks5, socks5h), pac+URL, auto, env, system or direct.',
  );
}

function parsedUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

function isHost(hostname: string): boolean {
  return (
    isIP(hostname.replace(/^\[|\]$/g, '')) !== 0 ||
    /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?\.?$/i.test(hostname)
  );
}

function decoded(where: string, text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new UsageError(
      `${where}: the credentials in the proxy URL are not percent-encoded text`,
      'Write % as %25, or give the account by --proxy-user and the password by WAYCLEAR_PROXY_PASSWORD.',
    );
  }
}

/** `a.example.com, .corp.example, 10.0.0.0/8, *` as a list. An empty list bypasses nothing. */
export function parseNoProxy(where: string, text: string): readonly string[] {
  const entries = text
    .split(/[\s,;]+/)
    .map((entry) => entry.trim().toLowerCase())
    .filter((entry) => entry !== '');
  if (entries.length > 1000) throw new UsageError(`${where}: more than 1000 entries`);
  const odd = entries.find((entry) => entry.length > 255 || !/^(<local>|[a-z0-9_.:*/[\]-]+)$/.test(entry));
  if (odd !== undefined) {
    throw new UsageError(
      `${where}: ${quoted(odd)} is not a host, an address or a CIDR block`,
      'Separate entries by commas, for example intranet.example.com,.corp.example.com,10.0.0.0/8',
    );
  }
  return entries;
}
