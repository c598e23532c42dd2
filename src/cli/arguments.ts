import parse from 'yargs-parser';
import { builtFile } from '../data-folder.ts';
import { suggest } from '../suggest.ts';
import { UsageError } from '../usage-error.ts';
import type { Language } from '../words/language.ts';
import { loadWords } from '../words/load.ts';
import type { CommandName, Flag } from './flags.ts';
import { commandIn, commandNames, flags, flagsOf, groupOf } from './flags.ts';
import { formatsOf } from './formats.ts';
import type { Written } from './layers.ts';
import { withLongNames } from './short-names.ts';
import { topicNames, usages } from './usage.ts';
import { quoted } from './values.ts';

/** What the command line says, before any value is looked at. */
type Arguments =
  | { readonly kind: 'help'; readonly text: string }
  | {
      readonly kind: 'run';
      readonly command: CommandName;
      readonly words: readonly string[];
      readonly flags: Readonly<Record<string, Written>>;
    };

/** Flags as the parser takes them: a value that is missing is its one complaint. */
const declared = {
  boolean: [...flags.filter((row) => row.kind === 'switch').map((row) => row.name), 'help', 'version'],
  string: flags.filter((row) => row.kind !== 'switch').map((row) => row.name),
  array: flags.filter((row) => row.kind === 'list').map((row) => row.name),
  // Not a number: at least one.
  narg: Object.fromEntries(flags.filter((row) => row.kind !== 'switch').map((row) => [row.name, Number.NaN])),
  configuration: {
    // `no-proxy` is a flag of its own, `set` holds dots, and every value stays the text it was.
    'boolean-negation': false,
    'camel-case-expansion': false,
    'dot-notation': false,
    'parse-numbers': false,
    'parse-positional-numbers': false,
    'greedy-arrays': false,
    'duplicate-arguments-array': true,
  },
};

/** The parser's own complaint in our words; it has only the one about a missing value. */
function unreadable({ message }: Error): UsageError {
  const [, name] = /^Not enough arguments following: (.*)$/.exec(message) ?? [];
  return name === undefined
    ? new UsageError('command.parser', { text: message })
    : new UsageError('command.no-value', { name });
}

/** As the build laid it out, by the name of a command or of a group, or '' for the whole; null in a clone's `src/`. */
function laidOut(name: string, lang: Language): Arguments | null {
  const built = builtFile(`help.${lang}.json`);
  if (built === null) return null;
  const text = (JSON.parse(built.toString()) as Readonly<Record<string, string>>)[name];
  return text === undefined ? null : { kind: 'help', text };
}

/** In a clone's `src/` laid out now, which takes more than all else that a command line needs. */
async function helpOf(command: CommandName | null, lang: Language): Promise<Arguments> {
  const built = laidOut(command ?? '', lang);
  if (built !== null) return built;
  const [{ helpText }, words] = await Promise.all([import('./help-text.js'), loadWords(lang)]);
  return { kind: 'help', text: await helpText(command, formatsOf, words.help) };
}

/** What the commands with this first word do. */
async function helpOfGroup(word: string, lang: Language): Promise<Arguments> {
  const built = laidOut(word, lang);
  if (built !== null) return built;
  const [{ groupText }, words] = await Promise.all([import('./help-text.js'), loadWords(lang)]);
  return { kind: 'help', text: groupText(groupOf(word), words.help) };
}

/** `help`, `help COMMAND` or `help TOPIC`. */
async function helpAbout(asked: readonly string[], lang: Language): Promise<Arguments> {
  const [word] = asked;
  if (word === undefined) return await helpOf(null, lang);
  const found = commandIn(asked);
  if (found !== null) return await helpOf(found.command, lang);
  if (groupOf(word).length > 0) return await helpOfGroup(word, lang);
  const topic = topicNames.find((name) => name === word);
  if (topic !== undefined) {
    const [{ topicText }, words] = await Promise.all([import('./help-topics.ts'), loadWords(lang)]);
    return { kind: 'help', text: topicText(topic, words.topics) };
  }
  const near = suggest(word, [...topicNames, ...commandNames]);
  throw new UsageError('command.topic', { word: quoted(word), near, topics: topicNames, example: commandNames[0] });
}

/** Reads the command line: which command, its words, its flags; `lang` is that of the help. Throws UsageError; never prints, never exits. */
export async function parseArguments(given: readonly string[], lang: Language): Promise<Arguments> {
  const args = withLongNames(given);
  checkWritten(args);
  const valued = flags.filter((row) => row.kind !== 'switch').map((row) => `--${row.name}`);
  // The parser takes a lone "-" for a flag of no name; as a value it is standard input or output.
  const joined = args.flatMap((word, index) => {
    if (word === '-' && valued.includes(args[index - 1] ?? '')) return [];
    return valued.includes(word) && args[index + 1] === '-' ? [`${word}=-`] : [word];
  });
  const { argv, error } = parse.detailed(joined, declared) as {
    readonly argv: Readonly<Record<string, unknown>>;
    readonly error: Error | null;
  };
  if (error !== null) throw unreadable(error);
  const all = (argv['_'] as readonly unknown[]).map(String);
  if (all[0] === 'help') return await helpAbout(all.slice(1), lang);
  const found = commandIn(all);
  const group = found === null ? groupOf(all[0]) : [];
  if (group.length > 0 && all[0] !== undefined) {
    if (argv['help'] === true) return await helpOfGroup(all[0], lang);
    const actions = group.map((name) => name.split(' ')[1] ?? '');
    throw new UsageError('option.action', { command: all[0], actions });
  }
  const { command, rest: words } = found ?? { command: 'check' as const, rest: all };

  if (argv['help'] === true) return await helpOf(found?.command ?? null, lang);
  const { most, usage } = usages[command];
  if (words.length > most) {
    throw new UsageError('command.surplus', { command, word: quoted(words[most] ?? ''), usage });
  }
  const needed = usage.match(/<\w+>/g) ?? [];
  if (words.length < needed.length) {
    throw new UsageError('command.missing', { command, word: needed[words.length] ?? '', usage });
  }
  for (const row of flags) {
    if (argv[row.name] !== undefined && !row.commands.includes(command)) throw misplaced(row, command);
  }
  const written: Record<string, Written> = {};
  for (const row of flagsOf(command)) {
    const value = argv[row.name];
    if (value === undefined) continue;
    if (row.kind === 'list') written[row.name] = [value].flat().map(String);
    else if (row.kind === 'switch') written[row.name] = value === true;
    else written[row.name] = String(single(row.name, value));
  }
  return { kind: 'run', command, words, flags: written };
}

/** What a flag says that takes one: of two, neither is taken in silence. Values may be secrets, and are not shown. */
function single(name: string, value: unknown): unknown {
  const [one, ...others] = [value].flat() as readonly unknown[];
  if (others.some((other) => other !== one)) throw new UsageError('command.twice', { name });
  return one;
}

/** Refuses unknown flags and switches with odd values before the parser sees them: its own words for those are no help. */
function checkWritten(args: readonly string[]): void {
  const command = commandIn(args.filter((word) => !word.startsWith('-')))?.command ?? 'check';
  for (const word of args) {
    if (word === '--') return;
    const parts = /^-(-?)([^=]*)(?:=(.*))?$/s.exec(word);
    const name = parts?.[2] ?? '';
    if (parts === null || (name === '' && parts[1] === '')) continue;
    if (parts[1] === '-' && (name === 'help' || name === 'version')) continue;
    const row = parts[1] === '' ? undefined : flags.find((candidate) => candidate.name === name);
    if (row === undefined) throw unknownFlag(`-${parts[1]}${name}`, command);
    if (row.kind === 'switch' && parts[3] !== undefined && parts[3] !== 'true' && parts[3] !== 'false') {
      throw new UsageError('command.switch', { name });
    }
  }
}

function unknownFlag(shown: string, command: CommandName): UsageError {
  const near = suggest(shown.replace(/^-+/, ''), [...flagsOf(command).map((row) => row.name), 'help', 'version']);
  return new UsageError('command.unknown-option', {
    shown: quoted(shown).slice(1, -1),
    near: near === null ? null : `--${near}`,
    command,
  });
}

function misplaced(row: Flag, command: CommandName): UsageError {
  return new UsageError('command.misplaced', { name: row.name, command, owners: row.commands });
}
