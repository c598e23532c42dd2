import { entryOf } from '../entry.ts';
import { harmless } from '../harmless.ts';
import type { Report, ReportTarget } from '../model/report.ts';
import type { Words } from '../words/contract.ts';
import { wordsOf } from '../words/load.ts';
import { type Answer, type AnsweredFeature, answerOf } from './answer.ts';
import { linesOf, placeOf, toldTarget } from './told.ts';
import { incompleteness } from './verdict-line.ts';
import type { View } from './view.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text of XML 1.0: what {@link harmless} leaves but for the two characters that XML does not know either. */
const xml = (text: string, max = 1000): string =>
  harmless(text, max)
    .replace(/[&<>"']/g, (character) => entryOf(entities, character) ?? '')
    .replace(/[\ufffe\uffff]/g, '\ufffd');

const attributes = (values: Readonly<Record<string, string | number>>): string =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${xml(String(value))}"`)
    .join('');

const seconds = (ms: number): string => (ms / 1000).toFixed(3);

type Outcome = 'passed' | 'failure' | 'error' | 'skipped';

interface TestCase {
  readonly classname: string;
  readonly name: string;
  readonly ms: number;
  readonly outcome: Outcome;
  /** One line. */
  readonly message: string;
  /** Cause of a failure. */
  readonly type: string;
  /** Lines below the message. */
  readonly details: readonly string[];
}

interface Suite {
  readonly name: string;
  readonly ms: number;
  readonly cases: readonly TestCase[];
}

/** Jenkins and Azure Pipelines show the message and the text; GitLab shows the text alone, so that it begins with the message. */
function caseElement({ classname, name, ms, outcome, message, type, details }: TestCase): string {
  const open = `    <testcase${attributes({ classname, name, time: seconds(ms) })}`;
  const text = [message, ...linesOf(details)].map((line) => xml(line)).join('\n');
  if (outcome === 'passed' && message === '') return `${open}/>\n`;
  const inner =
    outcome === 'passed'
      ? `<system-out>${text}</system-out>`
      : outcome === 'skipped'
        ? `<skipped${attributes({ message })}/>`
        : `<${outcome}${attributes({ message, type })}>${text}</${outcome}>`;
  return `${open}>\n      ${inner}\n    </testcase>\n`;
}

const count = (cases: readonly TestCase[], outcome: Outcome): number =>
  cases.filter((row) => row.outcome === outcome).length;

function totals(cases: readonly TestCase[], ms: number): Readonly<Record<string, string | number>> {
  const [failures, errors, skipped] = [count(cases, 'failure'), count(cases, 'error'), count(cases, 'skipped')];
  return { tests: cases.length, failures, errors, skipped, time: seconds(ms) };
}

interface Telling {
  readonly report: Report;
  readonly answer: Answer;
  readonly words: Words;
}

/** What the person named as a failure, when the report was made: something that hurts too, or only what can't be used. */
const failsOnWarning = ({ options }: Report): boolean =>
  options['fail-on'] === 'warning' || options['fail-on'] === 'untested';

function targetCase(telling: Telling, target: ReportTarget): TestCase {
  const { report, answer, words } = telling;
  const { feature, id, verdict, untested, durationMs: ms } = target;
  const identity = {
    classname: `wayclear.${feature}`,
    name: `${placeOf(target)} (${id.startsWith(`${feature}/`) ? id.slice(feature.length + 1) : id})`,
    ms,
  };
  if (untested !== null) {
    const message = `${untested.detail}${words.labels.punctuation.stop}${untested.hint}`;
    return { ...identity, outcome: 'skipped', message, type: untested.reason, details: [] };
  }
  if (verdict === 'reachable') return { ...identity, outcome: 'passed', message: '', type: '', details: [] };
  const { title, causes, evidence, remedies } = toldTarget(target, answer, words);
  const fails = verdict === 'unreachable' || failsOnWarning(report);
  return {
    ...identity,
    outcome: fails ? 'failure' : 'passed',
    message: title === '' ? words.labels.verdicts[verdict] : title,
    type: causes[0] ?? 'undetermined',
    details: [
      `${words.labels.text.importance}${words.labels.punctuation.colon}${words.labels.importances[target.importance]}`,
      ...(target.url === null ? [] : [target.url]),
      ...evidence,
      ...remedies.map((remedy) => `→ ${remedy}`),
    ],
  };
}

const featureSuite = (telling: Telling, { feature, targets }: AnsweredFeature): Suite => ({
  name: feature,
  ms: targets.reduce((sum, { durationMs }) => sum + durationMs, 0),
  cases: targets.map((target) => targetCase(telling, target)),
});

/** Whether the run got to its end, what is wrong with the machine and hits no target, and the checks, which fail nothing. */
function machineSuite({ report, words }: Telling): Suite {
  const classname = 'wayclear';
  const missing = incompleteness(report, words);
  const complete: TestCase = {
    ...{ classname, name: 'complete', ms: report.durationMs, type: 'incomplete', details: [] },
    outcome: report.complete ? 'passed' : 'error',
    message: report.complete ? '' : (missing ?? words.labels.nothingTested),
  };
  const causes = report.rootCauses
    .filter(({ targets }) => targets.length === 0)
    .map((root): TestCase => {
      const fails = root.severity === 'critical' || (root.severity === 'warning' && failsOnWarning(report));
      const details = [...root.evidence, ...root.remedies.map((remedy) => `→ ${remedy}`)];
      const outcome = fails ? 'failure' : 'passed';
      return { classname, name: root.cause, ms: 0, outcome, message: root.title, type: root.cause, details };
    });
  const checks = report.checks.map(({ id, verdict, detail, cause }): TestCase => {
    const outcome = verdict === 'untested' ? 'skipped' : 'passed';
    const message = `${words.labels.checkVerdicts[verdict]}${words.labels.punctuation.colon}${detail}`;
    return { classname: 'wayclear.checks', name: id, ms: 0, outcome, message, type: cause ?? '', details: [] };
  });
  return { name: 'wayclear', ms: report.durationMs, cases: [complete, ...causes, ...checks] };
}

/** JUnit: a suite a feature, a test a target; what can't be used has failed, what hurts has said so, the untested is skipped. */
export function renderJunit(report: Report, view: View): string {
  const words = wordsOf(view.lang);
  const telling: Telling = { report, words, answer: answerOf(report, words) };
  const suites = [machineSuite(telling), ...telling.answer.features.map((feature) => featureSuite(telling, feature))];
  const timestamp = report.startedAt.slice(0, 19);
  const hostname = report.machine?.name ?? '-';
  const elements = suites.map(
    ({ name, ms, cases }) =>
      `  <testsuite${attributes({ name, ...totals(cases, ms), timestamp, hostname })}>\n${cases.map(caseElement).join('')}  </testsuite>\n`,
  );
  const { skipped: _, ...all } = totals(
    suites.flatMap(({ cases }) => cases),
    report.durationMs,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${attributes({ name: 'wayclear', ...all })}>\n${elements.join('')}</testsuites>\n`;
}
