/** What a certificate says, bounded and made harmless. Judging it is in certificate-checks.ts and chain.ts. */
import type { KeyObject, X509Certificate } from 'node:crypto';
import { entryOf } from '../../entry.ts';
import { harmless } from '../../harmless.ts';
import type { CertificateFacts } from '../../model/trust.ts';
import { type CertificateOutline, certificateOutline, issuerRights, OID } from './certificate-outline.ts';
import { children, integerHex, oidText, only, sequenceOf, TAG } from './der.ts';
import { nameAttribute, nameText } from './distinguished-names.ts';

const MAX_NAMES = 100;
const MAX_URLS = 8;
const MAX_URL = 1_000;
const MAX_PURPOSES = 32;
const MAX_DER = 16_384;
/** More names than fit into any certificate that a TLS stack accepts; over it the extension is unreadable. */
const MAX_GENERAL_NAMES = 50_000;

/** OpenSSL's long-standing names of signature algorithms, by OID (RFC 3279, 4055, 5758, 8410). */
const SIGNATURES: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.2': 'md2WithRSAEncryption',
  '1.2.840.113549.1.1.4': 'md5WithRSAEncryption',
  '1.2.840.113549.1.1.5': 'sha1WithRSAEncryption',
  '1.3.14.3.2.29': 'sha1WithRSA',
  '1.2.840.113549.1.1.10': 'rsassaPss',
  '1.2.840.113549.1.1.11': 'sha256WithRSAEncryption',
  '1.2.840.113549.1.1.12': 'sha384WithRSAEncryption',
  '1.2.840.113549.1.1.13': 'sha512WithRSAEncryption',
  '1.2.840.10040.4.3': 'dsaWithSHA1',
  '1.2.840.10045.4.1': 'ecdsa-with-SHA1',
  '1.2.840.10045.4.3.1': 'ecdsa-with-SHA224',
  '1.2.840.10045.4.3.2': 'ecdsa-with-SHA256',
  '1.2.840.10045.4.3.3': 'ecdsa-with-SHA384',
  '1.2.840.10045.4.3.4': 'ecdsa-with-SHA512',
  '1.3.101.112': 'ED25519',
  '1.3.101.113': 'ED448',
};

/** What `read` gives, or `otherwise` where the runtime refuses this certificate. */
function attempt<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}

function signatureName(algorithm: Buffer): string {
  const [id] = sequenceOf(algorithm, TAG.sequence, 2) ?? [];
  const dotted = id?.tag === TAG.oid ? oidText(id.content) : null;
  return dotted === null ? 'unknown' : (entryOf(SIGNATURES, dotted) ?? dotted);
}

/** Elements of the subjectAltName as `[tag, contents]`, all of them. */
function alternativeNames(outline: CertificateOutline): readonly (readonly [number, Buffer])[] {
  const value = outline.extensions.get(OID.subjectAltName);
  const names = value === undefined ? null : sequenceOf(value, TAG.sequence, MAX_GENERAL_NAMES);
  return (names ?? []).map((name) => [name.tag, name.content] as const);
}

/** dNSName values in order, harmless: a name with a NUL or another control character can't match any host afterwards. */
export function dnsNamesOf(outline: CertificateOutline, max: number): readonly string[] {
  return alternativeNames(outline)
    .filter(([tag]) => tag === 0x82)
    .slice(0, max)
    .map(([, bytes]) => harmless(bytes.toString('utf8')));
}

/** Text form of 4 or 16 octets; IPv6 as RFC 5952 writes it. */
function addressText(bytes: Buffer): string | null {
  if (bytes.length === 4) return bytes.join('.');
  if (bytes.length !== 16) return null;
  const words = Array.from({ length: 8 }, (_, at) => bytes.readUInt16BE(at * 2).toString(16));
  return new URL(`http://[${words.join(':')}]/`).hostname.slice(1, -1);
}

function addressesOf(outline: CertificateOutline): readonly string[] {
  return alternativeNames(outline)
    .filter(([tag]) => tag === 0x87)
    .slice(0, MAX_NAMES)
    .map(([, bytes]) => addressText(bytes))
    .filter((address) => address !== null);
}

/** URLs that fit; a cut one would be another address. */
const usable = (urls: readonly Buffer[]): readonly string[] =>
  urls
    .filter((url) => url.length <= MAX_URL)
    .slice(0, MAX_URLS)
    .map((url) => harmless(url.toString('utf8'), MAX_URL));

function accessUrls(outline: CertificateOutline, method: string): readonly string[] {
  const value = outline.extensions.get(OID.authorityInfoAccess);
  const locations: Buffer[] = [];
  for (const description of (value === undefined ? null : sequenceOf(value)) ?? []) {
    const [id, location] = children(description.content, 2) ?? [];
    if (id?.tag === TAG.oid && oidText(id.content) === method && location?.tag === 0x86)
      locations.push(location.content);
  }
  return usable(locations);
}

function crlUrls(outline: CertificateOutline): readonly string[] {
  const value = outline.extensions.get(OID.crlDistributionPoints);
  const locations: Buffer[] = [];
  for (const point of (value === undefined ? null : sequenceOf(value)) ?? []) {
    const name = children(point.content, 3)?.find((part) => part.tag === 0xa0);
    const full = name === undefined ? null : only(name.content, 0xa0);
    for (const part of (full === null ? null : children(full.content)) ?? [])
      if (part.tag === 0x86) locations.push(part.content);
  }
  return usable(locations);
}

function purposes(outline: CertificateOutline): readonly string[] {
  const value = outline.extensions.get(OID.extendedKeyUsage);
  if (value === undefined) return [];
  const listed = (sequenceOf(value) ?? []).map((part) => (part.tag === TAG.oid ? oidText(part.content) : null));
  // Unreadable: present, and allowing nothing that is known.
  if (listed.length === 0) return ['unknown'];
  return listed.slice(0, MAX_PURPOSES).map((id) => id ?? 'unknown');
}

const keyId = (bytes: Buffer | undefined): string | null =>
  bytes === undefined || bytes.length > 64 ? null : bytes.toString('hex');

/** Identifier of the certificate's own key in hex; null if it names none. */
export function subjectKeyId(outline: CertificateOutline): string | null {
  const value = outline.extensions.get(OID.subjectKeyId);
  return value === undefined ? null : keyId(only(value, TAG.octetString)?.content);
}

/** Identifier of its issuer's key in hex; null if it names none. */
export function authorityKeyId(outline: CertificateOutline): string | null {
  const value = outline.extensions.get(OID.authorityKeyId);
  return value === undefined ? null : keyId(sequenceOf(value)?.find((part) => part.tag === 0x80)?.content);
}

/** Number of timestamps in the list of RFC 6962 section 3.3; 0 if it is absent or malformed. */
function timestamps(outline: CertificateOutline): number {
  const value = outline.extensions.get(OID.sctList);
  const list = value === undefined ? undefined : only(value, TAG.octetString)?.content;
  if (list === undefined || list.length < 2 || list.readUInt16BE(0) !== list.length - 2) return 0;
  let count = 0;
  for (let at = 2; at < list.length; count++) {
    if (at + 2 > list.length) return 0;
    at += 2 + list.readUInt16BE(at);
    if (at > list.length) return 0;
  }
  return count;
}

function keyFacts(key: KeyObject | null): { readonly keyType: string; readonly keyBits: number | null } {
  const type = key?.asymmetricKeyType;
  if (!key || type === undefined) return { keyType: 'unknown', keyBits: null };
  const details = key.asymmetricKeyDetails;
  if (type === 'ec') {
    // Every named curve carries its field size: prime256v1, secp384r1, brainpoolP512r1, sect283k1.
    const bits = /\d{3}/.exec(details?.namedCurve ?? '')?.[0];
    return { keyType: type, keyBits: bits === undefined ? null : Number(bits) };
  }
  if (type === 'ed25519' || type === 'ed448') return { keyType: type, keyBits: type === 'ed448' ? 448 : 255 };
  return { keyType: type, keyBits: details?.modulusLength ?? null };
}

const fingerprint = (text: string): string => text.replaceAll(':', '').toLowerCase();

/** The runtime's own date text as ISO 8601; empty if it can't be read, which `dateProblem` takes for a fault. */
function isoDate(text: string): string {
  const at = Date.parse(text);
  return Number.isNaN(at) ? '' : new Date(at).toISOString().replace('.000Z', 'Z');
}

/** Certificates that our reader refuses and the runtime took (BER leftovers): what the runtime says, no more. */
const EMPTY: CertificateOutline = {
  serial: Buffer.alloc(0),
  issuer: Buffer.alloc(0),
  subject: Buffer.alloc(0),
  spki: Buffer.alloc(0),
  notBefore: null,
  notAfter: null,
  signatureAlgorithm: Buffer.alloc(0),
  extensions: new Map(),
};

/** Facts of one certificate. Never throws, however odd the certificate is. */
export function certificateFacts(x509: X509Certificate): CertificateFacts {
  const der = x509.raw;
  const parsed = certificateOutline(der);
  const outline = parsed ?? EMPTY;
  const key = attempt<KeyObject | null>(() => x509.publicKey, null);
  const line = (runtime: string | undefined): string => harmless((runtime ?? '').split('\n').reverse().join(', '), 500);
  return {
    sha256: fingerprint(x509.fingerprint256),
    sha1: fingerprint(x509.fingerprint),
    subject: parsed === null ? attempt(() => line(x509.subject), '') : nameText(parsed.subject),
    issuer: parsed === null ? attempt(() => line(x509.issuer), '') : nameText(parsed.issuer),
    commonName: nameAttribute(outline.subject, 'CN'),
    organization: nameAttribute(outline.subject, 'O'),
    issuerCommonName: nameAttribute(outline.issuer, 'CN'),
    issuerOrganization: nameAttribute(outline.issuer, 'O'),
    serial: (parsed === null ? x509.serialNumber.toLowerCase() : integerHex(parsed.serial)).slice(0, 128),
    notBefore: outline.notBefore ?? isoDate(x509.validFrom),
    notAfter: outline.notAfter ?? isoDate(x509.validTo),
    dnsNames: dnsNamesOf(outline, MAX_NAMES),
    ipAddresses: addressesOf(outline),
    ...attempt(() => keyFacts(key), { keyType: 'unknown', keyBits: null }),
    signatureAlgorithm: signatureName(outline.signatureAlgorithm),
    isCa: parsed === null ? x509.ca : issuerRights(parsed).isCa,
    extendedKeyUsage: purposes(outline),
    issuerUrls: accessUrls(outline, '1.3.6.1.5.5.7.48.2'),
    ocspUrls: accessUrls(outline, '1.3.6.1.5.5.7.48.1'),
    crlUrls: crlUrls(outline),
    subjectKeyId: subjectKeyId(outline),
    authorityKeyId: authorityKeyId(outline),
    selfSigned: outline.subject.equals(outline.issuer) && key !== null && attempt(() => x509.verify(key), false),
    scts: timestamps(outline),
    der: der.length > MAX_DER ? null : der.toString('base64'),
  };
}
