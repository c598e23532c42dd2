/** What becomes of observations, wherever and whenever they were made: judged, told, kept, sent, and an exit code. */
import { judging } from '../diagnose/diagnose.ts';
import type { Observations } from '../model/observations.ts';
import { inPieces } from '../pieces.ts';
import { assembleReport, type ReportParts, reportHead } from '../report/assemble.ts';
import { summaryLine } from '../report/verdict-line.ts';
import type { Store } from '../store/store.ts';
import { version } from '../version.ts';
import { wordsOf } from '../words/load.ts';
import { troubleCode } from './exit-codes.ts';
import { faultTeller } from './faults.ts';
import type { Io } from './io.ts';
import { exitCodeOf } from './measure.ts';
import type { Options } from './options.ts';
import type { Sender } from './send.ts';
import { machineName } from './store-door.ts';

/**
 * All that a report is made of, the observations judged here; what is left out of `measured` these options say. `saved`
 * observations are still there for another time: what the deadline or a signal leaves of them is not judged.
 */
export async function judged(
  io: Io,
  options: Options,
  observations: Observations,
  {
    machine = null,
    labels = {},
    options: used = options.used,
  }: Partial<Pick<ReportParts, 'machine' | 'labels' | 'options'>>,
  saved = false,
): Promise<ReportParts> {
  const { work, interrupted } = io.ending;
  const ended = (): 'deadline' | 'interrupted' | null =>
    saved && work.aborted ? (interrupted() ? 'interrupted' : 'deadline') : null;
  return {
    observations,
    diagnosis: await inPieces(judging(observations, faultTeller(io, options.lang), ended), io.clock),
    words: wordsOf(options.lang),
    options: used,
    version,
    machine: options.anonymous ? null : machine,
    labels,
  };
}

/** Where every output goes to a file, standard error gets the line that says it all. */
export function tellSummary(io: Io, { formats }: Pick<Options, 'formats'>, parts: ReportParts): void {
  if (formats.some(({ file }) => file === null)) return;
  const report = { ...reportHead(parts), observations: parts.observations };
  io.stderr.write(`${summaryLine(report, parts.words)}\n`);
}

/** Ends a run whose outputs were `written`, or not all of them. */
export async function conclude(
  io: Io,
  options: Options,
  parts: ReportParts,
  written: boolean,
  { store = null, sender = null }: { readonly store?: Store | null; readonly sender?: Sender | null } = {},
): Promise<number> {
  tellSummary(io, options, parts);
  if (store !== null || sender !== null) {
    const report = assembleReport(parts);
    await store?.record(report, 'check', machineName(report));
    await sender?.send(report);
  }
  return written ? exitCodeOf(reportHead(parts), options) : troubleCode(options.exitCodes);
}
