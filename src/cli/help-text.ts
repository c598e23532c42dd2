import type { Argv } from 'yargs';
import { displayWidth, wrap } from '../report/wrap.ts';
import type { HelpWords } from '../words/contract.ts';
import { languages } from '../words/language.ts';
import type { CommandName, Flag } from './flags.ts';
import { commandNames, flagsOf } from './flags.ts';
import { packageRequire } from './run-module.ts';
import { topicNames, usages } from './usage.ts';

/** Its CommonJS form, which shares its parts with the other packages. */
const yargs = packageRequire(import.meta.filename)('yargs') as (words: readonly string[]) => Argv;

const width = 80;

/**
 * Sentences that stand in the layout as one character each, of Unicode's private use: the library can't break lines of
 * Japanese, nor keep the spaces of French together.
 */
interface Sentences {
  readonly texts: readonly string[];
  /** The character for a sentence. */
  keep(text: string): string;
}

const firstMark = 0xe000;
const mark = /[\ue000-\uf8ff]/;

function sentences(): Sentences {
  const texts: string[] = [];
  return { texts, keep: (text) => String.fromCharCode(firstMark + texts.push(text) - 1) };
}

/** The whole help, or one command's, in a language; `formatsOf` knows the names for `--format`. */
export async function helpText(
  command: CommandName | null,
  formatsOf: (command: CommandName) => readonly string[],
  words: HelpWords,
): Promise<string> {
  const shown = command ?? 'check';
  const { headings } = words;
  const { texts, keep } = sentences();
  const target = yargs([])
    .scriptName('wayclear')
    .detectLocale(false)
    .updateStrings({
      'Commands:': headings.commands,
      'Positionals:': headings.words,
      'Examples:': headings.examples,
    })
    .help(false)
    .version(false)
    .wrap(width)
    .epilogue(words.epilogue(topicNames));
  for (const row of flagsOf(shown)) declare(target, row, keep(described(row, formatsOf(shown), words)), headings);
  for (const [name, short] of [['help', 'h'] as const, ['version', 'V'] as const]) {
    target.option(name, { alias: short, type: 'boolean', describe: keep(words.options[name]), group: headings.other });
  }
  const line = command === null ? '[command] [what..]' : usages[command].usage;
  const purpose = command === null ? words.purpose : words.commands[command].describe;
  target.usage(`${words.usage} wayclear ${line} [options]\n\n${wrap(purpose, width).join('\n')}`);
  if (command === null) {
    for (const name of commandNames) target.command(usages[name].usage, keep(words.commands[name].describe));
  } else {
    for (const [name, describe] of Object.entries<string>(words.commands[command].words)) {
      target.positional(name, { describe: keep(describe), type: 'string' });
    }
  }
  for (const name of command === null ? commandNames : [command]) {
    const most = command === null && name !== 'check' ? 1 : 4;
    usages[name].examples.slice(0, most).forEach((example, index) => {
      target.example(example, keep(words.commands[name].examples[index] ?? ''));
    });
  }
  return `${filled(tidy(await target.getHelp()), texts).join('\n')}\n`;
}

/** What commands of one first word do, a paragraph each. */
export function groupText(commands: readonly CommandName[], words: HelpWords): string {
  const paragraphs = commands.map((name) =>
    [
      `${words.usage} wayclear ${usages[name].usage} [options]`,
      ...wrap(words.commands[name].describe, width - 2).map((line) => `  ${line}`),
    ].join('\n'),
  );
  return `${paragraphs.join('\n\n')}\n`;
}

function declare(target: Argv, row: Flag, describe: string, headings: HelpWords['headings']): void {
  target.option(row.name, {
    type: row.kind === 'switch' ? 'boolean' : 'string',
    array: row.kind === 'list',
    ...(row.short === null ? {} : { alias: row.short }),
    describe,
    group: headings[row.group],
  });
}

/** `formats`: what `--format` may be for the command, the default first. */
export function described(row: Flag, formats: readonly string[], words: HelpWords): string {
  const values = row.name === 'format' ? formats : row.name === 'lang' ? languages : row.choices;
  const choices = values === null ? '' : words.choices(values);
  const absent = row.name === 'format' ? (formats[0] ?? null) : row.default;
  return `${words.options[row.name]}${choices}${absent === null ? '' : words.default(absent)}`;
}

/** Without the parser's type marks: every description says what a value looks like. */
function tidy(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => ({ line, bare: line.replace(/\[(?:string|boolean|array)\] ?/g, '').trimEnd() }))
    .filter(({ line, bare }) => bare !== '' || line.trim() === '')
    .map(({ bare }) => bare);
}

/** The lines with the sentences in the column of their character, and in those below; a long example has lines there too. */
function filled(lines: readonly string[], texts: readonly string[]): readonly string[] {
  const made: string[] = [];
  let column = 0;
  let rest: readonly string[] = [];
  const end = (): void => {
    for (const line of rest) made.push(`${' '.repeat(column)}${line}`);
    rest = [];
  };
  for (const line of lines) {
    const at = line.search(mark);
    if (at >= 0 || line === '') end();
    if (at >= 0) {
      column = displayWidth(line.slice(0, at));
      const [first = '', ...more] = wrap(texts[line.charCodeAt(at) - firstMark] ?? '', width - column);
      made.push(`${line.slice(0, at)}${first}`);
      rest = more;
    } else {
      const [next, ...more] = rest;
      made.push(next === undefined ? line : `${line.padEnd(column)}${next}`);
      rest = more;
    }
  }
  end();
  return made;
}
