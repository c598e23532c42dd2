/** Phrases that several sentences have. */
export const either = (words: readonly string[]): string => joined(words, '、または ');
export const all = (words: readonly string[]): string => joined(words, '、');

/** What was most likely meant, at the end of a sentence; nothing where nobody knows. */
export const meant = (near: string | null): string => (near === null ? '' : ` (${near} のことですか?)`);

const joined = (words: readonly string[], by: string): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join('、')}${by}${words.at(-1)}`;
