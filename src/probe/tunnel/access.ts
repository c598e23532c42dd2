import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';
import type { ProxyRoute } from '../../model/plan.ts';
import type { ProxyAccess } from '../../proxy/access.ts';
import type { Authenticator } from '../../proxy/auth/authenticate.ts';
import { createAuthenticator } from '../../proxy/auth/authenticate.ts';
import { createSecrets } from '../../secrets/secrets.ts';
import type { TrustStores } from '../../trust/stores/stores.ts';

/** Without accounts and without tickets: what a proxy offers is reported, and nothing is answered. */
export const noAccess = (): ProxyAccess => ({
  scheme: 'none',
  accountFor: () => null,
  proxyCa: [],
  loadKerberos: () => Promise.reject(new Error('not loaded')),
  platform: process.platform,
  secrets: createSecrets(),
});

/** One dialogue with one proxy. */
export function authenticatorFor(
  access: ProxyAccess,
  route: ProxyRoute,
  timeoutMs: number,
  wall: () => number,
): Authenticator {
  return createAuthenticator({
    scheme: access.scheme,
    credentials: access.accountFor(route),
    proxyHost: route.host,
    loadKerberos: access.loadKerberos,
    platform: access.platform,
    kerberosTimeoutMs: timeoutMs,
    wall,
  });
}

const pem = (der: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/(.{64})/g, '$1\n')}\n-----END CERTIFICATE-----\n`;

/**
 * What an https proxy is verified with: public roots, the machine's, `--ca-file` and `--proxy-ca`. Made when the first
 * such proxy is met (some 300 roots), then shared. The catalog's anchors are for its own endpoints only.
 */
export function proxyTrust(stores: TrustStores, proxyCa: readonly string[]): () => SecureContext {
  let made: SecureContext | null = null;
  return () => {
    if (made !== null) return made;
    const stored = (['public', 'machine', 'extra'] as const).flatMap((name) => [
      ...(stores.content(name)?.values() ?? []),
    ]);
    const usable = stored.filter(({ x509 }) => x509 !== null).map(({ der }) => pem(der));
    made = createSecureContext({ ca: [...rootCertificates, ...usable, ...proxyCa], minVersion: 'TLSv1.2' });
    return made;
  };
}
