import type { View } from '../../model.ts';
import { en } from './en.ts';
import type { Words } from './words.ts';

const all: Partial<Readonly<Record<View['lang'], Words>>> = { en };

/** The words of a language; English where it has none. */
export function wordsOf(lang: View['lang']): Words {
  return all[lang] ?? en;
}
