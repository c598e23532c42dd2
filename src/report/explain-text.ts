import { type CauseId, causes } from '../model/causes.ts';
import { labelsOf, wordsOf } from '../words/load.ts';
import { harmlessJson } from './json.ts';
import { drawTable, paint } from './table.ts';
import type { View } from './view.ts';
import { hang } from './wrap.ts';

/** Every cause id, in the order of the table. */
export const causeIds: readonly CauseId[] = Object.keys(causes) as CauseId[];

/** One cause as a small page: title, meaning, what it rests on, remedies, the experiment, what explains it away. */
export function renderCause(id: CauseId, view: View): string {
  const labels = labelsOf(view.lang);
  const words = wordsOf(view.lang);
  const cause = words.causes[id];
  const row = causes[id];
  const { colon } = labels.punctuation;
  const lines = [
    ...hang('', `${id}${colon}${cause.title}`, view.width).map((line) => paint('bold', line, view)),
    '',
    ...hang(`${labels.text.meaning}${colon}`, cause.meaning, view.width),
    ...hang(`${labels.text.restsOn}${colon}`, cause.evidence, view.width),
    `${labels.text.remedies}${colon.trimEnd()}`,
    ...cause.remedies.flatMap((remedy) => hang('  - ', remedy, view.width)),
    ...hang(`${labels.text.experiment}${colon}`, words.experiments[row.experiment], view.width),
    ...(row.after.length === 0 ? [] : hang(`${labels.text.explains}${colon}`, row.after.join(', '), view.width)),
  ];
  return `${lines.join('\n')}\n`;
}

/** All causes: id and title. */
export function renderCauseTable(view: View): string {
  const labels = labelsOf(view.lang);
  const words = wordsOf(view.lang);
  const columns = [
    { title: labels.text.cause, whole: true },
    { title: labels.text.title, whole: false },
  ];
  return drawTable(
    columns,
    causeIds.map((id) => [
      { text: id, style: null },
      { text: words.causes[id].title, style: null },
    ]),
    view,
  );
}

/** The same facts for programs: one cause, or all of them for null. */
export function renderCausesJson(id: CauseId | null, view: View): string {
  const words = wordsOf(view.lang);
  const factsOf = (cause: CauseId): object => ({
    cause,
    ...words.causes[cause],
    experiment: words.experiments[causes[cause].experiment],
    explainedBy: causes[cause].after,
  });
  return `${harmlessJson(id === null ? { schema: 1, causes: causeIds.map(factsOf) } : { schema: 1, ...factsOf(id) }, 2)}\n`;
}
