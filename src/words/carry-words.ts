import type { carry } from './en/carry.ts';

type Same<T> = T extends string
  ? string
  : T extends (...args: infer Args) => string
    ? (...args: Args) => string
    : { readonly [K in keyof T]: Same<T[K]> };

/** What every language says of checks that are carried: declared once, by the English words. */
export type CarryWords = Same<typeof carry>;

export type CarryMember = keyof CarryWords['members'];
export type CarryLine = keyof CarryWords['lines'];
