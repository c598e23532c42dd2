/**
 * The list of distrusted certificates that Windows fetches by itself, a signed certificate trust list (CTL_INFO of
 * wincrypt.h) kept in the registry as `DisallowedCertEncodedCtl` (learn.microsoft.com, «Certificates and trust in
 * Windows»). Only administrators may write it there: its own signature is not asked for.
 */
import { hash } from 'node:crypto';
import { entryOf } from '../../entry.ts';
import type { RunProgram } from '../../system-program.ts';
import { textOf, valuesOf } from '../../windows/registry.ts';
import { certificateOutline, publicKeyBits } from '../x509/certificate-outline.ts';
import { children, type Der, oidText, only, sequenceOf, TAG } from '../x509/der.ts';

const autoUpdate = 'HKLM\\SOFTWARE\\Microsoft\\SystemCertificates\\AuthRoot\\AutoUpdate';

const signedData = '1.2.840.113549.1.7.2';
const trustList = '1.3.6.1.4.1.311.10.1';
/** `subjectAlgorithm`: SHA-1 of the whole certificate, or szOID_DISALLOWED_HASH, which stands for two kinds of hash. */
const subjectAlgorithms: readonly string[] = ['1.3.14.3.2.26', '1.3.6.1.4.1.311.10.11.15'];

const mostSubjects = 20_000;

/** What an `[0] EXPLICIT` holds, if the OID before it is the one asked for. */
function contentOf(info: Der | undefined, type: string): Der | null {
  const [id, wrapped] = (info?.tag === TAG.sequence ? children(info.content, 2) : null) ?? [];
  if (id?.tag !== TAG.oid || oidText(id.content) !== type || wrapped?.tag !== 0xa0) return null;
  return children(wrapped.content, 1)?.[0] ?? null;
}

/** Identifiers in the list, in lower-case hexadecimal; null for what is no such list. */
export function parseDisallowedList(bytes: Buffer): readonly string[] | null {
  const signed = contentOf(only(bytes, TAG.sequence) ?? undefined, signedData);
  const [, , inner] = (signed?.tag === TAG.sequence ? children(signed.content, 6) : null) ?? [];
  const list = contentOf(inner, trustList);
  const [, algorithm, subjects] = (list?.tag === TAG.sequence ? (children(list.content, 12) ?? []) : []).filter(
    ({ tag }) => tag === TAG.sequence,
  );
  const [id] = algorithm === undefined ? [] : (children(algorithm.content, 2) ?? []);
  if (id?.tag !== TAG.oid || !subjectAlgorithms.includes(oidText(id.content) ?? '') || subjects === undefined)
    return null;
  return (children(subjects.content, mostSubjects) ?? []).flatMap((subject) => {
    const [identifier] = subject.tag === TAG.sequence ? (children(subject.content, 2) ?? []) : [];
    return identifier?.tag === TAG.octetString ? [identifier.content.toString('hex')] : [];
  });
}

/** Digest that a signature algorithm signs, by its dotted name; the common ones. */
const digests: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.4': 'md5',
  '1.2.840.113549.1.1.5': 'sha1',
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  '1.2.840.10045.4.1': 'sha1',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
};

const digestOf = (algorithm: string, data: Buffer): readonly string[] => {
  try {
    return [hash(algorithm, data, 'hex')];
  } catch {
    // A runtime that refuses MD5 (FIPS) can't be asked for it.
    return [];
  }
};

/**
 * Names by which the list may mean a certificate: hash of the whole, hash that its signature covers
 * (CERT_SIGNATURE_HASH_PROP_ID), MD5 of its public key (CERT_SUBJECT_PUBLIC_KEY_MD5_HASH_PROP_ID).
 */
export function disallowedNames(der: Buffer): readonly string[] {
  const [signed] = sequenceOf(der, TAG.sequence, 3) ?? [];
  const outline = certificateOutline(der);
  if (signed === undefined || outline === null) return [];
  const [id] = sequenceOf(outline.signatureAlgorithm, TAG.sequence, 2) ?? [];
  const digest = id?.tag === TAG.oid ? entryOf(digests, oidText(id.content) ?? '') : undefined;
  const key = publicKeyBits(outline.spki);
  return [
    ...digestOf('sha1', der),
    ...(digest === undefined ? [] : digestOf(digest, signed.raw)),
    ...(key === null ? [] : digestOf('md5', key)),
  ];
}

/** Identifiers of this machine's list; empty where Windows has none yet, null where it can't be read. */
export async function readDisallowedList(exec: RunProgram): Promise<readonly string[] | null> {
  const answer = await exec('reg.exe', ['query', autoUpdate, '/v', 'DisallowedCertEncodedCtl']);
  if (answer === null) return null;
  const hex = answer.status === 0 ? textOf(valuesOf(answer.stdout), 'disallowedcertencodedctl') : '';
  return hex === '' ? [] : parseDisallowedList(Buffer.from(hex, 'hex'));
}
