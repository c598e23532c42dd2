import { Ajv2020 } from 'ajv/dist/2020.js';
import { printedSchema, type SchemaName } from '../../src/cli/commands/printed-schemas.ts';

/** JSON pointers of what a validator of JSON Schema in strict mode finds wrong by a schema that the program prints. */
export type Validate = (value: unknown) => readonly string[];

/** `definition`: a name under `$defs`, in place of the whole. */
export function validatorOf(name: SchemaName, definition: string | null = null): Validate {
  const schema = JSON.parse(printedSchema(name)) as { readonly $id: string };
  const ajv = new Ajv2020({ strict: true }).addSchema(schema);
  const validate = ajv.compile({ $ref: `${schema.$id}${definition === null ? '' : `#/$defs/${definition}`}` });
  return (value) => (validate(value) ? [] : (validate.errors ?? []).map(({ instancePath }) => instancePath));
}
