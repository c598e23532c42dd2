import { type ReportParts, reportHead } from '../report/assemble.ts';
import { summaryLine } from '../report/verdict-line.ts';
import type { Io } from './io.ts';
import type { Options } from './options.ts';

/** Where every output goes to a file, standard error gets the line that says it all. */
export function tellSummary(io: Io, { formats }: Pick<Options, 'formats'>, parts: ReportParts): void {
  if (formats.some(({ file }) => file === null)) return;
  const report = { ...reportHead(parts), observations: parts.observations };
  io.stderr.write(`${summaryLine(report, parts.words)}\n`);
}
