/** Keys and signatures of the demo's certificates. */
import { constants, createHash, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { sequenceOf } from '../trust/x509/der.ts';
import { bitString, constructed, integer, nullValue, oid, sequence } from '../trust/x509/der-write.ts';

/** `ec` is P-256 (fast), `ec384` P-384, `ec192` a curve that is too weak, `rsa-pss` an RSA key that signs with PSS. */
export type KeyKind = 'ec' | 'ec384' | 'ec192' | 'rsa' | 'rsa-pss' | 'ed25519';
export type SignatureHash = 'sha256' | 'sha1' | 'md5';

export const hash = (algorithm: string, bytes: Buffer): Buffer => createHash(algorithm).update(bytes).digest();
export const fromHex = (hex: string): Buffer => Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');

export function generateKey(kind: KeyKind, rsaBits: number): KeyObject {
  switch (kind) {
    case 'ec':
      return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    case 'ec384':
      return generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;
    case 'ec192':
      return generateKeyPairSync('ec', { namedCurve: 'prime192v1' }).privateKey;
    case 'rsa':
    case 'rsa-pss':
      return generateKeyPairSync('rsa', { modulusLength: rsaBits }).privateKey;
    case 'ed25519':
      return generateKeyPairSync('ed25519').privateKey;
  }
}

const ECDSA: Readonly<Record<SignatureHash, string>> = {
  sha256: '1.2.840.10045.4.3.2',
  sha1: '1.2.840.10045.4.1',
  // No ECDSA with MD5 exists; SHA-1 is the weakest there is.
  md5: '1.2.840.10045.4.1',
};
const RSA: Readonly<Record<SignatureHash, string>> = {
  sha256: '1.2.840.113549.1.1.11',
  sha1: '1.2.840.113549.1.1.5',
  md5: '1.2.840.113549.1.1.4',
};

function signatureAlgorithm(kind: KeyKind, algorithm: SignatureHash): Buffer {
  if (kind === 'ed25519') return sequence(oid('1.3.101.112'));
  if (kind === 'rsa') return sequence(oid(RSA[algorithm]), nullValue());
  if (kind !== 'rsa-pss') return sequence(oid(ECDSA[algorithm]));
  const sha256 = sequence(oid('2.16.840.1.101.3.4.2.1'), nullValue());
  return sequence(
    oid('1.2.840.113549.1.1.10'),
    sequence(
      constructed(0, sha256),
      constructed(1, sequence(oid('1.2.840.113549.1.1.8'), sha256)),
      constructed(2, integer(32)),
    ),
  );
}

/** `SIGNED { tbs }` of X.509: content, algorithm, signature, and anything that follows (OCSP's certificates). */
export function signed(
  signer: { readonly key: KeyObject; readonly kind: KeyKind },
  algorithm: SignatureHash,
  content: (algorithm: Buffer) => Buffer,
  bad: boolean,
  tail: readonly Buffer[] = [],
): Buffer {
  const identifier = signatureAlgorithm(signer.kind, algorithm);
  const tbs = content(identifier);
  let signature: Buffer;
  if (signer.kind === 'ed25519') signature = sign(null, tbs, signer.key);
  else if (signer.kind === 'rsa-pss')
    signature = sign('sha256', tbs, { key: signer.key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 });
  else signature = sign(signer.kind !== 'rsa' && algorithm === 'md5' ? 'sha1' : algorithm, tbs, signer.key);
  if (bad) signature[signature.length - 1] = (signature[signature.length - 1] ?? 0) ^ 1;
  return sequence(tbs, identifier, bitString(signature), ...tail);
}

export const spkiOf = (key: KeyObject): Buffer => createPublicKey(key).export({ type: 'spki', format: 'der' });
/** The subjectPublicKey bits without the unused-bits octet: what key identifiers and OCSP hash. */
export const keyBits = (key: KeyObject): Buffer => sequenceOf(spkiOf(key))?.[1]?.content.subarray(1) ?? Buffer.alloc(0);
