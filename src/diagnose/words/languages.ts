import type { View } from '../../model.ts';
import { en } from './en.ts';
import { fr } from './fr.ts';
import type { Words } from './words.ts';

const all: Partial<Readonly<Record<View['lang'], Words>>> = { en, fr };

/** The words of a language. */
export function wordsOf(lang: View['lang']): Words {
  return all[lang] ?? en;
}
