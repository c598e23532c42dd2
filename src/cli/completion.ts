/** Completion for shells, out of the table of flags and commands. */
import type { HelpWords } from '../words/contract.ts';
import { languages } from '../words/language.ts';
import { commandNames, type Flag, flagsOf, groupOf } from './flags.ts';
import { formatsOf } from './formats.ts';
import { type shells, topicNames, usages } from './usage.ts';

export type Shell = (typeof shells)[number];

/** What may follow a flag, where the list is the same for all commands and closed. */
const valuesOf = (flag: Flag): readonly string[] => (flag.name === 'lang' ? languages : (flag.choices ?? []));

/** A command, or the first word of several, and what may stand behind it. */
interface Row {
  readonly command: string;
  readonly says: string;
  readonly words: readonly string[];
  /** What `--format` may be; after one and `=` comes a file. */
  readonly formats: readonly string[];
  readonly flags: readonly {
    readonly name: string;
    /** Null: it takes none. Empty: any, among them files. */
    readonly values: readonly string[] | null;
    readonly says: string;
  }[];
}

/** What can be completed: the names there are. */
export interface Completable {
  readonly features: readonly string[];
  readonly causes: readonly string[];
}

/** First words: of commands that have one in common, one. */
const firstWords = [...new Set(commandNames.map((name) => name.split(' ')[0] ?? name)), 'help'];

/** The commands of two words stand first: theirs is the longer match. */
function rows(what: Completable, words: HelpWords): readonly Row[] {
  const longer = commandNames.filter((name) => name.includes(' '));
  return [...longer, ...firstWords].map((command) => {
    const own = commandNames.find((name) => name === command);
    const known = own === undefined ? [] : usages[own].words;
    const taken = own === undefined ? [] : flagsOf(own);
    return {
      command,
      says: described(command, words),
      words: [
        ...(command === 'help' ? [...topicNames, ...firstWords] : secondWords(command)),
        ...(typeof known === 'string' ? what[known] : known),
      ],
      formats: own !== undefined && taken.some(({ name }) => name === 'format') ? formatsOf(own) : [],
      flags: taken.map((flag) => ({
        name: `--${flag.name}`,
        values: flag.kind === 'switch' ? null : valuesOf(flag),
        says: firstSentence(words.options[flag.name]),
      })),
    };
  });
}

const secondWords = (command: string): readonly string[] =>
  groupOf(command).map((name) => name.slice(command.length + 1));

function described(command: string, words: HelpWords): string {
  if (command === 'help') return firstSentence(words.purposeOfHelp);
  const own = commandNames.find((name) => name === command);
  const second = secondWords(command);
  return own === undefined || second.length > 0 ? second.join(', ') : firstSentence(words.commands[own].describe);
}

/** Without its full stop and what a shell would read. */
const firstSentence = (text: string): string =>
  (/^.*?(?=\.(?:\s|$)|\u3002|$)/s.exec(text)?.[0] ?? text).replace(/['"`$\\[\]:]/g, ' ').replace(/\s+/g, ' ');

/** A file for the shell to source; see the first line of each. */
export function completionScript(shell: Shell, what: Completable, words: HelpWords): string {
  const all = rows(what, words);
  return { bash, zsh, fish, powershell }[shell](all);
}

/** Flags with a closed list of values, `--format` apart. */
function valueCases(all: readonly Row[]): readonly (readonly [string, readonly string[]])[] {
  const values = new Map<string, readonly string[]>();
  for (const { flags } of all)
    for (const { name, values: some } of flags) if (some !== null && name !== '--format') values.set(name, some);
  return [...values];
}

/** Arms of a case over the first two words and a blank each: a command of two words, of one, or `check` behind anything. */
const arms = (all: readonly Row[], end: string, line: (row: Row) => string): string =>
  all
    .map((row) => `    ${row.command === 'check' ? '*' : `'${row.command} '*`}) ${line(row)}${end}`)
    // What matches anything comes last.
    .sort((a, b) => Number(a.startsWith('    *')) - Number(b.startsWith('    *')))
    .join('\n');

function bash(all: readonly Row[]): string {
  const firsts = all.filter(({ command }) => !command.includes(' '));
  const values = valueCases(all)
    .map(([name, some]) => `    ${name}) ${some.length === 0 ? 'files=yes' : `words='${some.join(' ')}'`} ;;`)
    .join('\n');
  return `# wayclear completion bash > ~/.local/share/bash-completion/completions/wayclear
_wayclear() {
  # Of the line itself: bash takes words apart at each = that stands in them.
  local -a typed
  read -ra typed <<< "\${COMP_LINE:0:COMP_POINT}."
  local last=$((\${#typed[@]} - 1)) flags words formats files= piece
  local word="\${typed[last]%.}" before="\${typed[last-1]}"
  unset "typed[last]"
  local whole="$word"
  case "\${typed[1]} \${typed[2]} " in
${arms(all, ' ;;', ({ flags, words, formats }) => `flags='${flags.map(({ name }) => name).join(' ')}' words='${words.join(' ')}' formats='${formats.join(' ')}'`)}
  esac
  [ "$last" -eq 1 ] && words="$words ${firsts.map(({ command }) => command).join(' ')}"
  case "$word" in
    --*=*) before="\${word%%=*}" word="\${word#*=}" ;;
    -*) words="$flags --help --version" before= ;;
  esac
  case "$before" in
    --format) case "$word" in *=*) files=yes words= word="\${word#*=}" ;; *) words="$formats" ;; esac ;;
${values}
    *) case "$word" in -*) ;; *) files=also ;; esac ;;
  esac
  COMPREPLY=()
  [ "$files" != yes ] && COMPREPLY=($(compgen -W "$words" -- "$word"))
  if [ -n "$files" ]; then while IFS= read -r piece; do COMPREPLY+=("$piece"); done < <(compgen -f -- "$word"); fi
  # Where bash takes no words apart, what stands before the last = belongs to the answer.
  case "$COMP_WORDBREAKS" in *=*) ;; *) COMPREPLY=("\${COMPREPLY[@]/#/\${whole%"$word"}}") ;; esac
}
complete -o filenames -F _wayclear wayclear
`;
}

function zsh(all: readonly Row[]): string {
  const firsts = all.filter(({ command }) => !command.includes(' '));
  const after = ({ name, values }: Row['flags'][number], formats: readonly string[]): string => {
    if (name === '--format') return `:value: _wayclear_format ${formats.join(' ')}`;
    if (values === null) return '';
    return `:value:${values.length === 0 ? '_files' : `(${values.join(' ')})`}`;
  };
  const flagLines = ({ flags, formats }: Row): string =>
    flags
      .map((flag) => {
        const { name, values, says } = flag;
        return `        '*${values === null ? name : `${name}=`}[${says}]${after(flag, formats)}' \\\n`;
      })
      .join('');
  return `#compdef wayclear
# wayclear completion zsh > _wayclear, in a folder of $fpath
_wayclear_format() {
  if compset -P '*='; then _files; else compadd -- "$@"; fi
}
_wayclear_operand() {
  compadd -- "$@"
  _files
}
_wayclear() {
  local -a commands typed
  commands=(${firsts.map(({ command, says }) => `'${command}:${says}'`).join(' ')})
  if (( CURRENT == 2 )); then _describe command commands; fi
  typed=("\${(@)words[2,CURRENT-1]}")
  case "$typed[1] $typed[2] " in
${arms(all, ' ;;', (row) => `_arguments \\\n${flagLines(row)}        '*:what: _wayclear_operand ${row.words.join(' ')}'`)}
  esac
}
_wayclear "$@"
`;
}

function fish(all: readonly Row[]): string {
  const quoted = (texts: readonly string[]): string => texts.map((text) => `'${text}'`).join(' ');
  const firsts = all.filter(({ command }) => !command.includes(' '));
  const lines = all.flatMap(({ command, words, formats, flags }) => {
    const when = `-n "test (__wayclear_command) = '${command}'"`;
    return [
      ...(words.length === 0 ? [] : [`complete -c wayclear ${when} -a '${words.join(' ')}'`]),
      ...flags.map(({ name, values, says }) => {
        const some = name === '--format' ? formats : (values ?? []);
        // Behind a format and = comes a file: those stay.
        const list = some.length === 0 ? '' : ` -a '${some.join(' ')}'`;
        const takes = values === null ? '' : list === '' || name === '--format' ? ' -r' : ' -x';
        return `complete -c wayclear ${when} -l ${name.slice(2)}${takes}${list} -d '${says}'`;
      }),
    ];
  });
  return `# wayclear completion fish > ~/.config/fish/completions/wayclear.fish
function __wayclear_command
    set -l typed (commandline -opc)
    set -l two "$typed[2] $typed[3]"
    if contains -- $two ${quoted(all.filter(({ command }) => command.includes(' ')).map(({ command }) => command))}
        echo $two
    else if contains -- "$typed[2]" ${quoted(firsts.map(({ command }) => command))}
        echo $typed[2]
    else
        echo check
    end
end
${firsts.map(({ command, says }) => `complete -c wayclear -n 'test (count (commandline -opc)) -eq 1' -a ${command} -d '${says}'`).join('\n')}
${lines.join('\n')}
`;
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
  $formats = @{
${table(({ formats }) => formats)}
  }
  $values = @{
${valueCases(all)
  .filter(([, some]) => some.length > 0)
  .map(([name, some]) => `    '${name}' = ${quoted(some)}`)
  .join('\n')}
  }
  $typed = @($ast.CommandElements | ForEach-Object { $_.ToString() })
  $command = @("$($typed[1]) $($typed[2])", "$($typed[1])", 'check') | Where-Object { $flags.ContainsKey($_) } | Select-Object -First 1
  $before = if ($word -eq '') { $typed[-1] } else { $typed[-2] }
  $start = ''
  if ($word -match '^(--[a-z0-9-]+)=(.*)$') { $before = $Matches[1]; $start = "$before="; $word = $Matches[2] }
  if ($before -eq '--format' -and $word -match '^([a-z-]+=)(.*)$') {
    $start += $Matches[1]
    return [System.Management.Automation.CompletionCompleters]::CompleteFilename($Matches[2]) | ForEach-Object {
      [System.Management.Automation.CompletionResult]::new($start + $_.CompletionText, $_.ListItemText, $_.ResultType, $_.ToolTip)
    }
  }
  $choices = if ($before -eq '--format') { $formats[$command] }
    elseif ($values.ContainsKey($before)) { $values[$before] }
    elseif ($word.StartsWith('-')) { $flags[$command] + '--help' + '--version' }
    else { $words[$command] + $(if ($typed.Count -le 2) { $flags.Keys | Where-Object { $_ -notmatch ' ' } } else { @() }) }
  $choices | Where-Object { $_ -like "$word*" } | Sort-Object -Unique |
    ForEach-Object { [System.Management.Automation.CompletionResult]::new($start + $_, $_, 'ParameterValue', $_) }
}
`;
}
