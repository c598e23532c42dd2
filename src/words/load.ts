import type { Labels, Words } from './contract.ts';
import { en } from './en/index.ts';
import type { Language } from './language.ts';

/** English comes with the program; the others, some 70 KiB of code each that few runs need, the build keeps as files of their own. */
const others: Readonly<Record<Exclude<Language, 'en'>, () => Promise<Words>>> = {
  fr: async () => (await import('./fr/index.js')).fr,
  ja: async () => (await import('./ja/index.js')).ja,
  nl: async () => (await import('./nl/index.js')).nl,
};

const loaded: Partial<Record<Language, Words>> = { en };

/** The words of a language, which {@link wordsOf} and the reporters have from then on. Once, at the start of a program. */
export async function loadWords(lang: Language): Promise<Words> {
  if (lang === 'en') return en;
  const words = loaded[lang] ?? (await others[lang]());
  loaded[lang] = words;
  return words;
}

/** The words of a language. Throws a TypeError for one other than English that {@link loadWords} did not load. */
export function wordsOf(lang: Language): Words {
  const words = loaded[lang];
  if (words === undefined) throw new TypeError(`the words of ${lang} are not loaded`);
  return words;
}

/** The labels of a language, as {@link wordsOf} has them. */
export const labelsOf = (lang: Language): Labels => wordsOf(lang).labels;
