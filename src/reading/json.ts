/** JSON that somebody wrote, and its faults by a shape, each with its place. Knows no command, no network and no file. */
import { harmless } from '../harmless.ts';
import { type Fault, mostFaults } from '../model/faults.ts';
import { pointerOf } from './faults.ts';

/** A value, what is wrong with the text as a whole, or why it is no JSON. */
export type Json =
  | { readonly value: unknown }
  | { readonly faults: readonly Fault[] }
  /** The runtime's words, made harmless, and the line that they are about where they say it. */
  | { readonly problem: string; readonly line: number | null };

/** Reads JSON of at most `deepest` levels, in which each object has each key once and none is `__proto__`. */
export function readJson(text: string, deepest: number): Json {
  const faults = faultsOfText(text, deepest);
  if (faults.at(-1)?.expected.is === 'nesting') return { faults };
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

/** An object or a list that is open where the reader stands. */
interface Level {
  /** Keys so far; null in a list. */
  readonly keys: Set<string> | null;
  /** The key or the position whose value comes. */
  at: string | number;
}

/** What only the text shows: nesting, before anything else walks down it, and keys that a parsed object has no more. */
function faultsOfText(text: string, deepest: number): readonly Fault[] {
  const levels: Level[] = [];
  let isKey = false;
  const faults: Fault[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const level = levels.at(-1);
    if (code === 0x22) {
      const end = endOfText(text, at);
      if (isKey && level !== undefined && faults.length < mostFaults) {
        level.at = keyOf(text.slice(at + 1, end));
        faults.push(...faultsOfKey(level.at, levels));
      }
      at = end;
      isKey = false;
    } else if (code === 0x7b || code === 0x5b) {
      if (levels.length === deepest)
        return [...faults, { pointer: '', expected: { is: 'nesting', most: deepest }, got: { is: 'object' } }];
      isKey = code === 0x7b;
      levels.push({ keys: isKey ? new Set() : null, at: 0 });
    } else if (code === 0x2c && level !== undefined) {
      isKey = level.keys !== null;
      if (typeof level.at === 'number') level.at += 1;
    } else if (code === 0x7d || code === 0x5d) {
      levels.pop();
      isKey = false;
    }
  }
  return faults;
}

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
