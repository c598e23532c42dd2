import stringWidth from 'string-width';

const ascii = /^[ -~]*$/;

/**
 * Columns that a terminal gives to a text, as the table library counts them: East Asian wide characters and emoji take
 * two. Combining marks take none; the library's string-width 4 knows that of U+0300 to U+036F alone.
 */
export function displayWidth(text: string): number {
  // Most texts are plain ASCII, where each character is a column.
  return ascii.test(text) ? text.length : stringWidth(text.replace(/\p{M}/gu, ''));
}

/** Whether the table library counts the text so too. Else it would cut it: marks of other scripts take columns there. */
export function fitsTable(text: string): boolean {
  return ascii.test(text) || stringWidth(text) === displayWidth(text);
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
    .flatMap((word) => (ascii.test(word) ? [word] : clusters(word)));
}

/** What no line begins with in Japanese (JIS X 4051: closing marks, small kana, prolonged sound), and marks and spaces in any script. */
const neverFirst =
  /^[\s\p{M})\]},.:;!?%»…、。，．・：；！？％）］｝〕〉》」』】’”ーゝゞヽヾ々ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ゛゜]/u;
/** What no line ends with: opening marks, and a space that does not break. */
const neverLast = /[\u00a0([{«（［｛〔〈《「『【‘“]$/u;

/** A word with wide characters may break between any two of them; runs of narrow ones (host names, numbers) stay whole. */
function clusters(word: string): readonly string[] {
  const parts: string[] = [];
  let open = false;
  for (const character of word) {
    const narrow = displayWidth(character) < 2;
    const last = parts.at(-1);
    if (last !== undefined && ((narrow && open) || neverFirst.test(character) || neverLast.test(last)))
      parts[parts.length - 1] = `${last}${character}`;
    else parts.push(character);
    // A closing mark ends a run: what follows it may stand on the next line.
    open = narrow && !(last !== undefined && !open && neverFirst.test(character));
  }
  return parts;
}

/** As much of a text as `width` columns hold: for a line that is rewritten again and again. */
export function fitted(text: string, width: number): string {
  let used = 0;
  let shown = '';
  for (const character of text) {
    used += displayWidth(character);
    if (used > width) break;
    shown += character;
  }
  return shown;
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
