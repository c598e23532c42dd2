import { factLines } from '../../carry/show.ts';
import { machineKey } from '../../signed/machine-key.ts';
import { wordsOf } from '../../words/load.ts';
import { stateNeeded } from '../carry-files.ts';
import type { Context } from '../context.ts';
import { openOutputs } from '../deliver.ts';

/** Shows the key of this machine, and makes it where there is none. */
export async function carryKey({ io, options }: Context): Promise<number> {
  const state = stateNeeded(io, options);
  const outputs = await openOutputs(io, options);
  const { key, file, isNew } = await machineKey(state, io);
  const written = await outputs.deliver((format, { lang, width }) => {
    const words = wordsOf(lang);
    const { fingerprint } = key;
    if (format === 'json') return `${JSON.stringify({ fingerprint, key: key.key, file, isNew }, null, 2)}\n`;
    const rows = [
      ['fingerprint', fingerprint],
      ['key', key.key],
      ['file', isNew ? `${file} (${words.carry.keyMade})` : file],
    ] as const;
    return `${factLines(rows, words, width).join('\n')}\n`;
  });
  return written ? 0 : 2;
}
