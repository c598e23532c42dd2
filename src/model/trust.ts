/** Certificates, chains and the stores that they are judged by, as facts. */
import type { RootOfInterest } from './catalog.ts';

export interface CertificateFacts {
  readonly sha256: string;
  readonly sha1: string;
  /** One line, most specific first, RFC 4514 style (`CN=…, O=…, C=…`), control characters removed, bounded. */
  readonly subject: string;
  readonly issuer: string;
  readonly commonName: string | null;
  readonly organization: string | null;
  readonly issuerCommonName: string | null;
  readonly issuerOrganization: string | null;
  readonly serial: string;
  /** ISO 8601 UTC. */
  readonly notBefore: string;
  readonly notAfter: string;
  /** subjectAltName dNSName values, 100 at most. */
  readonly dnsNames: readonly string[];
  readonly ipAddresses: readonly string[];
  readonly keyType: string;
  /** Bits of an RSA or DSA key, of the curve's field for EC; null if unknown. */
  readonly keyBits: number | null;
  readonly signatureAlgorithm: string;
  readonly isCa: boolean;
  /** Dotted OIDs; empty if the extension is absent. */
  readonly extendedKeyUsage: readonly string[];
  readonly issuerUrls: readonly string[];
  readonly ocspUrls: readonly string[];
  readonly crlUrls: readonly string[];
  readonly subjectKeyId: string | null;
  readonly authorityKeyId: string | null;
  /** Issuer equals subject and the signature verifies with its own key. */
  readonly selfSigned: boolean;
  /** Embedded signed certificate timestamps (RFC 6962). */
  readonly scts: number;
  /** Base64 DER; null if over 16 KiB. */
  readonly der: string | null;
}

export type StoreName = 'public' | 'machine' | 'extra' | 'catalog';

/** One way a chain ends in something that a store here holds. */
export interface AnchorHit {
  /** The anchor's own fingerprint. */
  readonly sha256: string;
  readonly subject: string;
  readonly notBefore: string;
  readonly notAfter: string;
  /** Stores that hold it. */
  readonly stores: readonly StoreName[];
  /** Leaf first, fingerprints of the certificates used, the anchor last. */
  readonly path: readonly string[];
  /** An intermediate that the server did not send was fetched from the issuer address to build it. */
  readonly completed: boolean;
  /** Explicitly distrusted on this machine (Windows Disallowed store). */
  readonly distrusted: boolean;
}

/** A chain as sent, and where it ends. Path building ignores dates and names: those are judged from the facts. */
export interface ChainFacts {
  readonly id: string;
  /** Leaf first, as sent. Fingerprints into `Observations.certificates`. */
  readonly certificates: readonly string[];
  readonly anchors: readonly AnchorHit[];
  /** A signature inside the sent chain does not verify with its issuer's key (position of the certificate). */
  readonly badSignature: number | null;
}

export interface RootState {
  readonly id: string;
  readonly name: string;
  readonly role: RootOfInterest['role'];
  readonly state: 'present' | 'absent' | 'expired' | 'corrupt' | 'distrusted' | 'unknown';
  readonly sha256: string;
  readonly notAfter: string;
  /** Fingerprint of what stands in its place, for `corrupt`. */
  readonly found: string | null;
  /** Some captured chain ends there. Filled at the end of the run. */
  readonly usedBy: number;
}

export interface TrustStoreFacts {
  readonly name: StoreName | 'distrusted';
  /** Certificates in it; null if the store could not be read. */
  readonly count: number | null;
  /** Where it was read from: a file, an API, a registry path. */
  readonly from: string;
  readonly error: string | null;
}
