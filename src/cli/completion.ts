/** Completion for shells, out of the table of flags and commands. */
import type { HelpWords } from '../words/contract.ts';
import { languages } from '../words/language.ts';
import { type CommandName, commandNames, type Flag, flagsOf, groupOf } from './flags.ts';
import { topicNames } from './usage.ts';

export const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;
export type Shell = (typeof shells)[number];

/** What may follow a flag, where the list is closed. */
function valuesOf(flag: Flag, formats: readonly string[]): readonly string[] {
  if (flag.name === 'format') return formats;
  if (flag.name === 'lang') return languages;
  return flag.choices ?? [];
}

/** Words that may follow a command, where the list is closed. */
function wordsOf(command: CommandName | 'help', { features, causes }: Completable): readonly string[] {
  const lists: Partial<Record<CommandName | 'help', readonly string[]>> = {
    check: features,
    plan: features,
    list: features,
    allowlist: features,
    explain: causes,
    schema: ['report', 'catalog', 'config'],
    completion: shells,
    help: [...topicNames, ...firstWords],
  };
  return lists[command] ?? [];
}

interface Row {
  readonly command: string;
  readonly says: string;
  readonly words: readonly string[];
  readonly flags: readonly {
    readonly name: string;
    readonly values: readonly string[] | null;
    readonly says: string;
  }[];
}

/** What can be completed: `formats`, `features` and `causes` are the names there are. */
export interface Completable {
  readonly formats: readonly string[];
  readonly features: readonly string[];
  readonly causes: readonly string[];
}

/** First words: of commands that have one in common, one. */
const firstWords = [...new Set(commandNames.map((name) => name.split(' ')[0] ?? name)), 'help'];

function rows(what: Completable, words: HelpWords): readonly Row[] {
  return firstWords.map((command) => {
    const group = groupOf(command);
    const own = commandNames.find((name) => name === command);
    const flags = [...new Set((own === undefined ? group : [own]).flatMap(flagsOf))];
    return {
      command,
      says: described(command, words),
      words:
        group.length > 0 ? [...secondWords(command), ...what.features] : wordsOf(command as CommandName | 'help', what),
      flags: flags.map((flag) => ({
        name: `--${flag.name}`,
        values: flag.kind === 'switch' ? null : valuesOf(flag, what.formats),
        says: firstSentence(words.options[flag.name]),
      })),
    };
  });
}

const secondWords = (command: string): readonly string[] =>
  groupOf(command).map((name) => name.slice(command.length + 1));

function described(command: string, words: HelpWords): string {
  if (command === 'help') return firstSentence(words.purposeOfHelp);
  const second = secondWords(command);
  return second.length > 0 ? second.join(', ') : firstSentence(words.commands[command as CommandName].describe);
}

/** Without its full stop and what a shell would read. */
const firstSentence = (text: string): string =>
  (/^.*?(?=\.(?:\s|$)|。|$)/s.exec(text)?.[0] ?? text).replace(/['"`$\\[\]:]/g, ' ').replace(/\s+/g, ' ');

/** A file for the shell to source; see the first line of each. */
export function completionScript(shell: Shell, what: Completable, words: HelpWords): string {
  const all = rows(what, words);
  return { bash, zsh, fish, powershell }[shell](all);
}

const cases = (all: readonly Row[], indent: string, end: string, line: (row: Row) => string): string =>
  all.map((row) => `${indent}${row.command}) ${line(row)}${end}`).join('\n');

function valueCases(all: readonly Row[]): readonly (readonly [string, readonly string[]])[] {
  const values = new Map<string, readonly string[]>();
  for (const { flags } of all) for (const { name, values: some } of flags) if (some !== null) values.set(name, some);
  return [...values];
}

function bash(all: readonly Row[]): string {
  const values = valueCases(all)
    .map(([name, some]) =>
      some.length === 0
        ? `    ${name}) COMPREPLY=($(compgen -f -- "$word")); return ;;`
        : `    ${name}) COMPREPLY=($(compgen -W '${some.join(' ')}' -- "$word")); return ;;`,
    )
    .join('\n');
  return `# wayclear completion bash > ~/.local/share/bash-completion/completions/wayclear
_wayclear() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" command=check flags words
  case "$before" in
${values}
  esac
  case "\${COMP_WORDS[1]}" in
    ${all.map(({ command }) => command).join('|')}) command="\${COMP_WORDS[1]}" ;;
  esac
  case "$command" in
${cases(all, '    ', ' ;;', ({ flags }) => `flags='${flags.map(({ name }) => name).join(' ')}'`)}
  esac
  case "$command" in
${cases(all, '    ', ' ;;', ({ words }) => `words='${words.join(' ')}'`)}
  esac
  [ "$COMP_CWORD" -eq 1 ] && words="$words ${all.map(({ command }) => command).join(' ')}"
  case "$word" in
    -*) COMPREPLY=($(compgen -W "$flags --help --version" -- "$word")) ;;
    *) COMPREPLY=($(compgen -W "$words" -- "$word") $(compgen -f -- "$word")) ;;
  esac
}
complete -o filenames -F _wayclear wayclear
`;
}

function zsh(all: readonly Row[]): string {
  const flagLines = ({ flags }: Row): string =>
    flags
      .map(({ name, values, says }) => {
        const after = values === null ? '' : `:value:${values.length === 0 ? '_files' : `(${values.join(' ')})`}`;
        return `        '*${values === null ? name : `${name}=`}[${says}]${after}'`;
      })
      .join(' \\\n');
  return `#compdef wayclear
# wayclear completion zsh > _wayclear, in a folder of $fpath
_wayclear() {
  local command=check
  local -a commands
  commands=(${all.map(({ command, says }) => `'${command}:${says}'`).join(' ')})
  if (( CURRENT == 2 )); then _describe command commands; fi
  (( \${+commands[(r)$words[2]:*]} )) && command=$words[2]
  case $command in
${all
  .map(
    (row) =>
      `    ${row.command})\n      _arguments ${row.flags.length === 0 ? '' : `\\\n${flagLines(row)} \\\n        `}'*:what:(${row.words.join(' ')})' ;;`,
  )
  .join('\n')}
  esac
}
_wayclear "$@"
`;
}

function fish(all: readonly Row[]): string {
  const commands = all.map(({ command }) => command).join(' ');
  const lines = all.flatMap(({ command, says: purpose, words, flags }) => {
    // Without a command it is check.
    const when =
      command === 'check'
        ? `-n "not __fish_seen_subcommand_from ${commands.replace('check ', '')}"`
        : `-n "__fish_seen_subcommand_from ${command}"`;
    return [
      `complete -c wayclear -n "not __fish_seen_subcommand_from ${commands}" -a ${command} -d '${purpose}'`,
      ...(words.length === 0 ? [] : [`complete -c wayclear ${when} -a '${words.join(' ')}'`]),
      ...flags.map(({ name, values, says }) => {
        const after = values === null ? '' : values.length === 0 ? ' -r' : ` -x -a '${values.join(' ')}'`;
        return `complete -c wayclear ${when} -l ${name.slice(2)}${after} -d '${says}'`;
      }),
    ];
  });
  return `# wayclear completion fish > ~/.config/fish/completions/wayclear.fish\n${lines.join('\n')}\n`;
}

function powershell(all: readonly Row[]): string {
  const quoted = (texts: readonly string[]): string => `@(${texts.map((text) => `'${text}'`).join(', ')})`;
  const table = (of: (row: Row) => readonly string[]): string =>
    all.map((row) => `    '${row.command}' = ${quoted(of(row))}`).join('\n');
  return `# wayclear completion powershell >> $PROFILE
Register-ArgumentCompleter -Native -CommandName wayclear -ScriptBlock {
  param($word, $ast, $position)
  $flags = @{
${table(({ flags }) => flags.map(({ name }) => name))}
  }
  $words = @{
${table(({ words }) => words)}
  }
  $values = @{
${valueCases(all)
  .filter(([, some]) => some.length > 0)
  .map(([name, some]) => `    '${name}' = ${quoted(some)}`)
  .join('\n')}
  }
  $typed = @($ast.CommandElements | ForEach-Object { $_.ToString() })
  $command = if ($typed.Count -gt 1 -and $flags.ContainsKey($typed[1])) { $typed[1] } else { 'check' }
  $before = if ($word -eq '') { $typed[-1] } else { $typed[-2] }
  $choices = if ($values.ContainsKey($before)) { $values[$before] }
    elseif ($word.StartsWith('-')) { $flags[$command] + '--help' + '--version' }
    else { $words[$command] + $(if ($typed.Count -le 2) { $flags.Keys } else { @() }) }
  $choices | Where-Object { $_ -like "$word*" } | Sort-Object -Unique |
    ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
}
`;
}
