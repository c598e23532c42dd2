import { harmless } from '../harmless.ts';
import { hostAndPort } from '../text-bounds.ts';
import { attributeWords, type Change } from '../words/contract.ts';
import { wordsOf } from '../words/load.ts';
import type { Difference, Measured, TargetChange } from './compare.ts';
import { harmlessJson } from './json.ts';
import { type Cell, drawTable, paint, type Style } from './table.ts';
import type { View } from './view.ts';
import { hang } from './wrap.ts';

/** Routes that the line of a report names. */
const mostRoutes = 3;

/** The difference for eyes: the verdict in a line, what was compared, then causes and targets, what got worse first. */
export function renderDiffTable(difference: Difference, exit: 0 | 1, view: View): string {
  const { diff, labels } = wordsOf(view.lang);
  const { targets, rootCauses } = difference;
  const mark = exit === 0 ? '✓' : '✗';
  const style = exit === 0 ? 'green' : 'red';
  if (partsOf(targets).length + partsOf(rootCauses).length === 0) {
    return `${paint(style, `${mark} ${diff.same(difference.compared)}`, view)}\n`;
  }
  // A cause that is not compared rests on targets that are not, or on checks alone.
  const lost = targets.notCompared.length || rootCauses.notCompared.length;
  const headline = [difference.worse ? diff.worse : diff.noWorse, ...(lost > 0 ? [diff.missing(lost)] : [])];
  const top = [
    ...hang(`${mark} `, headline.join(labels.punctuation.stop), view.width).map((line) => paint(style, line, view)),
    ...(['before', 'after'] as const).flatMap((side) =>
      hang(`${labels.text[side]}${labels.punctuation.colon}`, measuredText(difference[side], view), view.width),
    ),
  ];
  return [`${top.join('\n')}\n`, ...causeBlock(difference, view), ...targetBlock(difference, view)].join('\n');
}

/** What got worse first. */
const order: readonly Change[] = ['worse', 'appeared', 'notCompared', 'vanished', 'better'];

type Rows<T> = Readonly<Partial<Record<Change, readonly T[]>>>;

/** The kinds of change that there are, each with its rows. */
const partsOf = <T>(changes: Rows<T>): readonly { readonly part: Change; readonly rows: readonly T[] }[] =>
  order.map((part) => ({ part, rows: changes[part] ?? [] })).filter(({ rows }) => rows.length > 0);

const styles: Readonly<Record<Change, Style | null>> = {
  ...{ worse: 'red', appeared: null, notCompared: 'yellow', vanished: null, better: 'green' },
};

function measuredText({ startedAt, machine, routes }: Measured, view: View): string {
  const { diff, labels, screen } = wordsOf(view.lang);
  const rest = routes.length > mostRoutes ? [labels.more(routes.length - mostRoutes)] : [];
  const shown = [...routes.slice(0, mostRoutes).map((route) => harmless(route)), ...rest].join(screen.comma);
  return [
    harmless(startedAt),
    ...(machine === null ? [] : [diff.machine(harmless(machine))]),
    ...(shown === '' ? [] : [diff.route(shown)]),
  ].join(screen.comma);
}

function heading(title: string, changes: Rows<unknown>, view: View): readonly string[] {
  const { diff, labels, screen } = wordsOf(view.lang);
  const counts = partsOf(changes).map(({ part, rows }) => diff.counted(rows.length, diff.changes[part]));
  const text = `${title}${labels.punctuation.colon}${counts.join(screen.comma)}`;
  return hang('', text, view.width).map((line) => `${paint('bold', line, view)}\n`);
}

const cell = (text: string, style: Style | null = null): Cell => ({ text, style });

function causeBlock({ rootCauses }: Difference, view: View): readonly string[] {
  const words = wordsOf(view.lang);
  const { diff, labels } = words;
  const { colon } = labels.punctuation;
  const rows = partsOf(rootCauses).flatMap(({ part, rows }) =>
    rows.map(({ cause, shared, before, after }) => {
      const { title } = words.causes[cause];
      const common = shared === null ? '' : ` (${attributeWords(words, shared.attribute)}${colon}${shared.value})`;
      return [
        cell(cause),
        cell(diff.changes[part], styles[part]),
        cell(before === null ? '-' : labels.severities[before]),
        cell(after === null ? '-' : labels.severities[after]),
        cell(harmless(`${title}${common}`, 500)),
      ];
    }),
  );
  if (rows.length === 0) return [];
  const columns = [
    { title: labels.text.cause, whole: true },
    ...[diff.change, labels.text.before, labels.text.after].map((title) => ({ title, whole: true })),
    { title: labels.text.title, whole: false },
  ];
  return [`${heading(diff.headings.causes, rootCauses, view).join('')}${drawTable(columns, rows, view)}`];
}

const placeOf = ({ host, port }: TargetChange): string => harmless(hostAndPort(host, port));

function targetBlock({ targets }: Difference, view: View): readonly string[] {
  const { diff, labels } = wordsOf(view.lang);
  const changed = partsOf({ ...targets, notCompared: [] });
  const rows = changed.flatMap(({ part, rows }) =>
    rows.map((change) => [
      cell(placeOf(change)),
      cell(diff.changes[part], styles[part]),
      cell(change.before === null ? '-' : labels.verdicts[change.before]),
      cell(change.after === null ? '-' : labels.verdicts[change.after]),
    ]),
  );
  // Several probes of one host and port that changed alike look alike.
  const once = [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()];
  const titles = [labels.text.target, diff.change, labels.text.before, labels.text.after];
  const columns = titles.map((title) => ({ title, whole: true }));
  const below = [
    ...routeLines(
      changed.flatMap((part) => part.rows),
      view,
    ),
    ...leftLines(targets.notCompared, view),
  ];
  if (once.length + below.length === 0) return [];
  const table = once.length === 0 ? '' : drawTable(columns, once, view);
  return [`${heading(diff.headings.targets, targets, view).join('')}${table}${below.join('')}`];
}

/** Targets that changed and were reached by another route, a line for each pair of routes. */
function routeLines(changes: readonly TargetChange[], view: View): readonly string[] {
  const { diff, labels } = wordsOf(view.lang);
  const places = new Map<string, Set<string>>();
  for (const change of changes) {
    const { before, after } = change.routes;
    if (before === null || after === null || before === after) continue;
    const pair = `${harmless(before)} → ${harmless(after)}`;
    places.set(pair, (places.get(pair) ?? new Set()).add(placeOf(change)));
  }
  return [...places].flatMap(([pair, those]) =>
    placeLines(`${diff.routeChange} (${pair})${labels.punctuation.colon}`, those, view),
  );
}

const placeLines = (first: string, places: ReadonlySet<string>, view: View): readonly string[] =>
  hang('', `${first}${[...places].join(wordsOf(view.lang).screen.comma)}`, view.width).map((line) => `${line}\n`);

/** The targets that are not compared, by the verdict that they had: of a narrower run they are many. */
function leftLines(changes: readonly TargetChange[], view: View): readonly string[] {
  const { diff, labels } = wordsOf(view.lang);
  return (['unreachable', 'degraded', 'reachable'] as const).flatMap((verdict) => {
    const places = new Set(changes.filter(({ before }) => before === verdict).map(placeOf));
    if (places.size === 0) return [];
    const first = `${diff.changes.notCompared} (${diff.was(labels.verdicts[verdict])})${labels.punctuation.colon}`;
    return placeLines(first, places, view);
  });
}

export function renderDiffJson(difference: Difference): string {
  return `${harmlessJson(difference, 2)}\n`;
}
