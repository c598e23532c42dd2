/** The languages that every sentence is written in. */
export type Language = 'en' | 'fr' | 'ja' | 'nl';

/** Every language, for `--lang`. */
export const languages: readonly Language[] = ['en', 'fr', 'ja', 'nl'];

/** The language of a tag or a locale, as `fr`, `fr-FR` or `fr_FR.UTF-8`; null for one that nothing is written in. */
export function languageOf(text: string): Language | null {
  const [tag] = text.toLowerCase().split(/[-_.@]/);
  return languages.find((language) => language === tag) ?? null;
}
