import { harmless } from '../harmless.ts';
import type { Environment, ProxySourceFacts } from '../model/observations.ts';
import type { Route } from '../model/plan.ts';
import type { ProxyLabels } from '../words/contract.ts';
import { wordsOf } from '../words/load.ts';

import { routeText } from './assemble.ts';
import { drawTable, paint } from './table.ts';
import type { View } from './view.ts';
import { hang } from './wrap.ts';

/** A route for eyes: where a PAC file decides for each host, that is what is known. */
export function usualRouteText(route: Route, view: View): string {
  return route.undecided === undefined ? routeText(route) : wordsOf(view.lang).proxyLabels.byPac(route.undecided.url);
}

/** A PAC file that was not asked decides; one that was, and is of no use, says why. */
function undecidedText({ reason, url, detail }: NonNullable<Route['undecided']>, view: View): string {
  if (reason === 'not-fetched') return wordsOf(view.lang).proxyLabels.byPac(url);
  const words = wordsOf(view.lang);
  return `${words.causes[`proxy.${reason}`].title}${words.labels.punctuation.stop}${words.facts['proxy.pac']({ url, detail })}`;
}

/** Why a target goes its way, where a bypass list or a PAC file decides: the entry, who reads it otherwise, the answer. */
export function routeReasons(route: Route, host: string, view: View): readonly string[] {
  const { facts } = wordsOf(view.lang);
  const { bypass, differs = [], pac, readings = [], undecided } = route;
  const dialects = differs.map(({ dialect }) => dialect).join(', ');
  return [
    ...(undecided === undefined ? [] : [undecidedText(undecided, view)]),
    ...(bypass === undefined || differs.length > 0 ? [] : [facts['proxy.bypassed']({ host, entry: bypass })]),
    ...(differs.length === 0
      ? []
      : [facts['proxy.differs']({ host, entry: bypass ?? '', dialects, bypass: route.kind === 'direct' ? 1 : 0 })]),
    ...(pac === undefined ? [] : [facts['proxy.pac-answer']({ host, answer: pac })]),
    ...readings.map((reading) => facts['proxy.pac-reading']({ ...reading, readers: reading.readers.join(',') })),
  ];
}

function says(one: ProxySourceFacts, labels: ProxyLabels): string {
  const parts = [
    ...one.proxies.map(({ scheme, proxy, name }) => `${scheme} ${proxy} (${name})`),
    ...(one.pacUrl === null ? [] : [`${labels.pacFile} ${one.pacUrl}`]),
    ...(one.autoDetect ? [labels.discovery] : []),
    ...(one.bypass === null ? [] : [`${one.bypass.name}=${one.bypass.list}`]),
    ...one.notes.map((note) => labels.notes[note] ?? note),
  ];
  if (parts.length > 0) return parts.join('; ');
  return one.won ? labels.direct : labels.nothing;
}

/** What each source of proxy settings says, which one decides, and what in them is mistaken. Empty without sources. */
export function proxySourcesText(environment: Environment, view: View): readonly string[] {
  const labels = wordsOf(view.lang).proxyLabels;
  const sources = environment.proxySources ?? [];
  if (sources.length === 0) return [];
  const rows = sources.map((one) => [
    { text: labels.sources[one.source] ?? harmless(one.source), style: null },
    { text: one.won ? labels.yes : labels.no, style: one.won ? ('green' as const) : null },
    { text: harmless(says(one, labels), 2000), style: null },
  ]);
  const { facts } = wordsOf(view.lang);
  const mistakes = sources.flatMap((one) =>
    one.mistakes.map(({ name, entry, code, dialects }) =>
      facts['proxy.mistake']({ name, entry, code, dialects: dialects.join(', ') }),
    ),
  );
  const columns = [
    { title: labels.source, whole: true },
    { title: labels.decides, whole: true },
    { title: labels.says, whole: false },
  ];
  const lines = [...new Set(mistakes)].flatMap((text) => hang('- ', harmless(text, 1000), view.width));
  return [
    `${paint('bold', labels.heading, view)}\n${drawTable(columns, rows, view)}`,
    ...(lines.length === 0 ? [] : [`${paint('bold', labels.mistakes, view)}\n${lines.join('\n')}\n`]),
  ];
}
