import { harmless } from '../harmless.ts';
import type { Check } from '../model/diagnosis.ts';
import type { Report } from '../model/report.ts';
import { trimEndOf } from '../text-bounds.ts';
import { labelsOf, wordsOf } from '../words/load.ts';
import { answerOf } from './answer.ts';
import { detailLines } from './check-details.ts';
import { everyRow, everyUntested } from './every-row.ts';
import type { Paper } from './paper.ts';
import { causeLines } from './screen-causes.ts';
import { featureTable, healthyLines, unlikeTable } from './screen-features.ts';
import { noteLines } from './screen-notes.ts';
import { paint, type Style } from './table.ts';
import { summaryLine, verdictLine, verdictMarks, verdictStyles } from './verdict-line.ts';
import type { View } from './view.ts';
import { hang } from './wrap.ts';

const checkMarks: Readonly<Record<Check['verdict'], string>> = { pass: '✓', warn: '!', fail: '✗', untested: '?' };
const checkStyles: Readonly<Record<Check['verdict'], Style>> = {
  pass: 'green',
  warn: 'yellow',
  fail: 'red',
  untested: 'dim',
};

/**
 * The report for eyes, from top to bottom: the verdict in one line, the root causes, the features by the stage at which they
 * break, the rows that differ from their feature, what was not tested, and what to type next. The verbose view adds every
 * target with its stages, chains and checks. One layout from 60 columns on.
 * All text passes through {@link harmless}: a report can come from a file that anybody wrote.
 */
export function renderCheckTable(report: Report, view: View): string {
  const width = Math.min(250, Math.max(60, view.width));
  const words = wordsOf(view.lang);
  const paper: Paper = {
    report,
    answer: answerOf(report, words),
    view: { ...view, width },
    words,
    labels: labelsOf(view.lang),
  };
  if (view.quiet === true) return `${summaryLine(report, words)}\n`;
  const causes = paper.answer.causes.map((cause) => causeLines(paper, cause));
  const healthy = report.summary.unreachable + report.summary.degraded === 0;
  const calm = healthy && causes.length === 0;
  const tested = report.summary.reachable + report.summary.degraded + report.summary.unreachable;
  const above = [
    calm ? [...headline(paper), ...healthyLines(paper), ...noteLines(paper)] : headline(paper),
    ...causes,
    calm ? [] : healthy ? healthyLines(paper) : featureTable(paper),
  ];
  const below = [
    checks(paper),
    calm ? [] : noteLines(paper),
    ...(view.verbose ? [...everyRow(paper), everyUntested(paper), detailLines(paper)] : []),
    // Where nothing was tested, why not is the answer.
    !view.verbose && tested === 0 ? everyUntested(paper) : [],
  ];
  const room = linesFor(width, causes.length) - heightOf([...above, ...below]);
  return [...above, healthy || view.verbose ? [] : unlikeTable(paper, room), ...below]
    .filter((block) => block.length > 0)
    .map((block) => `${trimEndOf(block.join('\n'), '\n')}\n`)
    .join('\n');
}

/** What fits on a screen or two: so many lines for a run with one root cause, and for each further one. */
const linesFor = (width: number, causes: number): number => (width < 100 ? 60 : 40) + Math.max(0, causes - 1) * 8;

/** With an empty line behind each block. */
const heightOf = (blocks: readonly (readonly string[])[]): number =>
  blocks.reduce((sum, block) => sum + (block.length === 0 ? 0 : block.length + 1), 0);

/** Verdict, and the features of which nothing that matters can be reached. */
function headline({ report, answer, view, words, labels }: Paper): readonly string[] {
  const { verdict, text } = verdictLine(report, words);
  const lines = hang(`${verdictMarks[verdict]} `, text, view.width);
  const raised = report.status?.raised ?? [];
  const titles = raised.map(({ feature }) =>
    harmless(answer.features.find((row) => row.feature === feature)?.title ?? feature),
  );
  const status = `${labels.text.status} 11488 (${labels.severities.critical})`;
  return [
    ...lines.map((line) => paint(verdictStyles[verdict], line, view)),
    ...(titles.length === 0
      ? []
      : hang('  ', `${status}${labels.punctuation.colon}${titles.join(words.screen.comma)}`, view.width)),
  ];
}

/** The checks of this machine: those that tell something, all of them in the verbose view. */
function checks({ report, view, labels }: Paper): readonly string[] {
  const shown = report.checks.filter((check) => view.verbose || check.verdict === 'warn' || check.verdict === 'fail');
  if (shown.length === 0) return [];
  const lines = shown.flatMap((check) => {
    const cause = check.cause === null ? '' : ` (${check.cause})`;
    const id = view.verbose
      ? `${labels.checkVerdicts[check.verdict]}${labels.punctuation.colon}${harmless(check.id)}${labels.punctuation.colon}`
      : '';
    return hang(`${checkMarks[check.verdict]} `, `${id}${harmless(check.detail, 1000)}${cause}`, view.width).map(
      (line) => paint(checkStyles[check.verdict], line, view),
    );
  });
  return [paint('bold', labels.text.checks, view), ...lines];
}
