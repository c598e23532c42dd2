/**
 * A document of signed lines: UTF-8 text, a JSON object a line, the last of which signs all bytes before it. People can read
 * it, and check it with `openssl` alone. Line ends may change on the way: CR LF counts as LF.
 */
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { escapedInJson } from '../harmless.ts';
import { readJson } from '../reading/json.ts';
import { trimEndOf } from '../text-bounds.ts';
import { algorithm, type PublicKey, publicKey, type SigningKey, verifies } from './keys.ts';

/** What a reader takes at most; more is a problem, found before anything is made of it. */
export interface SignedBounds {
  readonly mostBytes: number;
  readonly mostLines: number;
  /** UTF-16 code units of a line. */
  readonly longestLine: number;
  /** Levels of objects and lists in a line. */
  readonly deepest: number;
  /** Lines of which values are made, from the first; the others are signed and no more. Left out: all. */
  readonly mostRead?: number;
}

/** Why a document proves nothing. */
export type SignedProblem =
  /** Nothing was read. */
  | { readonly code: 'empty' | 'too-large' | 'not-text' | 'too-many-lines' }
  /** The lines before this one (from 1) were read. */
  | { readonly code: 'long-line' | 'not-json'; readonly line: number }
  /** The last line is no signature: the rest may be missing. */
  | { readonly code: 'unsigned' }
  /** Bytes or signature are not those that were written. */
  | { readonly code: 'changed' };

export interface SignedDocument {
  /** Objects, one a line, without the signature. All that are read where there is no problem; else as far as they could be read. */
  readonly values: readonly Readonly<Record<string, unknown>>[];
  /** Of the whole document with LF at the end of each line, in hexadecimal digits: what `sha256sum` says of it as it was written. */
  readonly sha256: string;
  /** Who is said to have signed; proven where there is no problem. Null where no signature can be read. */
  readonly signer: PublicKey | null;
  readonly problem: SignedProblem | null;
}

const hashOf = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex');

const lineOf = (value: Readonly<Record<string, unknown>>): string => `${escapedInJson(JSON.stringify(value))}\n`;

const signatureLine = (key: string, value: string): string => JSON.stringify({ signature: { algorithm, key, value } });

/** A document of these lines, signed, and its SHA-256. */
export function signLines(
  values: Iterable<Readonly<Record<string, unknown>>>,
  key: SigningKey,
): { readonly text: string; readonly sha256: string } {
  let content = '';
  for (const value of values) content += lineOf(value);
  const text = `${content}${signatureLine(key.key, key.sign(Buffer.from(content)))}\n`;
  return { text, sha256: hashOf(text) };
}

/** The text of bytes that are UTF-8; null for others. A mark at its beginning stays: it was not signed. */
export const textOf = (bytes: Uint8Array): string | null =>
  isUtf8(bytes) ? new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) : null;

/** With LF at the end of each line, and of the whole once: as it was written, whatever a copy made of the line ends. */
export const asWritten = (text: string): string => `${trimEndOf(text.replaceAll('\r\n', '\n'), '\n')}\n`;

/** How often a line ends, counted to `most` and one more. */
function linesIn(text: string, most: number): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0 && count <= most; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

interface Signature extends PublicKey {
  readonly value: string;
}

/** The signature that a line is; null for any line that is not, byte for byte, as {@link signatureLine} writes it. */
function signatureIn(line: string): Signature | null {
  const parts =
    /^\{"signature":\{"algorithm":"Ed25519","key":"([A-Za-z0-9+/=]{1,100})","value":"([A-Za-z0-9+/=]{1,100})"\}\}$/.exec(
      line,
    );
  const [, written = '', value = ''] = parts ?? [];
  const known = publicKey(written);
  return known === null || line !== signatureLine(written, value) ? null : { ...known, value };
}

/** Reads a document and checks its signature. Never throws for what is in it. */
export function readSignedLines(bytes: Uint8Array, bounds: SignedBounds): SignedDocument {
  const none = (code: 'empty' | 'too-large' | 'not-text' | 'too-many-lines'): SignedDocument => ({
    values: [],
    sha256: hashOf(bytes),
    signer: null,
    problem: { code },
  });
  if (bytes.length === 0) return none('empty');
  if (bytes.length > bounds.mostBytes) return none('too-large');
  const read = textOf(bytes);
  if (read === null) return none('not-text');
  const text = asWritten(read);
  if (linesIn(text, bounds.mostLines + 1) > bounds.mostLines + 1) return none('too-many-lines');
  const lines = text.slice(0, -1).split('\n');
  const signature = signatureIn(lines.at(-1) ?? '');
  const content = signature === null ? lines : lines.slice(0, -1);
  const values: Readonly<Record<string, unknown>>[] = [];
  const end = (problem: SignedProblem | null): SignedDocument => ({
    values,
    sha256: hashOf(text),
    signer: signature === null ? null : { key: signature.key, fingerprint: signature.fingerprint },
    problem,
  });
  for (const [index, line] of content.slice(0, bounds.mostRead).entries()) {
    if (line.length > bounds.longestLine) return end({ code: 'long-line', line: index + 1 });
    const value = objectIn(line, bounds.deepest);
    // A last line that is cut off is a document without its end.
    if (value === null)
      return end(isLastOf(content, index, signature) ? { code: 'unsigned' } : { code: 'not-json', line: index + 1 });
    values.push(value);
  }
  if (signature === null) return end({ code: 'unsigned' });
  const signed = Buffer.from(content.map((line) => `${line}\n`).join(''));
  return end(values.length > 0 && verifies(signature, signed, signature.value) ? null : { code: 'changed' });
}

const isLastOf = (content: readonly string[], index: number, signature: Signature | null): boolean =>
  signature === null && index === content.length - 1;

/** The object that a line is; null for anything else. */
export function objectIn(line: string, deepest: number): Readonly<Record<string, unknown>> | null {
  const json = readJson(line, deepest);
  const value = 'value' in json ? json.value : null;
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : null;
}
