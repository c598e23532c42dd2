/** The Windows event log, by PowerShell: nothing else that every server has writes to it without a compiler. */
import { windowsProgram } from '../windows/programs.ts';
import { feed } from './child.ts';
import type { Outgoing, Sender } from './sender.ts';

/** What an entry of the log takes (Write-EventLog: 31,839 characters). */
const longest = 31_000;

/** The role's own messages: 11410 informational, 11411 warning, 11412 error. */
export function logEntryOf({ kind, incident }: Outgoing['notice']): { readonly id: number; readonly type: string } {
  if (incident === null) return kind === 'silent' ? entries.warning : entries.informational;
  return kind === 'closed' ? entries.informational : entries[incident.severity];
}

const entries = {
  informational: { id: 11410, type: 'Information' },
  warning: { id: 11411, type: 'Warning' },
  critical: { id: 11412, type: 'Error' },
} as const;

const decoded = (text: string): string =>
  `[Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('${Buffer.from(text, 'utf8').toString('base64')}'))`;

/**
 * Whatever the text holds, the script holds Base64 of it. Two lines, each a whole statement: what comes by standard input
 * is taken line by line, as if somebody typed it, and a block over several lines would wait for an empty line and be dropped
 * without a word (PowerShell/PowerShell#3223). The second line tells that the first was not taken.
 */
export function eventLogScript(outgoing: Outgoing, source: string): string {
  const { id, type } = logEntryOf(outgoing.notice);
  const message = [outgoing.title, '', ...outgoing.lines].join('\r\n').slice(0, longest);
  const statements = [
    "$ErrorActionPreference = 'Stop'",
    `$source = ${decoded(source)}`,
    'if (-not [Diagnostics.EventLog]::SourceExists($source)) { New-EventLog -LogName Application -Source $source }',
    `Write-EventLog -LogName Application -Source $source -EventId ${id} -EntryType ${type} -Message (${decoded(message)})`,
    'exit 0',
  ];
  return `try { ${statements.join('; ')} } catch { exit 1 }\nexit 1\n`;
}

/** @param env the process's environment, which says where Windows is */
export function createEventLog(
  name: string,
  source: string,
  env: Readonly<Record<string, string | undefined>>,
): Sender {
  const program = windowsProgram('powershell', env);
  const parameters = ['-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-Command', '-'];
  return { name, send: (outgoing, signal) => feed(program, parameters, eventLogScript(outgoing, source), signal) };
}
