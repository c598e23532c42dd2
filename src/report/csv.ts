import type { StageName } from '../model/observations.ts';
import type { Report, ReportTarget } from '../model/report.ts';
import type { Words } from '../words/contract.ts';
import { wordsOf } from '../words/load.ts';
import { type Answer, answerOf, stageNames } from './answer.ts';
import { csvOf } from './cells.ts';
import { failingStatuses, toldTarget } from './told.ts';
import type { View } from './view.ts';

/** Names of the columns are for programs: they are the same in every language. */
const head = [
  ...[
    'feature',
    'id',
    'host',
    'port',
    'url',
    'pattern',
    'importance',
    'route',
    'verdict',
    'causes',
    'what',
    'confidence',
  ],
  ...['failed stage', 'failure', 'status code', 'addresses', 'evidence', 'remedies', 'untested because', 'hint', 'ms'],
  ...stageNames.map((name) => `${name} ms`),
];

const msOf = (target: ReportTarget, name: StageName): string => {
  const stage = target.stages[name];
  return stage.status === 'skipped' ? '' : String(stage.ms);
};

function row(
  target: ReportTarget,
  answer: Answer,
  words: Words,
  statuses: readonly number[],
): readonly (string | number)[] {
  const { title, causes, evidence, remedies, roots } = toldTarget(target, answer, words);
  const failed = stageNames.find((name) => target.stages[name].status === 'failed');
  const stage = failed === undefined ? null : target.stages[failed];
  const addresses = [...new Set(target.attempts.flatMap(({ address }) => address ?? []))];
  return [
    ...[target.feature, target.id, target.host, target.port, target.url ?? '', target.pattern, target.importance],
    ...[
      target.route,
      target.verdict,
      causes.join(' '),
      title,
      roots[0]?.confidence ?? target.findings[0]?.confidence ?? '',
    ],
    ...[failed ?? '', stage?.status === 'failed' ? stage.failure : '', statuses.join(' '), addresses.join(' ')],
    ...[evidence.join('; '), remedies.join('; '), target.untested?.reason ?? '', target.untested?.hint ?? ''],
    target.durationMs,
    ...stageNames.map((name) => msOf(target, name)),
  ];
}

/** RFC 4180, a row a target. */
export function renderCsv(report: Report, view: View): string {
  const words = wordsOf(view.lang);
  const answer = answerOf(report, words);
  const statuses = failingStatuses(report, words);
  return csvOf([head, ...report.targets.map((target) => row(target, answer, words, statuses.get(target.id) ?? []))]);
}
