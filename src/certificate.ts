import { X509Certificate } from 'node:crypto';
import * as tls from 'node:tls';

/** The certificate in a text of PEM or in bytes of DER; null for what is none. */
export function certificateIn(content: string | Buffer): X509Certificate | null {
  try {
    return new X509Certificate(content);
  } catch {
    return null;
  }
}

type GetCaCertificates = (store: 'default') => readonly string[];

/** The roots that the runtime trusts unless it is told which, PEM: those of NODE_EXTRA_CA_CERTS too, where it can say so (Node.js 22.15). */
export const defaultRoots = (): readonly string[] =>
  (tls as unknown as { readonly getCACertificates?: GetCaCertificates }).getCACertificates?.('default') ??
  tls.rootCertificates;
