/** The online certificate status protocol (RFC 6960): one question about one certificate, and what an answer proves. */
import { createHash, X509Certificate } from 'node:crypto';
import { entryOf } from '../../entry.ts';
import { dateProblem } from '../x509/certificate-checks.ts';
import { certificateOutline, OID, publicKeyBits } from '../x509/certificate-outline.ts';
import { children, type Der, integerHex, oidText, readDer, sequenceOf, TAG, timeText } from '../x509/der.ts';
import * as write from '../x509/der-write.ts';
import { isFresh, type RevocationStatus } from './crl.ts';
import { algorithmOid, HASHES, type Signed, signatureHolds, signedParts } from './signature.ts';

const OCSP_BASIC = '1.3.6.1.5.5.7.48.1.1';
const OCSP_SIGNING = '1.3.6.1.5.5.7.3.9';
/** Answers are a few KiB, with a delegated responder's certificate in them. */
export const MAX_OCSP_BYTES = 256 * 1024;
const MAX_ANSWERS = 100;
const MAX_RESPONDERS = 8;

const digest = (algorithm: string, bytes: Buffer): Buffer => createHash(algorithm).update(bytes).digest();

/** DER of an OCSPRequest for one certificate, with a SHA-1 id, which every responder takes; null if either can't be read. */
export function ocspRequest(certificate: X509Certificate, issuer: X509Certificate): Buffer | null {
  const [subject, above] = [certificateOutline(certificate.raw), certificateOutline(issuer.raw)];
  const key = above === null ? null : publicKeyBits(above.spki);
  if (subject === null || key === null) return null;
  const id = write.sequence(
    write.sequence(write.oid('1.3.14.3.2.26'), write.nullValue()),
    write.octetString(digest('sha1', subject.issuer)),
    write.octetString(digest('sha1', key)),
    write.tlv(TAG.integer, subject.serial),
  );
  return write.sequence(write.sequence(write.sequence(write.sequence(id))));
}

/** The address for asking by GET (RFC 6960 appendix A.1). */
export function ocspGetUrl(base: string, request: Buffer): string {
  return `${base.replace(/\/$/, '')}/${encodeURIComponent(request.toString('base64'))}`;
}

interface SingleAnswer {
  readonly hash: string | null;
  readonly nameHash: Buffer;
  readonly keyHash: Buffer;
  /** Lower-case hex. */
  readonly serial: string;
  readonly status: 'good' | 'revoked' | 'unknown';
  readonly revokedAt: string | null;
  readonly thisUpdate: string;
  readonly nextUpdate: string | null;
}

interface OcspResponse {
  /** OCSPResponseStatus: 0 successful, 1 malformedRequest, 2 internalError, 3 tryLater, 5 sigRequired, 6 unauthorized. */
  readonly responseStatus: number;
  /** Null unless successful. */
  readonly basic: {
    readonly signed: Signed;
    /** Signed by the responder, close to the true time. */
    readonly producedAt: string;
    readonly answers: readonly SingleAnswer[];
    /** DER of the certificates that came along. */
    readonly certificates: readonly Buffer[];
  } | null;
}

function certificateStatus(element: Der): Pick<SingleAnswer, 'status' | 'revokedAt'> | null {
  if (element.tag === 0x80) return { status: 'good', revokedAt: null };
  if (element.tag === 0x82) return { status: 'unknown', revokedAt: null };
  if (element.tag !== 0xa1) return null;
  const date = readDer(element.content);
  return { status: 'revoked', revokedAt: date === null ? null : timeText(date) };
}

function singleAnswer(element: Der): SingleAnswer | null {
  const [id, status, first, ...rest] = (element.tag === TAG.sequence ? children(element.content, 5) : null) ?? [];
  const [algorithm, nameHash, keyHash, serial] = (id?.tag === TAG.sequence ? children(id.content, 4) : null) ?? [];
  const verdict = status === undefined ? null : certificateStatus(status);
  const thisUpdate = first === undefined ? null : timeText(first);
  if (nameHash === undefined || keyHash === undefined || serial?.tag !== TAG.integer) return null;
  if (verdict === null || thisUpdate === null) return null;
  const until = rest.find(({ tag }) => tag === 0xa0);
  const end = until === undefined ? null : readDer(until.content);
  return {
    hash: entryOf(HASHES, algorithmOid(algorithm) ?? '') ?? null,
    nameHash: nameHash.content,
    keyHash: keyHash.content,
    serial: integerHex(serial.content),
    ...verdict,
    thisUpdate,
    nextUpdate: end === null ? null : timeText(end),
  };
}

/** Null if it is no OCSP response. */
export function parseOcsp(bytes: Buffer): OcspResponse | null {
  if (bytes.length > MAX_OCSP_BYTES) return null;
  const [status, wrapper] = sequenceOf(bytes, TAG.sequence, 2) ?? [];
  if (status?.tag !== TAG.enumerated || status.content.length !== 1) return null;
  const responseStatus = status.content[0] ?? 0;
  if (responseStatus !== 0) return { responseStatus, basic: null };
  const [type, body] = (wrapper?.tag === 0xa0 ? sequenceOf(wrapper.content, TAG.sequence, 2) : null) ?? [];
  if (type?.tag !== TAG.oid || oidText(type.content) !== OCSP_BASIC || body?.tag !== TAG.octetString) return null;
  const signed = signedParts(body.content);
  const fields = signed === null ? null : children(signed.tbs.content, 5);
  if (signed === null || fields === null) return null;
  const [, produced, responses] = fields[0]?.tag === 0xa0 ? fields.slice(1) : fields;
  const producedAt = produced === undefined ? null : timeText(produced);
  const answers = responses?.tag === TAG.sequence ? children(responses.content, MAX_ANSWERS) : null;
  if (producedAt === null || answers === null) return null;
  const enclosed = signed.rest.find(({ tag }) => tag === 0xa0);
  const certificates = enclosed === undefined ? [] : (sequenceOf(enclosed.content, TAG.sequence, 100) ?? []);
  return {
    responseStatus,
    basic: {
      signed,
      producedAt,
      answers: answers.map(singleAnswer).filter((answer) => answer !== null),
      certificates: certificates.slice(0, MAX_RESPONDERS).map(({ raw }) => raw),
    },
  };
}

/** Issued by the same authority for this very purpose, and valid now (RFC 6960 section 4.2.2.2). */
function mayRespond(der: Buffer, issuer: X509Certificate, nowIso: string): X509Certificate | null {
  const outline = certificateOutline(der);
  const usage = outline?.extensions.get(OID.extendedKeyUsage);
  const purposes = usage === undefined ? [] : (sequenceOf(usage) ?? []);
  if (!purposes.some(({ tag, content }) => tag === TAG.oid && oidText(content) === OCSP_SIGNING)) return null;
  if (dateProblem({ notBefore: outline?.notBefore ?? '', notAfter: outline?.notAfter ?? '' }, nowIso)) return null;
  const certificate = new X509Certificate(der);
  return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey) ? certificate : null;
}

function signerHolds(basic: NonNullable<OcspResponse['basic']>, issuer: X509Certificate, nowIso: string): boolean {
  try {
    if (signatureHolds(basic.signed, issuer.publicKey)) return true;
  } catch {
    return false;
  }
  return basic.certificates.some((der) => {
    try {
      const responder = mayRespond(der, issuer, nowIso);
      return responder !== null && signatureHolds(basic.signed, responder.publicKey);
    } catch {
      return false;
    }
  });
}

/**
 * What an answer says of a certificate. A responder's unsigned refusal proves nothing: `unauthorized` is
 * `wrong-certificate` (it does not know this authority), every other one `unparseable`.
 */
export function ocspStatus(
  response: OcspResponse,
  certificate: X509Certificate,
  issuer: X509Certificate,
  nowIso: string,
): RevocationStatus {
  const { basic } = response;
  if (basic === null) return { problem: response.responseStatus === 6 ? 'wrong-certificate' : 'unparseable' };
  const [subject, above] = [certificateOutline(certificate.raw), certificateOutline(issuer.raw)];
  const key = above === null ? null : publicKeyBits(above.spki);
  if (subject === null || key === null) return { problem: 'wrong-certificate' };
  const serial = integerHex(subject.serial);
  const answer = basic.answers.find(
    ({ hash, nameHash, keyHash, serial: of }) =>
      of === serial &&
      hash !== null &&
      digest(hash, subject.issuer).equals(nameHash) &&
      digest(hash, key).equals(keyHash),
  );
  if (answer === undefined) return { problem: 'wrong-certificate' };
  if (!signerHolds(basic, issuer, nowIso)) return { problem: 'bad-signature' };
  if (!isFresh(answer.thisUpdate, answer.nextUpdate, nowIso)) return { problem: 'stale' };
  return { status: answer.status, revokedAt: answer.revokedAt };
}
