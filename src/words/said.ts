/** One line; what to do about it, left out where the line says it all; further lines. */
export type Said = readonly [line: string, hint?: string | null, more?: readonly string[]];

/** The shape of English words, for the words of another language. */
export type Same<T> = T extends string
  ? string
  : T extends (...args: infer Args) => infer Result
    ? (...args: Args) => Same<Result>
    : { readonly [K in keyof T]: Same<T[K]> };
