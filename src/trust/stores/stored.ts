/** Certificates of a store: found by name and fingerprint without parsing more of them than are asked for. */
import { hash, type X509Certificate } from 'node:crypto';
import { certificateIn } from '../../certificate.ts';
import { certificateOutline, firstElement } from '../x509/certificate-outline.ts';
import { nameKey } from '../x509/distinguished-names.ts';

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
      if (parsed === undefined) parsed = certificateIn(this.der);
      return parsed;
    },
  };
}

/** By fingerprint, and by the DER in Base64 where it is at hand: found by that, a certificate isn't even decoded. */
export type KnownCertificates = ReadonlyMap<string, StoredCertificate>;

const NOTHING_KNOWN: KnownCertificates = new Map();

/** Null for bytes that are no certificate. What is `known` already isn't walked again: most of a machine's roots are public ones. */
export function storedFromDer(bytes: Buffer, known: KnownCertificates = NOTHING_KNOWN): StoredCertificate | null {
  const der = firstElement(bytes);
  if (der === null) return null;
  const sha256 = hash('sha256', der, 'hex');
  const same = known.get(sha256);
  if (same !== undefined) return same;
  const outline = certificateOutline(der);
  return outline === null ? null : storedCertificate(sha256, nameKey(outline.subject), () => der);
}

const MAX_CERTIFICATES = 10_000;

const BEGIN = /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----/g;
const END = /^-----END (?:X509 |TRUSTED )?CERTIFICATE-----/;
const BASE64 = /^[A-Za-z0-9+/=\s]*$/;

/** What is between the lines of a PEM text that frame a certificate. */
function* blocks(text: string): Iterable<string> {
  for (const { 0: line, index } of text.matchAll(BEGIN)) {
    const start = index + line.length;
    const end = text.indexOf('-----', start);
    if (end >= 0 && END.test(text.slice(end, end + 40))) yield text.slice(start, end);
  }
}

/** The certificates of a PEM text, or of a file that is one DER certificate, and how many blocks were none. */
export function readCertificates(
  bytes: Buffer,
  known: KnownCertificates = NOTHING_KNOWN,
): { readonly certificates: readonly StoredCertificate[]; readonly broken: number } {
  if (bytes[0] === 0x30) {
    const stored = storedFromDer(bytes, known);
    return { certificates: stored === null ? [] : [stored], broken: stored === null ? 1 : 0 };
  }
  const certificates: StoredCertificate[] = [];
  let broken = 0;
  for (const body of blocks(bytes.toString('latin1'))) {
    const same = known.get(body.replaceAll('\n', ''));
    if (same === undefined && !BASE64.test(body)) continue;
    const stored = same ?? storedFromDer(Buffer.from(body, 'base64'), known);
    if (stored === null) broken++;
    else certificates.push(stored);
    if (certificates.length + broken >= MAX_CERTIFICATES) break;
  }
  return { certificates, broken };
}

export const storeContent = (certificates: Iterable<StoredCertificate>): StoreContent => {
  const content = new Map<string, StoredCertificate>();
  for (const stored of certificates) if (!content.has(stored.sha256)) content.set(stored.sha256, stored);
  return content;
};
