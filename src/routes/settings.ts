import type { Clock } from '../clock.ts';
import type { ProxyAuth } from '../proxy/access.ts';
import type { GivenAccount } from '../proxy/accounts.ts';
import type { ProxyChoice } from '../proxy/choice.ts';
import { type ProxySettings, winningSetting } from '../proxy/deciding.ts';
import type { CredentialGuard } from '../proxy/lockout.ts';
import { boundedExec, readSystemSettings } from '../proxy/settings/system.ts';
import { readEnvironmentSetting } from '../proxy/settings/variables.ts';
import type { Secrets } from '../secrets/secrets.ts';

/** What a person says of routes, and the machine that they are for. What is left out is as the command line has it. */
export interface RouteSettings {
  /** The process's own variables: proxies are read from them. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** As `process.platform` says it; left out: this machine's. */
  readonly platform?: string;
  /** What `--proxy` asks for; left out: `auto`. */
  readonly choice?: ProxyChoice;
  /** Where the choice was made, for the report; left out: by a flag. */
  readonly chosenBy?: 'flag' | 'config';
  /** Hosts to reach without the proxy, in place of the settings' own list; empty: none. Null or left out: that list. */
  readonly noProxy?: string | null;
  /** Left out: by what the proxy offers. */
  readonly auth?: ProxyAuth;
  /** The account for proxies; left out: what their own settings name. */
  readonly account?: GivenAccount;
  /** Is told of every account that is read, and keeps them out of what is kept; left out: one for this plan alone. */
  readonly secrets?: Secrets;
  /** Knows which accounts proxies refused; left out: each run has its own. */
  readonly guard?: CredentialGuard;
  /** Roots for the certificate of an https proxy, in PEM; left out: none but the public and the machine's. */
  readonly proxyCa?: readonly string[];
  /** Measure the direct path beside the one through the proxy. Left out: no. */
  readonly directToo?: boolean;
  /** False: no packet leaves, and what a PAC file on the network says stays open. Left out: it is fetched. */
  readonly mayFetch?: boolean;
  /** Ends what waits for programs, PAC files and names: what they would have decided stays open. Left out: nothing does. */
  readonly signal?: AbortSignal;
}

/** Milliseconds for one program that tells a system's settings. */
const settingMs = 3000;

/** Reads what this machine says of proxies. No packet leaves. */
export async function readProxySettings(settings: RouteSettings): Promise<ProxySettings> {
  const { env, platform = process.platform, choice = { kind: 'auto' }, chosenBy = 'flag', noProxy = null } = settings;
  const path = platform === 'linux' ? env['PATH'] : undefined;
  const exec = boundedExec(settingMs, path, settings.signal, platform === 'win32' ? env : undefined);
  return {
    choice,
    chosenBy,
    noProxy,
    environment: readEnvironmentSetting(env),
    system: await readSystemSettings(platform, exec, env),
  };
}

/** What the proxy variables have a say in: which proxy, its account, what goes past it. */
export function environmentSays(env: RouteSettings['env']): Readonly<Record<'proxy' | 'account' | 'bypass', boolean>> {
  const environment = readEnvironmentSetting(env);
  const { proxies, bypass } = environment;
  const decides = { choice: { kind: 'env' }, chosenBy: 'flag', noProxy: null, environment, system: [] } as const;
  return {
    proxy: winningSetting(decides) !== null,
    account: Object.values(proxies).some((proxy) => proxy !== null && proxy.credentials !== null),
    bypass: bypass !== null,
  };
}
