import { wordsOf } from '../../words/load.ts';
import type { Context } from '../context.ts';
import { schemaNames } from '../usage.ts';
import { parseChoice } from '../values.ts';

/** Prints a JSON Schema. What makes them is a file of its own after the build: no other command needs it. */
export async function schema({ io, words, options }: Context): Promise<number> {
  const { printedSchema } = await import('./printed-schemas.js');
  const name = parseChoice('schema', words[0] ?? 'report', schemaNames);
  await io.stdout.write(printedSchema(name, wordsOf(options.lang).help));
  return 0;
}
