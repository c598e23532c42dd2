/** The manual page, out of the tables and words that `--help` is made of: a new command or option is in it by itself. */
import { type CommandName, commandNames, type Flag, flags, flagsOf } from '../../src/cli/flags.ts';
import { formatsOf } from '../../src/cli/formats.ts';
import { described } from '../../src/cli/help-text.ts';
import { topicText } from '../../src/cli/help-topics.ts';
import { topicNames, usages } from '../../src/cli/usage.ts';
import { version } from '../../src/version.ts';
import type { Words } from '../../src/words/contract.ts';

/** Text that roff shows as it stands. */
function plain(text: string): string {
  const escaped = text.replace(/\\/g, '\\e').replace(/-/g, '\\-');
  return escaped.replace(/^([.'])/gm, '\\&$1');
}

const bold = (text: string): string => `\\fB${plain(text)}\\fP`;

/** A heading, in capitals as the sections of manual pages have it. */
const section = (title: string): string => `.SH ${plain(title.toUpperCase()).replace(/ /g, '\\ ')}`;

/** Text with its own lines and columns. */
function asItStands(text: string): readonly string[] {
  return ['.EX', ...plain(text.trimEnd()).split('\n'), '.EE'];
}

/** Which commands take an option, where it is not all of them. */
function takenBy({ commands }: Flag): string {
  return commands.length === commandNames.length ? '' : ` (${commands.join(', ')})`;
}

/** The command that shows all values of an option: of the formats, those of a report. */
const shownFor = ({ commands }: Flag): CommandName => commands[0] ?? 'check';

function option(row: Flag, words: Words): readonly string[] {
  const short = row.short === null ? '' : `${bold(`-${row.short}`)}, `;
  const value = row.kind === 'switch' ? '' : '=\\fIVALUE\\fP';
  return [
    '.TP',
    `${short}${bold(`--${row.name}`)}${value}`,
    plain(`${described(row, formatsOf(shownFor(row)), words.help)}${takenBy(row)}`),
  ];
}

function command(name: CommandName, words: Words): readonly string[] {
  const { describe, words: positionals } = words.help.commands[name];
  const arguments_ = Object.entries<string>(positionals).map(([word, says]) => `${word}: ${says}`);
  const options = flagsOf(name).map((row) => `--${row.name}`);
  return [
    '.TP',
    `\\fBwayclear\\fP ${plain(usages[name].usage)}`,
    plain(describe),
    ...arguments_.flatMap((text) => ['.br', plain(text)]),
    ...(options.length === 0 ? [] : ['.br', plain(options.join(' '))]),
  ];
}

function topic(name: (typeof topicNames)[number], words: Words): readonly string[] {
  const [title = '', , ...rest] = topicText(name, words.topics).split('\n');
  return [section(title), ...asItStands(rest.join('\n'))];
}

const withoutColon = (heading: string): string => heading.replace(/\s*:$/, '');

/** The page in the language of the words, as `man` and `mandoc` read it. */
export function manPage(words: Words): string {
  const { help } = words;
  const { headings } = help;
  const groups = [...new Set(flags.map((row) => row.group))];
  const lines = [
    '.\\" Made by `npm run pages` out of what `wayclear --help` is made of.',
    `.TH WAYCLEAR 1 "" "wayclear ${version}" "User Commands"`,
    '.SH NAME',
    `wayclear \\- ${plain(help.purpose.replace(/\.$/, ''))}`,
    '.SH SYNOPSIS',
    '\\fBwayclear\\fP [\\fIcommand\\fP] [\\fIwhat\\fP ...] [\\fIoptions\\fP]',
    section(withoutColon(headings.commands)),
    ...commandNames.flatMap((name) => command(name, words)),
    '.SH OPTIONS',
    ...groups.flatMap((group) => [
      `.SS ${plain(withoutColon(headings[group]))}`,
      ...flags.filter((row) => row.group === group).flatMap((row) => option(row, words)),
    ]),
    `.SS ${plain(withoutColon(headings.other))}`,
    ...['.TP', `${bold('-h')}, ${bold('--help')}`, plain(help.options.help)],
    ...['.TP', `${bold('-V')}, ${bold('--version')}`, plain(help.options.version)],
    ...topicNames.flatMap((name) => topic(name, words)),
    section(withoutColon(headings.examples)),
    ...commandNames.flatMap((name) =>
      usages[name].examples.flatMap((example, index) => [
        '.TP',
        bold(example),
        plain(help.commands[name].examples[index] ?? ''),
      ]),
    ),
  ];
  return `${lines.join('\n')}\n`;
}
