/** What an OCSP responder answers (RFC 6960), sound or broken. */
import type { Authority, Issued } from '../../src/demo/pki.ts';
import { fromHex, hash, keyBits, type SignatureHash, signed } from '../../src/demo/pki-keys.ts';
import {
  constructed,
  generalizedTime,
  integer,
  nullValue,
  octetString,
  oid,
  primitive,
  sequence,
  tlv,
} from '../../src/trust/x509/der-write.ts';

const enumerated = (value: number): Buffer => tlv(0x0a, Buffer.from([value]));

interface OcspOptions {
  readonly thisUpdate?: Date;
  /** Null leaves it out. */
  readonly nextUpdate?: Date | null;
  readonly signature?: SignatureHash;
  readonly badSignature?: boolean;
  readonly statuses: readonly {
    readonly certificate: Issued;
    readonly status: 'good' | 'revoked' | 'unknown';
    readonly revokedAt?: Date;
  }[];
  readonly producedAt?: Date;
  /** Hash of the certificate ids. Default SHA-1, as most responders use. */
  readonly idHash?: 'sha1' | 'sha256';
  /** Signs instead of the authority; its certificate is put into the answer. */
  readonly responder?: Issued;
}

/** DER of a successful OCSP response for certificates of `authority` (RFC 6960 section 4.2). */
export function createOcspResponse(authority: Authority, options: OcspOptions): Buffer {
  const { thisUpdate = new Date('2020-01-01T00:00:00Z'), nextUpdate = new Date('2049-12-31T23:59:59Z') } = options;
  const signer = options.responder ?? authority;
  const algorithm = options.idHash ?? 'sha1';
  const idAlgorithm = sequence(oid(algorithm === 'sha1' ? '1.3.14.3.2.26' : '2.16.840.1.101.3.4.2.1'), nullValue());
  const responses = options.statuses.map(({ certificate, status, revokedAt }) =>
    sequence(
      sequence(
        idAlgorithm,
        octetString(hash(algorithm, authority.subjectName)),
        octetString(hash(algorithm, keyBits(authority.key))),
        integer(fromHex(certificate.serial)),
      ),
      status === 'revoked'
        ? constructed(1, generalizedTime(revokedAt ?? thisUpdate))
        : primitive(status === 'good' ? 0 : 2, Buffer.alloc(0)),
      generalizedTime(thisUpdate),
      ...(nextUpdate === null ? [] : [constructed(0, generalizedTime(nextUpdate))]),
    ),
  );
  const basic = signed(
    signer,
    options.signature ?? 'sha256',
    () =>
      sequence(
        constructed(1, signer.subjectName),
        generalizedTime(options.producedAt ?? thisUpdate),
        sequence(...responses),
      ),
    options.badSignature === true,
    options.responder === undefined ? [] : [constructed(0, sequence(options.responder.der))],
  );
  return sequence(enumerated(0), constructed(0, sequence(oid('1.3.6.1.5.5.7.48.1.1'), octetString(basic))));
}

/** DER of an OCSP response without an answer: 1 malformedRequest, 2 internalError, 3 tryLater, 5 sigRequired, 6 unauthorized. */
export const createOcspError = (status: number): Buffer => sequence(enumerated(status));
