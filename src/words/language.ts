/** The languages that every sentence is written in. */
export type Language = 'en' | 'fr' | 'ja' | 'nl';

/** Every language, for `--lang`. */
export const languages: readonly Language[] = ['en', 'fr', 'ja', 'nl'];
