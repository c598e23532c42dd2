/** JSON that somebody wrote, and its faults by a shape, each with its place. Knows no command, no network and no file. */
import { harmless } from '../harmless.ts';
import { type Fault, mostFaults } from '../model/faults.ts';
import { atOnce, type Pieces } from '../pieces.ts';
import { pointerOf } from './faults.ts';

/** A value, what is wrong with the text as a whole, or why it is no JSON. */
export type Json =
  | { readonly value: unknown }
  | { readonly faults: readonly Fault[] }
  /** The runtime's words, made harmless, and the line that they are about where they say it. */
  | { readonly problem: string; readonly line: number | null };

/** Reads JSON of at most `deepest` levels, in which each object has each key once and none is `__proto__`. */
export function readJson(text: string, deepest: number): Json {
  const { faults } = atOnce(scanning(text, deepest));
  if (isTooDeep(faults)) return { faults };
  try {
    const value: unknown = JSON.parse(text);
    return faults.length === 0 ? { value } : { faults };
  } catch (error) {
    const problem = error instanceof Error ? error.message : 'unreadable';
    const at = /at position (\d{1,9})/.exec(problem)?.[1];
    const line = at === undefined ? null : text.slice(0, Number(at)).split('\n').length;
    return { problem: harmless(problem, 160), line };
  }
}

/** The same in pieces, for a text that may be long. Of what is no JSON no line is told. */
export function* readingJson(text: string, deepest: number): Pieces<Json> {
  const { faults, parts } = yield* scanning(text, deepest);
  if (isTooDeep(faults)) return { faults };
  try {
    const value = yield* parsing(text, parts);
    return faults.length === 0 ? { value } : { faults };
  } catch (error) {
    return { problem: harmless(error instanceof Error ? error.message : 'unreadable', 160), line: null };
  }
}

const isTooDeep = (faults: readonly Fault[]): boolean => faults.at(-1)?.expected.is === 'nesting';

/** An object or a list within the text, and the keys that lead to it. */
interface Part {
  readonly start: number;
  readonly end: number;
  readonly path: readonly (string | number)[];
}

/** A part of fewer characters is left where it is: there may be very many of them. */
const leastPart = 512;
/** What stands so deep is a part, and what stands in a list before that. */
const partDepth = 4;

/**
 * The value of a text whose parts are read by themselves. With an empty object in place of each, the text is JSON exactly if
 * it was, for all that the parts are to be.
 */
function* parsing(text: string, parts: readonly Part[]): Pieces<unknown> {
  const between: string[] = [];
  let from = 0;
  for (const { start, end } of parts) {
    between.push(text.slice(from, start));
    from = end;
  }
  yield;
  const whole: unknown = JSON.parse([...between, text.slice(from)].join('{}'));
  for (const { start, end, path } of parts) {
    yield;
    const last = path.at(-1);
    const holder = path.slice(0, -1).reduce((value, key) => (value as Members)[key], whole);
    if (last !== undefined) (holder as Members)[last] = JSON.parse(text.slice(start, end));
  }
  return whole;
}

type Members = Record<string | number, unknown>;

/** An object or a list that is open where the reader stands. */
interface Level {
  /** Keys so far; null in a list. */
  readonly keys: Set<string> | null;
  /** The key or the position whose value comes. */
  at: string | number;
}

/** Characters between two rests. */
const pieceLength = 65_536;

/** What a text shows of itself, as far as it is read. */
class Scan {
  readonly levels: Level[] = [];
  readonly faults: Fault[] = [];
  readonly parts: Part[] = [];
  /** Where the part began that is open, and at how many levels. */
  private part: { readonly start: number; readonly depth: number } | null = null;

  key(written: string): void {
    const level = this.levels.at(-1);
    if (level === undefined || this.faults.length >= mostFaults) return;
    level.at = keyOf(written);
    this.faults.push(...faultsOfKey(level.at, this.levels));
  }

  open(start: number, keys: Set<string> | null): void {
    const depth = this.levels.length;
    if (this.part === null && (this.levels.at(-1)?.keys === null || depth === partDepth - 1))
      this.part = { start, depth };
    this.levels.push({ keys, at: 0 });
  }

  close(end: number): void {
    this.levels.pop();
    const { part } = this;
    if (part?.depth !== this.levels.length) return;
    this.part = null;
    if (end - part.start < leastPart) return;
    this.parts.push({ start: part.start, end, path: this.levels.map(({ at }) => at) });
  }
}

/** What only the text shows: nesting, before anything else walks down it, keys that a parsed object has no more, and its parts. */
function* scanning(text: string, deepest: number): Pieces<Pick<Scan, 'faults' | 'parts'>> {
  const scan = new Scan();
  let isKey = false;
  for (let at = 0, rested = 0; at < text.length; at += 1) {
    if (at - rested >= pieceLength) {
      rested = at;
      yield;
    }
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      const end = endOfText(text, at);
      if (isKey) scan.key(text.slice(at + 1, end));
      at = end;
      isKey = false;
    } else if (code === 0x7b || code === 0x5b) {
      if (scan.levels.length === deepest) return { faults: [...scan.faults, tooDeep(deepest)], parts: [] };
      isKey = code === 0x7b;
      scan.open(at, isKey ? new Set() : null);
    } else if (code === 0x2c) {
      const level = scan.levels.at(-1);
      isKey = level?.keys instanceof Set;
      if (typeof level?.at === 'number') level.at += 1;
    } else if (code === 0x7d || code === 0x5d) {
      scan.close(at + 1);
      isKey = false;
    }
  }
  return scan;
}

const tooDeep = (most: number): Fault => ({ pointer: '', expected: { is: 'nesting', most }, got: { is: 'object' } });

/** Where the text ends that begins at `start`: at its closing quote, or with everything. */
function endOfText(text: string, start: number): number {
  let at = start + 1;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at;
    if (code === 0x5c) at += 1;
  }
  return at;
}

/** The key that is written like this, which may hold escapes. */
function keyOf(written: string): string {
  if (!written.includes('\\')) return written;
  try {
    return JSON.parse(`"${written}"`) as string;
  } catch {
    return written;
  }
}

function faultsOfKey(key: string, levels: readonly Level[]): readonly Fault[] {
  const keys = levels.at(-1)?.keys;
  const is = key === '__proto__' ? 'forbidden' : keys?.has(key) === true ? 'once' : null;
  keys?.add(key);
  return is === null
    ? []
    : [{ pointer: pointerOf(levels.map((level) => level.at)), expected: { is, key }, got: { is: 'object' } }];
}
