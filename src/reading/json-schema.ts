import * as z from '../model/shape.ts';

/** What a printed schema says of a kind of file. */
export interface PrintedShape {
  /** Part of its `$id`. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly shape: z.ZodMiniType;
  /** Shapes under `$defs` that the first doesn't refer to, by name. */
  readonly besides?: Readonly<Record<string, z.ZodMiniType>>;
}

type Schema = Readonly<Record<string, unknown>>;

/** JSON Schema 2020-12 of what a reader takes, as text. It says no less than the shape but for what only a program can tell. */
export function jsonSchema({ name, title, description, shape, besides = {} }: PrintedShape): string {
  const { $schema, $defs, ...whole } = schemaOf(shape);
  const others = Object.entries(besides).map(([key, other]): [string, Schema] => {
    const { $schema: _, $defs: defs, ...rest } = schemaOf(other);
    return [key, { defs, rest }];
  });
  const all = {
    ...Object.assign({}, $defs, ...others.map(([, { defs }]) => defs as Schema)),
    ...Object.fromEntries(others.map(([key, { rest }]) => [key, rest])),
  };
  const defs = Object.keys(all).length === 0 ? {} : { $defs: all };
  const schema = { $schema, $id: `urn:wayclear:${name}:1`, title, description, ...whole, ...defs };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

const schemaOf = (shape: z.ZodMiniType): Schema =>
  oneTypeEach(z.toJSONSchema(shape, { metadata: z.notes, io: 'input' })) as Schema;

/** A schema with one `type` a place, as strict validators want it, where the library writes several. */
function oneTypeEach(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(oneTypeEach);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { type, description, ...rest } = Object.fromEntries(
    Object.entries(schema).map(([key, below]) => [key, oneTypeEach(below)]),
  );
  const said = description === undefined ? {} : { description };
  if (!Array.isArray(type)) return { ...(type === undefined ? {} : { type }), ...rest, ...said };
  return {
    ...said,
    anyOf: type.map((kind: unknown) => (kind === 'null' ? { type: kind } : { type: kind, ...rest })),
  };
}
