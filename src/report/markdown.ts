import type { Report } from '../model/report.ts';
import type { Words } from '../words/contract.ts';
import { wordsOf } from '../words/load.ts';
import { type AnsweredCause, type AnsweredFeature, answerOf } from './answer.ts';
import { code, plain } from './cells.ts';
import { titleOf } from './told.ts';
import { verdictLine } from './verdict-line.ts';
import type { View } from './view.ts';

/** A ticket shows so many hosts of a cause by name, and so many features; a build server refuses a summary over one MiB. */
const mostHosts = 50;
const mostFeatures = 100;

function causeSection({ number, root, owner, hosts, deciding }: AnsweredCause, words: Words): readonly string[] {
  const { labels, request } = words;
  const { colon } = labels.punctuation;
  const rest = hosts.length - mostHosts;
  const named = [...hosts.slice(0, mostHosts).map(code), ...(rest > 0 ? [labels.more(rest)] : [])];
  return [
    `## ${number}. ${plain(root.title)} (\`${root.cause}\`)`,
    '',
    `${labels.severities[root.severity]}, ${labels.confident(root.confidence)}`,
    '',
    ...(hosts.length === 0 ? [] : [`**${labels.text.affected}**${colon}${named.join(', ')}`, '']),
    ...(deciding.length === 0
      ? []
      : [`**${labels.text.evidence}**`, '', ...deciding.map((text) => `- ${plain(text)}`), '']),
    `**${request.to}**${colon}${request.owners[owner]}`,
    '',
    ...root.remedies.map((text) => `- ${plain(text)}`),
    '',
  ];
}

function featureTable(features: readonly AnsweredFeature[], words: Words): readonly string[] {
  const { labels } = words;
  const verdicts = ['reachable', 'degraded', 'unreachable', 'untested'] as const;
  const head = [words.formats.feature, ...verdicts.map((verdict) => labels.verdicts[verdict]), labels.text.cause];
  const rows = features
    .slice(0, mostFeatures)
    .map(({ title, counts, causes: numbers }) => [
      plain(title).slice(0, 300),
      ...verdicts.map((verdict) => String(counts[verdict])),
      numbers.join(', '),
    ]);
  const rest = features.length - rows.length;
  return [
    `| ${head.join(' | ')} |`,
    `|${' --- |'.repeat(head.length)}`,
    ...rows.map((row) => `| ${row.join(' | ')} |`),
    ...(rest > 0 ? ['', labels.more(rest)] : []),
  ];
}

/** The report as a ticket or the summary of a build shows it: verdict, root causes with what to do, features with their counts. */
export function renderMarkdown(report: Report, view: View): string {
  const words = wordsOf(view.lang);
  const { labels } = words;
  const answer = answerOf(report, words);
  const { causes: answered, features } = answer;
  const { status, machine, tool, startedAt } = report;
  const raised = (status?.raised ?? []).map(
    ({ messageId, severity, feature }) =>
      `- ${messageId} (${labels.severities[severity]})${labels.punctuation.colon}${plain(words.messages[11488](titleOf(feature, answer)))}`,
  );
  const message =
    status === null
      ? []
      : [
          `- ${labels.text.status} ${status.messageId} (${labels.severities[status.severity]}), \`${status.component}\``,
        ];
  const by = words.formats.measured(tool.version, startedAt, machine?.name ?? null);
  return [
    `# ${plain(verdictLine(report, words).text)}`,
    '',
    ...message,
    ...raised,
    ...(message.length + raised.length > 0 ? [''] : []),
    plain(by),
    '',
    ...answered.flatMap((cause) => causeSection(cause, words)),
    ...featureTable(features, words),
  ]
    .map((line) => `${line}\n`)
    .join('');
}
