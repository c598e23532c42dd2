import { harmless } from '../harmless.ts';
import type { Report, ReportTarget } from '../model/report.ts';
import type { Words } from '../words/contract.ts';
import { wordsOf } from '../words/load.ts';
import { type Answer, answerOf } from './answer.ts';
import { harmlessJson } from './json.ts';
import { linesOf, placeOf, toldTarget } from './told.ts';
import { incompleteness } from './verdict-line.ts';
import type { View } from './view.ts';

/** A description: what would begin a directive or escape is escaped (TAP 14), and a number is not to look like the test's. */
const description = (text: string): string => harmless(text, 500).replace(/[\\#]/g, '\\$&');

/** YAML of one level: a JSON text is one of YAML too. */
function diagnostics(values: Readonly<Record<string, string | readonly string[]>>): readonly string[] {
  const fields = Object.entries(values).flatMap(([key, value]) => {
    if (typeof value === 'string') return [`  ${key}: ${harmlessJson(value, 0)}`];
    return value.length === 0 ? [] : [`  ${key}:`, ...value.map((text) => `    - ${harmlessJson(text, 0)}`)];
  });
  return ['  ---', ...fields, '  ...'];
}

interface Point {
  readonly ok: boolean;
  readonly says: string;
  /** Why it is skipped; null if it is not. */
  readonly skip: string | null;
  readonly below: readonly string[];
}

function targetPoint(report: Report, target: ReportTarget, answer: Answer, words: Words): Point {
  const { verdict, untested, importance, url } = target;
  const says = `${target.id} ${placeOf(target)}`;
  const { stop } = words.labels.punctuation;
  if (untested !== null) return { ok: true, says, skip: `${untested.detail}${stop}${untested.hint}`, below: [] };
  if (verdict === 'reachable') return { ok: true, says, skip: null, below: [] };
  const { title, causes, evidence, remedies } = toldTarget(target, answer, words);
  const strict = report.options['fail-on'] === 'warning' || report.options['fail-on'] === 'untested';
  const below = diagnostics({
    message: harmless(title, 1000),
    verdict,
    importance,
    ...(url === null ? {} : { url: harmless(url, 1000) }),
    causes,
    evidence: linesOf(evidence),
    remedies: linesOf(remedies),
  });
  return { ok: verdict === 'degraded' && !strict, says, skip: null, below };
}

function rootPoints({ rootCauses }: Report): readonly Point[] {
  return rootCauses
    .filter(({ targets }) => targets.length === 0)
    .map(({ cause, title, severity, evidence, remedies }) => ({
      ok: severity !== 'critical',
      says: cause,
      skip: null,
      below: diagnostics({
        message: harmless(title, 1000),
        severity,
        evidence: linesOf(evidence),
        remedies: linesOf(remedies),
      }),
    }));
}

/** TAP 14, which readers of 13 take too: whether the run is complete, then a test point a target; the untested is skipped. */
export function renderTap(report: Report, view: View): string {
  const words = wordsOf(view.lang);
  const answer = answerOf(report, words);
  const missing = incompleteness(report, words) ?? words.labels.nothingTested;
  const complete: Point = {
    ok: report.complete,
    says: 'complete',
    skip: null,
    below: report.complete ? [] : diagnostics({ message: missing }),
  };
  const points = [
    complete,
    ...rootPoints(report),
    ...report.targets.map((target) => targetPoint(report, target, answer, words)),
  ];
  const lines = points.flatMap(({ ok, says, skip, below }, index) => [
    `${ok ? 'ok' : 'not ok'} ${index + 1} - ${description(says)}${skip === null ? '' : ` # SKIP ${description(skip)}`}`,
    ...below,
  ]);
  return ['TAP version 14', `1..${points.length}`, ...lines].map((line) => `${line}\n`).join('');
}
