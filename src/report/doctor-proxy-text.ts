import { entryOf } from '../entry.ts';
import { harmless } from '../harmless.ts';
import type { Environment, ProxySourceFacts } from '../model/observations.ts';
import type { ProxyLabels } from '../words/contract.ts';
import { wordsOf } from '../words/load.ts';
import { judgeSource, markOf, paintedSign, signOf } from './doctor-judgement.ts';
import { drawTable, paint } from './table.ts';
import type { View } from './view.ts';
import { hang } from './wrap.ts';

function sourceText(source: ProxySourceFacts, labels: ProxyLabels): string {
  const parts = [
    ...source.proxies.map(({ scheme, proxy, name }) => `${scheme} ${proxy} (${name})`),
    ...(source.pacUrl === null ? [] : [`${labels.pacFile} ${source.pacUrl}`]),
    ...(source.autoDetect ? [labels.discovery] : []),
    ...(source.bypass === null ? [] : [`${source.bypass.name}=${source.bypass.list}`]),
    ...source.notes.map((note) => entryOf(labels.notes, note) ?? note),
  ];
  if (parts.length > 0) return parts.join('; ');
  return source.won ? labels.direct : labels.nothing;
}

/** What in the sources of proxy settings is mistaken, each once. */
export function proxyMistakeLines(sources: readonly ProxySourceFacts[], view: View): readonly string[] {
  const { facts } = wordsOf(view.lang);
  const mistakes = sources.flatMap((source) =>
    source.mistakes.map(({ name, entry, code, dialects }) =>
      facts['proxy.mistake']({ name, entry, code, dialects: dialects.join(', ') }),
    ),
  );
  return [...new Set(mistakes)].flatMap((text) =>
    hang('! ', harmless(text, 1000), view.width).map((line) => line.replace(/^!/, paintedSign('look', view))),
  );
}

/** What each source of proxy settings says, which one decides, and what in them is mistaken. Empty without sources. */
export function proxySourcesText(environment: Environment, view: View): readonly string[] {
  const labels = wordsOf(view.lang).proxyLabels;
  const sources = environment.proxySources ?? [];
  if (sources.length === 0) return [];
  const rows = sources.map((source) => [
    signOf(markOf(judgeSource(source))),
    { text: entryOf(labels.sources, source.source) ?? harmless(source.source), style: null },
    { text: source.won ? labels.yes : labels.no, style: source.won ? ('green' as const) : null },
    { text: harmless(sourceText(source, labels), 2000), style: null },
  ]);
  const columns = [
    { title: '', whole: true },
    { title: labels.source, whole: true },
    { title: labels.decides, whole: true },
    { title: labels.says, whole: false },
  ];
  const lines = proxyMistakeLines(sources, view);
  return [
    `${paint('bold', labels.heading, view)}\n${drawTable(columns, rows, view)}`,
    ...(lines.length === 0 ? [] : [`${paint('bold', labels.mistakes, view)}\n${lines.join('\n')}\n`]),
  ];
}
