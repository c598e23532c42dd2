/** The languages that every sentence is written in. */
export type Language = 'en' | 'fr' | 'ja' | 'nl';

/** Every language, for `--lang`. */
export const languages: readonly Language[] = ['en', 'fr', 'ja', 'nl'];

/** The language of a tag or a locale, as `fr`, `fr-FR` or `fr_FR.UTF-8`; null for one that nothing is written in. */
export function languageOf(text: string): Language | null {
  const [tag] = text.toLowerCase().split(/[-_.@]/);
  return languages.find((language) => language === tag) ?? null;
}

/** What the locale of the environment says, in the order of POSIX; English where nothing is written in that language. */
export function languageOfMachine(env: Readonly<Record<string, string | undefined>>): Language {
  const locale = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find((text) => text !== undefined && text !== '');
  return languageOf(locale ?? '') ?? 'en';
}

/** The first language that a browser takes and that there is; null: none. */
export function languageAccepted(accepted: string): Language | null {
  const tags = accepted
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';');
      const quality = parameters
        .map((text) => /^\s*q=([01](?:\.\d{1,3})?)$/.exec(text)?.[1])
        .find((q) => q !== undefined);
      return { language: languageOf(tag), quality: Number(quality ?? 1) };
    })
    .sort((one, other) => other.quality - one.quality);
  return tags.find(({ language, quality }) => language !== null && quality > 0)?.language ?? null;
}
