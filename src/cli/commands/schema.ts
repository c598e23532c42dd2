import { jsonSchema } from '../../reading/json-schema.ts';
import { configFile } from '../config-file.ts';
import type { Context } from '../context.ts';
import { readSchema } from '../saved-report.ts';
import { parseChoice } from '../values.ts';

/** Prints a JSON Schema. */
export async function schema({ io, words }: Context): Promise<number> {
  const name = parseChoice('schema', words[0] ?? 'report', ['report', 'catalog', ...schemaNames]);
  await io.stdout.write(name === 'config' ? printedSchema(name) : await readSchema(name));
  return 0;
}

export const schemaNames = ['config'] as const;
export type SchemaName = (typeof schemaNames)[number];

/** The JSON Schema of a kind of file. */
export function printedSchema(name: SchemaName): string {
  return jsonSchema({ name, ...files[name] });
}

const files = {
  config: {
    title: 'wayclear configuration file',
    description: 'Options of the command line under their names: wayclear.config.json, or what --config names.',
    shape: configFile,
  },
};
