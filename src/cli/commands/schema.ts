import type { Context } from '../context.ts';
import { readSchema } from '../saved-report.ts';
import { parseChoice } from '../values.ts';

/** Prints a JSON Schema. */
export async function schema({ io, words }: Context): Promise<number> {
  const name = parseChoice('schema', words[0] ?? 'report', ['report', 'catalog']);
  await io.stdout.write(await readSchema(name));
  return 0;
}
