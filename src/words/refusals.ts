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
type Given<T> = string extends T ? T | Refusal : T extends object ? { readonly [K in keyof T]: Given<T[K]> } : T;

export type RefusalArgs<C extends RefusalCode> =
  Parameters<English[C]> extends readonly [] ? readonly [] : readonly [Given<Parameters<English[C]>[0]>];

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

/** The sentence in a language. One without a hint has that of the sentence which it takes. */
export function tellRefusal(words: RefusalWords, { code, args }: Refusal): Told {
  let inner: string | null = null;
  const filled = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(filled);
    if (typeof value !== 'object' || value === null) return value;
    if (!isRefusal(value)) return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, filled(one)]));
    const { message, hint } = tellRefusal(words, value);
    inner ??= hint;
    return message;
  };
  const [message, hint, more = []] = (words[code] as (args: unknown) => Said)(filled(args));
  return { message, hint: hint ?? inner, more };
}

const isRefusal = (value: object): value is Refusal => 'code' in value && 'args' in value;
