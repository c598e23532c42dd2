/** Columns that a terminal gives to a text: East Asian wide characters and emoji take two, combining marks none. */
export function displayWidth(text: string): number {
  // Most texts are plain ASCII, where each character is a column.
  if (/^[ -~]*$/.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += widthOf(character);
  return width;
}

/** East Asian Width W and F (Unicode Standard Annex #11) of the basic plane, marks and emoji left out. */
const wideRanges =
  '\\u1100-\\u115f\\u2e80-\\u3029\\u3030-\\u303e\\u3041-\\u3096\\u309b-\\u3247\\u3250-\\u4dbf\\u4e00-\\ua4c6\\ua960-\\ua97c\\uac00-\\ud7a3\\uf900-\\ufaff\\ufe10-\\ufe19\\ufe30-\\ufe6b\\uff01-\\uff60\\uffe0-\\uffe6';

const wide = new RegExp(`[${wideRanges}]|[\\u{20000}-\\u{3fffd}]|\\p{Emoji_Presentation}`, 'u');

function widthOf(character: string): number {
  if (/\p{M}/u.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}

/** Latin, Greek, Cyrillic, punctuation, arrows, lines, check marks and the wide ranges: string-width 4 counts them as {@link displayWidth} does. */
const agreed = new RegExp(
  `^[ -~\\u00a0-\\u0482\\u048a-\\u058f\\u2010-\\u2027\\u2030-\\u205e\\u2190-\\u21ff\\u2500-\\u257f\\u2713\\u2717\\ufffd${wideRanges}]*$`,
);

/** Whether the table library gives the text the columns that a terminal does. Marks of other scripts and emoji it counts otherwise, and cuts. */
export function evenlyCounted(text: string): boolean {
  return agreed.test(text);
}

/**
 * Lines of at most `width` columns, broken at spaces and between wide characters. A longer word (a host
 * name, a URL) is never cut: it stands on a line of its own, however long.
 */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const piece of pieces(text)) {
    const size = displayWidth(piece.trimEnd());
    if (used > 0 && used + size > width) {
      lines.push(line.trimEnd());
      line = '';
      used = 0;
    }
    line += piece;
    used += displayWidth(piece);
  }
  if (line.trimEnd() !== '' || lines.length === 0) lines.push(line.trimEnd());
  return lines;
}

/** Parts that must stay together, each with the spaces behind it. */
function pieces(text: string): readonly string[] {
  return text
    .trim()
    .split(/(?<= )(?! )/)
    .flatMap((word) => (wide.test(word) ? clusters(word) : [word]));
}

/** What no line begins with in Japanese (JIS X 4051: closing marks, small kana, prolonged sound), and marks and spaces in any script. */
const neverFirst =
  /^[\s\p{M})\]},.:;!?%»…、。，．・：；！？％）］｝〕〉》」』】’”ーゝゞヽヾ々ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ゛゜]/u;
/** What no line ends with: opening marks, and a space that does not break. */
const neverLast = /[\u00a0([{«（［｛〔〈《「『【‘“]$/;

/** A word with wide characters may break between any two of them; runs of narrow ones (host names, numbers) stay whole. */
function clusters(word: string): readonly string[] {
  const parts: string[] = [];
  let open = false;
  for (const character of word) {
    const narrow = !wide.test(character);
    const last = parts.at(-1);
    if (last !== undefined && ((narrow && open) || neverFirst.test(character) || neverLast.test(last)))
      parts[parts.length - 1] = `${last}${character}`;
    else parts.push(character);
    // A closing mark ends a run: what follows it may stand on the next line.
    open = narrow && !(last !== undefined && !open && neverFirst.test(character));
  }
  return parts;
}

/** The longest part that can't be broken, in columns. */
export function longestPiece(text: string): number {
  return pieces(text).reduce((most, piece) => Math.max(most, displayWidth(piece.trimEnd())), 0);
}

/** `text` wrapped to `width`, its first line behind `first`, the others behind as many spaces. */
export function hang(first: string, text: string, width: number): readonly string[] {
  const indent = displayWidth(first);
  return wrap(text, Math.max(16, width - indent)).map(
    (line, index) => `${index === 0 ? first : ' '.repeat(indent)}${line}`,
  );
}
