import { harmless } from '../harmless.ts';
import type { Endpoint, Feature } from '../model/catalog.ts';
import type { Labels } from '../words/contract.ts';
import { labelsOf } from '../words/load.ts';
import { harmlessJson } from './json.ts';
import { drawTable, paint } from './table.ts';
import type { View } from './view.ts';
import { hang } from './wrap.ts';

/** The catalog for eyes: each feature with its endpoints and their importance, the source documents below as notes. */
export function renderListTable(features: readonly Feature[], view: View): string {
  const labels = labelsOf(view.lang);
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
    const title = `${harmless(feature.feature)}: ${harmless(feature.title)}${feature.default ? ` (${labels.defaultRun})` : ''}`;
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

/** Title and date of the document that an endpoint comes from. */
function documentOf({ source }: Endpoint, labels: Labels): string {
  return source === null
    ? labels.text.none
    : harmless(`${source.document} (${source.date ?? labels.text.unknown})`, 500);
}

/** The features as the catalog holds them. */
export function renderListJson(features: readonly Feature[]): string {
  return `${harmlessJson({ schema: 1, features }, 2)}\n`;
}
