/** The parts of a certificate (RFC 5280 section 4.1), found by walking its DER: cheap, and the same on every runtime. */
import { children, type Der, oidText, readDer, sequenceOf, TAG, timeText } from './der.ts';

export interface CertificateOutline {
  /** INTEGER contents as encoded. */
  readonly serial: Buffer;
  /** DER of the names. */
  readonly issuer: Buffer;
  readonly subject: Buffer;
  /** DER of SubjectPublicKeyInfo. */
  readonly spki: Buffer;
  /** ISO 8601 UTC; null if unreadable. */
  readonly notBefore: string | null;
  readonly notAfter: string | null;
  /** DER of the outer AlgorithmIdentifier. */
  readonly signatureAlgorithm: Buffer;
  /** Contents of extnValue by dotted OID; of a repeated extension the first. */
  readonly extensions: ReadonlyMap<string, Buffer>;
}

export const OID = {
  subjectKeyId: '2.5.29.14',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  crlDistributionPoints: '2.5.29.31',
  authorityKeyId: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  authorityInfoAccess: '1.3.6.1.5.5.7.1.1',
  sctList: '1.3.6.1.4.1.11129.2.4.2',
} as const;

const MAX_EXTENSIONS = 200;

/** By dotted OID, from the contents of `[3] Extensions` (or a CRL's `[0]`). */
export function extensionsOf(wrapper: Buffer): ReadonlyMap<string, Buffer> {
  const extensions = new Map<string, Buffer>();
  for (const element of sequenceOf(wrapper, TAG.sequence, MAX_EXTENSIONS) ?? []) {
    const parts = element.tag === TAG.sequence ? children(element.content, 3) : null;
    const id = parts?.[0]?.tag === TAG.oid ? oidText(parts[0].content) : null;
    const value = parts?.at(-1);
    if (id !== null && value?.tag === TAG.octetString && !extensions.has(id)) extensions.set(id, value.content);
  }
  return extensions;
}

/** Null for what is no certificate. Signatures, dates and everything else are judged elsewhere. */
export function certificateOutline(der: Buffer): CertificateOutline | null {
  const [tbs, algorithm] = sequenceOf(der, TAG.sequence, 3) ?? [];
  const fields = tbs?.tag === TAG.sequence ? children(tbs.content, 10) : null;
  if (fields === null || algorithm === undefined) return null;
  const rest: (Der | undefined)[] = fields[0]?.tag === 0xa0 ? fields.slice(1) : fields;
  const [serial, , issuer, validity, subject, spki] = rest;
  if (serial?.tag !== TAG.integer || validity === undefined || spki?.tag !== TAG.sequence) return null;
  if (issuer?.tag !== TAG.sequence || subject?.tag !== TAG.sequence) return null;
  const [notBefore, notAfter] = children(validity.content, 2) ?? [];
  const wrapper = fields.find((field) => field.tag === 0xa3);
  // Stores are walked for names alone: extensions are read when asked for.
  let extensions: ReadonlyMap<string, Buffer> | null = null;
  return {
    serial: serial.content,
    issuer: issuer.raw,
    subject: subject.raw,
    spki: spki.raw,
    notBefore: notBefore === undefined ? null : timeText(notBefore),
    notAfter: notAfter === undefined ? null : timeText(notAfter),
    signatureAlgorithm: algorithm.raw,
    get extensions() {
      extensions ??= wrapper === undefined ? new Map() : extensionsOf(wrapper.content);
      return extensions;
    },
  };
}

/** What an issuer may do, from basicConstraints. `stated`: it has basicConstraints at all (version 1 roots don't). */
export function issuerRights(outline: CertificateOutline): {
  readonly stated: boolean;
  readonly isCa: boolean;
  readonly pathLength: number | null;
} {
  const constraints = outline.extensions.get(OID.basicConstraints);
  const [flag, length] = (constraints === undefined ? null : sequenceOf(constraints)) ?? [];
  const isCa = flag?.tag === TAG.boolean && flag.content[0] !== 0 && flag.content.length === 1;
  const small = length?.tag === TAG.integer && length.content.length >= 1 && length.content.length <= 4;
  return {
    stated: constraints !== undefined,
    isCa,
    pathLength: isCa && small ? length.content.readUIntBE(0, length.content.length) : null,
  };
}

/** The subjectPublicKey bits without the unused-bits octet: what OCSP's key hash covers (RFC 6960 section 4.1.1). */
export function publicKeyBits(spki: Buffer): Buffer | null {
  const bits = sequenceOf(spki, TAG.sequence, 2)?.[1];
  return bits?.tag === TAG.bitString ? bits.content.subarray(1) : null;
}

/** The first DER element of `bytes`: a certificate without what `TRUSTED CERTIFICATE` files append. */
export function firstElement(bytes: Buffer): Buffer | null {
  return readDer(bytes)?.raw ?? null;
}
