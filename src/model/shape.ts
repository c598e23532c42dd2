/**
 * The door to the schema library (`import * as z from './shape.ts'`), and what shapes are made of besides. A shape is said
 * once: the type follows from it, and what is read from outside is validated by it, and `wayclear schema` prints it. Files
 * of this folder that hold shapes are imported for their types alone by all but what reads or prints.
 */

import type {
  output,
  ZodMiniExactOptional,
  ZodMiniNullable,
  ZodMiniNumber,
  ZodMiniNumberFormat,
  ZodMiniType,
} from 'zod/mini';
import {
  check,
  exactOptional,
  gte,
  int,
  lte,
  maxLength,
  nullable,
  regex,
  registry,
  ZodMiniArray,
  ZodMiniRecord,
  type ZodMiniString,
  ZodMiniUnion,
  number as zodNumber,
  string as zodString,
} from 'zod/mini';
import { $constructor, type $ZodCheck, type $ZodRegistry, type $ZodType, type ParsePayload } from 'zod/v4/core';
import { type Expected, mostFaults, type PlainExpected } from './faults.ts';

export type { ZodMiniObject, ZodMiniType } from 'zod/mini';
export {
  boolean,
  discriminatedUnion,
  enum,
  extend,
  gte,
  int,
  literal,
  lte,
  maxLength,
  minLength,
  nullable,
  object,
  partial,
  refine,
  regex,
  strictObject,
  toJSONSchema,
  tuple,
  union,
  unknown,
} from 'zod/mini';
// By name: of a namespace that is handed on whole, nothing would be left out of the program.
export type { $ZodRawIssue, $ZodType, ParsePayload } from 'zod/v4/core';

type Immutable<T> = unknown extends T ? T : { readonly [K in keyof T]: Immutable<T[K]> };

/** The type of what has a shape. */
export type Of<S extends $ZodType> = Immutable<output<S>>;

/** What the printed schemas say besides the shape: the names under `$defs`, descriptions, words of JSON Schema. */
export const notes: $ZodRegistry<Note> = registry();

interface Note {
  readonly id?: string;
  readonly description?: string;
  readonly [word: string]: unknown;
}

function register<S extends ZodMiniType>(shape: S, note: Note): S {
  notes.add(shape, note as Parameters<typeof notes.add>[1]);
  return shape;
}

/** A shape with a description. */
export function about<S extends ZodMiniType>(
  shape: S,
  description: string,
  words: Readonly<Record<string, unknown>> = {},
): S {
  return register(shape.clone() as S, { description, ...words });
}

/** A shape that the printed schema keeps under its own name. */
export function named<S extends ZodMiniType>(id: string, shape: S): S {
  return register(shape, { ...notes.get(shape), id });
}

/** Characters of a text that says nothing of its length, far above what any holds (a stapled answer in Base64, a list of proxies). */
const mostCharacters = 262_144;
const anyText = zodString().check(maxLength(mostCharacters));

/** What is expected, as the library takes it: of an object it would take the members for settings. */
export const told = (expected: PlainExpected | Expected) => ({ error: () => expected as never });

/** A text. */
export function string(name?: PlainExpected, most: number = mostCharacters): ZodMiniString {
  return name === undefined ? anyText : zodString(name).check(maxLength(most));
}

const anyNumber = zodNumber().check(gte(Number.MIN_SAFE_INTEGER), lte(Number.MAX_SAFE_INTEGER));

/** A number, no larger than those that are counted exactly. */
export const number = (): ZodMiniNumber => anyNumber;

/** Milliseconds that something took or may take: less than a year and a day. */
export const ms: ZodMiniNumber = zodNumber().check(gte(0), lte(31_622_400_000));

type Members = Iterable<readonly [string | number, unknown]>;

/** Faults of members, one after the other until there are enough of them: a list of any length costs no more. */
function checkMembers(
  payload: ParsePayload,
  members: Members,
  member: $ZodType,
  ctx: Parameters<$ZodType['_zod']['run']>[1],
): void {
  for (const [key, value] of members) {
    if (payload.issues.length >= mostFaults) return;
    const { issues } = member._zod.run({ value, issues: [] }, ctx) as ParsePayload;
    if (issues.length > 0)
      payload.issues.push(...issues.map((issue) => ({ ...issue, path: [key, ...(issue.path ?? [])] })));
  }
}

const initList: (list: ZodMiniArray, def: ZodMiniArray['_zod']['def']) => void = ZodMiniArray.init;
const List: $constructor<ZodMiniArray> = $constructor('List', (list, def) => {
  initList(list, def);
  list._zod.parse = (payload, ctx) => {
    if (Array.isArray(payload.value)) checkMembers(payload, payload.value.entries(), def.element, ctx);
    else payload.issues.push({ code: 'invalid_type', expected: 'array', input: payload.value, inst: list });
    return payload;
  };
});

const initDictionary: (dictionary: ZodMiniRecord, def: ZodMiniRecord['_zod']['def']) => void = ZodMiniRecord.init;
const Dictionary: $constructor<ZodMiniRecord> = $constructor('Dictionary', (dictionary, def) => {
  initDictionary(dictionary, def);
  dictionary._zod.parse = (payload, ctx) => {
    const { value } = payload;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      checkMembers(
        payload,
        Object.keys(value).map((key) => [key, key] as const),
        def.keyType,
        ctx,
      );
      checkMembers(payload, Object.entries(value), def.valueType, ctx);
    } else payload.issues.push({ code: 'invalid_type', expected: 'record', input: value, inst: dictionary });
    return payload;
  };
});

const initUnion: (union: ZodMiniUnion, def: ZodMiniUnion['_zod']['def']) => void = ZodMiniUnion.init;
const OneOrMany: $constructor<ZodMiniUnion> = $constructor('OneOrMany', (union, def) => {
  initUnion(union, def);
  const [one, many] = def.options as unknown as readonly [$ZodType, $ZodType];
  union._zod.parse = (payload, ctx) => (Array.isArray(payload.value) ? many : one)._zod.run(payload, ctx);
});

/** One value, or a list of so many at most, whose entries are told each at its place. */
export function oneOrMany<S extends ZodMiniType>(one: S, most: number): ZodMiniUnion<readonly [S, ZodMiniArray<S>]> {
  const options = [one, list(one).check(maxLength(most))];
  return new OneOrMany({ type: 'union', options }) as ZodMiniUnion<readonly [S, ZodMiniArray<S>]>;
}

/** A list, told as what `name` says where it is none. */
export function list<S extends ZodMiniType>(element: S, name: PlainExpected = 'list'): ZodMiniArray<S> {
  return new List({ type: 'array', element, error: () => name }) as ZodMiniArray<S>;
}

/** An object with a member of one shape under each key. */
export function dictionary<S extends ZodMiniType>(value: S): ZodMiniRecord<ZodMiniString, S> {
  return new Dictionary({ type: 'record', keyType: string(), valueType: value }) as ZodMiniRecord<ZodMiniString, S>;
}

/** A member that may be left out. */
export const optional: typeof exactOptional = exactOptional;

/** A member that may be left out or null, which mean the same. */
export function orNull<S extends ZodMiniType>(shape: S): ZodMiniExactOptional<ZodMiniNullable<S>> {
  return exactOptional(nullable(shape));
}

/** A text of a form. The pattern has to take linear time. */
export function like(pattern: RegExp, name: PlainExpected | Expected): ZodMiniString {
  return zodString(told(name)).check(regex(pattern, { ...told(name), abort: true }));
}

/** A text that is more than space, of so many characters at most. */
export function text(most: number, name: PlainExpected = 'text'): ZodMiniString {
  return like(/\S/, name).check(maxLength(most));
}

/** A whole number between bounds. */
export function whole(least: number, most: number, name: PlainExpected | Expected): ZodMiniNumberFormat {
  return int(told(name)).check(gte(least, told(name)), lte(most, told(name)));
}

/** A fault of a value as a whole, at a path below it. */
interface PartFault {
  readonly path: readonly (string | number)[];
  /** Of `unique`, `other` is the position of the first. */
  readonly expected: Expected;
  readonly value: unknown;
}

/** A check of a value whose parts have their shapes. */
export function faults<T>(find: (value: T) => Iterable<PartFault>): $ZodCheck<T> {
  return check(({ value, issues }) => {
    for (const { path, expected, value: input } of find(value)) {
      if (issues.length >= mostFaults) return;
      issues.push({ code: 'custom', path: [...path], input, params: { expected } });
    }
  });
}

/** A check that says yes or no. */
export function holds<T>(test: (value: T) => boolean, name: PlainExpected | Expected): $ZodCheck<T> {
  const expected = typeof name === 'string' ? { is: name } : name;
  return faults((value: T) => (test(value) ? [] : [{ path: [], expected, value }]));
}

/** Entries that tell where a key of theirs occurred before. */
function* repeated<T>(entries: readonly T[], keyOf: (entry: T) => unknown): Iterable<readonly [number, number]> {
  const first = new Map<unknown, number>();
  for (const [index, entry] of entries.entries()) {
    const before = first.get(keyOf(entry));
    if (before === undefined) first.set(keyOf(entry), index);
    else yield [index, before];
  }
}

/** Each entry of a list once. */
export function once<T extends string | number>(name: PlainExpected): $ZodCheck<T[]> {
  return faults(function* (entries: T[]) {
    for (const [index] of repeated(entries, (entry) => entry))
      yield { path: [index], expected: { is: name }, value: entries[index] };
  });
}

/** Each entry of a list has another value under a key. */
export function unique<K extends string, T extends Readonly<Record<K, unknown>>>(key: K): $ZodCheck<T[]> {
  return faults(function* (entries: T[]) {
    for (const [index, before] of repeated(entries, (entry) => entry[key]))
      yield {
        path: [index, key],
        expected: { is: 'unique', key, other: String(before) },
        value: entries[index]?.[key],
      };
  });
}

/** 0 where nothing names one. */
export const port = int().check(gte(0), lte(65_535));
