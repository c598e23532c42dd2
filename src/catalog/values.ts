import { harmless } from '../harmless.ts';
import { suggest } from '../suggest.ts';
import { UsageError } from '../usage-error.ts';
import { readLocation } from './pattern.ts';

// Readers of single values of a catalog. Each answers null for a value that is left out, where it may
// be, and throws UsageError with file, JSON pointer and what was expected otherwise.

/** Where in which file a value stands; `pointer` is a JSON pointer (RFC 6901), empty for the whole file. */
export interface Place {
  readonly file: string;
  readonly pointer: string;
}

type Json = Readonly<Record<string, unknown>>;

export const hint = '`wayclear schema catalog` prints what a catalog file may hold.';

export function below(place: Place, key: string | number): Place {
  return { file: place.file, pointer: `${place.pointer}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}` };
}

export function refuse(place: Place, expected: string, got: unknown): never {
  const where = `catalog ${harmless(place.file)}: ${place.pointer === '' ? 'the file' : harmless(place.pointer)}`;
  throw new UsageError(`${where}: expected ${expected}, got ${shown(got)}`, hint);
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  // A URL's user name and password are never shown.
  return harmless(JSON.stringify(value).replace(/:\/\/[^/?#]*@/, '://…@'), 80);
}

export function didYouMean(near: string | null): string {
  return near === null ? '' : ` (did you mean "${near}"?)`;
}

export function required<T>(value: T | null, place: Place, expected: string): T {
  return value ?? refuse(place, expected, undefined);
}

export function record(value: unknown, place: Place, keys: readonly string[], expected: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) refuse(place, expected, value);
  for (const key of Object.keys(value)) {
    if (keys.includes(key)) continue;
    const near = suggest(key, keys);
    throw new UsageError(
      `catalog ${harmless(place.file)}: ${harmless(below(place, key).pointer)}: expected ${expected}, got the unknown key ` +
        `"${harmless(key, 80)}"${near === null ? '' : `; did you mean "${near}"?`}`,
      hint,
    );
  }
  return value as Json;
}

export function list<T>(
  value: unknown,
  place: Place,
  most: number,
  read: (entry: unknown, at: Place) => T,
): readonly T[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) refuse(place, 'a list', value);
  if (value.length > most) refuse(place, `at most ${most} entries`, value.length);
  return value.map((entry: unknown, index) => read(entry, below(place, index)));
}

export function unique<T>(entries: readonly T[], key: keyof T & string, place: Place): readonly T[] {
  const seen = new Map<unknown, number>();
  entries.forEach((entry, index) => {
    const first = seen.get(entry[key]);
    if (first !== undefined) {
      refuse(below(below(place, index), key), `another ${key} (${place.pointer}/${first} has this one)`, entry[key]);
    }
    seen.set(entry[key], index);
  });
  return entries;
}

export function text(value: unknown, place: Place, most: number): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string' || value.trim() === '') refuse(place, 'a text', value);
  if (value.length > most) refuse(place, `a text of at most ${most} characters`, value);
  return harmless(value, most);
}

export function matching(value: unknown, place: Place, shape: RegExp, expected: string): string {
  return typeof value === 'string' && shape.test(value) ? value : refuse(place, expected, value);
}

export function choice<T extends string>(value: unknown, place: Place, choices: readonly T[]): T | null {
  if (value === undefined || value === null) return null;
  const choice = choices.find((candidate) => candidate === value);
  if (choice !== undefined) return choice;
  const near = typeof value === 'string' ? suggest(value, choices) : null;
  return refuse(place, `${choices.map((candidate) => `"${candidate}"`).join(', ')}${didYouMean(near)}`, value);
}

export function boolean(value: unknown, place: Place): boolean | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'boolean' ? value : refuse(place, 'true or false', value);
}

export function words(value: unknown, place: Place): readonly string[] | null {
  if (value === undefined || value === null) return null;
  const read = list(value, place, 64, (entry, at) =>
    matching(entry, at, /^[a-z0-9][a-z0-9._-]{0,63}$/, 'a name of lower-case letters, digits and hyphens'),
  );
  return read.length > 0 ? read : refuse(place, 'a list of at least one name', value);
}

export function integer(value: unknown, place: Place, from: number, to: number, expected: string): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to) return value;
  return refuse(place, expected, value);
}

export function webAddress(value: unknown, place: Place): string | null {
  if (value === undefined || value === null) return null;
  const location = typeof value === 'string' ? readLocation(value) : 'scheme';
  if (typeof location === 'string' || location.url === null) refuse(place, 'an https:// or http:// address', value);
  // The fragment names the section, so the address is kept as written.
  return harmless(String(value), 2048);
}

export function day(value: unknown, place: Place): string {
  const read = matching(value, place, /^\d{4}-\d{2}-\d{2}$/, 'a date (YYYY-MM-DD)');
  const time = Date.parse(`${read}T00:00:00Z`);
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== read)
    refuse(place, 'a date (YYYY-MM-DD)', value);
  return read;
}

/** The deepest nesting of brackets outside strings, counted without parsing. */
export function nesting(json: string): number {
  let depth = 0;
  let most = 0;
  let quoted = false;
  for (let at = 0; at < json.length; at += 1) {
    const code = json.charCodeAt(at);
    if (quoted) {
      if (code === 0x5c) at += 1;
      else if (code === 0x22) quoted = false;
    } else if (code === 0x22) quoted = true;
    else if (code === 0x7b || code === 0x5b) most = Math.max(most, ++depth);
    else if (code === 0x7d || code === 0x5d) depth -= 1;
  }
  return most;
}
