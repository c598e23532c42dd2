import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';
import type { TrustStores } from '../../trust/stores/stores.ts';

const pem = (der: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/(.{64})/g, '$1\n')}\n-----END CERTIFICATE-----\n`;

/** What an https proxy is verified with where this machine's stores were not read: public roots, and those that were given. */
export function givenProxyTrust(ca: readonly string[]): () => SecureContext {
  let made: SecureContext | null = null;
  return () => {
    made ??= createSecureContext({ ca: [...rootCertificates, ...ca], minVersion: 'TLSv1.2' });
    return made;
  };
}

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
