/** Certificates of a store: found by name and fingerprint without parsing more of them than are asked for. */
import { hash, X509Certificate } from 'node:crypto';
import { certificateOutline, firstElement } from './certificate-outline.ts';
import { nameKey } from './names.ts';

export interface StoredCertificate {
  readonly sha256: string;
  readonly nameKey: string;
  readonly der: Buffer;
  /** Parsed on first use; null if the runtime refuses it. */
  readonly x509: X509Certificate | null;
}

/** Certificates of one store by fingerprint. */
export type StoreContent = ReadonlyMap<string, StoredCertificate>;

/** One entry whose name, fingerprint and DER are known or found only when needed. */
export function storedCertificate(sha256: string, key: string, der: () => Buffer): StoredCertificate {
  let bytes: Buffer | null = null;
  let parsed: X509Certificate | null | undefined;
  return {
    sha256,
    nameKey: key,
    get der() {
      bytes ??= der();
      return bytes;
    },
    get x509() {
      if (parsed === undefined) {
        try {
          parsed = new X509Certificate(this.der);
        } catch {
          parsed = null;
        }
      }
      return parsed;
    },
  };
}

const NOTHING_KNOWN: StoreContent = new Map();

/** Null for bytes that are no certificate. What is `known` already isn't walked again: most of a machine's roots are public ones. */
export function storedFromDer(bytes: Buffer, known: StoreContent = NOTHING_KNOWN): StoredCertificate | null {
  const der = firstElement(bytes);
  if (der === null) return null;
  const sha256 = hash('sha256', der, 'hex');
  const same = known.get(sha256);
  if (same !== undefined) return same;
  const outline = certificateOutline(der);
  return outline === null ? null : storedCertificate(sha256, nameKey(outline.subject), () => der);
}

const MAX_CERTIFICATES = 10_000;

const BLOCK =
  /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----([A-Za-z0-9+/=\s]*?)-----END (?:X509 |TRUSTED )?CERTIFICATE-----/g;

/** The certificates of a PEM text, or of a file that is one DER certificate, and how many blocks were none. */
export function readCertificates(
  bytes: Buffer,
  known: StoreContent = NOTHING_KNOWN,
): { readonly found: readonly StoredCertificate[]; readonly broken: number } {
  if (bytes[0] === 0x30) {
    const one = storedFromDer(bytes, known);
    return { found: one === null ? [] : [one], broken: one === null ? 1 : 0 };
  }
  const found: StoredCertificate[] = [];
  let broken = 0;
  for (const [, body = ''] of bytes.toString('latin1').matchAll(BLOCK)) {
    const stored = storedFromDer(Buffer.from(body, 'base64'), known);
    if (stored === null) broken++;
    else found.push(stored);
    if (found.length + broken >= MAX_CERTIFICATES) break;
  }
  return { found, broken };
}

export const storeContent = (certificates: Iterable<StoredCertificate>): StoreContent => {
  const content = new Map<string, StoredCertificate>();
  for (const one of certificates) if (!content.has(one.sha256)) content.set(one.sha256, one);
  return content;
};
