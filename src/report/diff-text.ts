import { harmless } from '../harmless.ts';
import { attributeWords } from '../words/contract.ts';
import { labelsOf, wordsOf } from '../words/load.ts';
import type { Difference } from './compare.ts';
import { harmlessJson } from './json.ts';
import { drawTable, paint, type Style } from './table.ts';
import type { View } from './view.ts';

/** The difference for eyes: one line, then what got worse first. */
export function renderDiffTable(difference: Difference, targets: number, view: View): string {
  const labels = labelsOf(view.lang);
  const words = wordsOf(view.lang);
  const parts = ['worse', 'appeared', 'vanished', 'better'] as const;
  const count = (part: (typeof parts)[number]): number =>
    difference.targets[part].length + difference.rootCauses[part].length;
  if (parts.every((part) => count(part) === 0)) return `✓ ${labels.noDifference(targets)}\n`;
  const mark = difference.worse ? '✗' : '✓';
  const headline = `${mark} ${labels.difference(count('worse'), count('better'), count('appeared'), count('vanished'))}`;
  const columns = [
    { title: labels.text.target, whole: true },
    { title: labels.text.before, whole: true },
    { title: labels.text.after, whole: true },
    { title: labels.text.detail, whole: false },
  ];
  const cell = (text: string, style: Style | null = null) => ({ text, style });
  const blocks = parts.flatMap((part) => {
    const causes = difference.rootCauses[part].map((change) => [
      cell(change.cause),
      cell(change.before === null ? '-' : labels.severities[change.before]),
      cell(change.after === null ? '-' : labels.severities[change.after]),
      cell(
        change.shared === null
          ? words.causes[change.cause].title
          : harmless(
              `${words.causes[change.cause].title} (${attributeWords(words, change.shared.attribute)}${labels.punctuation.colon}${change.shared.value})`,
              500,
            ),
      ),
    ]);
    const rows = difference.targets[part].map((change) => [
      cell(harmless(change.id)),
      cell(change.before === null ? '-' : labels.verdicts[change.before]),
      cell(change.after === null ? '-' : labels.verdicts[change.after]),
      cell(''),
    ]);
    if (causes.length + rows.length === 0) return [];
    return [`${paint('bold', labels.text[part], view)}\n${drawTable(columns, [...causes, ...rows], view)}`];
  });
  return [`${paint(difference.worse ? 'red' : 'green', headline, view)}\n`, ...blocks].join('\n');
}

export function renderDiffJson(difference: Difference): string {
  return `${harmlessJson(difference, 2)}\n`;
}
