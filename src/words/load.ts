import type { View } from '../model.ts';
import type { Words } from './contract.ts';
import { en } from './en/index.ts';

/** English comes with the program; the others are some 70 KiB of code each that few runs need. */
const others: Readonly<Record<Exclude<View['lang'], 'en'>, () => Promise<Words>>> = {
  fr: async () => (await import('./fr/index.ts')).fr,
  ja: async () => (await import('./ja/index.ts')).ja,
  nl: async () => (await import('./nl/index.ts')).nl,
};

const loaded: Partial<Record<View['lang'], Words>> = { en };

/** Makes the words of a language ready for {@link wordsOf}; once for a language, at the start of a program. */
export async function loadWords(lang: View['lang']): Promise<void> {
  if (lang !== 'en') loaded[lang] ??= await others[lang]();
}

/** The words of a language. Throws a TypeError for one other than English that {@link loadWords} did not load. */
export function wordsOf(lang: View['lang']): Words {
  const words = loaded[lang];
  if (words === undefined) throw new TypeError(`the words of ${lang} are not loaded`);
  return words;
}
