/** Longer passwords are cut out by their whole forms alone: a search for them costs more than it finds. */
const longest = 256;
/** Zeros that may stand before the number of an HTML reference. */
const mostZeros = 8;

const names: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' };

interface Spellings {
  /** Written in exactly these characters. */
  readonly exact: readonly string[];
  /** Written in these, whatever the case of their letters. Lower case. */
  readonly folded: readonly string[];
  /** The number in HTML references: decimal, and hexadecimal in lower case. */
  readonly decimal: string;
  readonly hexadecimal: string;
}

/** Every way to write one character: itself, percent-encoded, as an HTML reference, escaped as in JSON, misread bytes. */
function spellingsOf(character: string): Spellings {
  const code = character.codePointAt(0) ?? 0;
  const bytes = Buffer.from(character, 'utf8');
  const percent = (byte: number): string => `%${byte.toString(16).padStart(2, '0')}`;
  const units = Array.from(character.split(''), (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return {
    exact: [
      character,
      ...(names[character] === undefined ? [] : [`&${names[character]};`]),
      ...(character === ' ' ? ['+'] : []),
      ...('"\\/'.includes(character) ? [`\\${character}`] : []),
      ...(code > 0x7f ? [bytes.toString('latin1')] : []),
    ],
    folded: [[...bytes].map(percent).join(''), units.join(''), ...(code > 0x7f && code <= 0xff ? [percent(code)] : [])],
    decimal: String(code),
    hexadecimal: code.toString(16),
  };
}

/** Where the spellings of a character that begin at `from` end. */
function endsAt(text: string, lower: string, from: number, spellings: Spellings): readonly number[] {
  const ends: number[] = [];
  for (const form of spellings.exact) if (text.startsWith(form, from)) ends.push(from + form.length);
  for (const form of spellings.folded) if (lower.startsWith(form, from)) ends.push(from + form.length);
  if (text.startsWith('&#', from)) {
    const hexadecimal = lower[from + 2] === 'x';
    const digits = `${hexadecimal ? spellings.hexadecimal : spellings.decimal};`;
    const first = from + (hexadecimal ? 3 : 2);
    for (let at = first; at <= first + mostZeros; at += 1) {
      if (lower.startsWith(digits, at)) ends.push(at + digits.length);
      if (lower[at] !== '0') break;
    }
  }
  return ends;
}

/**
 * Cuts a password out of texts however each of its characters is written: encoders differ in what they encode, and who
 * echoes it chooses. All places of a text where the password may go on are followed side by side, so that the time is
 * bounded by both lengths multiplied, whatever either holds. Null for a password that is too short or too long to be
 * looked for so.
 */
export function leakCutter(password: string): ((text: string) => string) | null {
  const characters = [...password];
  if (characters.length < 4 || characters.length > longest) return null;
  const spellings = characters.map(spellingsOf);
  return (text) => {
    const lower = asciiLower(text);
    const parts: string[] = [];
    let kept = 0;
    for (const [start, end] of occurrences(text, lower, spellings)) {
      if (start < kept) continue;
      parts.push(text.slice(kept, start));
      kept = end;
    }
    return [...parts, text.slice(kept)].join('[secret]');
  };
}

/** Letters of ASCII alone: other letters may change their length, and no spelling holds one. */
const asciiLower = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** Start and end of each occurrence by its end, of those that end in one place the one that starts first. */
function* occurrences(text: string, lower: string, spellings: readonly Spellings[]): Iterable<[number, number]> {
  // By position: how many characters of the password may be behind it, and where the first such occurrence started.
  const waiting = new Map<number, Map<number, number>>();
  for (let at = 0; at <= text.length; at += 1) {
    const here = waiting.get(at) ?? new Map<number, number>();
    waiting.delete(at);
    const whole = here.get(spellings.length);
    if (whole !== undefined) yield [whole, at];
    here.delete(spellings.length);
    if (!here.has(0)) here.set(0, at);
    for (const [count, start] of here) {
      for (const end of endsAt(text, lower, at, spellings[count] as Spellings)) {
        const there = waiting.get(end) ?? new Map<number, number>();
        there.set(count + 1, Math.min(start, there.get(count + 1) ?? start));
        waiting.set(end, there);
      }
    }
  }
}
