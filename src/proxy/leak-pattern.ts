/** Longer passwords are cut out by their whole forms alone: a pattern of them costs more than it finds. */
const longest = 256;

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/** A hexadecimal number in either case, with the leading zeros that stand there or not. */
const hex = (code: number, digits: number): string =>
  code
    .toString(16)
    .padStart(digits, '0')
    .replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);

const names: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' };

/** Every way to write one character: itself, percent-encoded, as an HTML reference, escaped as in JSON, misread bytes. */
function spellings(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const bytes = Buffer.from(character, 'utf8');
  const percent = [...bytes].map((byte) => `%${hex(byte, 2)}`).join('');
  const units = [...character.matchAll(/[\s\S]/g)].map(([unit]) => `\\\\u${hex(unit.charCodeAt(0), 4)}`).join('');
  const all = [
    percent,
    `&#0*${code};`,
    `&#[xX]0*${hex(code, 1)};`,
    units,
    ...(names[character] === undefined ? [] : [`&${names[character]};`]),
    ...(character === ' ' ? ['\\+'] : []),
    ...('"\\/'.includes(character) ? [`\\\\${escaped(character)}`] : []),
    ...(code > 0x7f ? [escaped(bytes.toString('latin1'))] : []),
    ...(code > 0x7f && code <= 0xff ? [`%${hex(code, 2)}`] : []),
    escaped(character),
  ];
  return `(?:${all.join('|')})`;
}

/**
 * Finds a password however each of its characters is written: encoders differ in what they encode, and who echoes it
 * chooses. Null for one that is too short or too long to be looked for so.
 */
export function leakPattern(password: string): RegExp | null {
  const characters = [...password];
  if (characters.length < 4 || characters.length > longest) return null;
  return new RegExp(characters.map(spellings).join(''), 'g');
}
