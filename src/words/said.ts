/** One line; what to do about it, left out where the line says it all; further lines. */
export type Said = readonly [line: string, hint?: string | null, more?: readonly string[]];
