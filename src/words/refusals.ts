/**
 * What every language says of a user's mistake: which sentence (a code) and what it is about (arguments). The arguments are
 * declared once, by the English sentence; the other languages follow from it.
 */
import type { refusals } from './en/refusals.ts';
import type { Said } from './said.ts';

type English = typeof refusals;
export type RefusalCode = keyof English;

export type RefusalWords = { readonly [C in RefusalCode]: (...args: Parameters<English[C]>) => Said };

/** The sentences whose codes begin with a word. */
export type RefusalWordsOf<Prefix extends string> = Pick<RefusalWords, Extract<RefusalCode, `${Prefix}.${string}`>>;

/** A sentence that is not in a language yet. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly args: Readonly<Record<string, unknown>>;
}

/** Where a sentence takes text, another sentence may be given, of which it takes the line. */
type Given<T> = string extends T ? T | Refusal : T extends readonly string[] ? readonly (string | Refusal)[] : T;

export type RefusalArgs<C extends RefusalCode> =
  Parameters<English[C]> extends readonly []
    ? readonly []
    : readonly [{ readonly [K in keyof Parameters<English[C]>[0]]: Given<Parameters<English[C]>[0][K]> }];

export function refusal<C extends RefusalCode>(code: C, ...[args]: RefusalArgs<C>): Refusal {
  return { code, args: { ...args } };
}

/** What is told of a mistake, in one language. */
export interface Told {
  readonly message: string;
  /** What to do about it, one line; null if the message says it all. */
  readonly hint: string | null;
  /** Further mistakes of the same kind, a line each. */
  readonly more: readonly string[];
}

/** The sentence in a language. */
export function tellRefusal(words: RefusalWords, { code, args }: Refusal): Told {
  const line = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(line);
    return isRefusal(value) ? tellRefusal(words, value).message : value;
  };
  const filled = Object.fromEntries(Object.entries(args).map(([name, value]) => [name, line(value)]));
  const [message, hint = null, more = []] = (words[code] as (args: object) => Said)(filled);
  return { message, hint, more };
}

const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'code' in value && 'args' in value;
