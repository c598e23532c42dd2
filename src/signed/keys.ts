/** Ed25519 keys: who signed. Knows neither files nor what is signed. */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';

/** A public key as it is written: its SubjectPublicKeyInfo in DER, in Base64; and the digits that people compare. */
export interface PublicKey {
  readonly key: string;
  /** The first 16 hexadecimal digits of the SHA-256 of the key's own 32 bytes. */
  readonly fingerprint: string;
}

/** A key that signs. */
export interface SigningKey extends PublicKey {
  /** PKCS #8 in PEM: a secret. */
  readonly pem: string;
  /** The signature in Base64. */
  sign(bytes: Uint8Array): string;
}

export const algorithm = 'Ed25519';
const keyBytes = 32;
/** What stands before the key's own bytes in its SubjectPublicKeyInfo (RFC 8410). */
const before = Buffer.from('302a300506032b6570032100', 'hex');
const signatureBytes = 64;

/** The bytes of canonical Base64 of exactly so many; null for anything else: several texts of one meaning would be several signatures of one document. */
function decoded(text: string, length: number): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === length && bytes.toString('base64') === text ? bytes : null;
}

/** The key that is written like this; null if there is none. */
export function publicKey(text: string): PublicKey | null {
  const bytes = decoded(text, before.length + keyBytes);
  if (bytes === null || !bytes.subarray(0, before.length).equals(before)) return null;
  const own = bytes.subarray(before.length);
  return { key: text, fingerprint: createHash('sha256').update(own).digest('hex').slice(0, 16) };
}

/** Sixteen hexadecimal digits, however somebody grouped them; null for anything else. */
export function fingerprintOf(written: string): string | null {
  const digits = written.replace(/[\s:-]/g, '').toLowerCase();
  return /^[0-9a-f]{16}$/.test(digits) ? digits : null;
}

/** Whether the owner of the key signed these bytes. */
export function verifies({ key }: PublicKey, bytes: Uint8Array, signature: string): boolean {
  const value = decoded(signature, signatureBytes);
  if (value === null) return false;
  try {
    return verify(
      null,
      bytes,
      createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' }),
      value,
    );
  } catch {
    // Bytes that are no point of the curve.
    return false;
  }
}

function signingKey(secret: KeyObject): SigningKey | null {
  const written = createPublicKey(secret).export({ format: 'der', type: 'spki' }).toString('base64');
  const known = publicKey(written);
  if (known === null) return null;
  return {
    ...known,
    pem: secret.export({ format: 'pem', type: 'pkcs8' }).toString(),
    sign: (bytes) => sign(null, bytes, secret).toString('base64'),
  };
}

/** A new key. */
export function createKey(): SigningKey {
  const made = signingKey(generateKeyPairSync('ed25519').privateKey);
  if (made === null) throw new TypeError('the runtime made no Ed25519 key');
  return made;
}

/** The key in a PEM text; null if it holds no Ed25519 key. */
export function readKey(pem: string): SigningKey | null {
  try {
    return signingKey(createPrivateKey({ key: pem, format: 'pem' }));
  } catch {
    return null;
  }
}
