import type { Report } from '../../model/report.ts';
import { compareReports } from '../../report/compare.ts';
import { renderDiffJson, renderDiffTable } from '../../report/diff-text.ts';
import { wordsOf } from '../../words/load.ts';
import type { Context } from '../context.ts';
import { openOutputs } from '../deliver.ts';
import { readReport } from '../saved-report.ts';
import { machineOf, recordedReport, withStore } from '../store-door.ts';
import { parseTime } from '../watch-options.ts';

/** Compares two saved reports; 1 if anything got worse, or was tested before and is not any more. */
export async function diff({ io, words, options }: Context): Promise<number> {
  const [old, fresh] = await reportsOf({ io, words, options });
  const difference = compareReports(old, fresh);
  const exit = difference.worse || (difference.missing && !options.ignoreMissing) ? 1 : 0;
  const outputs = await openOutputs(io, options);
  const written = await outputs.deliver((format, view) =>
    format === 'json' ? renderDiffJson(difference) : renderDiffTable(difference, exit, view),
  );
  const machines = [old, fresh].map(({ machine }) => machine?.name ?? null);
  if (options.store !== null && !options.quiet && machines[0] !== machines[1]) {
    io.stderr.write(`wayclear: ${wordsOf(options.lang).watch.moved}\n`);
  }
  return written ? exit : 2;
}

/** Two files, or with --store two looks: `MACHINE`, `MACHINE@TIME`, or `@TIME` for this machine. */
async function reportsOf({ io, words, options }: Context): Promise<readonly [Report, Report]> {
  const [first = '', second = ''] = words;
  if (options.store === null) return [await readReport(io, 'diff', first), await readReport(io, 'diff', second)];
  return await withStore(io, options.store, false, async (store) => {
    const recorded = async (word: string): Promise<Report> => {
      const at = word.lastIndexOf('@');
      const name = at < 0 ? word : word.slice(0, at);
      const time = at < 0 ? null : parseTime('diff', word.slice(at + 1));
      return await recordedReport(store, await machineOf(store, name === '' ? null : name, 'MACHINE@TIME'), time);
    };
    return [await recorded(first), await recorded(second)];
  });
}
