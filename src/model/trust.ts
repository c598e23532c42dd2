/** Certificates, chains and the stores that they are judged by, as facts. */
import { rootRole } from './catalog.ts';
import * as z from './shape.ts';

export const certificateFacts = z.named(
  'certificate',
  z.object({
    sha256: z.string(),
    sha1: z.string(),
    /** One line, most specific first, RFC 4514 style (`CN=…, O=…, C=…`), control characters removed, bounded. */
    subject: z.string(),
    issuer: z.string(),
    commonName: z.nullable(z.string()),
    organization: z.nullable(z.string()),
    issuerCommonName: z.nullable(z.string()),
    issuerOrganization: z.nullable(z.string()),
    serial: z.string(),
    /** ISO 8601 UTC. */
    notBefore: z.string(),
    notAfter: z.string(),
    /** subjectAltName dNSName values, 100 at most. */
    dnsNames: z.list(z.string()),
    ipAddresses: z.list(z.string()),
    keyType: z.string(),
    /** Bits of an RSA or DSA key, of the curve's field for EC; null if unknown. */
    keyBits: z.nullable(z.number()),
    signatureAlgorithm: z.string(),
    isCa: z.boolean(),
    /** Dotted OIDs; empty if the extension is absent. */
    extendedKeyUsage: z.list(z.string()),
    issuerUrls: z.list(z.string()),
    ocspUrls: z.list(z.string()),
    crlUrls: z.list(z.string()),
    subjectKeyId: z.nullable(z.string()),
    authorityKeyId: z.nullable(z.string()),
    /** Issuer equals subject and the signature verifies with its own key. */
    selfSigned: z.boolean(),
    /** Embedded signed certificate timestamps (RFC 6962). */
    scts: z.int(),
    /** Base64 DER; null if over 16 KiB. */
    der: z.nullable(z.string()),
  }),
);
export type CertificateFacts = z.Of<typeof certificateFacts>;

export const storeName = z.enum(['public', 'machine', 'extra', 'catalog']);
export type StoreName = z.Of<typeof storeName>;

/** One way a chain ends in something that a store here holds. */
export const anchorHit = z.named(
  'anchorHit',
  z.object({
    /** The anchor's own fingerprint. */
    sha256: z.string(),
    subject: z.string(),
    notBefore: z.string(),
    notAfter: z.string(),
    /** Stores that hold it. */
    stores: z.list(storeName),
    /** Leaf first, fingerprints of the certificates used, the anchor last. */
    path: z.list(z.string()),
    /** It holds an intermediate that the server did not send: fetched from its address, sent by another server, or the catalog's. */
    completed: z.boolean(),
    /** Explicitly distrusted on this machine (Windows Disallowed store). */
    distrusted: z.boolean(),
  }),
);
export type AnchorHit = z.Of<typeof anchorHit>;

/** A chain as sent, and where it ends. Path building ignores dates and names: those are judged from the facts. */
export const chainFacts = z.named(
  'chain',
  z.object({
    id: z.string(),
    /** Leaf first, as sent. Fingerprints into `Observations.certificates`. */
    certificates: z.list(z.string()),
    anchors: z.list(anchorHit),
    /** A signature inside the sent chain does not verify with its issuer's key (position of the certificate). */
    badSignature: z.nullable(z.int()),
    /** Where the chain stops short of any anchor: the last certificate of it, if the issuer that nobody sent is a public intermediate. */
    unsentIssuerOf: z.optional(z.string()),
  }),
);
export type ChainFacts = z.Of<typeof chainFacts>;

export const rootState = z.named(
  'rootState',
  z.object({
    id: z.string(),
    name: z.string(),
    role: rootRole,
    state: z.enum(['present', 'absent', 'expired', 'corrupt', 'distrusted', 'unknown']),
    sha256: z.string(),
    notAfter: z.string(),
    /** Fingerprint of what stands in its place, for `corrupt`. */
    found: z.nullable(z.string()),
    /** Some captured chain ends there. Filled at the end of the run. */
    usedBy: z.int(),
  }),
);
export type RootState = z.Of<typeof rootState>;

export const trustStoreFacts = z.object({
  /** `account`: roots in the machine store that Windows trusts for the account of this process alone. */
  name: z.enum(['public', 'machine', 'extra', 'catalog', 'distrusted', 'account']),
  /** Certificates in it; null if the store could not be read. */
  count: z.nullable(z.int()),
  /** Where it was read from: a file, an API, a registry path. */
  from: z.string(),
  error: z.nullable(z.string()),
});
export type TrustStoreFacts = z.Of<typeof trustStoreFacts>;
