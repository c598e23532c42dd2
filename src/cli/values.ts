import { isIP } from '../addresses.ts';
import { entryOf } from '../entry.ts';
import { harmless } from '../harmless.ts';
import { suggest } from '../suggest.ts';
import { hostAndPort } from '../text-bounds.ts';
import { type Refusal, UsageError } from '../usage-error.ts';
import { type Language, languageOf, languages } from '../words/language.ts';
import { flags } from './flags.ts';
import type { Parse } from './layers.ts';

/** A user's text, quoted for a message: harmless, short, without what a URL holds before an `@`. */
export function quoted(text: string): string {
  return `"${harmless(withoutCredentials(text), 80)}"`;
}

/** What stands before the last `@` of an address, after the scheme if it has one, gives way to an ellipsis. */
export function withoutCredentials(text: string): string {
  const at = text.lastIndexOf('@');
  if (at < 0) return text;
  const scheme = /^(?:pac\+)?[a-z][a-z0-9+.-]*:\/\//i.exec(text)?.[0] ?? '';
  return `${scheme}…${text.slice(at)}`;
}

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

export const durationForm: RegExp = /^\s*(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h|d)\s*$/;

/**
 * `500ms`, `10s`, `2m`, `1.5h`, `7d` in milliseconds, at least 1 ms and at most `mostMs`. `leastMs`: what
 * its reader takes at least, and says why.
 * A number without a unit is refused: nobody remembers whether a tool means seconds or milliseconds.
 */
function parseDuration(where: string | Refusal, text: string, mostMs: number, leastMs = 1): number {
  const parts = durationForm.exec(text);
  const unit = entryOf(units, parts?.[2] ?? '');
  if (parts === null || unit === undefined) {
    const digits = /^\d+$/.test(text.trim()) ? text.trim() : null;
    throw new UsageError('option.duration', { where, text: quoted(text), digits });
  }
  const ms = Math.round(Number(parts[1]) * unit);
  if (ms < 1 || ms > mostMs) {
    const range = { least: showDuration(leastMs), most: showDuration(mostMs) };
    throw new UsageError('option.range', { where, text: quoted(text), ...range });
  }
  return ms;
}

/** The shortest way to write a duration that {@link parseDuration} reads back. */
export function showDuration(ms: number): string {
  if (ms % 86_400_000 === 0) return `${ms / 86_400_000}d`;
  if (ms % 3_600_000 === 0) return `${ms / 3_600_000}h`;
  if (ms % 60_000 === 0) return `${ms / 60_000}m`;
  return ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`;
}

export const countForm: RegExp = /^\s*\d{1,9}\s*$/;

/** A whole number from `least` to `most`. */
function parseCount(where: string | Refusal, text: string, most: number, least = 1): number {
  const count = countForm.test(text) ? Number(text) : 0;
  if (count >= least && count <= most) return count;
  throw new UsageError('option.count', { where, text: quoted(text), least, most });
}

/** Reads the duration (in milliseconds) or the count of a flag, within the bounds of its row. */
export const parseAmount =
  (name: string): Parse<number> =>
  (where, text) => {
    const form = flags.find((row) => row.name === name)?.form;
    if (form?.is === 'count') return parseCount(where, text, form.most, form.least);
    return form?.is === 'duration'
      ? parseDuration(where, text, form.mostMs, form.leastMs)
      : parseDuration(where, text, 0);
  };

/** A language, or a tag or locale of one. */
export const parseLanguage: Parse<Language> = (where, text) => languageOf(text) ?? parseChoice(where, text, languages);

/** One of a closed list of words. */
export function parseChoice<T extends string>(where: string | Refusal, text: string, choices: readonly T[]): T {
  const choice = choices.find((candidate) => candidate === text);
  if (choice !== undefined) return choice;
  throw new UsageError('option.choice', { where, text: quoted(text), near: suggest(text, choices), choices });
}

/** What `NAME=VALUE` says, and where that stands. */
export type Pair = readonly [where: string | Refusal, name: string, value: string];

/** Reads `NAME=VALUE`, blanks around both taken off. @throws UsageError with `code` where one of them is not of its form */
const parsePair =
  (name: RegExp, value: RegExp, code: 'option.assignment' | 'option.label') =>
  (where: string | Refusal, text: string): Pair => {
    const at = text.indexOf('=');
    const [before, after] = [text.slice(0, Math.max(at, 0)).trim(), text.slice(at + 1).trim()];
    if (name.test(before) && value.test(after)) return [where, before, after];
    throw new UsageError(code, { where, text: quoted(text) });
  };

/** A template parameter; its value is bounded and printable. */
export const parseAssignment = parsePair(/^[A-Za-z][A-Za-z0-9_.-]{0,63}$/, /^[\x21-\x7e]{1,253}$/, 'option.assignment');

/** What somebody says of a machine: a short name without spaces, a value of one line in any script. */
export const parseLabel = parsePair(/^[A-Za-z][A-Za-z0-9_.-]{0,31}$/, /^[^\p{C}\p{Zl}\p{Zp}]{1,100}$/u, 'option.label');

/** Values by their names. @throws UsageError with `code` for two of one name: nobody knows which is meant */
export function byName(
  pairs: readonly Pair[],
  code: 'option.set-twice' | 'option.label-twice',
): Readonly<Record<string, string>> {
  const values = Object.create(null) as Record<string, string>;
  for (const [where, name, value] of pairs) {
    if (values[name] !== undefined && values[name] !== value) throw new UsageError(code, { where, name });
    values[name] = value;
  }
  return values;
}

/** `IP`, `IP:PORT` or `[IP]:PORT`, as resolvers are named in a plan. A name can't be asked before there is a resolver. */
export function parseResolver(where: string | Refusal, text: string): string {
  const trimmed = text.trim();
  const parts = /^\[([^\]]+)\](?::(\d{1,5}))?$/.exec(trimmed) ?? /^([\d.]+):(\d{1,5})$/.exec(trimmed);
  const address = parts?.[1] ?? trimmed;
  const port = parts?.[2] === undefined ? 53 : Number(parts[2]);
  if (isIP(address) === 0 || port < 1 || port > 65_535) {
    throw new UsageError('option.resolver', { where, text: quoted(text) });
  }
  if (parts?.[2] === undefined) return address;
  return hostAndPort(address, port);
}

export interface FormatRequest {
  readonly name: string;
  /** Null for standard output. */
  readonly file: string | null;
  /** What is in the file already stays before it. Left out: the file is replaced. */
  readonly append?: boolean;
}

/** Whether a name of a file means standard output: opened anew, a pipe or a socket there is no file. */
export const isStandardOutput = (file: string): boolean =>
  ['-', '/dev/stdout', '/dev/fd/1', '/proc/self/fd/1'].includes(file);

/** `NAME` or `NAME=FILE`; `-` as the file is standard output. */
export function parseFormat(where: string | Refusal, text: string, names: readonly string[]): FormatRequest {
  const at = text.indexOf('=');
  const name = parseChoice(where, at < 0 ? text : text.slice(0, at), names);
  const file = at < 0 ? '-' : text.slice(at + 1);
  if (file === '') throw new UsageError('option.no-file', { where, text: quoted(text), name });
  return { name, file: isStandardOutput(file) ? null : file };
}

/** A value that says something. */
export function filled(where: string | Refusal, text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') throw new UsageError('option.empty', { where });
  return trimmed;
}
