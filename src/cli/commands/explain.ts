import { harmless } from '../../harmless.ts';
import type { CauseId } from '../../model/causes.ts';
import { causeIds, renderCause, renderCausesJson, renderCauseTable } from '../../report/explain-text.ts';
import { suggest } from '../../suggest.ts';
import { UsageError } from '../../usage-error.ts';
import type { Context } from '../context.ts';
import { openOutputs } from '../deliver.ts';

/** Explains one cause, or shows the table of all. */
export async function explain({ io, words, options }: Context): Promise<number> {
  const [word] = words;
  const cause = word === undefined ? null : findCause(word);
  const outputs = await openOutputs(io, options);
  const written = await outputs.deliver((format, view) => {
    if (format === 'json') return renderCausesJson(cause, view);
    return cause === null ? renderCauseTable(view) : renderCause(cause, view);
  });
  return written ? 0 : 2;
}

/** The cause of that id; a UsageError with a suggestion if there is none. */
function findCause(text: string): CauseId {
  const cause = causeIds.find((id) => id === text);
  if (cause !== undefined) return cause;
  const near =
    suggest(text, causeIds) ??
    causeIds.find((id) => id.split('.')[1] === text) ??
    causeIds.find((id) => text.length > 6 && id.startsWith(text.slice(0, Math.ceil(text.length * 0.7)))) ??
    null;
  throw new UsageError(
    `explain: unknown cause "${harmless(text, 80)}"${near === null ? '' : `; did you mean ${near}?`}`,
    'wayclear explain shows all of them.',
  );
}
