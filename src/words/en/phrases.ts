/** Phrases that several sentences have. */
export const either = (words: readonly string[]): string => joined(words, 'or');
export const all = (words: readonly string[]): string => joined(words, 'and');

/** What was most likely meant, at the end of a sentence; nothing where nobody knows. */
export const meant = (near: string | null): string => (near === null ? '' : `; did you mean ${near}?`);

const joined = (words: readonly string[], by: string): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${by} ${words.at(-1)}`;
