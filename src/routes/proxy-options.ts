import type { Io } from '../cli/io.ts';
import { quoted } from '../cli/values.ts';
import type { ProxyRoute, RouteSource } from '../model/plan.ts';
import type { Credentials, Secret } from '../proxy/credentials.ts';
import { lacksPassword, readPasswordFile, resolveCredentials, secret } from '../proxy/credentials.ts';
import { hostPort } from '../proxy/proxy-url.ts';
import { suggest } from '../suggest.ts';
import { UsageError } from '../usage-error.ts';
import { type ProxyChoice, parseProxyChoice } from './choose.ts';

export type ProxyAuth = 'auto' | 'basic' | 'digest' | 'ntlm' | 'negotiate' | 'none';
export const proxyAuths: readonly ProxyAuth[] = ['auto', 'basic', 'digest', 'ntlm', 'negotiate', 'none'];

export interface ProxyOptions {
  /** What `--proxy` asks for; the credentials of a URL are in it, hidden. */
  readonly choice: ProxyChoice;
  /** Where the choice came from: `flag`, `config` or `default`. */
  readonly source: RouteSource;
  /** The list as written. Null: not given, so NO_PROXY and the system's list hold. Empty: nothing is bypassed. */
  readonly noProxy: string | null;
  readonly auth: ProxyAuth;
  readonly user: string | null;
  readonly password: { readonly file: string } | { readonly secret: Secret } | null;
  /** PEM file for the certificate of an https proxy. */
  readonly ca: string | null;
  readonly directToo: boolean;
}

const words = ['auto', 'env', 'system', 'direct'] as const;

/** The value of `--proxy`, its credentials hidden. A value that is none of it is a UsageError that repeats no secret. */
export function parseProxy(where: string, text: string): ProxyChoice {
  const value = text.trim();
  // A bare word is more likely misspelt than a host of that name.
  if (/^[a-z]*$/i.test(value) && value !== 'localhost' && !words.some((word) => word === value)) {
    const near = suggest(value, words);
    throw new UsageError(
      `${where}: ${quoted(value)} is not a proxy${near === null ? '' : `; did you mean ${near}?`}`,
      'Write http://HOST:PORT (or https, socks4, socks4a, socks5, socks5h), pac+URL, auto, env, system or direct.',
    );
  }
  try {
    return parseProxyChoice(value);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(error.message.replace(/^--proxy\b/, where), error.hint);
  }
}

/** The choice as a flag would be written, without credentials. */
export function showProxyChoice(choice: ProxyChoice): string {
  if (choice.kind === 'pac') return `pac+${choice.url}`;
  if (choice.kind !== 'proxy') return choice.kind;
  return `${choice.proxy.protocol}://${hostPort(choice.proxy.host, choice.proxy.port)}`;
}

/** Who the account for a proxy is: given what the proxy's own setting names. */
export type AccountReader = (fromProxy: Credentials | null) => Credentials | null;

/**
 * Reads the password file, or asks for the password where a user is named, nothing else gives one and somebody sits at a
 * terminal. A file that can't be read is a UsageError; one that everybody can read is told on standard error.
 */
export async function proxyAccounts(
  io: Pick<Io, 'stderr' | 'askSecret'>,
  options: ProxyOptions,
): Promise<AccountReader> {
  const { user, choice } = options;
  let password: Secret | null = null;
  if (options.password === null) {
    const named = choice.kind === 'proxy' ? choice.proxy.credentials : null;
    const hasOwn = named !== null && named.user === user && named.password.reveal() !== '';
    const typed =
      user === null || hasOwn || options.auth === 'none' || options.auth === 'negotiate'
        ? null
        : ((await io.askSecret?.('Password for the proxy: ')) ?? null);
    password = typed === null ? null : secret(typed);
  } else if ('file' in options.password) {
    const read = await readPasswordFile(options.password.file);
    if (read.worldReadable) io.stderr.write('wayclear: everybody on this machine can read the proxy password file\n');
    password = read.password;
  } else password = options.password.secret;
  return (fromProxy) => resolveCredentials({ user, password, fromProxy });
}

/**
 * The account as it may be sent to a proxy of this protocol: none where nobody gave its password, for an empty one is only
 * refused. Version 4 of SOCKS has no passwords.
 */
export const sendable = (account: Credentials | null, protocol: ProxyRoute['protocol']): Credentials | null =>
  lacksPassword(account) && !protocol.startsWith('socks4') ? null : account;

/** @throws UsageError where a user is named, nobody gave a password, and this proxy could ask for one. */
export function demandPassword(
  account: Credentials | null,
  protocol: ProxyRoute['protocol'],
  auth: ProxyAuth,
): Credentials | null {
  const usable = sendable(account, protocol);
  if (usable === null && account !== null && auth !== 'none' && auth !== 'negotiate') {
    throw new UsageError(
      '--proxy-user names an account without a password, and there is no terminal to ask on',
      'Give --proxy-password-file FILE or set WAYCLEAR_PROXY_PASSWORD.',
    );
  }
  return usable;
}

/** The account for the proxy that `--proxy` names. */
export async function proxyCredentials(options: ProxyOptions): Promise<Credentials | null> {
  const account = await proxyAccounts({ stderr: { isTTY: false, columns: null, write: () => {} } }, options);
  return account(options.choice.kind === 'proxy' ? options.choice.proxy.credentials : null);
}
