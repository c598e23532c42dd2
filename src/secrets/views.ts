/**
 * A text in the ways in which software may have written what is in it: each view takes one layer of encoding off. Linear in
 * the text, whatever it holds.
 */

/** Bytes of UTF-8, each with the part of the source text that it stands for. */
export interface TextView {
  readonly decodes: 'nothing' | 'escapes' | 'quoted';
  readonly bytes: Buffer;
  /** Position in the source text where what byte i stands for begins, and where it ends. */
  readonly from: Uint32Array;
  readonly to: Uint32Array;
}

/** `escapes`: percent, HTML references, JSON and C escapes. `quoted`: quoted-printable. Blanks are left out of every view. */
interface Decoding {
  readonly decodes: TextView['decodes'];
  /** Left out as well. */
  readonly withoutTags: boolean;
}

/** ISO 8859-1 from U+00A1 on, as HTML names it. */
const latinNames =
  'iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml';
const names: ReadonlyMap<string, number> = new Map([
  ...latinNames.split(' ').map((name, index) => [name, 0xa1 + index] as const),
  ...Object.entries({
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    nbsp: ' ',
    Tab: '\t',
    NewLine: '\n',
    excl: '!',
    num: '#',
    dollar: '$',
    percnt: '%',
    lpar: '(',
    rpar: ')',
    ast: '*',
    plus: '+',
    comma: ',',
    period: '.',
    sol: '/',
    colon: ':',
    semi: ';',
    equals: '=',
    quest: '?',
    commat: '@',
    lsqb: '[',
    lbrack: '[',
    bsol: '\\',
    rsqb: ']',
    rbrack: ']',
    Hat: '^',
    lowbar: '_',
    grave: '`',
    lcub: '{',
    lbrace: '{',
    verbar: '|',
    vert: '|',
    rcub: '}',
    rbrace: '}',
    euro: '\u20ac',
  }).map(([name, character]) => [name, character.charCodeAt(0)] as const),
]);

/** What an escape stands for: one byte, or a character; and where the source goes on. */
type Decoded = { readonly byte: number; readonly next: number } | { readonly point: number; readonly next: number };

/** The number in hexadecimal digits at `at`, `least` to `most` of them; null if they are fewer. */
function hexAt(text: string, at: number, least: number, most: number): { value: number; next: number } | null {
  let value = 0;
  let next = at;
  for (; next < at + most; next++) {
    const digit = hexDigit(text.charCodeAt(next));
    if (digit < 0) break;
    value = value * 16 + digit;
  }
  return next - at < least ? null : { value, next };
}

function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

function percent(text: string, at: number): Decoded | null {
  const wide = (text.charCodeAt(at + 1) | 0x20) === 0x75 ? hexAt(text, at + 2, 4, 4) : null;
  if (wide !== null) return { point: wide.value, next: wide.next };
  const byte = hexAt(text, at + 1, 2, 2);
  return byte === null ? null : { byte: byte.value, next: byte.next };
}

/** Digits that are read of a reference: zeros may stand before its number. */
const mostDigits = 16;

function reference(text: string, at: number): Decoded | null {
  if (text[at + 1] !== '#') {
    const end = text.slice(at + 1, at + 12).indexOf(';');
    const point = end < 0 ? undefined : names.get(text.slice(at + 1, at + 1 + end));
    return point === undefined ? null : { point, next: at + end + 2 };
  }
  const ended = (next: number): number => (text[next] === ';' ? next + 1 : next);
  if ((text.charCodeAt(at + 2) | 0x20) === 0x78) {
    const number = hexAt(text, at + 3, 1, mostDigits);
    return number === null || number.value > 0x10ffff ? null : { point: number.value, next: ended(number.next) };
  }
  let next = at + 2;
  let point = 0;
  for (; next < at + 2 + mostDigits; next++) {
    const digit = text.charCodeAt(next) - 0x30;
    if (!(digit >= 0 && digit <= 9)) break;
    point = point * 10 + digit;
  }
  return next === at + 2 || point > 0x10ffff ? null : { point, next: ended(next) };
}

function backslash(text: string, at: number): Decoded | null {
  const letter = text[at + 1] ?? '';
  if (letter === 'u') {
    const first = hexAt(text, at + 2, 4, 4);
    if (first === null) return null;
    const second = text.startsWith('\\u', first.next) ? hexAt(text, first.next + 2, 4, 4) : null;
    const isPair = first.value >> 10 === 0x36 && second !== null && second.value >> 10 === 0x37;
    if (!isPair) return { point: first.value, next: first.next };
    return { point: 0x10000 + ((first.value & 0x3ff) << 10) + (second.value & 0x3ff), next: second.next };
  }
  if (letter === 'x') {
    const byte = hexAt(text, at + 2, 2, 2);
    return byte === null ? null : { byte: byte.value, next: byte.next };
  }
  if ('bfnrt'.includes(letter) && letter !== '') return { point: 0x20, next: at + 2 };
  return letter !== '' && '"\'\\/`'.includes(letter) ? { point: letter.charCodeAt(0), next: at + 2 } : null;
}

function quoted(text: string, at: number): Decoded | null {
  const byte = hexAt(text, at + 1, 2, 2);
  if (byte !== null) return { byte: byte.value, next: byte.next };
  // A soft line break; where lines were joined by blanks, that is what is left of it.
  return isBlank(text.charCodeAt(at + 1)) || at + 1 === text.length ? { point: 0x20, next: at + 1 } : null;
}

const isBlank = (code: number): boolean =>
  code <= 0x20 ||
  (code >= 0x7f && code <= 0xa0) ||
  code === 0xad ||
  (code >= 0x2000 && code <= 0x200f) ||
  (code >= 0x2028 && code <= 0x202f) ||
  (code >= 0x2060 && code <= 0x206f) ||
  code === 0x3000 ||
  code === 0xfeff;

function decodedAt(text: string, at: number, code: number, decodes: Decoding['decodes']): Decoded | null {
  if (decodes === 'quoted') return code === 0x3d ? quoted(text, at) : null;
  if (decodes === 'nothing') return null;
  if (code === 0x25) return percent(text, at);
  if (code === 0x26) return reference(text, at);
  return code === 0x5c ? backslash(text, at) : null;
}

/** Where the tag that may begin at `at` ends; `at` itself if none does. */
function tagEnd(text: string, at: number, lastClose: number): number {
  if (at > lastClose || !/[a-z/!?]/i.test(text[at + 1] ?? '')) return at;
  const comment = text.startsWith('<!--', at) ? text.indexOf('-->', at) + 3 : 2;
  return comment > 2 ? comment : text.indexOf('>', at) + 1;
}

function view(text: string, { decodes, withoutTags }: Decoding): TextView {
  // Three bytes for each of its units at most.
  const bytes = Buffer.alloc(text.length * 3);
  const from = new Uint32Array(bytes.length);
  const to = new Uint32Array(bytes.length);
  let length = 0;
  const put = (byte: number, start: number, end: number): void => {
    bytes[length] = byte;
    from[length] = start;
    to[length] = end;
    length += 1;
  };
  const putPoint = (point: number, start: number, end: number): void => {
    if (isBlank(point)) return;
    if (point < 0x80) put(point, start, end);
    else for (const byte of Buffer.from(String.fromCodePoint(point), 'utf8')) put(byte, start, end);
  };
  const lastClose = withoutTags ? text.lastIndexOf('>') : -1;
  let noComment = false;
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (withoutTags && code === 0x3c) {
      // Looked for once: many openings of comments that never end would each read to the end.
      if (!noComment && text.startsWith('<!--', at)) noComment = text.indexOf('-->', at) < 0;
      const end = noComment && text.startsWith('<!--', at) ? at : tagEnd(text, at, lastClose);
      if (end > at) {
        at = end;
        continue;
      }
    }
    const decoded = decodedAt(text, at, code, decodes);
    if (decoded !== null) {
      if ('byte' in decoded) {
        // Above ASCII it is part of a character.
        if (decoded.byte > 0x7f || !isBlank(decoded.byte)) put(decoded.byte, at, decoded.next);
      } else putPoint(decoded.point, at, decoded.next);
      at = decoded.next;
      continue;
    }
    const point = text.codePointAt(at) ?? code;
    const next = at + (point > 0xffff ? 2 : 1);
    putPoint(point, at, next);
    at = next;
  }
  return { decodes, bytes: bytes.subarray(0, length), from, to };
}

/** Every view of a text that differs from the plain one, which is the first. */
export function viewsOf(text: string): readonly TextView[] {
  const layers: Decoding['decodes'][] = ['nothing'];
  if (/[%&\\]/.test(text)) layers.push('escapes');
  if (text.includes('=')) layers.push('quoted');
  const tagged = text.includes('<') && text.includes('>') ? [false, true] : [false];
  return layers.flatMap((decodes) => tagged.map((withoutTags) => view(text, { decodes, withoutTags })));
}

/** Only the bytes that `map` gives a number for, as that number. */
export function mapped({ decodes, bytes, from, to }: TextView, map: (byte: number, at: number) => number): TextView {
  const kept = Buffer.alloc(bytes.length);
  const starts = new Uint32Array(bytes.length);
  const ends = new Uint32Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = map(bytes[at] as number, at);
    if (byte < 0) continue;
    kept[length] = byte;
    starts[length] = from[at] as number;
    ends[length] = to[at] as number;
    length += 1;
  }
  return { decodes, bytes: kept.subarray(0, length), from: starts, to: ends };
}

/** A byte with letters of ASCII in lower case. */
export const folded = (byte: number): number => (byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte);
