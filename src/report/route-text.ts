import type { Route } from '../model/plan.ts';
import { wordsOf } from '../words/load.ts';
import { routeText } from './assemble.ts';
import type { View } from './view.ts';

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

/** Why a target goes its way, or that nothing decides it. */
export function routeReasons(route: Route, host: string, view: View): readonly string[] {
  const { undecided } = route;
  return [...(undecided === undefined ? [] : [undecidedText(undecided, view)]), ...decidingReasons(route, host, view)];
}

/** Why a target goes its way, where a bypass list or a PAC file decides: the entry, who reads it otherwise, the answer. */
export function decidingReasons(route: Route, host: string, view: View): readonly string[] {
  const { facts } = wordsOf(view.lang);
  const { bypass, differs = [], pac, readings = [] } = route;
  const dialects = differs.map(({ dialect }) => dialect).join(', ');
  return [
    ...(bypass === undefined || differs.length > 0 ? [] : [facts['proxy.bypassed']({ host, entry: bypass })]),
    ...(differs.length === 0
      ? []
      : [facts['proxy.differs']({ host, entry: bypass ?? '', dialects, bypass: route.kind === 'direct' ? 1 : 0 })]),
    ...(pac === undefined ? [] : [facts['proxy.pac-answer']({ host, answer: pac })]),
    ...readings.map((reading) => facts['proxy.pac-reading']({ ...reading, readers: reading.readers.join(',') })),
  ];
}
