import { entryOf } from '../entry.ts';
import { harmless } from '../harmless.ts';
import { type Expected, type Fault, type Got, mostFaults, type PlainExpected } from '../model/faults.ts';
import type * as z from '../model/shape.ts';
import { suggest } from '../suggest.ts';

/** JSON pointer (RFC 6901). */
export function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** Where `value` breaks `shape`: the first faults, those of keys before those of values. */
export function faultsOf(shape: z.ZodMiniType, value: unknown): readonly Fault[] {
  const { issues } = shape._zod.run({ value, issues: [] }, { async: false }) as z.ParsePayload;
  const isOfKeys = ({ code }: z.$ZodRawIssue): boolean => code === 'unrecognized_keys';
  return [...issues.filter(isOfKeys), ...issues.filter((issue) => !isOfKeys(issue))]
    .flatMap((issue) => faultsOfIssue(issue))
    .filter(({ pointer }, index, all) => all.findIndex((fault) => fault.pointer === pointer) === index)
    .slice(0, mostFaults);
}

/** A fault at a place of a value that has its shape, found by what the value means. */
export function faultAt(path: readonly PropertyKey[], expected: Expected | PlainExpected, value: unknown): Fault {
  return {
    pointer: pointerOf(path),
    expected: typeof expected === 'string' ? { is: expected } : expected,
    got: gotOf(value),
  };
}

const withoutAccount = (text: string): string => text.replace(/:\/\/[^/?#]*@/, '://…@');

/** What stands there, of which no account of a URL is shown. */
export function gotOf(value: unknown): Got {
  if (value === undefined) return { is: 'nothing' };
  if (Array.isArray(value)) return { is: value.length === 0 ? 'emptyList' : 'list' };
  if (typeof value === 'object' && value !== null) return { is: 'object' };
  // JSON has no word for a number that is too large for JavaScript, and reads one all the same.
  const json = typeof value === 'number' ? String(value) : JSON.stringify(value);
  return { is: 'value', json: harmless(withoutAccount(json), 80) };
}

function faultsOfIssue(issue: z.$ZodRawIssue): readonly Fault[] {
  const path = issue.path ?? [];
  if (issue.code === 'unrecognized_keys') {
    const { keys, any } = membersOf(issue.inst);
    const all = Object.keys(shapeOf(issue.inst) ?? {});
    return issue.keys.slice(0, mostFaults).map((key) => {
      const near = suggest(key, all);
      return faultAt(
        [...path, key],
        { is: 'memberOf', keys, any, key: harmless(withoutAccount(key), 80), near },
        undefined,
      );
    });
  }
  const { discriminator, options = [] } = issue as {
    readonly discriminator?: string;
    readonly options?: readonly unknown[];
  };
  if (discriminator !== undefined) {
    const value = (issue.input as Readonly<Record<string, unknown>>)[discriminator];
    return [faultAt(path, choiceOf(options, value), value)];
  }
  const expected = expectationOf(issue);
  const isLong = expected.is === 'most' && typeof issue.input !== 'number';
  return [faultAt(path, expected, isLong ? (issue.input as string | readonly unknown[]).length : issue.input)];
}

function choiceOf(values: readonly unknown[], value: unknown): Expected {
  const near =
    typeof value === 'string'
      ? suggest(
          value,
          values.filter((text) => typeof text === 'string'),
        )
      : null;
  return { is: 'choice', of: values.map((choice) => JSON.stringify(choice)), near };
}

/** The name that the shape gives, or what follows from its kind. */
function expectationOf(issue: z.$ZodRawIssue): Expected {
  const { params } = issue as { readonly params?: { readonly expected?: Expected } };
  const given = params?.expected;
  if (given?.is === 'unique') return { ...given, other: pointerOf([...(issue.path ?? []).slice(0, -2), given.other]) };
  if (given !== undefined) return given;
  const name = nameOf(issue);
  if (name !== null) return name;
  switch (issue.code) {
    case 'invalid_value':
      return choiceOf(issue.values, issue.input);
    case 'too_big':
    case 'too_small': {
      const of = issue.origin === 'string' ? 'text' : issue.origin === 'array' ? 'list' : 'number';
      return issue.code === 'too_big'
        ? { is: 'most', of, count: Number(issue.maximum) }
        : { is: 'least', of, count: Number(issue.minimum) };
    }
    case 'invalid_type': {
      if (issue.expected === 'object' && shapeOf(issue.inst) !== null)
        return { is: 'object', ...membersOf(issue.inst) };
      return { is: entryOf(kinds, issue.expected) ?? 'other' };
    }
    default:
      return { is: 'other' };
  }
}

const kinds: Readonly<Partial<Record<string, PlainExpected>>> = {
  ...{ string: 'text', number: 'number', int: 'wholeNumber', boolean: 'boolean', null: 'null' },
  ...{ array: 'list', tuple: 'list', object: 'anyObject', record: 'anyObject' },
};

/** The name that the shape or the check gave as its error. */
function nameOf(issue: z.$ZodRawIssue): Expected | null {
  const maker = issue.inst as
    | { readonly _zod?: { readonly def?: { readonly error?: (raw: unknown) => unknown } } }
    | undefined;
  const given = maker?._zod?.def?.error?.(issue);
  return typeof given === 'string' ? { is: given as PlainExpected } : ((given as Expected | undefined) ?? null);
}

type Shape = Readonly<Record<string, z.$ZodType>>;

function shapeOf(schema: unknown): Shape | null {
  return (
    (schema as { readonly _zod?: { readonly def?: { readonly shape?: Shape } } } | undefined)?._zod?.def?.shape ?? null
  );
}

/** What an object needs; what it may hold, where it needs nothing (`any`). */
function membersOf(schema: unknown): { readonly keys: readonly string[]; readonly any: boolean } {
  const members = Object.entries(shapeOf(schema) ?? {});
  const needed = members.filter(([, member]) => member._zod.optin === undefined);
  const any = needed.length === 0;
  return { keys: (any ? members : needed).map(([key]) => key), any };
}
