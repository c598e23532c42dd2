import type { RouteSource } from '../model/plan.ts';
import { type ProxyAuth, proxyAuths } from '../proxy/access.ts';
import { type ProxyChoice, parseProxyChoice } from '../proxy/choice.ts';
import { type Secret, secret } from '../proxy/credentials.ts';
import { environmentSays } from '../routes/settings.ts';
import type { Refusal } from '../usage-error.ts';
import type { PickWritten } from './layers.ts';
import { filled, parseChoice } from './values.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** What was said of proxies, nothing of it read or asked for yet. */
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

/**
 * A password file by flag beats WAYCLEAR_PROXY_PASSWORD, which beats a password file by configuration. What the proxy
 * variables say (a proxy, its account, the list of what goes past it) beats what a configuration file says of the same.
 */
export function proxyOptions(env: Variables, pick: PickWritten): ProxyOptions {
  const said = saidByEnvironment(env);
  const text = (
    name: string,
  ): { readonly where: string | Refusal; readonly text: string; readonly source: RouteSource } | null => {
    const written = pick(name, 'value');
    if (written === null || (written.layer.source === 'config' && said.has(name))) return null;
    return { where: written.layer.where(name), text: String(written.value), source: written.layer.source };
  };
  const proxy = text('proxy');
  const noProxy = text('no-proxy');
  const auth = text('proxy-auth');
  const user = text('proxy-user');
  const file = text('proxy-password-file');
  const ca = text('proxy-ca');
  const parsed = proxy === null ? null : parseProxyChoice(proxy.text, proxy.where);
  const byEnvironment = env['WAYCLEAR_PROXY_PASSWORD'] ?? '';
  const useFile = file !== null && (file.source === 'flag' || byEnvironment === '');
  return {
    choice: parsed ?? { kind: 'auto' },
    source: proxy?.source ?? 'default',
    noProxy: noProxy?.text ?? null,
    auth: auth === null ? 'auto' : parseChoice(auth.where, auth.text, proxyAuths),
    user: user === null ? null : filled(user.where, user.text),
    password: useFile
      ? { file: filled(file.where, file.text) }
      : byEnvironment === ''
        ? null
        : { secret: secret(byEnvironment) },
    ca: ca === null ? null : filled(ca.where, ca.text),
    directToo: pick('direct-too', 'switch')?.value === true,
  };
}

/** Names of the options that the proxy variables have an answer for. */
function saidByEnvironment(env: Variables): ReadonlySet<string> {
  const { proxy, account, bypass } = environmentSays(env);
  return new Set([
    ...(proxy ? ['proxy'] : []),
    ...(account ? ['proxy-user', 'proxy-password-file'] : []),
    ...(bypass ? ['no-proxy'] : []),
  ]);
}
