/** The one reader of answer heads: status line and header block (RFC 9112 sections 4 and 5). It reads nothing itself. */

/** Headers that are kept. */
const maxHeaders = 100;

/** The head of an answer, as it came: a Latin-1 string keeps each byte. */
export interface AnswerHead {
  readonly version: '1.0' | '1.1';
  readonly status: number;
  readonly reason: string;
  /** Names in lower case, in order, 100 at most. */
  readonly headers: readonly (readonly [string, string])[];
}

/** Values of a header, one for each field line. */
export function valuesOf(head: Pick<AnswerHead, 'headers'>, name: string): readonly string[] {
  return head.headers.flatMap(([header, value]) => (header === name ? [value] : []));
}

/**
 * Length of the head, and with the empty line behind it; null while that did not come. `from`: bytes at the front that
 * are known to hold no end.
 */
export function headEnd(bytes: Buffer, from = 0): { readonly text: number; readonly whole: number } | null {
  const start = Math.max(0, from - 3);
  const strict = bytes.indexOf('\r\n\r\n', start);
  const bare = bytes.indexOf('\n\n', start);
  if (strict >= 0 && (bare < 0 || strict < bare)) return { text: strict, whole: strict + 4 };
  return bare < 0 ? null : { text: bare, whole: bare + 2 };
}

/** A field value without the blanks around it. */
function trimmed(text: string): string {
  const isBlank = (index: number): boolean => text[index] === ' ' || text[index] === '\t';
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(start)) start += 1;
  while (end > start && isBlank(end - 1)) end -= 1;
  return text.slice(start, end);
}

function parseField(line: string): readonly [string, string] | null {
  const colon = line.indexOf(':');
  if (colon < 0 || line.includes('\r')) return null;
  const name = trimmed(line.slice(0, colon));
  // A field name is a token (RFC 9110 section 5.6.2), and nothing stands before it.
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) || !line.startsWith(name)) return null;
  return [name.toLowerCase(), trimmed(line.slice(colon + 1))];
}

/**
 * Reads a head in Latin-1, without the empty line behind it. Lines end in LF or CR LF; a field line that is none is passed
 * over. Null without a status line of HTTP/1.0 or 1.1. Looks at each character a fixed number of times: the text is hostile.
 */
export function parseAnswerHead(text: string): AnswerHead | null {
  const [first = '', ...lines] = text.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  const reason = first.slice(13);
  if (!/^HTTP\/1\.[01] [1-9]\d\d(?: |$)/.test(first.slice(0, 13)) || reason.includes('\r')) return null;
  const headers: (readonly [string, string])[] = [];
  for (const line of lines) {
    if (headers.length === maxHeaders) break;
    const field = parseField(line);
    if (field !== null) headers.push(field);
  }
  return { version: first[7] === '0' ? '1.0' : '1.1', status: Number(first.slice(9, 12)), reason, headers };
}
