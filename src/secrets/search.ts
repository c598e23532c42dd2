/** Finds secrets in a text, in whatever form software has written them. Linear in the text for each form. */
import type { Forms } from './forms.ts';
import { folded, mapped, type TextView, viewsOf } from './views.ts';

/** Stands where a secret was. */
export const cutMark = '[secret]';

export interface Needle {
  readonly forms: Forms;
  /** Stands in the program's own words; null while nobody looked. */
  isOwnWord: boolean | null;
}

export interface Span {
  readonly start: number;
  readonly end: number;
  /** The beginning of a secret at the end of a cut text: nothing is put in its place. */
  readonly isTail: boolean;
}

const lowerCase = (bytes: Buffer): Buffer => Buffer.from(bytes.map(folded));

const code = (character: string): number => character.charCodeAt(0);
const other = 0x7f;

/**
 * Digits alone; what people and programs write between two of them is left out, everything else divides. `isPrefix`: whether
 * `0x` stands before a byte, or ends one before a word that begins with an x.
 */
const hexView = (view: TextView, isPrefix: boolean): TextView => {
  const { bytes } = view;
  return mapped(view, (raw, at) => {
    const byte = folded(raw);
    const isX = folded(bytes[at + 1] ?? 0) === code('x');
    if (isPrefix && byte === code('0') && isX) return -1;
    if ((byte >= 0x30 && byte <= 0x39) || (byte >= 0x61 && byte <= 0x66)) return byte;
    if (byte === code('x'))
      return (isPrefix && bytes[at - 1] === code('0')) || bytes[at - 1] === code('\\') ? -1 : other;
    return ':-,._'.includes(String.fromCharCode(byte)) || (byte === code('\\') && isX) ? -1 : other;
  });
};

const base64View = (view: TextView): TextView =>
  mapped(view, (byte) => (byte === code('-') ? code('+') : byte === code('_') ? code('/') : byte));

/** Names of headers and of schemes are kept in lower case: so much base64 is met by chance in no case of its letters. */
const leastFolded = 6;

const isBase64 = (character: string | undefined): boolean =>
  character !== undefined && /^[A-Za-z0-9+/_-]$/.test(character);

/** How many of the last bytes of `text` are the first of `form`. */
function overlap(text: Buffer, form: Buffer): number {
  const fallback = new Uint32Array(form.length);
  for (let at = 1, length = 0; at < form.length; at++) {
    while (length > 0 && form[at] !== form[length]) length = fallback[length - 1] as number;
    if (form[at] === form[length]) length += 1;
    fallback[at] = length;
  }
  let length = 0;
  for (let at = Math.max(0, text.length - form.length + 1); at < text.length; at++) {
    while (length > 0 && text[at] !== form[length]) length = fallback[length - 1] as number;
    if (text[at] === form[length]) length += 1;
  }
  return length;
}

/** Where a form stands in a view; with `isCut` its beginning at the end of the view as well. */
function* places({ bytes, from, to }: TextView, form: Buffer, isCut: boolean): Iterable<Span> {
  for (let at = bytes.indexOf(form); at >= 0; at = bytes.indexOf(form, at + 1)) {
    yield { start: from[at] as number, end: to[at + form.length - 1] as number, isTail: false };
  }
  const begun = isCut ? overlap(bytes, form) : 0;
  if (begun > 0) yield { start: from[bytes.length - begun] as number, end: Number.POSITIVE_INFINITY, isTail: true };
}

interface Search {
  readonly isCut: boolean;
  /** Whether the characters of this secret mean it where they stand as they are. */
  readonly tells: (needle: Needle) => boolean;
  /** Base64 of fewer characters is no sign. */
  readonly leastBase64: number;
}

function* plainSpans(view: TextView, needles: readonly Needle[], { isCut, tells }: Search): Iterable<Span> {
  const lower: TextView = { ...view, bytes: lowerCase(view.bytes) };
  for (const needle of needles) {
    for (const form of needle.forms.plain) {
      for (const span of places(lower, form, isCut)) if (span.isTail || tells(needle)) yield span;
    }
  }
}

function* hexSpans(view: TextView, needles: readonly Needle[], { isCut }: Search): Iterable<Span> {
  const readings = view.bytes.includes('0x') || view.bytes.includes('0X') ? [false, true] : [false];
  for (const isPrefix of readings) {
    const digits = hexView(view, isPrefix);
    for (const { forms } of needles) for (const form of forms.hex) yield* places(digits, form, isCut);
  }
}

function* base64Spans(text: string, view: TextView, needles: readonly Needle[], search: Search): Iterable<Span> {
  const sextets = base64View(view);
  const lower = { ...sextets, bytes: lowerCase(sextets.bytes) };
  const forms = needles.flatMap((needle) => needle.forms.base64);
  for (const form of forms) {
    if (form.length < search.leastBase64) continue;
    const found =
      form.length < leastFolded ? places(sextets, form, search.isCut) : places(lower, lowerCase(form), search.isCut);
    for (const { start, end, isTail } of found) {
      // The neighbours hold some of the bits of the first and the last byte.
      yield {
        start: isBase64(text[start - 1]) ? start - 1 : start,
        end: isBase64(text[end]) ? end + 1 : end,
        isTail,
      };
    }
  }
}

/** An escape or a tag that has begun at the end of a text and goes on behind it, in its last characters. */
const openEscape = /(?:%u?[0-9a-f]{0,3}|&#?[0-9a-z]{0,16}|\\[ux]?[0-9a-f]{0,3}|=[0-9a-f]?)$/i;
const longestEscape = 20;
const longestTag = 300;

/** Where what the end of a cut text leaves open begins; the text's length if nothing is open. */
function openEnd(text: string): number {
  const near = Math.max(0, text.length - longestTag);
  const begun = (opening: string, closing: string): number => {
    const at = text.lastIndexOf(opening);
    return at >= near && at > text.lastIndexOf(closing) ? at : text.length;
  };
  const end = Math.min(begun('<', '>'), begun('<!--', '-->'));
  const last = text.slice(Math.max(0, end - longestEscape), end);
  return end - last.length + last.replace(openEscape, '').length;
}

/** Every place of a text that holds one of the needles in one of its forms, in no order. */
export function* spansOf(text: string, needles: readonly Needle[], search: Search): Iterable<Span> {
  yield* spansIn(text, needles, search);
  const end = search.isCut ? openEnd(text) : text.length;
  // An escape that is cut in the middle hides that what stands before it is the beginning of a secret.
  if (end < text.length) yield* spansIn(text.slice(0, end), needles, search);
}

function* spansIn(text: string, needles: readonly Needle[], search: Search): Iterable<Span> {
  for (const view of viewsOf(text)) {
    yield* plainSpans(view, needles, search);
    if (view.decodes === 'nothing') yield* hexSpans(view, needles, search);
    if (view.decodes !== 'quoted') yield* base64Spans(text, view, needles, search);
  }
}

/** Whether one of the needle's plain forms stands in a text. */
export const isIn = (text: string, { forms }: Needle): boolean =>
  viewsOf(text).some((view) => {
    const lower = lowerCase(view.bytes);
    return forms.plain.some((form) => lower.includes(form));
  });

/** In order, those that touch made one. */
export function merged(spans: Iterable<Span>): readonly Span[] {
  const all: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = all.at(-1);
    if (last === undefined || span.start > last.end || (span.start === last.end && !last.isTail)) all.push(span);
    else {
      const isTail = last.isTail && span.isTail;
      all[all.length - 1] = { start: last.start, end: Math.max(last.end, span.end), isTail };
    }
  }
  return all;
}

/** The text as far as `most` without the spans. */
export function withoutSpans(text: string, spans: readonly Span[], most: number): string {
  const parts: string[] = [];
  let kept = 0;
  for (const { start, end, isTail } of spans) {
    if (start >= most) break;
    parts.push(text.slice(kept, start), isTail ? '' : cutMark);
    kept = end;
  }
  return parts.join('') + (kept < most ? text.slice(kept, most) : '');
}
