import type { CauseWords } from '../contract.ts';

/** French text with the space before `: ; ? ! »` and after `«` made one that no line break may take. */
export function spaced(text: string): string {
  return text.replace(/ (?=[:;?!\u00bb])/g, '\u00a0').replace(/\u00ab /g, '«\u00a0');
}

/** A template whose own text is {@link spaced}; what it quotes (hosts, names, error text) stays as it is. */
export function phrase(texts: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  return texts.map((text, index) => `${spaced(text)}${values[index] ?? ''}`).join('');
}

/** `1 cible`, `2 cibles`; French counts zero and one as singular. */
export function compte(count: number, noun: string, plural = `${noun}s`): string {
  return `${count}\u00a0${count < 2 ? noun : plural}`;
}

/** The words of causes, {@link spaced}. */
export function spacedCauses<C extends string>(
  causes: Readonly<Record<C, CauseWords>>,
): Readonly<Record<C, CauseWords>> {
  const entries = Object.entries<CauseWords>(causes).map(([id, words]) => [
    id,
    {
      title: spaced(words.title),
      meaning: spaced(words.meaning),
      evidence: spaced(words.evidence),
      remedies: words.remedies.map(spaced),
    },
  ]);
  return Object.fromEntries(entries) as Record<C, CauseWords>;
}

/** Texts and lists of texts below any names, {@link spaced}; functions stay. */
export function spacedAll<T>(words: T): T {
  if (typeof words === 'string') return spaced(words) as T;
  if (typeof words !== 'object' || words === null) return words;
  if (Array.isArray(words)) return words.map(spacedAll) as T;
  return Object.fromEntries(Object.entries(words).map(([name, value]) => [name, spacedAll(value)])) as T;
}
