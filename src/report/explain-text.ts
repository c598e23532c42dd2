import { harmless } from '../harmless.ts';
import { type CauseId, causes } from '../model/causes.ts';
import { suggest } from '../suggest.ts';
import { UsageError } from '../usage-error.ts';
import { labelsOf, wordsOf } from '../words/load.ts';
import { harmlessJson } from './json.ts';
import { drawTable, paint } from './table.ts';
import type { View } from './view.ts';
import { hang } from './wrap.ts';

/** Every cause id, in the order of the table. */
export const causeIds: readonly CauseId[] = Object.keys(causes) as CauseId[];

/** The cause of that id; a UsageError with a suggestion if there is none. */
export function findCause(text: string): CauseId {
  const found = causeIds.find((id) => id === text);
  if (found !== undefined) return found;
  const near =
    suggest(text, causeIds) ??
    causeIds.find((id) => id.split('.')[1] === text) ??
    causeIds.find((id) => text.length > 6 && id.startsWith(text.slice(0, Math.ceil(text.length * 0.7)))) ??
    null;
  throw new UsageError(
    `explain: unknown cause "${harmless(text, 80)}"${near === null ? '' : `; did you mean ${near}?`}`,
    'wayclear explain shows all of them.',
  );
}

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
  const one = (cause: CauseId): unknown => ({
    cause,
    ...words.causes[cause],
    experiment: words.experiments[causes[cause].experiment],
    explainedBy: causes[cause].after,
  });
  return `${harmlessJson(id === null ? { schema: 1, causes: causeIds.map(one) } : { schema: 1, ...(one(id) as object) }, 2)}\n`;
}
