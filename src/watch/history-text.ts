/** The history for eyes. */
import { harmless } from '../harmless.ts';
import type { Verdict } from '../model/diagnosis.ts';
import type { FeatureLine, History, TargetLine } from '../model/history.ts';
import { sparkline } from '../report/spark.ts';
import { type Cell, type Column, drawTable, paint } from '../report/table.ts';
import { verdictMarks, verdictStyles } from '../report/verdict-line.ts';
import type { View } from '../report/view.ts';
import { hostAndPort } from '../text-bounds.ts';
import type { Words } from '../words/contract.ts';
import { minuteOf } from './event-text.ts';

const plain = (text: string): Cell => ({ text, style: null });
const heading = (text: string, view: View): string => `\n${paint('bold', text, view)}\n`;
const marks: Readonly<Record<Verdict, string>> = { reachable: '█', degraded: '▅', unreachable: '▁', untested: '·' };

/** A day: full where all was reached, lower where something hurt, lowest where something failed. */
const dayMarks = (worst: FeatureLine['worst']): string =>
  worst.map((day) => (day === null ? '·' : marks[day])).join('');
const percent = (share: number | null): string => (share === null ? '' : `${Math.floor(share * 1000) / 10} %`);

function worstOf(worst: FeatureLine['worst']): Verdict {
  const last = worst.findLast((day) => day !== null);
  return last ?? 'untested';
}

function featureTable(features: readonly FeatureLine[], view: View, words: Words): string {
  const { columns } = words.watch;
  const titles: readonly Column[] = [
    ...[columns.feature, columns.days, columns.reached].map((title) => ({ title, whole: true })),
    { title: words.labels.text.verdict, whole: true },
  ];
  const rows = features.map(({ feature, worst, reached }): readonly Cell[] => {
    const verdict = worstOf(worst);
    return [
      plain(harmless(feature, 100)),
      plain(dayMarks(worst)),
      plain(percent(reached)),
      { text: `${verdictMarks[verdict]} ${words.labels.verdicts[verdict]}`, style: verdictStyles[verdict] },
    ];
  });
  return drawTable(titles, rows, view);
}

function targetTable(targets: readonly TargetLine[], view: View, words: Words): string {
  const { columns } = words.watch;
  const stages = ['dns', 'tcp', 'tunnel', 'tls', 'http'] as const;
  const shown = stages.filter((_, at) => targets.some((target) => target.stages[at] !== null));
  const titles: readonly Column[] = [
    { title: words.labels.text.target, whole: true },
    { title: columns.times, whole: true },
    ...shown.map((stage) => ({ title: words.labels.stages[stage], whole: true })),
    { title: words.labels.text.verdict, whole: true },
  ];
  const rows = targets.map((target): readonly Cell[] => [
    plain(harmless(hostAndPort(target.host, target.port), 200)),
    plain(sparkline(target.times)),
    ...shown.map((stage) => {
      const ms = target.stages[stages.indexOf(stage)];
      return plain(typeof ms === 'number' ? words.labels.duration(ms) : '');
    }),
    {
      text: `${verdictMarks[target.now]} ${words.labels.verdicts[target.now]}`,
      style: verdictStyles[target.now],
    },
  ]);
  return drawTable(titles, rows, view);
}

function lookTable(history: History, view: View, words: Words): string {
  const { columns, lookKinds } = words.watch;
  const titles: readonly Column[] = [
    { title: columns.time, whole: true },
    { title: columns.kind, whole: true },
    { title: words.labels.text.verdict, whole: false },
    { title: columns.proxy, whole: false },
  ];
  const rows = history.looks.map(({ startedAt, kind, summary, messageId, proxy, durationMs }): readonly Cell[] => [
    plain(minuteOf(startedAt)),
    plain(lookKinds[kind]),
    {
      text: `${words.labels.summary(summary, durationMs)}${messageId === null ? '' : `${words.screen.comma}${messageId}`}`,
      style: summary.unreachable > 0 ? 'red' : summary.degraded > 0 ? 'yellow' : null,
    },
    plain(harmless(proxy, 200)),
  ]);
  return drawTable(titles, rows, view);
}

export function historyTable(history: History, view: View, words: Words): string {
  const { watch } = words;
  const [newest] = history.looks;
  const oldest = history.looks.at(-1);
  if (newest === undefined || oldest === undefined) return `${watch.noLooks}\n`;
  const { headings } = watch;
  const looks = watch.looks(history.looks.length, minuteOf(oldest.startedAt), minuteOf(newest.startedAt));
  return [
    `${harmless(history.machine, 255)}\n`,
    ...(history.features.length === 0
      ? [`\n${watch.nothingMatches}\n`]
      : [heading(headings.features, view), featureTable(history.features, view, words)]),
    ...(history.targets.length === 0
      ? []
      : [heading(headings.targets, view), targetTable(history.targets, view, words)]),
    heading(`${headings.looks}${words.labels.punctuation.colon}${looks}`, view),
    lookTable(history, view, words),
  ].join('');
}
