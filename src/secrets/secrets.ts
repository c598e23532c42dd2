/**
 * The door through which text from outside is kept: it knows the secrets of a run, cuts out what holds one in any form that
 * software writes, bounds the text and makes it harmless. Knows nothing of who sends secrets or shows texts.
 */
import { harmless } from '../harmless.ts';
import { binaryForms, textForms } from './forms.ts';
import { cutMark, isIn, merged, type Needle, type Span, spansOf, withoutSpans } from './search.ts';
import { withoutUrlAccounts } from './url-accounts.ts';

/**
 * Keeps at most `max` characters of a text from outside (300 unless told), without secrets and made harmless. `isCut`: the
 * text was longer before somebody bounded it, so that a secret may end outside of it.
 */
export type Keep = (text: string, max?: number, isCut?: boolean) => string;

/** The secrets of one run, and what keeps them out of everything that is kept or shown. */
export interface Secrets {
  /** A password, with whose account it is sent; empty ones are none. */
  addPassword(user: string, password: string): void;
  /** Another text that nobody may see: a signature of an address. */
  addText(text: string): void;
  /** Bytes that were sent or are as good as a password: a ticket, an answer to a challenge, a hash. The last 256 count. */
  addBytes(data: Buffer): void;
  /** The door for texts from everywhere. */
  readonly keep: Keep;
  /** The door for texts that come from a proxy or through one: they are dropped where a password is too short to be cut out. */
  readonly keepFromProxy: Keep;
  /** A password of one to three characters is among them. */
  readonly isShort: boolean;
  /**
   * A text as it may leave the process: what the doors let through is cut and counted. A secret that is a word of the
   * program's own (`ownWords`) says nothing where it stands as it is.
   */
  scan(text: string, ownWords: () => string): string;
  /** Places where `scan` cut something. */
  readonly found: number;
}

const mostTexts = 256;
const mostBytes = 256;
/** Characters after a bound that are looked at, so that what begins before it is recognised. */
const lookahead = 512;
/** Base64 of fewer characters is met by chance in so much text as a report has. */
const surestBase64 = 6;

const windowLength = 65_536;
const windowOverlap = 8192;

/** The span made so wide that it takes no escape of JSON apart. */
function besideEscapes(text: string, { start, end, isTail }: Span): Span {
  const isEscaped = (at: number): boolean => {
    let first = at;
    while (first > 0 && text[first - 1] === '\\') first -= 1;
    return (at - first) % 2 === 1;
  };
  return { start: isEscaped(start) ? start - 1 : start, end: isEscaped(end) ? end + 1 : end, isTail };
}

/** Secrets that are told of as they become known. */
export function createSecrets(): Secrets {
  const texts = new Map<string, Needle>();
  const bytes = new Map<string, Needle>();
  let isShort = false;
  let found = 0;
  const needles = (): readonly Needle[] => [...texts.values(), ...bytes.values()];
  const addText = (text: string): void => {
    if (texts.has(text) || texts.size >= mostTexts) return;
    texts.set(text, { forms: textForms(text), isOwnWord: null });
  };
  const keep: Keep = (text, max = 300, isCut = false) => {
    // Bounded by somebody else already.
    const ended = text.endsWith('…');
    const looked = Math.min(max + lookahead, ended ? text.length - 1 : text.length);
    const window = withoutUrlAccounts(text.slice(0, looked));
    const isBounded = text.length > max || ended;
    const all = needles();
    if (all.length === 0) return harmless(isBounded ? `${window}…` : window, max);
    const search = { isCut: isCut || looked < text.length, tells: () => true, leastBase64: 0 };
    const clean = withoutSpans(window, merged(spansOf(window, all, search)), max);
    return harmless(isBounded ? `${clean.slice(0, max - 1)}…` : clean, max);
  };
  const isTelling = (ownWords: () => string) => (needle: Needle) => {
    needle.isOwnWord ??= isIn(ownWords(), needle);
    return !needle.isOwnWord;
  };
  return {
    addPassword(user, password) {
      if (password === '') return;
      addText(password);
      if (texts.get(password)?.forms.plain.length === 0) isShort = true;
      if (isShort) addText(`${user}:${password}`);
    },
    addText,
    addBytes(data) {
      if (data.length < 8) return;
      const key = data.toString('base64');
      if (bytes.has(key)) return;
      bytes.set(key, { forms: binaryForms(data), isOwnWord: null });
      const [oldest] = bytes.keys();
      if (bytes.size > mostBytes && oldest !== undefined) bytes.delete(oldest);
    },
    keep,
    keepFromProxy: (text, max, isCut) => (isShort && text !== '' ? cutMark : keep(text, max, isCut)),
    get isShort() {
      return isShort;
    },
    get found() {
      return found;
    },
    scan(text, ownWords) {
      const all = needles();
      if (all.length === 0) return text;
      const search = { isCut: false, tells: isTelling(ownWords), leastBase64: surestBase64 };
      const spans: Span[] = [];
      for (let at = 0; at < text.length; at += windowLength) {
        const window = text.slice(at, at + windowLength + windowOverlap);
        for (const { start, end } of spansOf(window, all, search)) {
          spans.push(besideEscapes(text, { start: at + start, end: at + end, isTail: false }));
        }
      }
      const cuts = merged(spans);
      found += cuts.length;
      return cuts.length === 0 ? text : withoutSpans(text, cuts, text.length);
    },
  };
}
