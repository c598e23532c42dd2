import { entryOf } from '../entry.ts';
import { harmless } from '../harmless.ts';
import type { Endpoint, Feature } from '../model/catalog.ts';
import type { Labels } from '../words/contract.ts';
import { labelsOf, wordsOf } from '../words/load.ts';
import { harmlessJson } from './json.ts';
import { drawTable, paint } from './table.ts';
import type { View } from './view.ts';
import { hang } from './wrap.ts';

/** A feature, and the template parameters that make all of it testable. */
export interface ListedFeature {
  readonly feature: Feature;
  readonly parameters: readonly string[];
}

/** Narrower than this a row has no room for its columns. */
const narrowestOverview = 90;

/** The catalog for eyes, a line a feature: those of a run without a name first, in bold. */
export function renderOverview(features: readonly ListedFeature[], view: View): string {
  const { list, features: titles } = wordsOf(view.lang);
  const first = [...features].sort((a, b) => Number(b.feature.default) - Number(a.feature.default));
  const rows = first.map(({ feature: { feature: name, title, default: asked, endpoints }, parameters }) => {
    const critical = endpoints.filter(({ importance }) => importance === 'critical').length;
    const date =
      endpoints
        .flatMap(({ source }) => source?.date ?? [])
        .sort()
        .at(-1) ?? '-';
    const counts = [String(critical), String(endpoints.length - critical)];
    const texts = [entryOf(titles, title) ?? title, name, ...counts, parameters.join(' '), date];
    return { asked, texts: texts.map((text) => harmless(text)) };
  });
  const { feature, id, critical, other, needs, date } = list.columns;
  const titlesOfColumns = [feature, id, critical, other, needs, date];
  const columns = titlesOfColumns.map((title) => ({ title, whole: title !== needs }));
  const cells = rows.map(({ asked, texts }) =>
    texts.map((text, index) => ({ text, style: index === 0 && asked ? ('bold' as const) : null })),
  );
  const lines = rows.flatMap(({ texts: [title = '', ...rest] }) => {
    const parts = rest.map((text, index) => (text === '' ? '' : `${titlesOfColumns[index + 1]} ${text}`));
    return hang('- ', [title, ...parts.filter((part) => part !== '')].join(', '), view.width);
  });
  const table = view.width < narrowestOverview ? `${lines.join('\n')}\n` : drawTable(columns, cells, view);
  const endpoints = features.reduce((sum, listed) => sum + listed.feature.endpoints.length, 0);
  const notes = [labelsOf(view.lang).catalog(features.length, endpoints), list.more];
  return `${table}\n${notes.flatMap((note) => hang('', note, view.width)).join('\n')}\n`;
}

/** Features for eyes: each with its endpoints and their importance, the source documents below as notes. */
export function renderListTable(features: readonly Feature[], view: View): string {
  const labels = labelsOf(view.lang);
  const { features: titles } = wordsOf(view.lang);
  const endpoints = features.reduce((sum, feature) => sum + feature.endpoints.length, 0);
  const columns = [
    { title: labels.text.documented, whole: true },
    { title: labels.text.port, whole: true },
    { title: labels.text.importance, whole: false },
    { title: labels.text.document, whole: false },
  ];
  const blocks = features.map((feature) => {
    const numbers = new Map<string, number>();
    for (const endpoint of feature.endpoints) {
      const document = documentOf(endpoint, labels);
      if (!numbers.has(document)) numbers.set(document, numbers.size + 1);
    }
    const rows = feature.endpoints.map((endpoint) => [
      { text: harmless(endpoint.pattern), style: null },
      { text: endpoint.ports.join(', '), style: null },
      {
        text: [labels.importances[endpoint.importance], ...remarks(endpoint, labels)].join(' '),
        style: null,
      },
      { text: `[${numbers.get(documentOf(endpoint, labels))}]`, style: null },
    ]);
    const title = `${harmless(feature.feature)}${labels.punctuation.colon}${harmless(entryOf(titles, feature.title) ?? feature.title)}${feature.default ? ` (${labels.defaultRun})` : ''}`;
    const heading = hang('', title, view.width).map((line) => `${paint('bold', line, view)}\n`);
    const notes = [...numbers].flatMap(([text, number]) => hang(`[${number}] `, text, view.width));
    return `${heading.join('')}${drawTable(columns, rows, view)}${notes.join('\n')}\n`;
  });
  return [...blocks, `${labels.catalog(features.length, endpoints)}\n`].join('\n');
}

/** Why the run without a name leaves an endpoint out, where it does: legacy, status, clouds. Ids of the catalog stay as they are. */
function remarks({ legacy, status, clouds }: Endpoint, labels: Labels): readonly string[] {
  const past = legacy ? [labels.legacy] : status === 'current' ? [] : [status];
  const elsewhere = clouds.includes('public') ? [] : clouds;
  const all = [...past, ...elsewhere];
  return all.length === 0 ? [] : [`(${all.join(', ')})`];
}

/** Title, date and address of the document that an endpoint comes from. */
function documentOf({ source }: Endpoint, labels: Labels): string {
  return source === null
    ? labels.text.none
    : harmless(
        [
          `${source.document} (${source.date ?? labels.text.unknown})`,
          ...(source.url === null ? [] : [source.url]),
        ].join(' '),
        900,
      );
}

/** The features as the catalog holds them. */
export function renderListJson(features: readonly Feature[]): string {
  return `${harmlessJson({ schema: 1, features }, 2)}\n`;
}
