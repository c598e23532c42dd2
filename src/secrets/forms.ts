/** The forms of a secret: what it looks like in a view of a text that holds it. Their number is bounded. */
import { folded, viewsOf } from './views.ts';

export interface Forms {
  /** In a view of characters, letters of ASCII in lower case, blanks left out. */
  readonly plain: readonly Buffer[];
  /** In a view of hexadecimal digits in lower case, without what stands between them. */
  readonly hex: readonly Buffer[];
  /** In a view of base64, `-` and `_` read as `+` and `/`: what is the same whatever stands before and after the secret. */
  readonly base64: readonly Buffer[];
}

/** Shorter forms are part of too much else to be cut out. In bytes, in characters for base64. */
export const shortest = 4;

const distinct = (forms: readonly Buffer[]): readonly Buffer[] =>
  [...new Map(forms.map((form) => [form.toString('latin1'), form])).values()].filter(
    ({ length }) => length >= shortest,
  );

/** The characters of base64 that depend on `data` alone, for each of the three places that it can begin at. */
function base64Cores(data: Buffer): readonly Buffer[] {
  return [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), data]).toString('base64');
    const first = Math.ceil((8 * offset) / 6);
    const end = Math.floor((8 * (offset + data.length)) / 6);
    return Buffer.from(text.slice(first, end), 'latin1');
  });
}

/** Forms of bytes that are no text: tokens, tickets, hashes. */
export function binaryForms(data: Buffer): Forms {
  return { plain: [], hex: distinct([Buffer.from(data.toString('hex'))]), base64: distinct(base64Cores(data)) };
}

const isLatin = (text: string): boolean => /^[\u0000-\u00ff]*$/.test(text);

/** What a text is if somebody reads, writes or changes its bytes and letters as software does. */
function respelled(text: string): readonly string[] {
  const letters = [text, text.toLowerCase(), text.toUpperCase()];
  const misread = letters.map((spelling) => Buffer.from(spelling, 'utf8').toString('latin1'));
  // Bytes of ISO 8859-1 read as UTF-8.
  const lossy = letters.map((spelling) => spelling.replace(/[\u0080-\uffff]/g, '\ufffd'));
  return [...letters, ...misread, ...lossy, ...letters.map((spelling) => spelling.replaceAll(' ', '+'))];
}

/** Forms of a password or of another text. */
export function textForms(text: string): Forms {
  const plain = [
    ...respelled(text).flatMap((spelling) => viewsOf(spelling).map(({ bytes }) => bytes)),
    ...(isLatin(text) ? [Buffer.from(text.replace(/[\u0000-\u0020]/g, ''), 'latin1')] : []),
  ].map((bytes) => Buffer.from(bytes.map(folded)));
  const encodings = [
    Buffer.from(text, 'utf8'),
    Buffer.from(text, 'utf16le'),
    ...(isLatin(text) ? [Buffer.from(text, 'latin1')] : []),
  ];
  return {
    plain: distinct(plain),
    hex: distinct(encodings.map((data) => Buffer.from(data.toString('hex')))),
    base64: distinct(encodings.flatMap(base64Cores)),
  };
}
