/** Columns that a terminal gives to a text: East Asian wide characters and emoji take two, combining marks none. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += widthOf(character);
  return width;
}

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

function widthOf(character: string): number {
  if (/\p{M}/u.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
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
    .flatMap((word) => (wide.test(word) ? [...word] : [word]));
}

/** The longest part that can't be broken, in columns. */
export function longestPiece(text: string): number {
  return pieces(text).reduce((most, piece) => Math.max(most, displayWidth(piece.trimEnd())), 0);
}

/** `text` wrapped to `width`, its first line behind `first`, the others behind as many spaces. */
export function hang(first: string, text: string, width: number): readonly string[] {
  const indent = displayWidth(first);
  return wrap(text, Math.max(20, width - indent)).map(
    (line, index) => `${index === 0 ? first : ' '.repeat(indent)}${line}`,
  );
}
