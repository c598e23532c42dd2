import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';
import type { ProxyRoute } from '../../model/plan.ts';
import type { ProxyAccess } from '../../proxy/access.ts';
import type { Authenticator } from '../../proxy/auth/authenticate.ts';
import { createAuthenticator } from '../../proxy/auth/authenticate.ts';
import type { Credentials } from '../../proxy/credentials.ts';
import { digestSecretForms, leakForms, sentForms } from '../../proxy/credentials.ts';
import { leakCutter } from '../../proxy/leak-cutter.ts';
import type { TrustStores } from '../../trust/stores/stores.ts';

/** Without accounts and without tickets: what a proxy offers is reported, and nothing is answered. */
export const noAccess: ProxyAccess = {
  scheme: 'none',
  accountFor: () => null,
  proxyCa: [],
  loadKerberos: () => Promise.reject(new Error('not loaded')),
  platform: process.platform,
};

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

/** Shorter texts are part of too much else to be cut out. */
const shortest = 4;
const formsOf = new WeakMap<Credentials, readonly string[]>();
const cutterOf = new WeakMap<Credentials, ReturnType<typeof leakCutter>>();
const sentOf = new WeakMap<readonly string[], { readonly count: number; readonly forms: readonly string[] }>();

/** Forms of what was sent by now, made anew only when there is more of it. */
function formsSent(sent: readonly string[], account: Credentials | null): readonly string[] {
  const known = sentOf.get(sent);
  if (known?.count === sent.length) return known.forms;
  const forms = sent.flatMap((header) => [
    ...sentForms(header),
    ...(account === null ? [] : digestSecretForms(account, header)),
  ]);
  sentOf.set(sent, { count: sent.length, forms });
  return forms;
}

/** Cuts out what a proxy may echo: the password and what was sent to authenticate, in every form that is known. */
export function scrub(text: string, account: Credentials | null, sent: readonly string[]): string {
  if (account === null && sent.length === 0) return text;
  let forms: readonly string[] = [];
  let cut: ReturnType<typeof leakCutter> = null;
  if (account !== null) {
    forms = formsOf.get(account) ?? leakForms(account);
    formsOf.set(account, forms);
    const made = cutterOf.get(account);
    cut = made === undefined ? leakCutter(account.password.reveal()) : made;
    cutterOf.set(account, cut);
  }
  const clean = [...formsSent(sent, account), ...forms]
    .filter((form) => form.length >= shortest)
    .sort((a, b) => b.length - a.length)
    .reduce((left, form) => left.replaceAll(form, '[secret]'), text);
  return cut === null ? clean : cut(clean);
}
