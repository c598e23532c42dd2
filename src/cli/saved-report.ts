import type { Report } from '../model/report.ts';
import { report } from '../model/report.ts';
import { faultsOf } from '../reading/faults.ts';
import { refuseFaults, valueIn } from '../reading/shape-error.ts';
import { type Refusal, refusal, UsageError } from '../usage-error.ts';
import { readText } from './config.ts';
import type { Io } from './io.ts';
import { quoted } from './values.ts';

/** A report of 20,000 targets is about this large. */
const mostBytes = 256 * 1024 * 1024;
const deepest = 64;

/** A report that `--format json` wrote, from a file or from standard input (`-`). Anything else is a UsageError. */
export async function readReport(io: Io, command: string, file: string): Promise<Report> {
  const text = file === '-' ? await io.readStdin(mostBytes) : await readText(command, file, mostBytes, io.ending.work);
  return parseReport(text, refusal('file.of', { where: command, file: quoted(file) }));
}

/** What a report says, as it is: members that nobody knows stay. `label` names it in messages. */
export function parseReport(text: string, label: string | Refusal): Report {
  const read = { kind: 'report', file: label } as const;
  const value = valueIn(read, text, deepest, () => new UsageError('file.report-json', { file: label }));
  refuseFaults(read, faultsOf(report, value));
  return value as Report;
}
