import type { Report } from '../model/report.ts';
import { report } from '../model/report.ts';
import { atOnce, inPieces, type Pieces } from '../pieces.ts';
import { findingFaults } from '../reading/faults.ts';
import { readingJson } from '../reading/json.ts';
import { refuseFaults, valueOfJson } from '../reading/shape-error.ts';
import { type Refusal, refusal, UsageError } from '../usage-error.ts';
import { readText } from './config.ts';
import type { Io } from './io.ts';
import { quoted } from './values.ts';

/** A report of 20,000 targets is about this large. */
const mostBytes = 256 * 1024 * 1024;
const deepest = 64;

/**
 * A report that `--format json` wrote, from a file or from standard input (`-`). Anything else is a UsageError, and so is one
 * that the deadline or a signal leaves half read.
 */
export async function readReport(io: Io, command: string, file: string): Promise<Report> {
  const { work } = io.ending;
  const text = file === '-' ? await io.readStdin(mostBytes) : await readText(command, file, mostBytes, work);
  const label = refusal('file.of', { where: command, file: quoted(file) });
  return await inTime(io, parsing(text, label), label);
}

/** Work of which nothing is told where the deadline or a signal comes before its end. @throws UsageError then */
export async function inTime<T>(
  { clock, ending: { work } }: Io,
  pieces: Pieces<T>,
  file: string | Refusal,
): Promise<T> {
  return await inPieces(pieces, clock, work).catch((error: unknown) => {
    throw work.aborted && error === work.reason ? new UsageError('file.late', { file }) : error;
  });
}

/** What a report says, as it is: members that nobody knows stay. `label` names it in messages. */
export const parseReport = (text: string, label: string | Refusal): Report => atOnce(parsing(text, label));

function* parsing(text: string, label: string | Refusal): Pieces<Report> {
  const read = { kind: 'report', file: label } as const;
  const json = yield* readingJson(text, deepest);
  const value = valueOfJson(read, json, () => new UsageError('file.report-json', { file: label }));
  refuseFaults(read, yield* findingFaults(report, value));
  return value as Report;
}
