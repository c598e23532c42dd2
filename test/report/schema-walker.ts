/**
 * As much of JSON Schema draft 2020-12 as endpoints/schema.json uses; any other keyword is an error, so
 * that the schema cannot come to say what this test does not read. Answers JSON pointers of what is wrong.
 */
export function schemaProblems(root: unknown, value: unknown): readonly string[] {
  return walk(root as Schema, root as Schema, value, '');
}

type Schema = Readonly<Record<string, unknown>>;

const known = new Set([
  ...['$schema', '$defs', '$ref', 'title', 'description', 'type', 'required', 'additionalProperties', 'properties'],
  ...['const', 'enum', 'not', 'anyOf', 'pattern', 'minLength', 'maxLength', 'minimum', 'maximum'],
  ...['minItems', 'maxItems', 'uniqueItems', 'items'],
]);

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

function walk(root: Schema, schema: Schema, value: unknown, at: string): readonly string[] {
  for (const keyword of Object.keys(schema)) if (!known.has(keyword)) throw new Error(`unread keyword ${keyword}`);
  const problems: string[] = [];
  const must = (fine: boolean): void => {
    if (!fine) problems.push(at === '' ? '/' : at);
  };
  const follow = (next: unknown, below: unknown, where: string): void => {
    problems.push(...walk(root, next as Schema, below, where));
  };
  if (typeof schema['$ref'] === 'string') {
    const name = schema['$ref'].replace('#/$defs/', '');
    follow((root['$defs'] as Schema)[name], value, at);
  }
  const types = [schema['type'] ?? []].flat();
  if (types.length > 0) must(types.includes(typeOf(value)) || (types.includes('number') && typeof value === 'number'));
  if ('const' in schema) must(value === schema['const']);
  if (Array.isArray(schema['enum'])) must(schema['enum'].includes(value));
  if (schema['not'] !== undefined) must(walk(root, schema['not'] as Schema, value, at).length > 0);
  if (Array.isArray(schema['anyOf'])) {
    must(schema['anyOf'].some((option) => walk(root, option as Schema, value, at).length === 0));
  }
  if (typeof value === 'string') {
    if (typeof schema['pattern'] === 'string') must(new RegExp(schema['pattern'], 'u').test(value));
    must(value.length >= Number(schema['minLength'] ?? 0) && value.length <= Number(schema['maxLength'] ?? Infinity));
  } else if (typeof value === 'number') {
    must(value >= Number(schema['minimum'] ?? -Infinity) && value <= Number(schema['maximum'] ?? Infinity));
  } else if (Array.isArray(value)) {
    must(value.length >= Number(schema['minItems'] ?? 0) && value.length <= Number(schema['maxItems'] ?? Infinity));
    if (schema['uniqueItems'] === true) must(new Set(value).size === value.length);
    if (schema['items'] !== undefined)
      value.forEach((entry, index) => {
        follow(schema['items'], entry, `${at}/${index}`);
      });
  } else if (typeof value === 'object' && value !== null) {
    const properties = (schema['properties'] ?? {}) as Schema;
    for (const name of (schema['required'] ?? []) as readonly string[]) must(Object.hasOwn(value, name));
    for (const [name, below] of Object.entries(value)) {
      if (Object.hasOwn(properties, name)) follow(properties[name], below, `${at}/${name}`);
      else if (schema['additionalProperties'] === false) problems.push(`${at}/${name}`);
    }
  }
  return problems;
}
