import { X509Certificate } from 'node:crypto';

/** The certificate in a text of PEM or in bytes of DER; null for what is none. */
export function certificateIn(content: string | Buffer): X509Certificate | null {
  try {
    return new X509Certificate(content);
  } catch {
    return null;
  }
}
