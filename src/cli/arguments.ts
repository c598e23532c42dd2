import yargs from 'yargs';
import type { Written } from '../options.ts';
import { suggest } from '../suggest.ts';
import { UsageError } from '../usage-error.ts';
import type { CommandName, Flag } from './flags.ts';
import { commandNames, flags, flagsOf } from './flags.ts';
import { listed, quoted } from './values.ts';

/** What the command line says, before any value is looked at. */
export type Arguments =
  | { readonly kind: 'help'; readonly text: string }
  | {
      readonly kind: 'run';
      readonly command: CommandName;
      readonly words: readonly string[];
      readonly flags: Readonly<Record<string, Written>>;
    };

interface CommandHelp {
  readonly usage: string;
  readonly describe: string;
  readonly words: readonly { readonly name: string; readonly describe: string }[];
  readonly examples: readonly (readonly [string, string])[];
  /** How many words it takes at most. */
  readonly most: number;
}

const help: Readonly<Record<CommandName, CommandHelp>> = {
  check: {
    usage: 'check [what..]',
    describe: 'Probes the endpoints and says which ones this machine can use, and why not.',
    words: [
      {
        name: 'what',
        describe: 'Feature ids, URLs or host[:port]; none means the current features of the service connection point.',
      },
    ],
    examples: [
      ['wayclear', 'Checks the default features.'],
      ['wayclear tenant-attach', 'Checks one feature.'],
      ['wayclear https://example.com/ host.example:8443', 'Checks what you name.'],
      ['wayclear --format table --format json=report.json', 'Shows a table and keeps the whole report.'],
    ],
    most: 10_000,
  },
  list: {
    usage: 'list [feature..]',
    describe: 'Shows the catalog: features, endpoints, importance and source documents.',
    words: [{ name: 'feature', describe: 'Feature ids; none means all.' }],
    examples: [['wayclear list tenant-attach', 'Shows the endpoints of one feature.']],
    most: 1000,
  },
  plan: {
    usage: 'plan [what..]',
    describe: 'Shows the exact probes that check would send. No packet leaves.',
    words: [{ name: 'what', describe: 'As for check.' }],
    examples: [['wayclear plan --set tenantId=VALUE', 'Shows what becomes testable with a parameter.']],
    most: 10_000,
  },
  explain: {
    usage: 'explain [cause]',
    describe: 'Explains a cause: what it means, what it rests on, what to do.',
    words: [{ name: 'cause', describe: 'The id of a cause; none means the whole table.' }],
    examples: [['wayclear explain tls.inspection', 'Explains one cause.']],
    most: 1,
  },
  diagnose: {
    usage: 'diagnose <report>',
    describe: 'Judges a saved JSON report again from its observations. No packet leaves.',
    words: [{ name: 'report', describe: 'A file written by --format json, or "-" for standard input.' }],
    examples: [['wayclear diagnose report.json --verbose', 'Shows a saved report with every detail.']],
    most: 1,
  },
  diff: {
    usage: 'diff <old> <new>',
    describe: 'Compares two saved JSON reports. The exit code is 1 if anything got worse.',
    words: [
      { name: 'old', describe: 'The earlier report.' },
      { name: 'new', describe: 'The later report.' },
    ],
    examples: [['wayclear diff before.json after.json', 'Shows what a change in the network did.']],
    most: 2,
  },
  doctor: {
    usage: 'doctor',
    describe: 'Shows what this machine uses: proxy, resolvers, address families, trust stores, clock, runtime.',
    words: [],
    examples: [['wayclear doctor', 'Shows it. No packet leaves.']],
    most: 0,
  },
  demo: {
    usage: 'demo',
    describe: 'Checks and explains healthy and broken servers on this machine. No internet, no root needed.',
    words: [],
    examples: [['wayclear demo --verbose', 'Runs the demonstration with every detail.']],
    most: 0,
  },
  schema: {
    usage: 'schema [name]',
    describe: 'Prints the JSON Schema of the report or of catalog files.',
    words: [{ name: 'name', describe: '"report" (the default) or "catalog".' }],
    examples: [['wayclear schema catalog > catalog.schema.json', 'Saves a schema for an editor.']],
    most: 1,
  },
};

const epilogue = `Options come from flags, then the environment, then the configuration file, then
the defaults. In the environment: NO_COLOR, WAYCLEAR_PROXY_PASSWORD, and the
proxy variables (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY).

Exit codes:
  0    nothing at or above --fail-on (for diff: nothing got worse)
  1    findings at or above --fail-on (for diff: something got worse)
  2    wrong usage, catalog, configuration or output, or a fault in wayclear
  130  interrupted; the partial report is still written
Results go to standard output, everything else to standard error. A reader that
closes standard output early ends nothing: the exit code is as judged.`;

const width = 80;

function parser(args: readonly string[]): ReturnType<typeof yargs> {
  return yargs([...args])
    .scriptName('wayclear')
    .detectLocale(false)
    .exitProcess(false)
    .help(false)
    .version(false)
    .wrap(width)
    .showHelpOnFail(false)
    .parserConfiguration({
      // `no-proxy` is a flag of its own, `set` holds dots, and every value stays the text it was.
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'greedy-arrays': false,
      'duplicate-arguments-array': true,
    })
    .fail((message: string) => {
      throw new UsageError(said(message), 'wayclear --help lists the flags.');
    });
}

/** The parser's own complaint in our shape; it has only the one about a missing value left. */
function said(message: string): string {
  const missing = /^Not enough arguments following: (.*)$/.exec(message);
  return missing === null ? message : `--${missing[1]} needs a value`;
}

function declare(target: ReturnType<typeof yargs>, rows: readonly Flag[], shown: boolean): ReturnType<typeof yargs> {
  for (const row of rows) {
    target.option(row.name, {
      type: row.kind === 'switch' ? 'boolean' : 'string',
      array: row.kind === 'list',
      requiresArg: row.kind !== 'switch',
      describe: shown ? described(row) : '',
      ...(shown ? { group: row.group } : {}),
    });
  }
  return target
    .option('help', { alias: 'h', type: 'boolean', describe: 'Shows this help.', group: 'Other:' })
    .option('version', {
      type: 'boolean',
      describe: 'Shows the version.',
      group: 'Other:',
    });
}

function described(row: Flag): string {
  const choices = row.choices === null ? '' : ` It may be ${listed(row.choices)}.`;
  return `${row.describe}${choices}${row.default === null ? '' : ` Default: ${row.default}.`}`;
}

/** Reads the command line: which command, its words, its flags. Throws UsageError; never prints, never exits. */
export async function parseArguments(args: readonly string[]): Promise<Arguments> {
  checkWritten(args);
  const valued = flags.filter((row) => row.kind !== 'switch').map((row) => `--${row.name}`);
  // The parser takes a lone "-" for a flag of no name; as a value it is standard input or output.
  const joined = args.flatMap((word, index) => {
    if (word === '-' && valued.includes(args[index - 1] ?? '')) return [];
    return valued.includes(word) && args[index + 1] === '-' ? [`${word}=-`] : [word];
  });
  const argv = (await declare(parser(joined), flags, false).parseAsync()) as Readonly<Record<string, unknown>>;
  const all = (argv['_'] as readonly unknown[]).map(String);
  if (all[0] === 'help')
    return { kind: 'help', text: await helpText(commandNames.find((name) => name === all[1]) ?? null) };
  const first = commandNames.find((name) => name === all[0]);
  const command = first ?? 'check';
  const words = first === undefined ? all : all.slice(1);

  if (argv['help'] === true) return { kind: 'help', text: await helpText(first ?? null) };
  if (words.length > help[command].most) {
    throw new UsageError(
      `${command}: unexpected ${quoted(words[help[command].most] ?? '')}`,
      `Usage: wayclear ${help[command].usage} [options]`,
    );
  }
  const needed = help[command].usage.match(/<\w+>/g) ?? [];
  if (words.length < needed.length) {
    throw new UsageError(
      `${command}: ${needed[words.length]} is missing`,
      `Usage: wayclear ${help[command].usage} [options]`,
    );
  }
  for (const row of flags) {
    if (argv[row.name] !== undefined && !row.commands.includes(command)) throw misplaced(row, command);
  }
  const written: Record<string, Written> = {};
  for (const row of flagsOf(command)) {
    const value = argv[row.name];
    if (value === undefined) continue;
    if (row.kind === 'switch') written[row.name] = last(value) === true;
    else if (row.kind === 'list') written[row.name] = (Array.isArray(value) ? value : [value]).map(String);
    else written[row.name] = String(last(value));
  }
  return { kind: 'run', command, words, flags: written };
}

function last(value: unknown): unknown {
  return Array.isArray(value) ? value.at(-1) : value;
}

/** Refuses unknown flags and switches with odd values before the parser sees them: its own words for those are no help. */
function checkWritten(args: readonly string[]): void {
  const command = commandNames.find((name) => args.includes(name)) ?? 'check';
  for (const word of args) {
    if (word === '--') return;
    const parts = /^-(-?)([^=]*)(?:=(.*))?$/s.exec(word);
    const name = parts?.[2] ?? '';
    if (parts === null || (name === '' && parts[1] === '')) continue;
    if (parts[1] === '' ? name === 'h' : name === 'help' || name === 'version') continue;
    const row = parts[1] === '' ? undefined : flags.find((candidate) => candidate.name === name);
    if (row === undefined) throw unknownFlag(`-${parts[1]}${name}`, command);
    if (row.kind === 'switch' && parts[3] !== undefined && parts[3] !== 'true' && parts[3] !== 'false') {
      throw new UsageError(`--${name} takes no value`, `Write --${name} alone.`);
    }
  }
}

function unknownFlag(shown: string, command: CommandName): UsageError {
  const near = suggest(shown.replace(/^-+/, ''), [...flagsOf(command).map((row) => row.name), 'help', 'version']);
  return new UsageError(
    `unknown option ${quoted(shown).slice(1, -1)}${near === null ? '' : `; did you mean --${near}?`}`,
    `wayclear ${command} --help lists the options.`,
  );
}

function misplaced(row: Flag, command: CommandName): UsageError {
  const owners =
    row.commands.length === 1 ? row.commands.join('') : listed(row.commands).replace(/ or (?=\w+$)/, ' and ');
  return new UsageError(`--${row.name} is no option of ${command}`, `It belongs to ${owners}.`);
}

/** The whole help, or one command's. */
export async function helpText(command: CommandName | null): Promise<string> {
  const one = command ?? 'check';
  const rows = help[one];
  let target = declare(parser([]), flagsOf(one), true).epilogue(epilogue);
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

/** For a word that names nothing: the command that was perhaps meant. */
export function commandLike(word: string): CommandName | null {
  return (suggest(word, commandNames) as CommandName | null) ?? null;
}
