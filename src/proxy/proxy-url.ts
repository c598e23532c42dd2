import { isIPv6 } from '../addresses.ts';
import { entryOf } from '../entry.ts';
import { harmless } from '../harmless.ts';
import { before, percentDecoded } from '../text-bounds.ts';
import { type Refusal, refusal, UsageError } from '../usage-error.ts';
import { type Credentials, credentials, secret } from './credentials.ts';
import type { Mistake, MistakeCode, NamedProxy, ProxyProtocol, ProxyServer } from './setting.ts';

/**
 * Ports of a proxy URL that names none. Configuration Manager documents 80 for its web proxy, browsers use 80 and 443;
 * curl alone takes 1080 for all. SOCKS has 1080 by registration.
 */
const defaultPorts: Readonly<Record<ProxyProtocol, number>> = {
  http: 80,
  https: 443,
  socks4: 1080,
  socks4a: 1080,
  socks5: 1080,
  socks5h: 1080,
};

/** `socks://` means SOCKS5 with names resolved at the proxy, as in proxy-agent's family. */
const protocols: Readonly<Record<string, ProxyProtocol>> = {
  http: 'http',
  https: 'https',
  socks: 'socks5h',
  socks4: 'socks4',
  socks4a: 'socks4a',
  socks5: 'socks5',
  socks5h: 'socks5h',
};

export function defaultPort(protocol: ProxyProtocol): number {
  return defaultPorts[protocol];
}

interface ProxyUrl {
  readonly proxy: ProxyServer;
  readonly credentials: Credentials | null;
  readonly mistakes: readonly Mistake[];
  /** The URL names no port, so that `proxy.port` is the scheme's default. */
  readonly portAssumed: boolean;
}

/** What is wrong with a proxy URL; never holds any part that could be a secret. */
interface ProxyUrlProblem {
  readonly code: 'proxy-invalid' | 'proxy-unencoded' | 'proxy-list';
  readonly problem: Refusal;
}

const problem = (what: Refusal, code: ProxyUrlProblem['code'] = 'proxy-invalid'): ProxyUrlProblem => ({
  code,
  problem: what,
});

/** Host name or address in its one spelling (lower case, punycode, no brackets, no trailing dot); null if it is neither. */
export function canonicalHost(text: string): string | null {
  const bare = /^\[(.*)\]$/.exec(text)?.[1] ?? text;
  if (isIPv6(bare)) return new URL(`http://[${before(bare, '%')}]`).hostname.slice(1, -1);
  if (bare !== text || !/^[^\s/\\?#@:%<>^|[\]]{1,253}$/.test(bare) || !URL.canParse(`http://${bare}`)) return null;
  const host = new URL(`http://${bare}`).hostname.replace(/\.$/, '');
  return /^[a-z0-9._-]+$/.test(host) ? host : null;
}

/** `http=a:80;https=b:80` as Windows has it, `HTTPS_PROXY=…`, or two URLs. */
function isList(text: string): boolean {
  const parts = text.split(/[;,\s]+/);
  return parts.some((part) => /^[a-z_]+=/i.test(part)) || parts.filter((part) => part.includes('://')).length > 1;
}

/**
 * Reads a proxy URL as people write it: a missing scheme is http (and a mistake), a user name may hold a raw backslash,
 * the last `@` before the path ends the credentials (as curl does).
 * @param name what holds the URL, for the mistakes
 */
export function readProxyUrl(text: string, name: string): ProxyUrl | ProxyUrlProblem {
  const mistakes: Mistake[] = [];
  const mistake = (code: MistakeCode, level: Mistake['level'], dialects: readonly string[]): void => {
    mistakes.push({ code, level, name, entry: '', dialects });
  };
  if (text.length > 4096) return problem(refusal('proxy.url-long'));
  let rest = text.trim();
  const quoted = /^(["'])(.*)\1$/.exec(rest);
  if (quoted) {
    rest = quoted[2] ?? '';
    mistake('quoted', 'portability', ['curl', 'proxy-from-env', 'undici', 'go']);
  }
  if (isList(rest)) {
    return problem(refusal('proxy.url-list'), 'proxy-list');
  }
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(rest);
  const protocol = scheme ? entryOf(protocols, (scheme[1] ?? '').toLowerCase()) : 'http';
  if (protocol === undefined)
    return problem(refusal('proxy.url-kind', { kind: harmless((scheme?.[1] ?? '').toLowerCase(), 20) }));
  // proxy-from-env takes the scheme of the requested URL, so that HTTPS_PROXY=proxy:8080 becomes TLS to the proxy.
  if (scheme) rest = rest.slice(scheme[0].length);
  else mistake('scheme-missing', 'portability', ['proxy-from-env', 'undici']);

  const authority = /^[^/?#]*/.exec(rest)?.[0] ?? '';
  const path = rest.slice(authority.length);
  if (path.includes('@')) return problem(refusal('proxy.url-unencoded'), 'proxy-unencoded');
  if (path !== '' && path !== '/') mistake('path-ignored', 'no-effect', []);
  const at = authority.lastIndexOf('@');
  if (at >= 0 && authority.indexOf('@') < at) mistake('account-unencoded', 'portability', ['go']);
  const [, address = '', port] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(authority.slice(at + 1)) ?? [];
  const host = canonicalHost(address);
  if (host === null) return problem(refusal('proxy.url-host'));
  const number = port === undefined || port === '' ? defaultPorts[protocol] : /^\d{1,5}$/.test(port) ? Number(port) : 0;
  if (number < 1 || number > 65_535) return problem(refusal('proxy.url-port'));

  const account = at < 0 ? null : accountOf(authority.slice(0, at));
  if (account !== null && 'problem' in account) return account;
  return {
    proxy: { protocol, host, port: number },
    credentials: account,
    mistakes,
    portAssumed: port === undefined || port === '',
  };
}

function accountOf(userinfo: string): Credentials | ProxyUrlProblem | null {
  const colon = userinfo.indexOf(':');
  const user = percentDecoded(colon < 0 ? userinfo : userinfo.slice(0, colon));
  const password = percentDecoded(colon < 0 ? '' : userinfo.slice(colon + 1));
  if (user === null || password === null) return problem(refusal('proxy.url-escape'));
  if (user === '' && password === '') return null;
  try {
    return credentials(user, secret(password), 'url');
  } catch (error) {
    if (error instanceof UsageError) return problem(error.refusal);
    throw error;
  }
}

/**
 * The proxy of `--proxy URL`.
 * @param where what holds the URL, for messages
 * @throws UsageError that never repeats the URL
 */
export function parseProxyUrl(text: string, where: string | Refusal = '--proxy'): ProxyUrl {
  const read = readProxyUrl(text, '--proxy');
  if ('problem' in read) throw new UsageError('proxy.at', { where, problem: read.problem });
  return read;
}

/** The same for a setting of the environment or the system: an unusable value is a mistake and no proxy. */
export function readNamedProxy(
  text: string,
  name: string,
): { readonly proxy: NamedProxy | null; readonly mistakes: readonly Mistake[] } {
  const read = readProxyUrl(text, name);
  if ('problem' in read) {
    return { proxy: null, mistakes: [{ code: read.code, level: 'no-effect', name, entry: '', dialects: [] }] };
  }
  return { proxy: { ...read.proxy, name, credentials: read.credentials }, mistakes: read.mistakes };
}
