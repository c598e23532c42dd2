import { phrase } from './spacing.ts';

/** Phrases that several sentences have. */
export const either = (words: readonly string[]): string => joined(words, 'ou');
export const all = (words: readonly string[]): string => joined(words, 'et');

/** What was most likely meant, at the end of a sentence; nothing where nobody knows. */
export const meant = (near: string | null): string => (near === null ? '' : phrase` ; vouliez-vous dire ${near} ?`);

const joined = (words: readonly string[], by: string): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${by} ${words.at(-1)}`;
