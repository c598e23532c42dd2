import { loadCatalog } from '../../catalog/load.ts';
import { causeIds } from '../../report/explain-text.ts';
import { wordsOf } from '../../words/load.ts';
import { completionScript } from '../completion.ts';
import type { Context } from '../context.ts';
import { shells } from '../usage.ts';
import { parseChoice } from '../values.ts';

/** Prints what a shell needs to complete the command line. */
export async function completion({ io, words, options }: Context): Promise<number> {
  const shell = parseChoice('completion', words[0] ?? '', shells);
  const { features } = await loadCatalog([], { bundled: true, signal: io.ending.work });
  const names = features.map(({ feature }) => feature);
  await io.stdout.write(completionScript(shell, { features: names, causes: causeIds }, wordsOf(options.lang).help));
  return 0;
}
