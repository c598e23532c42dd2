import { createSecrets, type Secrets } from '../secrets/secrets.ts';
import { hostAndPort } from '../text-bounds.ts';
import type { AuthScheme } from './auth/authenticate.ts';
import type { Credentials } from './credentials.ts';
import type { CredentialGuard } from './lockout.ts';
import type { ProxyServer } from './setting.ts';

/** How to authenticate to proxies: by what they offer, by one scheme alone, or not at all. */
export type ProxyAuth = 'auto' | AuthScheme | 'none';
export const proxyAuths: readonly ProxyAuth[] = ['auto', 'basic', 'digest', 'ntlm', 'negotiate', 'none'];

/** `protocol://HOST:PORT`. */
export const proxyName = ({ protocol, host, port }: ProxyServer): string => `${protocol}://${hostAndPort(host, port)}`;

/** What a run may use towards proxies. Accounts stay in here: no value that is observed holds one. */
export interface ProxyAccess {
  readonly scheme: ProxyAuth;
  /** The account for this proxy; null for none. */
  readonly accountFor: (proxy: ProxyServer) => Credentials | null;
  /** Roots for the certificate of an https proxy, in PEM, besides the public and the machine's. */
  readonly proxyCa: readonly string[];
  /** What of these accounts nobody may see, and the doors that keep it out of what is observed. */
  readonly secrets: Secrets;
  /** What proxies said of these accounts; left out: nothing yet, and nobody else goes through them in the run. */
  readonly guard?: CredentialGuard;
  readonly loadKerberos: () => Promise<unknown>;
  /** `process.platform`. */
  readonly platform: string;
}

/** Without accounts and without tickets: what a proxy offers is reported, and nothing is answered. */
export const noAccess = (): ProxyAccess => ({
  scheme: 'none',
  accountFor: () => null,
  proxyCa: [],
  loadKerberos: () => Promise.reject(new Error('not loaded')),
  platform: process.platform,
  secrets: createSecrets(),
});
