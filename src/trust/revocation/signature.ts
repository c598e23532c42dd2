/** Signatures on CRLs and OCSP answers. */
import { constants, type KeyObject, type VerifyKeyObjectInput, verify } from 'node:crypto';
import { entryOf } from '../../entry.ts';
import { children, type Der, oidText, sequenceOf, TAG } from '../x509/der.ts';

/** Digest by signature algorithm (RFC 4055, 5758); null where the key alone decides (RFC 8410). */
const DIGESTS: ReadonlyMap<string, string | null> = new Map([
  ['1.2.840.113549.1.1.5', 'sha1'],
  ['1.2.840.113549.1.1.11', 'sha256'],
  ['1.2.840.113549.1.1.12', 'sha384'],
  ['1.2.840.113549.1.1.13', 'sha512'],
  ['1.2.840.10045.4.1', 'sha1'],
  ['1.2.840.10045.4.3.2', 'sha256'],
  ['1.2.840.10045.4.3.3', 'sha384'],
  ['1.2.840.10045.4.3.4', 'sha512'],
  ['1.3.101.112', null],
  ['1.3.101.113', null],
]);
const RSA_PSS = '1.2.840.113549.1.1.10';

/** Names of node:crypto by hash algorithm OID. */
export const HASHES: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

/** Dotted OID of an AlgorithmIdentifier; null if it is none. */
export function algorithmOid(algorithm: Der | undefined): string | null {
  const [id] = (algorithm?.tag === TAG.sequence ? children(algorithm.content, 2) : null) ?? [];
  return id?.tag === TAG.oid ? oidText(id.content) : null;
}

/** Digest and salt length of RSASSA-PSS-params (RFC 4055 section 3.1), with their defaults. */
function pssParameters(algorithm: Der): { readonly digest: string; readonly saltLength: number } | null {
  const parameters = children(algorithm.content, 2)?.[1];
  const parts = parameters?.tag === TAG.sequence ? (children(parameters.content, 4) ?? []) : [];
  const hash = parts.find(({ tag }) => tag === 0xa0);
  const salt = parts.find(({ tag }) => tag === 0xa2);
  const digest = hash === undefined ? 'sha1' : entryOf(HASHES, algorithmOid(children(hash.content, 1)?.[0]) ?? '');
  const length = salt === undefined ? null : children(salt.content, 1)?.[0]?.content;
  if (digest === undefined || (length !== null && length?.length !== 1)) return null;
  return { digest, saltLength: length?.[0] ?? 20 };
}

/** Three elements of `SIGNED { … }`, and what may follow them. */
export interface Signed {
  readonly tbs: Der;
  readonly algorithm: Der;
  readonly signature: Buffer;
  readonly rest: readonly Der[];
}

export function signedParts(bytes: Buffer): Signed | null {
  const [tbs, algorithm, bits, ...rest] = sequenceOf(bytes, TAG.sequence, 4) ?? [];
  if (tbs?.tag !== TAG.sequence || algorithm?.tag !== TAG.sequence || bits?.tag !== TAG.bitString) return null;
  return { tbs, algorithm, signature: bits.content.subarray(1), rest };
}

/** False for a wrong signature, and for an algorithm that isn't in the list. */
export function signatureHolds({ tbs, algorithm, signature }: Signed, key: KeyObject): boolean {
  const id = algorithmOid(algorithm);
  try {
    if (id === RSA_PSS) {
      const parameters = pssParameters(algorithm);
      if (parameters === null) return false;
      const { digest, saltLength } = parameters;
      const input: VerifyKeyObjectInput = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength };
      return verify(digest, tbs.raw, input, signature);
    }
    const digest = id === null ? undefined : DIGESTS.get(id);
    return digest === undefined ? false : verify(digest, tbs.raw, key, signature);
  } catch {
    return false;
  }
}
