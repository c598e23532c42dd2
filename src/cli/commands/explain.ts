import { findCause, renderCause, renderCausesJson, renderCauseTable } from '../../report/explain-text.ts';
import type { Context } from '../context.ts';
import { openOutputs } from '../deliver.ts';

/** Explains one cause, or shows the table of all. */
export async function explain({ io, words, options }: Context): Promise<number> {
  const [word] = words;
  const cause = word === undefined ? null : findCause(word);
  const outputs = openOutputs(io, options);
  const written = await outputs.deliver((format, view) => {
    if (format === 'json') return renderCausesJson(cause, view);
    return cause === null ? renderCauseTable(view) : renderCause(cause, view);
  });
  return written ? 0 : 2;
}
