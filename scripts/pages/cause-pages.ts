/** A page for each cause out of its row and its words, and one that lists them. */
import { type CauseId, causes } from '../../src/model/causes.ts';
import type { Words } from '../../src/words/contract.ts';

const ids = Object.keys(causes) as readonly CauseId[];
const fileOf = (id: CauseId): string => `${id}.md`;
const link = (id: CauseId): string => `[${id}](${fileOf(id)})`;
const linked = (some: readonly CauseId[]): string => some.map(link).join(', ');

/** What stands between asterisks, angle brackets and the like in words stays as it is written. */
const plain = (text: string): string => text.replace(/[\\`*_<>[\]|]/g, '\\$&');

const made = '<!-- Made by `npm run pages` out of src/model/causes.ts and src/words/en. -->';

function severityOf(id: CauseId): string {
  const row = causes[id];
  const follows = 'that of the endpoints it hits: critical where a critical one is unreachable, else a warning';
  return row.atLeast === undefined ? follows : `${follows}; ${row.atLeast} at least`;
}

function pageOf(id: CauseId, words: Words): string {
  const row = causes[id];
  const { title, meaning, evidence, remedies } = words.causes[id];
  const explains = ids.filter((other) => (causes[other].after as readonly CauseId[]).includes(id));
  const stage = row.stage === 'local' || row.stage === 'any' ? null : words.labels.stages[row.stage];
  return [
    made,
    `# ${plain(title)}`,
    `\`${id}\`, as reports and \`wayclear explain ${id}\` name it.`,
    plain(meaning),
    '## How it shows',
    plain(evidence),
    ...(stage === null ? [] : [`It shows in the stage *${plain(stage)}*.`]),
    '## What to ask for',
    `Who has to act: ${plain(words.request.owners[row.owner])}.`,
    remedies.map((remedy) => `- ${plain(remedy)}`).join('\n'),
    '## Is it really this?',
    `What would decide: ${plain(words.experiments[row.experiment])}.`,
    ...(row.after.length === 0
      ? []
      : [`Where one of these stands for the same endpoints, this is its symptom: ${linked(row.after)}.`]),
    ...(explains.length === 0 ? [] : [`Where this stands, it explains away: ${linked(explains)}.`]),
    `Severity: ${severityOf(id)}.`,
    '[All causes](README.md)',
  ]
    .join('\n\n')
    .concat('\n');
}

function listOf(words: Words): string {
  const rows = ids.map(
    (id) => `| ${link(id)} | ${plain(words.causes[id].title)} | ${words.request.owners[causes[id].owner]} |`,
  );
  return [
    made,
    '# Causes',
    `The closed list of what wayclear finds, ${ids.length} in all. The ids are stable: tickets, dashboards and scripts may rely on them. A healthy network yields none.`,
    ['| id | is | who acts |', '|---|---|---|', ...rows].join('\n'),
  ]
    .join('\n\n')
    .concat('\n');
}

/** Texts by the names of their files in docs/causes. */
export function causePages(words: Words): ReadonlyMap<string, string> {
  return new Map([['README.md', listOf(words)], ...ids.map((id) => [fileOf(id), pageOf(id, words)] as const)]);
}
