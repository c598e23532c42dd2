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

/** Where a value stands: what is said of it there, and how it is reached. */
interface Place {
  readonly schema: Schema;
  readonly root: Schema;
  readonly pointer: string;
  /** Steps from the top. */
  readonly depth: number;
}

/** What one word of a schema says of a value. */
type Word = (rule: unknown, value: unknown, place: Place) => Mismatch | null;

const bad = ({ pointer }: Place, expected: string): Mismatch => ({ pointer, expected });

/** The mismatch of what is under a key, by the schema for it. */
function below(
  value: unknown,
  schema: unknown,
  key: string | number,
  { root, pointer, depth }: Place,
): Mismatch | null {
  const step = typeof key === 'number' ? key : key.replaceAll('~', '~0').replaceAll('/', '~1');
  return mismatchAt(value, { schema: schema as Schema, root, pointer: `${pointer}/${step}`, depth: depth + 1 });
}

/** A word about the values of one kind: all others it lets pass. */
const of =
  <T>(isKind: (value: unknown) => value is T, word: (rule: unknown, value: T, place: Place) => Mismatch | null): Word =>
  (rule, value, place) =>
    isKind(value) ? word(rule, value, place) : null;

const aside: Word = () => null;

/** The words that the report's own schema uses. */
const words: ReadonlyMap<string, Word> = new Map<string, Word>([
  ['$schema', aside],
  ['$defs', aside],
  ['title', aside],
  ['description', aside],
  [
    '$ref',
    (rule, value, place) => {
      const name = String(rule).replace('#/$defs/', '');
      return mismatchAt(value, { ...place, schema: (place.root['$defs'] as Record<string, Schema>)[name] as Schema });
    },
  ],
  [
    'type',
    (rule, value, place) => {
      const types = [rule].flat() as readonly string[];
      return types.some((type) => isOfType(value, type)) ? null : bad(place, types.join(' or '));
    },
  ],
  ['const', (rule, value, place) => (value === rule ? null : bad(place, JSON.stringify(rule)))],
  [
    'enum',
    (rule, value, place) =>
      (rule as readonly unknown[]).includes(value) ? null : bad(place, `one of ${harmless(JSON.stringify(rule), 200)}`),
  ],
  [
    'anyOf',
    (rule, value, place) => {
      const all = (rule as readonly Schema[]).map((schema) => mismatchAt(value, { ...place, schema }));
      // The branch that went deepest is the one that was meant.
      return all.includes(null) ? null : (deepestOf(all) ?? bad(place, 'another shape'));
    },
  ],
  [
    'required',
    of(isObject, (rule, value, { pointer }) => {
      const missing = (rule as readonly string[]).find((key) => !Object.hasOwn(value, key));
      return missing === undefined ? null : { pointer: `${pointer}/${missing}`, expected: 'a value' };
    }),
  ],
  [
    'properties',
    of(isObject, (rule, value, place) => {
      for (const [key, schema] of Object.entries(rule as Record<string, unknown>)) {
        const mismatch = Object.hasOwn(value, key) ? below(value[key], schema, key, place) : null;
        if (mismatch !== null) return mismatch;
      }
      return null;
    }),
  ],
  [
    'additionalProperties',
    of(isObject, (rule, value, place) => {
      const named = (place.schema['properties'] ?? {}) as object;
      for (const key of Object.keys(value)) {
        if (Object.hasOwn(named, key)) continue;
        const mismatch = rule === false ? bad(place, `no "${harmless(key, 60)}"`) : below(value[key], rule, key, place);
        if (mismatch !== null) return mismatch;
      }
      return null;
    }),
  ],
  [
    'items',
    of(Array.isArray, (rule, value: readonly unknown[], place) => {
      for (const [index, item] of value.entries()) {
        const mismatch = below(item, rule, index, place);
        if (mismatch !== null) return mismatch;
      }
      return null;
    }),
  ],
  ['minItems', of(Array.isArray, (rule, { length }, place) => atLeast(length, rule, place, ' items'))],
  ['maxItems', of(Array.isArray, (rule, { length }, place) => atMost(length, rule, place, ' items'))],
  ['minimum', of(isNumber, (rule, value, place) => atLeast(value, rule, place))],
  ['maximum', of(isNumber, (rule, value, place) => atMost(value, rule, place))],
  [
    'format',
    (rule, value, place) => {
      if (rule !== 'linear-pattern')
        throw new TypeError(`the schema uses the format "${String(rule)}", which is not known here`);
      return typeof value !== 'string' || linearPattern(value) !== null
        ? null
        : bad(place, 'a pattern of the known dialect');
    },
  ],
  [
    'pattern',
    (rule, value, place) =>
      typeof value !== 'string' || new RegExp(String(rule), 'u').test(value) ? null : bad(place, `a text like ${rule}`),
  ],
]);

function atLeast(value: number, rule: unknown, place: Place, what = ''): Mismatch | null {
  return value >= Number(rule) ? null : bad(place, `${rule}${what} or more`);
}

function atMost(value: number, rule: unknown, place: Place, what = ''): Mismatch | null {
  return value <= Number(rule) ? null : bad(place, `${rule}${what} or less`);
}

/**
 * The first place where `value` breaks `schema`, or null. Knows the words that the report's own schema
 * uses (type, const, enum, properties, required, additionalProperties, items, minItems, maxItems,
 * minimum, maximum, pattern, format, anyOf, $ref into $defs), of the formats `linear-pattern` alone; an unknown one throws, so that none is overlooked.
 */
export function firstMismatch(value: unknown, schema: Schema, root: Schema = schema): Mismatch | null {
  return mismatchAt(value, { schema, root, pointer: '', depth: 1 });
}

function mismatchAt(value: unknown, place: Place): Mismatch | null {
  // A schema that refers to itself ends with the value; this ends a value that was nested to overflow the stack.
  if (place.depth > deepest) return { pointer: place.pointer.slice(0, 80), expected: 'less nesting' };
  for (const name of Object.keys(place.schema)) {
    const word = words.get(name);
    if (word === undefined) throw new TypeError(`the schema uses "${name}", which is not known here`);
    const mismatch = word(place.schema[name], value, place);
    if (mismatch !== null) return mismatch;
  }
  return null;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
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
    (best, mismatch) => (best === null || (mismatch?.pointer.length ?? 0) > best.pointer.length ? mismatch : best),
    null,
  );
}
