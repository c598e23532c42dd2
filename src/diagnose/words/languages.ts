import type { View } from '../../model.ts';
import { en } from './en.ts';
import { fr } from './fr.ts';
import { ja } from './ja.ts';
import { nl } from './nl.ts';
import type { Words } from './words.ts';

const all: Readonly<Record<View['lang'], Words>> = { en, fr, ja, nl };

/** The words of a language. */
export function wordsOf(lang: View['lang']): Words {
  return all[lang];
}
