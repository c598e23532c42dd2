/** Certificate revocation lists (RFC 5280 section 5). Entries are scanned where they lie: a large list costs no objects. */
import type { X509Certificate } from 'node:crypto';
import type { RevocationObservation } from '../../model/observations.ts';
import { certificateOutline, extensionsOf } from '../x509/certificate-outline.ts';
import { children, integerHex, only, readDer, TAG, timeText } from '../x509/der.ts';
import { nameKey } from '../x509/distinguished-names.ts';
import { type Signed, signatureHolds, signedParts } from './signature.ts';

/** Lists of public authorities are mostly below 1 MiB; what is larger is not read. */
export const MAX_CRL_BYTES = 8 * 1024 * 1024;
/** Clocks may differ by this much before a date decides. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

export type RevocationStatus =
  | { readonly status: 'good' | 'revoked' | 'unknown'; readonly revokedAt: string | null }
  | { readonly problem: NonNullable<RevocationObservation['problem']> };

export interface Crl {
  readonly signed: Signed;
  /** `nameKey` of the issuer. */
  readonly issuerKey: string;
  readonly thisUpdate: string;
  readonly nextUpdate: string | null;
  /** Contents of revokedCertificates; empty if there are none. */
  readonly entries: Buffer;
  /** A delta or indirect list: that a serial is not in it says nothing. */
  readonly partial: boolean;
}

const PEM = /^-----BEGIN X509 CRL-----([A-Za-z0-9+/=\s]+)-----END X509 CRL-----\s*$/;

/** Null if it is no CRL. Some servers send PEM although RFC 5280 asks for DER. */
export function parseCrl(bytes: Buffer): Crl | null {
  if (bytes.length > MAX_CRL_BYTES) return null;
  const pem = bytes[0] === 0x2d ? PEM.exec(bytes.toString('latin1')) : null;
  const signed = signedParts(pem === null ? bytes : Buffer.from(pem[1] ?? '', 'base64'));
  const fields = signed === null ? null : children(signed.tbs.content, 8);
  if (signed === null || fields === null) return null;
  const [algorithm, issuer, first, ...rest] = fields[0]?.tag === TAG.integer ? fields.slice(1) : fields;
  const thisUpdate = first === undefined ? null : timeText(first);
  if (algorithm?.tag !== TAG.sequence || issuer?.tag !== TAG.sequence || thisUpdate === null) return null;
  const second = rest[0] === undefined ? null : timeText(rest[0]);
  const wrapper = rest.find(({ tag }) => tag === 0xa0);
  const extensions = wrapper === undefined ? new Map<string, Buffer>() : extensionsOf(wrapper.content);
  const distribution = extensions.get('2.5.29.28');
  const scope = distribution === undefined ? null : only(distribution, TAG.sequence);
  const indirect = (scope === null ? null : children(scope.content, 6))?.some(
    ({ tag, content }) => tag === 0x84 && content[0] !== 0,
  );
  return {
    signed,
    issuerKey: nameKey(issuer.raw),
    thisUpdate,
    nextUpdate: second,
    entries: rest.find(({ tag }) => tag === TAG.sequence)?.content ?? Buffer.alloc(0),
    partial: extensions.has('2.5.29.27') || indirect === true,
  };
}

/** Null: not listed. `unparseable` if an entry on the way can't be read. */
function listed(entries: Buffer, serial: string): { readonly revokedAt: string | null } | 'unparseable' | null {
  for (let at = 0; at < entries.length; ) {
    const entry = readDer(entries, at);
    const number = entry?.tag === TAG.sequence ? readDer(entry.content) : null;
    if (entry === null || number?.tag !== TAG.integer) return 'unparseable';
    if (integerHex(number.content) === serial) {
      const date = readDer(entry.content, number.raw.length);
      return { revokedAt: date === null ? null : timeText(date) };
    }
    at += entry.raw.length;
  }
  return null;
}

/** Is `nowIso` between the two dates, with tolerance? An absent end means that newer information is always there. */
export function isFresh(thisUpdate: string, nextUpdate: string | null, nowIso: string): boolean {
  const now = Date.parse(nowIso);
  if (now + CLOCK_TOLERANCE_MS < Date.parse(thisUpdate)) return false;
  return nextUpdate === null || now - CLOCK_TOLERANCE_MS <= Date.parse(nextUpdate);
}

/** Does this list come from this issuer, and is it usable now? Null if so. */
export function crlProblem(
  crl: Crl,
  issuer: X509Certificate,
  nowIso: string,
): 'wrong-certificate' | 'bad-signature' | 'stale' | null {
  const outline = certificateOutline(issuer.raw);
  if (outline === null || nameKey(outline.subject) !== crl.issuerKey) return 'wrong-certificate';
  let holds = false;
  try {
    holds = signatureHolds(crl.signed, issuer.publicKey);
  } catch {
    // The issuer's key is of a kind that this runtime doesn't know.
  }
  if (!holds) return 'bad-signature';
  return isFresh(crl.thisUpdate, crl.nextUpdate, nowIso) ? null : 'stale';
}

/** What the list says of a serial (lower-case hex as in `CertificateFacts.serial`), once `crlProblem` has found nothing. */
export function crlLookup(crl: Crl, serial: string): RevocationStatus {
  const entry = listed(crl.entries, serial);
  if (entry === 'unparseable') return { problem: 'unparseable' };
  if (entry !== null) return { status: 'revoked', revokedAt: entry.revokedAt };
  return { status: crl.partial ? 'unknown' : 'good', revokedAt: null };
}
