/** The features as the screen shows them: where the path of each breaks, and which of its rows fared otherwise. */
import { harmless } from '../harmless.ts';
import type { StageName } from '../model/observations.ts';
import type { ReportTarget } from '../model/report.ts';
import { type AnsweredFeature, hostOf, type StageCount, stageNames } from './answer.ts';
import type { Paper } from './paper.ts';
import { type Cell, type Column, drawTable, paint } from './table.ts';
import { verdictMarks, verdictStyles } from './verdict-line.ts';
import { displayWidth, hang } from './wrap.ts';

const lines = (text: string): readonly string[] => text.trimEnd().split('\n');

/** Features without a root cause: a line each with the number of usable endpoints. */
export function healthyLines({ answer, view, labels }: Paper): readonly string[] {
  return answer.features.flatMap(({ title, counts }) => {
    const usable = counts.reachable + counts.degraded;
    const verdict = usable > 0 ? 'reachable' : 'untested';
    const mark = paint(verdictStyles[verdict], verdictMarks[verdict], view);
    return hang(
      `${mark} `,
      `${harmless(title)}${labels.punctuation.colon}${labels.fine(usable, counts.untested)}`,
      view.width,
    );
  });
}

/** Features by stages: of those that got to a stage, how many passed it; and the number of the cause. */
export function featureTable({ answer, view, words }: Paper): readonly string[] {
  const { columns: titles } = words.screen;
  const used = stageNames.filter((name) => answer.features.some(({ stages }) => stages[name].reached > 0));
  const columns: readonly Column[] = [
    { title: titles.feature, whole: false },
    ...used.map((name) => ({ title: titles[name], whole: true })),
    { title: titles.cause, whole: false },
  ];
  const rows = answer.features.map((feature): readonly Cell[] => [
    { text: harmless(feature.title), style: null },
    ...used.map((name) => stageCell(feature, name)),
    { text: ranges(feature.causes), style: null },
  ]);
  return lines(drawTable(columns, rows, view));
}

/** `1, 3–5`: of sorted numbers. */
function ranges(numbers: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === number - 1) last[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}${to === from + 1 ? ', ' : '–'}${to}`)).join(', ');
}

function stageCell({ stages }: AnsweredFeature, name: StageName): Cell {
  const { passed, reached }: StageCount = stages[name];
  if (reached === 0) return { text: '-', style: 'dim' };
  return passed === reached
    ? { text: `✓ ${reached}`, style: 'green' }
    : { text: `✗ ${passed}/${reached}`, style: passed === 0 ? 'red' : 'yellow' };
}

/** So many rows that differ from their feature are shown at most. */
const mostRows = 12;

/**
 * Rows that fared otherwise than most of their feature, the worst first: severity and possible cause of each, as many as
 * `room` lines hold.
 */
export function unlikeTable(paper: Paper, room: number): readonly string[] {
  const { answer, words } = paper;
  const order = ['unreachable', 'degraded', 'reachable'];
  const all = [
    ...new Map(answer.features.flatMap(({ unlike }) => unlike).map((target) => [rowKey(target), target])).values(),
  ].sort(
    (a, b) =>
      order.indexOf(a.verdict) - order.indexOf(b.verdict) ||
      Number(a.importance !== 'critical') - Number(b.importance !== 'critical'),
  );
  for (let count = Math.min(all.length, mostRows); count > 0; count -= 1) {
    const rest = all.length - count;
    const drawn = [...rowsOf(paper, all.slice(0, count)), ...(rest === 0 ? [] : [words.screen.moreRows(rest)])];
    if (drawn.length <= room) return drawn;
  }
  return [];
}

function rowsOf(paper: Paper, shown: readonly ReportTarget[]): readonly string[] {
  const { view, words, labels } = paper;
  const columns: readonly Column[] = [
    { title: words.screen.unlike, whole: true },
    { title: labels.text.port, whole: true },
    { title: labels.text.importance, whole: true },
    { title: labels.text.possibleCause, whole: false },
  ];
  const cells = (titled: boolean): readonly (readonly Cell[])[] => shown.map((target) => rowOf(paper, target, titled));
  const roomy = cells(true);
  const widest = (index: number): number =>
    Math.max(displayWidth(columns[index]?.title ?? ''), ...roomy.map((row) => displayWidth(row[index]?.text ?? '')));
  const fits = columns.reduce((sum, _, index) => sum + widest(index) + 2, -2) <= view.width;
  return lines(drawTable(columns, fits ? roomy : cells(false), view));
}

/** A host that several features name is one row where it fared alike. */
const rowKey = (target: ReportTarget): string =>
  JSON.stringify([hostOf(target), target.port, target.verdict, target.importance]);

function rowOf({ answer, labels }: Paper, target: ReportTarget, titled: boolean): readonly Cell[] {
  const numbers = answer.causesOf.get(target.id) ?? [];
  const causes = numbers.map((number) => {
    const title = harmless(answer.causes[number - 1]?.root.title ?? '', 200);
    return titled ? `${number}. ${title}` : String(number);
  });
  const says = causes.length === 0 ? labels.verdicts[target.verdict] : causes.join(titled ? '; ' : ', ');
  return [
    { text: harmless(hostOf(target)), style: null },
    { text: String(target.port), style: null },
    { text: labels.importances[target.importance], style: null },
    { text: `${verdictMarks[target.verdict]} ${says}`, style: verdictStyles[target.verdict] },
  ];
}
