/**
 * The door to the schema library (`import * as z from './shape.ts'`), and what shapes are made of besides. A shape is said
 * once: the type follows from it, and what is read from outside is validated by it, and `wayclear schema` prints it. Files
 * of this folder that hold shapes are imported for their types alone by all but what reads or prints.
 */
import * as z from 'zod/mini';
import { mostFaults, type PlainExpectation } from './faults.ts';

export * from 'zod/mini';

type Immutable<T> = unknown extends T ? T : { readonly [K in keyof T]: Immutable<T[K]> };

/** The type of what has a shape. */
export type Of<S extends z.core.$ZodType> = Immutable<z.output<S>>;

/** What the printed schemas say besides the shape: the names under `$defs`, descriptions, words of JSON Schema. */
export const notes: z.core.$ZodRegistry<Note> = z.registry();

interface Note {
  readonly id?: string;
  readonly description?: string;
  readonly [word: string]: unknown;
}

function register<S extends z.ZodMiniType>(shape: S, note: Note): S {
  notes.add(shape, note as Parameters<typeof notes.add>[1]);
  return shape;
}

/** A shape with a description. */
export function about<S extends z.ZodMiniType>(
  shape: S,
  description: string,
  words: Readonly<Record<string, unknown>> = {},
): S {
  return register(shape.clone() as S, { description, ...words });
}

/** A shape that the printed schema keeps under its own name. */
export function named<S extends z.ZodMiniType>(id: string, shape: S, description?: string): S {
  return register(shape, description === undefined ? { id } : { id, description });
}

type Members = Iterable<readonly [string | number, unknown]>;

/** Faults of members, one after the other until there are enough of them: a list of any length costs no more. */
function checkMembers(
  payload: z.core.ParsePayload,
  members: Members,
  member: z.core.$ZodType,
  ctx: z.core.ParseContextInternal,
): void {
  for (const [key, value] of members) {
    if (payload.issues.length >= mostFaults) return;
    const { issues } = member._zod.run({ value, issues: [] }, ctx) as z.core.ParsePayload;
    if (issues.length > 0) payload.issues.push(...z.core.util.prefixIssues(key, issues));
  }
}

const initList: (list: z.ZodMiniArray, def: z.ZodMiniArray['_zod']['def']) => void = z.ZodMiniArray.init;
const List: z.core.$constructor<z.ZodMiniArray> = z.core.$constructor('List', (list, def) => {
  initList(list, def);
  list._zod.parse = (payload, ctx) => {
    if (Array.isArray(payload.value)) checkMembers(payload, payload.value.entries(), def.element, ctx);
    else payload.issues.push({ code: 'invalid_type', expected: 'array', input: payload.value, inst: list });
    return payload;
  };
});

const initDictionary: (dictionary: z.ZodMiniRecord, def: z.ZodMiniRecord['_zod']['def']) => void = z.ZodMiniRecord.init;
const Dictionary: z.core.$constructor<z.ZodMiniRecord> = z.core.$constructor('Dictionary', (dictionary, def) => {
  initDictionary(dictionary, def);
  dictionary._zod.parse = (payload, ctx) => {
    const { value } = payload;
    if (z.core.util.isPlainObject(value)) checkMembers(payload, Object.entries(value), def.valueType, ctx);
    else payload.issues.push({ code: 'invalid_type', expected: 'record', input: value, inst: dictionary });
    return payload;
  };
});

/** A list, told as what `name` says where it is none. */
export function list<S extends z.ZodMiniType>(element: S, name: PlainExpectation = 'list'): z.ZodMiniArray<S> {
  return new List({ type: 'array', element, error: () => name }) as z.ZodMiniArray<S>;
}

/** An object with a member of one shape under each key. */
export function dictionary<S extends z.ZodMiniType>(value: S): z.ZodMiniRecord<z.ZodMiniString, S> {
  return new Dictionary({ type: 'record', keyType: z.string(), valueType: value }) as z.ZodMiniRecord<
    z.ZodMiniString,
    S
  >;
}

/** A member that may be left out. */
export const optional: typeof z.exactOptional = z.exactOptional;

/** A member that may be left out or null, which mean the same. */
export function orNull<S extends z.ZodMiniType>(shape: S): z.ZodMiniExactOptional<z.ZodMiniNullable<S>> {
  return z.exactOptional(z.nullable(shape));
}

/** A text of a form. The pattern has to take linear time. */
export function like(pattern: RegExp, name: PlainExpectation): z.ZodMiniString {
  return z.string(name).check(z.regex(pattern, name));
}

/** A text that is more than space, of so many characters at most. */
export function text(most: number, name: PlainExpectation = 'text'): z.ZodMiniString {
  return like(/\S/, name).check(z.maxLength(most));
}

/** A whole number between bounds. */
export function whole(least: number, most: number, name: PlainExpectation): z.ZodMiniNumberFormat {
  return z.int(name).check(z.gte(least, name), z.lte(most, name));
}
