import { harmlessJson } from '../../report/json.ts';
import { historyOf } from '../../watch/history.ts';
import { historyTable } from '../../watch/history-text.ts';
import { wordsOf } from '../../words/load.ts';
import type { Context } from '../context.ts';
import { openOutputs } from '../deliver.ts';
import { machineOf, withStore } from '../store-door.ts';

/** Shows what was recorded: features day by day, targets look by look. */
export async function history({ io, words: what, options }: Context): Promise<number> {
  const outputs = await openOutputs(io, options);
  const found = await withStore(io, options.store, false, async (store) =>
    historyOf(store, await machineOf(store, options.machine), what, io.clock.wall()),
  );
  const written = await outputs.deliver((format, view) =>
    format === 'json' ? `${harmlessJson(found, 2)}\n` : historyTable(found, view, wordsOf(options.lang)),
  );
  return written ? 0 : 2;
}
