/** Revocation lists (RFC 5280 section 5), sound or broken. */
import { constructed, integer, sequence, time } from '../trust/x509/der-write.ts';
import { type Authority, extension } from './pki.ts';
import { fromHex, type SignatureHash, signed } from './pki-keys.ts';

interface CrlOptions {
  readonly thisUpdate?: Date;
  /** Null leaves it out. */
  readonly nextUpdate?: Date | null;
  readonly signature?: SignatureHash;
  readonly badSignature?: boolean;
}

/** DER of a version 2 CRL of `authority` (RFC 5280 section 5). */
export function createCrl(
  authority: Authority,
  revoked: readonly { readonly serial: string; readonly at?: Date }[],
  options: CrlOptions = {},
): Buffer {
  const { thisUpdate = new Date('2020-01-01T00:00:00Z'), nextUpdate = new Date('2049-12-31T23:59:59Z') } = options;
  const entries = revoked.map(({ serial, at }) => sequence(integer(fromHex(serial)), time(at ?? thisUpdate)));
  return signed(
    authority,
    options.signature ?? 'sha256',
    (algorithm) =>
      sequence(
        integer(1),
        algorithm,
        authority.subjectName,
        time(thisUpdate),
        ...(nextUpdate === null ? [] : [time(nextUpdate)]),
        ...(entries.length === 0 ? [] : [sequence(...entries)]),
        constructed(0, sequence(extension('2.5.29.20', integer(1)))),
      ),
    options.badSignature === true,
  );
}
