import { createRequire } from 'node:module';
import type { Argv } from 'yargs';
import { languages } from '../words/language.ts';
import type { CommandName, Flag } from './flags.ts';
import { commandNames, flagsOf } from './flags.ts';
import { help, topicNames } from './usage.ts';
import { listed } from './values.ts';

/** Its CommonJS form: as a module it lays text out by means of its own, which break lines within words and examples. */
const yargs = createRequire(import.meta.filename)('yargs') as (words: readonly string[]) => Argv;

const epilogue = `Options come from flags, then the environment, then the configuration file, then
the defaults. In the environment: NO_COLOR, WAYCLEAR_PROXY_PASSWORD, and the
proxy variables (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY).

Exit codes:
  0    nothing at or above --fail-on (for diff: nothing got worse)
  1    findings at or above --fail-on (for diff: something got worse)
  2    wrong usage, catalog, configuration or output, or a fault in wayclear
  3    incomplete: the run ended early or tested nothing, and nothing makes it 1
  130  interrupted; the partial report is still written
Results go to standard output, everything else to standard error. A reader that
closes standard output early ends nothing: the exit code is as judged.

More: wayclear help TOPIC (${topicNames.join(', ')}).`;

const width = 80;

function declare(target: Argv, rows: readonly Flag[], formats: readonly string[]): Argv {
  for (const row of rows) {
    target.option(row.name, {
      type: row.kind === 'switch' ? 'boolean' : 'string',
      array: row.kind === 'list',
      ...(row.short === null ? {} : { alias: row.short }),
      describe: described(row, formats),
      group: row.group,
    });
  }
  return target
    .option('help', { alias: 'h', type: 'boolean', describe: 'Shows this help.', group: 'Other:' })
    .option('version', {
      alias: 'V',
      type: 'boolean',
      describe: 'Shows the version.',
      group: 'Other:',
    });
}

/** `formats`: what `--format` may be for the command. */
function described(row: Flag, formats: readonly string[]): string {
  const values = row.name === 'format' ? formats : row.name === 'lang' ? languages : row.choices;
  const choices = values === null ? '' : ` It may be ${listed(values)}.`;
  return `${row.describe}${choices}${row.default === null ? '' : ` Default: ${row.default}.`}`;
}

/** The whole help, or one command's; `formatsOf` knows the names for `--format`. */
export async function helpText(
  command: CommandName | null,
  formatsOf: (command: CommandName) => readonly string[],
): Promise<string> {
  const shown = command ?? 'check';
  const rows = help[shown];
  const layout = yargs([]).scriptName('wayclear').detectLocale(false).help(false).version(false).wrap(width);
  let target = declare(layout, flagsOf(shown), formatsOf(shown)).epilogue(epilogue);
  if (command === null) {
    target = target.usage(
      'Usage: wayclear [command] [what..] [options]\n\nSays which required endpoints this machine can not use, why, and exactly what\nto ask for.',
    );
    for (const name of commandNames) target = target.command(help[name].usage, help[name].describe);
  } else {
    target = target.usage(`Usage: wayclear ${rows.usage} [options]\n\n${rows.describe}`);
    for (const word of rows.words) target = target.positional(word.name, { describe: word.describe, type: 'string' });
  }
  const examples =
    command === null
      ? commandNames.flatMap((name) => help[name].examples.slice(0, name === 'check' ? 4 : 1))
      : rows.examples;
  for (const [line, says] of examples) target = target.example(line, says);
  return tidy(await target.getHelp());
}

/** Without the parser's type marks: every description says what a value looks like. */
function tidy(text: string): string {
  return `${text
    .split('\n')
    .map((line) => ({ line, bare: line.replace(/\[(?:string|boolean|array)\] ?/g, '').trimEnd() }))
    .filter(({ line, bare }) => bare !== '' || line.trim() === '')
    .map(({ bare }) => bare)
    .join('\n')}\n`;
}
