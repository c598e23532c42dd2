import { harmless } from '../harmless.ts';
import type { Severity } from '../model/catalog.ts';
import type { Check, Status, Verdict, WildcardProof } from '../model/diagnosis.ts';
import type { LeftOut } from '../model/plan.ts';
import type { Report, ReportTarget } from '../model/report.ts';
import { trimEndOf } from '../text-bounds.ts';
import { attributeWords, type Labels, type Words } from '../words/contract.ts';
import { labelsOf, wordsOf } from '../words/load.ts';
import { detailLines } from './check-details.ts';
import type { Paper } from './paper.ts';
import { type Cell, drawTable, paint, type Style } from './table.ts';
import type { View } from './view.ts';
import { hang, wrap } from './wrap.ts';

const marks: Readonly<Record<Verdict, string>> = { reachable: '✓', degraded: '!', unreachable: '✗', untested: '?' };
const verdictStyles: Readonly<Record<Verdict, Style>> = {
  reachable: 'green',
  degraded: 'yellow',
  unreachable: 'red',
  untested: 'dim',
};
const severityMarks: Readonly<Record<Severity, string>> = { critical: '✗', warning: '!', informational: 'i' };
const severityStyles: Readonly<Record<Severity, Style>> = {
  critical: 'red',
  warning: 'yellow',
  informational: 'cyan',
};
const checkMarks: Readonly<Record<Check['verdict'], string>> = { pass: '✓', warn: '!', fail: '✗', untested: '?' };
const checkStyles: Readonly<Record<Check['verdict'], Style>> = {
  pass: 'green',
  warn: 'yellow',
  fail: 'red',
  untested: 'dim',
};

/** Root causes that list more evidence than this, or more targets, are cut short unless the view is verbose. */
const shortEvidence = 4;
const shortTargets = 6;

/**
 * The report for eyes: one line that says it all, the root causes, then the features. Only trouble gets a
 * table, so a healthy run is short; the verbose view adds every target with its stages, chains and checks.
 * All text passes through {@link harmless}: a report can come from a file that anybody wrote.
 */
export function renderCheckTable(report: Report, view: View): string {
  const width = Math.min(250, Math.max(40, view.width));
  const paper: Paper = { report, view: { ...view, width }, words: wordsOf(view.lang), labels: labelsOf(view.lang) };
  const blocks = [
    headline(paper),
    ...report.rootCauses.map((root, index) => rootCause(paper, root, index === 0)),
    ...features(paper),
    untested(paper),
    checks(paper),
    view.verbose ? detailLines(paper) : [],
  ];
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => `${trimEndOf(block.join('\n'), '\n')}\n`)
    .join('\n');
}

function headline({ report, view, words, labels }: Paper): readonly string[] {
  const { summary, status } = report;
  const tested = summary.reachable + summary.degraded + summary.unreachable;
  const worst: Verdict =
    summary.unreachable > 0 ? 'unreachable' : summary.degraded > 0 ? 'degraded' : tested > 0 ? 'reachable' : 'untested';
  const failed = summary.unreachable + summary.degraded > 0 || report.rootCauses.length > 0;
  const incomplete = incompleteness(report, labels);
  const message = words.messages[status?.messageId ?? messageFor(report)];
  const says = [incomplete, tested > 0 && (failed || incomplete === null) ? message : null]
    .filter((text) => text !== null)
    .join(labels.punctuation.gap);
  const lines = hang(
    `${marks[worst]} `,
    `${says}${labels.punctuation.gap}${labels.summary(summary, report.durationMs)}`,
    view.width,
  );
  return [
    ...lines.map((line) => paint(verdictStyles[worst], line, view)),
    ...statusLines({ report, view, words, labels }),
    ...leftOutLine(report, view, labels),
    ...witnessLine({ report, view, words, labels }),
  ];
}

/** What the run did not get to, first of all; null where nothing is missing. */
function incompleteness({ complete, summary, observations }: Report, labels: Labels): string | null {
  const tested = summary.reachable + summary.degraded + summary.unreachable;
  const because = (['deadline', 'interrupted', 'resources'] as const).find((code) => summary.untestedBecause[code] > 0);
  if (because !== undefined) {
    const { deadline, interrupted, resources } = summary.untestedBecause;
    return labels.incomplete(tested, tested + deadline + interrupted + resources, because);
  }
  if (!complete || tested === 0) return labels.nothingTested;
  return observations.ended === 'interrupted' ? labels.interruptedLate : null;
}

/** What the role's message would say of a run that raises none. */
function messageFor({ rootCauses }: Report): Status['messageId'] {
  const severities = new Set(rootCauses.map(({ severity }) => severity));
  return severities.has('critical') ? 11412 : severities.has('warning') ? 11411 : 11410;
}

/** How many endpoints of the run's features have no row, by reason. */
function leftOutLine({ summary: { leftOut } }: Report, view: View, labels: Labels): readonly string[] {
  const sum = (because: LeftOut['because']): number =>
    leftOut.filter((row) => row.because === because).reduce((total, { endpoints }) => total + endpoints, 0);
  const counts = {
    'not-current': sum('not-current'),
    'other-cloud': sum('other-cloud'),
    'other-role': sum('other-role'),
  };
  return leftOut.length === 0 ? [] : hang('  ', labels.leftOut(counts), view.width);
}

function statusLines({ report, view, words, labels }: Paper): readonly string[] {
  const { status } = report;
  if (status === null) return [];
  const overall = `${labels.text.status} ${status.messageId} (${labels.severities[status.severity]}), ${status.component}`;
  const raised = status.raised.map(
    ({ messageId, severity, feature }) =>
      `${messageId} (${labels.severities[severity]}): ${words.messages[11488](harmless(feature))}`,
  );
  return [overall, ...raised].flatMap((line) => hang('  ', line, view.width));
}

/**
 * A wildcard is proven by its witnesses alone: said once for the run, for each pattern in the verbose view. Those that an
 * experiment proves something of have a line each.
 */
function witnessLine({ report, view, words, labels }: Paper): readonly string[] {
  const byPattern = new Map<string, { reached: number; tried: number }>();
  const verdicts = new Map(report.targets.map((target) => [target.id, target.verdict]));
  for (const target of report.observations.plan.targets) {
    const verdict = verdicts.get(target.id) ?? 'untested';
    if (!target.witness || verdict === 'untested') continue;
    const count = byPattern.get(target.pattern) ?? { reached: 0, tried: 0 };
    byPattern.set(target.pattern, {
      reached: count.reached + (verdict === 'unreachable' ? 0 : 1),
      tried: count.tried + 1,
    });
  }
  if (byPattern.size === 0) return [];
  const proven = (pattern: string): WildcardProof['policy'] | null => {
    const proofs = (report.wildcards ?? []).filter((proof) => proof.pattern === pattern);
    return (proofs.find(({ policy }) => policy === 'refuses') ?? proofs[0])?.policy ?? null;
  };
  const each = [...byPattern].map(([pattern, { reached, tried }]) => {
    const policy = proven(pattern);
    return { reached, tried, policy, line: words.witnesses(harmless(pattern), reached, tried, policy) };
  });
  const open = each.filter(({ policy }) => policy === null);
  const total = labels.witnesses(
    open.length,
    open.reduce((sum, { reached }) => sum + reached, 0),
    open.reduce((sum, { tried }) => sum + tried, 0),
  );
  const shown = view.verbose ? each : each.filter(({ policy }) => policy !== null);
  const lines = [...shown.map(({ line }) => line), ...(view.verbose || open.length === 0 ? [] : [total])];
  return lines.flatMap((line) => hang('  ', line, view.width));
}

function rootCause(
  { view, words, labels }: Paper,
  root: Report['rootCauses'][number],
  first: boolean,
): readonly string[] {
  const { colon } = labels.punctuation;
  const style = severityStyles[root.severity];
  const title = `${labels.severities[root.severity]}${colon}${harmless(root.title, 200)} (${root.cause}, ${labels.confident(root.confidence)})`;
  const targets = view.verbose ? root.targets : root.targets.slice(0, shortTargets);
  const evidence = view.verbose ? root.evidence : root.evidence.slice(0, shortEvidence);
  const affected = [
    ...targets.map((target) => harmless(target)),
    ...(targets.length < root.targets.length ? [labels.more(root.targets.length - targets.length)] : []),
  ].join(', ');
  const bullets = (texts: readonly string[]): readonly string[] =>
    texts.flatMap((text) => hang('    - ', harmless(text, 1000), view.width));
  return [
    ...(first ? [paint('bold', labels.text.rootCauses, view), ''] : []),
    ...hang(`${severityMarks[root.severity]} `, title, view.width).map((line) => paint(style, line, view)),
    ...(root.targets.length === 0
      ? []
      : hang(
          '  ',
          `${labels.text.affected}${colon}${labels.targets(root.targets.length)}${colon}${affected}`,
          view.width,
        )),
    ...(root.shared === null
      ? []
      : hang(
          '  ',
          `${labels.text.shared}${colon}${harmless(attributeWords(words, root.shared.attribute), 60)} ${harmless(root.shared.value)}`,
          view.width,
        )),
    ...(evidence.length === 0 ? [] : [`  ${labels.text.evidence}${colon.trimEnd()}`, ...bullets(evidence)]),
    ...(evidence.length < root.evidence.length ? [`    - ${labels.more(root.evidence.length - evidence.length)}`] : []),
    ...(root.remedies.length === 0 ? [] : [`  ${labels.text.remedies}${colon.trimEnd()}`, ...bullets(root.remedies)]),
    ...(root.alternatives.length === 0
      ? []
      : hang('  ', `${labels.text.alternatives}${colon}${root.alternatives.join(', ')}`, view.width)),
  ];
}

const trouble: readonly Verdict[] = ['unreachable', 'degraded'];

/** One line for all features without trouble each, a table for each one with it. */
function features(paper: Paper): readonly (readonly string[])[] {
  const { report, view, labels } = paper;
  const groups = new Map<string, ReportTarget[]>();
  for (const target of report.targets) {
    const group = groups.get(target.feature);
    if (group === undefined) groups.set(target.feature, [target]);
    else group.push(target);
  }
  const fine: string[] = [];
  const tables: (readonly string[])[] = [];
  for (const [feature, targets] of groups) {
    const count = (verdict: Verdict): number => targets.filter((target) => target.verdict === verdict).length;
    const bad = targets.filter((target) => trouble.includes(target.verdict));
    if (bad.length === 0) {
      const verdict = count('reachable') > 0 ? 'reachable' : 'untested';
      const line = `${harmless(feature)}: ${labels.fine(count('reachable'), count('untested'))}`;
      fine.push(...hang(`${paint(verdictStyles[verdict], marks[verdict], view)} `, line, view.width));
      continue;
    }
    const shown = view.verbose ? targets : bad;
    const rest = labels.fine(count('reachable'), count('untested'));
    tables.push([
      paint('bold', harmless(feature), view),
      targetTable(paper, shown).trimEnd(),
      ...(shown.length < targets.length ? [`  ${labels.besides(rest)}`] : []),
    ]);
  }
  return [...tables, fine];
}

function targetTable({ report, view, words, labels }: Paper, targets: readonly ReportTarget[]): string {
  const titles = new Map(report.rootCauses.map((root) => [root.cause, root.title]));
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
    { text: harmless(target.host === '' ? target.pattern : target.host), style: null },
    { text: String(target.port), style: null },
    { text: labels.importances[target.importance], style: null },
    { text: `${marks[target.verdict]} ${labels.verdicts[target.verdict]}`, style: verdictStyles[target.verdict] },
    { text: possibleCause(target, titles, words), style: null },
  ]);
  // Several URLs of one host that fare alike are one row.
  const unlike = rows.filter((row, index) => rows.findIndex((other) => sameRow(row, other)) === index);
  return drawTable(columns, unlike, view);
}

function sameRow(left: readonly Cell[], right: readonly Cell[]): boolean {
  return left.every((cell, index) => cell.text === right[index]?.text);
}

function possibleCause(target: ReportTarget, titles: ReadonlyMap<string, string>, words: Words): string {
  if (target.untested !== null) return harmless(target.untested.detail);
  // A symptom shows the cause that explains it.
  const ids = target.findings.map((finding) => finding.explainedBy ?? finding.cause);
  return [...new Set(ids)]
    .map((cause) => `${harmless(titles.get(cause) ?? words.causes[cause].title, 200)} (${cause})`)
    .join('; ');
}

/** What nobody tested, grouped by what would make it testable. */
function untested({ report, view, labels }: Paper): readonly string[] {
  const { colon, stop } = labels.punctuation;
  const groups = new Map<string, { readonly says: string; readonly targets: string[] }>();
  for (const target of report.targets) {
    if (target.untested === null) continue;
    const key = JSON.stringify(target.untested);
    const says = `${harmless(target.untested.detail, 1000)}${stop}${harmless(target.untested.hint, 1000)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { says, targets: [target.pattern] });
    else group.targets.push(target.pattern);
  }
  if (groups.size === 0) return [];
  const lines = [...groups.values()].flatMap(({ says, targets }) => {
    const patterns = [...new Set(targets)];
    const shown = view.verbose ? patterns : patterns.slice(0, 3);
    const names = [
      ...shown.map((pattern) => harmless(pattern)),
      ...(shown.length < patterns.length ? [labels.more(patterns.length - shown.length)] : []),
    ];
    return [
      ...hang('? ', `${labels.targets(targets.length)}${colon}${says}`, view.width),
      ...wrap(names.join(', '), view.width - 4).map((line) => paint('dim', `    ${line}`, view)),
    ];
  });
  return [paint('bold', labels.text.untested, view), ...lines];
}

/** The checks of this machine: those that tell something, all of them in the verbose view. */
function checks({ report, view, labels }: Paper): readonly string[] {
  const shown = report.checks.filter((check) => view.verbose || check.verdict === 'warn' || check.verdict === 'fail');
  if (shown.length === 0) return [];
  const { colon } = labels.punctuation;
  const lines = shown.flatMap((check) => {
    const cause = check.cause === null ? '' : ` (${check.cause})`;
    const text = `${labels.checkVerdicts[check.verdict]}${colon}${harmless(check.id)}${colon}${harmless(check.detail, 1000)}${cause}`;
    return hang(`${checkMarks[check.verdict]} `, text, view.width).map((line) =>
      paint(checkStyles[check.verdict], line, view),
    );
  });
  return [paint('bold', labels.text.checks, view), ...lines];
}
