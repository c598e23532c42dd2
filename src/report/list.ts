import { labelsOf } from '../diagnose/words/labels.ts';
import { harmless } from '../harmless.ts';
import type { Feature, View } from '../model.ts';
import { harmlessJson } from './json.ts';
import { drawTable, paint } from './table.ts';
import { hang } from './wrap.ts';

/** The catalog for eyes: each feature with its endpoints, importance, source document and date. */
export function renderListTable(features: readonly Feature[], view: View): string {
  const labels = labelsOf(view.lang);
  const endpoints = features.reduce((sum, feature) => sum + feature.endpoints.length, 0);
  const columns = [
    { title: labels.text.documented, whole: true },
    { title: labels.text.port, whole: true },
    { title: labels.text.importance, whole: true },
    { title: labels.text.document, whole: false },
    { title: labels.text.date, whole: true },
  ];
  const blocks = features.map((feature) => {
    const title = `${harmless(feature.feature)}: ${harmless(feature.title)}${feature.default ? ` (${labels.defaultRun})` : ''}`;
    const rows = feature.endpoints.map((endpoint) => [
      { text: harmless(endpoint.pattern), style: null },
      { text: endpoint.ports.join(','), style: null },
      { text: labels.importances[endpoint.importance], style: null },
      { text: harmless(endpoint.source?.document ?? labels.text.none), style: null },
      { text: harmless(endpoint.source?.date ?? labels.text.unknown), style: null },
    ]);
    const heading = hang('', title, view.width).map((line) => `${paint('bold', line, view)}\n`);
    return `${heading.join('')}${drawTable(columns, rows, view)}`;
  });
  return [...blocks, `${labels.catalog(features.length, endpoints)}\n`].join('\n');
}

/** The features as the catalog holds them. */
export function renderListJson(features: readonly Feature[]): string {
  return `${harmlessJson({ schema: 1, features }, 2)}\n`;
}
