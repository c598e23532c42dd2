import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { printedSchema, type SchemaName } from '../../src/cli/commands/printed-schemas.ts';
import { schemaNames } from '../../src/cli/usage.ts';

const printed = (name: SchemaName): Record<string, unknown> =>
  JSON.parse(printedSchema(name)) as Record<string, unknown>;

/** Places whose texts may be of any length, or whose numbers of any size. */
function unbounded(schema: unknown, place = ''): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { type, ...said } = schema as Readonly<Record<string, unknown>>;
  const isOpen =
    (type === 'string' && !('maxLength' in said || 'pattern' in said || 'enum' in said || 'const' in said)) ||
    ((type === 'number' || type === 'integer') &&
      !(('minimum' in said && 'maximum' in said) || 'enum' in said || 'const' in said));
  const below = Object.entries(schema).flatMap(([key, part]) => unbounded(part, `${place}/${key}`));
  return isOpen ? [place, ...below] : below;
}

describe('the printed schemas', () => {
  it.each(schemaNames)('of %s bound every text and every number', (name) => {
    expect(unbounded(printed(name))).toEqual([]);
  });

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
