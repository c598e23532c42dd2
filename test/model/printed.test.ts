import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { printedSchema, type SchemaName, schemaNames } from '../../src/cli/commands/printed-schemas.ts';

const printed = (name: SchemaName): Record<string, unknown> =>
  JSON.parse(printedSchema(name)) as Record<string, unknown>;

describe('the printed schemas', () => {
  it.each(schemaNames)('of %s is taken by a strict validator', (name) => {
    const schema = printed(name);
    expect(new Ajv2020({ strict: true }).compile(schema)).toBeTypeOf('function');
    expect(schema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: `urn:wayclear:${name}:1`,
      title: expect.any(String),
      description: expect.any(String),
    });
  });
});
