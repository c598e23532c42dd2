import { compareReports } from '../../report/compare.ts';
import { renderDiffJson, renderDiffTable } from '../../report/diff-text.ts';
import type { Context } from '../context.ts';
import { openOutputs } from '../deliver.ts';
import { readReport } from '../saved-report.ts';

/** Compares two saved reports; 1 if anything got worse, or was tested before and is not any more. */
export async function diff({ io, words, options }: Context): Promise<number> {
  const old = await readReport(io, 'diff', words[0] ?? '');
  const fresh = await readReport(io, 'diff', words[1] ?? '');
  const difference = compareReports(old, fresh);
  const exit = difference.worse || (difference.missing && !options.ignoreMissing) ? 1 : 0;
  const outputs = await openOutputs(io, options);
  const written = await outputs.deliver((format, view) =>
    format === 'json' ? renderDiffJson(difference) : renderDiffTable(difference, exit, view),
  );
  return written ? exit : 2;
}
