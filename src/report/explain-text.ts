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

/** Causes: id and title. */
export function renderCauseTable(view: View, ids: readonly CauseId[] = causeIds): string {
  const labels = labelsOf(view.lang);
  const words = wordsOf(view.lang);
  const columns = [
    { title: labels.text.cause, whole: true },
    { title: labels.text.title, whole: false },
  ];
  return drawTable(
    columns,
    ids.map((id) => [
      { text: id, style: null },
      { text: words.causes[id].title, style: null },
    ]),
    view,
  );
}

/** The same facts for programs: one cause, or several. */
export function renderCausesJson(what: CauseId | readonly CauseId[], view: View): string {
  const words = wordsOf(view.lang);
  const factsOf = (cause: CauseId): object => ({
    cause,
    ...words.causes[cause],
    experiment: words.experiments[causes[cause].experiment],
    explainedBy: causes[cause].after,
  });
  return `${harmlessJson(typeof what === 'string' ? { schema: 1, ...factsOf(what) } : { schema: 1, causes: what.map(factsOf) }, 2)}\n`;
}

const messageIds = [11410, 11411, 11412, 11488] as const;

/** Status codes of the documented table, and ids of the role's status messages. */
export const documentedCodes: readonly number[] = [
  ...Object.keys(wordsOf('en').statusCodes).map(Number),
  ...messageIds,
];

/** What a documented code says; `code` is one of {@link documentedCodes}. */
function codeText(code: number, view: View): string {
  const { messages, facts } = wordsOf(view.lang);
  const id = messageIds.find((number) => number === code);
  if (id === undefined) return facts['http.status-meaning']({ status: code });
  return id === 11488 ? messages[id]('…') : messages[id];
}

export function renderCode(code: number, view: View): string {
  const { colon } = labelsOf(view.lang).punctuation;
  return `${hang(`${code}${colon}`, codeText(code, view), view.width).join('\n')}\n`;
}

export function renderCodeJson(code: number, view: View): string {
  return `${harmlessJson({ schema: 1, code, text: codeText(code, view) }, 2)}\n`;
}
