/** Every row of the run: a table a feature, and what was not tested with its patterns. For the verbose view. */
import { grouped } from '../grouped.ts';
import { harmless } from '../harmless.ts';
import type { Verdict } from '../model/diagnosis.ts';
import type { ReportTarget } from '../model/report.ts';
import { hostOf } from './answer.ts';
import type { Paper } from './paper.ts';
import { type Cell, drawTable, paint } from './table.ts';
import { verdictMarks, verdictStyles } from './verdict-line.ts';
import { hang, wrap } from './wrap.ts';

export function everyRow(paper: Paper): readonly (readonly string[])[] {
  return paper.answer.features.map(({ title, feature, targets }) => [
    paint('bold', title === feature ? harmless(title) : `${harmless(title)} (${harmless(feature)})`, paper.view),
    targetTable(paper, targets).trimEnd(),
  ]);
}

function targetTable(paper: Paper, targets: readonly ReportTarget[]): string {
  const { view, labels } = paper;
  const order: readonly Verdict[] = ['unreachable', 'degraded', 'untested', 'reachable'];
  const sorted = [...targets].sort(
    (left, right) =>
      order.indexOf(left.verdict) - order.indexOf(right.verdict) ||
      Number(left.importance !== 'critical') - Number(right.importance !== 'critical'),
  );
  const columns = [
    { title: labels.text.host, whole: true },
    { title: labels.text.port, whole: true },
    { title: labels.text.importance, whole: true },
    { title: labels.text.verdict, whole: true },
    { title: labels.text.possibleCause, whole: false },
  ];
  const rows = sorted.map((target): readonly Cell[] => [
    { text: harmless(hostOf(target)), style: null },
    { text: String(target.port), style: null },
    { text: labels.importances[target.importance], style: null },
    {
      text: `${verdictMarks[target.verdict]} ${labels.verdicts[target.verdict]}`,
      style: verdictStyles[target.verdict],
    },
    { text: possibleCause(paper, target), style: null },
  ]);
  return drawTable(columns, rows, view);
}

function possibleCause({ report, answer, words }: Paper, target: ReportTarget): string {
  if (target.untested !== null) return harmless(target.untested.detail);
  const numbers = answer.causesOf.get(target.id) ?? [];
  const rooted = numbers.map((number) => `${number}. ${harmless(report.rootCauses[number - 1]?.title ?? '', 200)}`);
  if (rooted.length > 0) return rooted.join('; ');
  // A symptom of another target's cause shows the cause that explains it.
  const ids = target.findings.map((finding) => finding.explainedBy ?? finding.cause);
  return [...new Set(ids)].map((cause) => words.causes[cause].title).join('; ');
}

/** What nobody tested, grouped by what would make it testable. */
export function everyUntested({ report, view, labels }: Paper): readonly string[] {
  const { colon, stop } = labels.punctuation;
  const untested = report.targets.flatMap(({ pattern, untested: why }) =>
    why === null ? [] : [[`${harmless(why.detail, 1000)}${stop}${harmless(why.hint, 1000)}`, pattern] as const],
  );
  if (untested.length === 0) return [];
  const lines = [...grouped(untested)].flatMap(([says, targets]) => [
    ...hang('? ', `${labels.targets(targets.length)}${colon}${says}`, view.width),
    ...wrap([...new Set(targets)].map((pattern) => harmless(pattern)).join(', '), view.width - 4).map((line) =>
      paint('dim', `    ${line}`, view),
    ),
  ]);
  return [paint('bold', labels.text.untested, view), ...lines];
}
