import { builtFile, dataFile, dataFiles } from '../data-folder.ts';
import type { Language } from '../words/language.ts';
import { labelsOf, wordsOf } from '../words/load.ts';
import { noticesOf } from '../words/notices.ts';

/** Keys, texts and the sources of sentences in an object of words. */
function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, inner]) => [key, ...textsOf(inner)]);
  return [String(value)];
}

/** What the program says by itself in a language, whatever the network says: its words, the report's schema, its catalog. */
export function ownWords(lang: Language): string {
  const files = dataFiles()
    .filter((name) => name.endsWith('.json'))
    .map((name) => dataFile(name).toString());
  // The keys of a report: the build writes them down.
  const schema = builtFile('report.schema.json')?.toString() ?? '';
  return [...textsOf(wordsOf(lang)), ...textsOf(labelsOf(lang)), ...textsOf(noticesOf(lang)), ...files, schema].join(
    '\n',
  );
}
