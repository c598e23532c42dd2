/** What issuer addresses (authority information access, RFC 5280 section 4.2.2.1) serve: DER, PEM or a certs-only PKCS #7. */
import type { X509Certificate } from 'node:crypto';
import { certificateIn } from '../../certificate.ts';
import { children, type Der, oidText, sequenceOf, TAG } from '../x509/der.ts';

const MAX_BYTES = 256 * 1024;
const MAX_CERTIFICATES = 16;
const SIGNED_DATA = '1.2.840.113549.1.7.2';
const PEM = /-----BEGIN (CERTIFICATE|PKCS7)-----([A-Za-z0-9+/=\s]*)-----END \1-----/g;

/** Certificates of `SignedData` (RFC 5652 section 5.1); null if it is something else. */
function fromPkcs7(parts: readonly Der[]): readonly Buffer[] | null {
  const [type, wrapper] = parts;
  if (type?.tag !== TAG.oid || oidText(type.content) !== SIGNED_DATA || wrapper?.tag !== 0xa0) return null;
  const enclosed = sequenceOf(wrapper.content)?.find(({ tag }) => tag === 0xa0);
  return (enclosed === undefined ? null : children(enclosed.content))?.map(({ raw }) => raw) ?? [];
}

function fromDer(bytes: Buffer): readonly Buffer[] {
  const parts = sequenceOf(bytes);
  return parts === null ? [] : (fromPkcs7(parts) ?? [bytes]);
}

/** The certificates in a fetched body, 16 at most; none if it is anything else. Never throws. */
export function issuerCertificates(body: Buffer): readonly X509Certificate[] {
  if (body.length > MAX_BYTES) return [];
  const ders =
    body[0] === 0x30
      ? fromDer(body)
      : [...body.toString('latin1').matchAll(PEM)].flatMap(([, , text]) => fromDer(Buffer.from(text ?? '', 'base64')));
  return ders.slice(0, MAX_CERTIFICATES).flatMap((der) => certificateIn(der) ?? []);
}
