import { flags } from './flags.ts';

interface LongName {
  readonly name: string;
  readonly valued: boolean;
}

const longNames: ReadonlyMap<string, LongName> = new Map([
  ...flags.flatMap(({ name, kind, short }) =>
    short === null ? [] : [[short, { name, valued: kind !== 'switch' }] as const],
  ),
  ['h', { name: 'help', valued: false }],
  ['V', { name: 'version', valued: false }],
]);

/** `-qo FILE` as `--quiet --output FILE`, `-oFILE` and `-o=FILE` as `--output=FILE`; a letter that nobody knows stays as it is. */
function longWords(word: string): readonly string[] {
  const words: string[] = [];
  for (let at = 1; at < word.length; at += 1) {
    const long = longNames.get(word[at] ?? '');
    if (long === undefined) return [word];
    const rest = word.slice(at + 1);
    if (!long.valued && !rest.startsWith('=')) words.push(`--${long.name}`);
    else return [...words, rest === '' ? `--${long.name}` : `--${long.name}=${rest.replace(/^=/, '')}`];
  }
  return words;
}

/** The command line with long names alone, up to a lone `--`. */
export function withLongNames(args: readonly string[]): readonly string[] {
  const end = args.indexOf('--');
  return args.flatMap((word, index) => (/^-[^-]/.test(word) && (end < 0 || index < end) ? longWords(word) : [word]));
}
