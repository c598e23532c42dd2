import { harmless } from '../harmless.ts';
import { linearPattern } from '../linear-pattern.ts';
import { causes } from '../model/causes.ts';

/** Where a value breaks its schema: a JSON pointer and what was expected there. */
export interface Mismatch {
  readonly pointer: string;
  readonly expected: string;
}

type Schema = Readonly<Record<string, unknown>>;

/** The schema of the report, from the text of its file. The ids of the causes are put in here: their own table lists them. */
export function reportSchema(text: string): Schema {
  const schema = JSON.parse(text) as Schema & { readonly $defs: Readonly<Record<string, Schema>> };
  const { $defs } = schema;
  return { ...schema, $defs: { ...$defs, cause: { ...$defs['cause'], enum: Object.keys(causes) } } };
}

const deepest = 64;

/**
 * The first place where `value` breaks `schema`, or null. Knows the words that the report's own schema
 * uses (type, const, enum, properties, required, additionalProperties, items, minItems, maxItems,
 * minimum, maximum, pattern, format, anyOf, $ref into $defs), of the formats `linear-pattern` alone; an unknown one throws, so that none is overlooked.
 */
export function firstMismatch(value: unknown, schema: Schema, root: Schema = schema, pointer = ''): Mismatch | null {
  // A schema that refers to itself ends with the value; this ends a value that was nested to overflow the stack.
  if (pointer.split('/').length > deepest) return { pointer: pointer.slice(0, 80), expected: 'less nesting' };
  for (const [word, rule] of Object.entries(schema)) {
    const mismatch = check(word, rule, value, schema, root, pointer);
    if (mismatch !== null) return mismatch;
  }
  return null;
}

function check(
  word: string,
  rule: unknown,
  value: unknown,
  schema: Schema,
  root: Schema,
  pointer: string,
): Mismatch | null {
  const bad = (expected: string): Mismatch => ({ pointer, expected });
  const inner = (one: unknown, under: unknown, key: string | number): Mismatch | null =>
    firstMismatch(one, under as Schema, root, `${pointer}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`);
  switch (word) {
    case '$schema':
    case '$defs':
    case 'title':
    case 'description':
      return null;
    case '$ref': {
      const name = String(rule).replace('#/$defs/', '');
      return firstMismatch(value, (root['$defs'] as Record<string, Schema>)[name] as Schema, root, pointer);
    }
    case 'type': {
      const types = [rule].flat() as readonly string[];
      return types.some((type) => isOfType(value, type)) ? null : bad(types.join(' or '));
    }
    case 'const':
      return value === rule ? null : bad(JSON.stringify(rule));
    case 'enum':
      return (rule as readonly unknown[]).includes(value) ? null : bad(`one of ${harmless(JSON.stringify(rule), 200)}`);
    case 'anyOf': {
      const all = (rule as readonly Schema[]).map((one) => firstMismatch(value, one, root, pointer));
      // The branch that went deepest is the one that was meant.
      return all.includes(null) ? null : (deepestOf(all) ?? bad('another shape'));
    }
    case 'required':
      if (!isObject(value)) return null;
      for (const key of rule as readonly string[]) {
        if (!Object.hasOwn(value, key)) return { pointer: `${pointer}/${key}`, expected: 'a value' };
      }
      return null;
    case 'properties':
      if (!isObject(value)) return null;
      for (const [key, under] of Object.entries(rule as Record<string, unknown>)) {
        const mismatch = Object.hasOwn(value, key) ? inner(value[key], under, key) : null;
        if (mismatch !== null) return mismatch;
      }
      return null;
    case 'additionalProperties': {
      if (!isObject(value)) return null;
      const named = Object.keys((schema['properties'] ?? {}) as object);
      for (const key of Object.keys(value)) {
        if (named.includes(key)) continue;
        const mismatch = rule === false ? bad(`no "${harmless(key, 60)}"`) : inner(value[key], rule, key);
        if (mismatch !== null) return mismatch;
      }
      return null;
    }
    case 'items':
      if (!Array.isArray(value)) return null;
      for (const [index, one] of value.entries()) {
        const mismatch = inner(one, rule, index);
        if (mismatch !== null) return mismatch;
      }
      return null;
    case 'minItems':
      return !Array.isArray(value) || value.length >= Number(rule) ? null : bad(`${rule} items or more`);
    case 'maxItems':
      return !Array.isArray(value) || value.length <= Number(rule) ? null : bad(`${rule} items or less`);
    case 'minimum':
      return typeof value !== 'number' || value >= Number(rule) ? null : bad(`${rule} or more`);
    case 'maximum':
      return typeof value !== 'number' || value <= Number(rule) ? null : bad(`${rule} or less`);
    case 'format':
      if (rule !== 'linear-pattern')
        throw new TypeError(`the schema uses the format "${String(rule)}", which is not known here`);
      return typeof value !== 'string' || linearPattern(value) !== null ? null : bad('a pattern of the known dialect');
    case 'pattern':
      return typeof value !== 'string' || new RegExp(String(rule), 'u').test(value) ? null : bad(`a text like ${rule}`);
    default:
      throw new TypeError(`the schema uses "${word}", which is not known here`);
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isOfType(value: unknown, type: string): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isObject(value);
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}

function deepestOf(all: readonly (Mismatch | null)[]): Mismatch | null {
  return all.reduce(
    (best, one) => (best === null || (one?.pointer.length ?? 0) > best.pointer.length ? one : best),
    null,
  );
}
