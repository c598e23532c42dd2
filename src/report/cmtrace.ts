import { harmless } from '../harmless.ts';
import type { Severity } from '../model/catalog.ts';
import type { Report, ReportTarget } from '../model/report.ts';
import type { UnexpectedStatus, Words } from '../words/contract.ts';
import { wordsOf } from '../words/load.ts';
import { hostList } from './annotations.ts';
import { type Answer, answerOf } from './answer.ts';
import { failingStatuses, placeOf, titleOf, toldTarget } from './told.ts';
import { incompleteness, verdictLine } from './verdict-line.ts';
import type { View } from './view.ts';

/** Kinds of line that the log viewer marks: information, warning (yellow), error (red). */
type Kind = 1 | 2 | 3;

const kinds: Readonly<Record<Severity, Kind>> = { critical: 3, warning: 2, informational: 1 };

/** As the workers of the service connection point name themselves in its logs. */
const component = 'SMS_SERVICE_CONNECTOR_EndpointConnectivityCheckWorker';

/** A run tells all in one thread; the viewer wants a number. */
const thread = 1;

/** The end of the year 9999, the last that four digits can write. */
const lastMoment = 253_402_300_799_999;

interface Line {
  readonly kind: Kind;
  readonly text: string;
  /** Milliseconds since the run started. */
  readonly at: number;
}

/** What would end the message early is broken up. */
const message = (text: string): string =>
  harmless(text, 2000)
    .replace(/\]LOG\]/gi, ']LOG ]')
    .replace(/<!\[LOG\[/gi, '< ![LOG[');

const digits = (value: number, length: number): string => String(value).padStart(length, '0');

/** `HH:MM:SS.mmm+000` and `MM-DD-YYYY`, both UTC, which the bias of 0 minutes says. */
function written({ kind, text, at }: Line, startedAt: number): string {
  const moment = new Date(Math.max(0, Math.min(startedAt + at, lastMoment)));
  const clock = [moment.getUTCHours(), moment.getUTCMinutes(), moment.getUTCSeconds()]
    .map((part) => digits(part, 2))
    .join(':');
  const date = [
    digits(moment.getUTCMonth() + 1, 2),
    digits(moment.getUTCDate(), 2),
    digits(moment.getUTCFullYear(), 4),
  ].join('-');
  const time = `${clock}.${digits(moment.getUTCMilliseconds(), 3)}+000`;
  return `<![LOG[${message(text)}]LOG]!><time="${time}" date="${date}" component="${component}" context="" type="${kind}" thread="${thread}" file="wayclear">\r\n`;
}

function targetLines(
  target: ReportTarget,
  answer: Answer,
  words: Words,
  statuses: readonly UnexpectedStatus[],
): readonly Omit<Line, 'at'>[] {
  const { labels } = words;
  const { colon, stop } = labels.punctuation;
  const where = `${target.url ?? placeOf(target)} [${labels.importances[target.importance]}]`;
  const { verdict, untested } = target;
  if (untested !== null)
    return [{ kind: 1, text: `${where}${colon}${labels.verdicts[verdict]}${stop}${untested.detail}` }];
  const fine = `${where}${colon}${labels.verdicts[verdict]} (${labels.duration(target.durationMs)})`;
  if (verdict === 'reachable') return [{ kind: 1, text: fine }];
  const kind: Kind = verdict === 'unreachable' && target.importance === 'critical' ? 3 : 2;
  const { title, evidence } = toldTarget(target, answer, words);
  return [
    { kind, text: `${where}${colon}${labels.verdicts[verdict]}${stop}${title}` },
    ...statuses.map((status) => ({
      kind,
      text: `${placeOf(target)}${colon}${words.facts['http.status-meaning']({ status })}`,
    })),
    ...evidence.map((text) => ({ kind, text })),
  ];
}

function causeLines(answer: Answer, words: Words): readonly Omit<Line, 'at'>[] {
  const { labels, request } = words;
  const { colon } = labels.punctuation;
  return answer.causes.flatMap(({ root, owner, hosts, deciding }) => {
    const kind = kinds[root.severity];
    const affected = hosts.length === 0 ? '' : `. ${labels.text.affected}${colon}${hostList(hosts, words)}`;
    return [
      {
        kind,
        text: `${labels.text.cause}${colon}${root.title} (${root.cause}, ${labels.confident(root.confidence)})${affected}`,
      },
      ...deciding.map((text) => ({ kind, text: `${labels.text.evidence}${colon}${text}` })),
      { kind, text: `${request.to}${colon}${request.owners[owner]}` },
      ...root.remedies.map((text) => ({ kind, text: `→ ${text}` })),
    ];
  });
}

/** The status messages as the role raises them; what is missing first. */
function statusLines(report: Report, answer: Answer, words: Words): readonly Omit<Line, 'at'>[] {
  const { status } = report;
  const { labels, messages } = words;
  const { colon } = labels.punctuation;
  const missing = incompleteness(report, words);
  const incomplete: readonly Omit<Line, 'at'>[] = missing === null ? [] : [{ kind: 2, text: missing }];
  if (status === null) return incomplete;
  const statusKinds = { informational: 1, warning: 2, error: 3 } as const;
  const raised = status.raised.map(({ messageId, severity, component: by, feature }) => ({
    kind: 3 as const,
    text: `${labels.text.status} ${messageId} (${labels.severities[severity]}), ${by}${colon}${messages[11488](harmless(titleOf(feature, answer)))}`,
  }));
  const overall = `${labels.text.status} ${status.messageId} (${labels.severities[status.severity]}), ${status.component}`;
  return [
    ...incomplete,
    ...raised,
    { kind: statusKinds[status.severity], text: `${overall}${colon}${messages[status.messageId]}` },
  ];
}

/** EndpointConnectivityCheckWorker.log as Configuration Manager's log viewer reads it: a line a target, the causes, the status messages. */
export function renderCmtrace(report: Report, view: View): string {
  const words = wordsOf(view.lang);
  const answer = answerOf(report, words);
  const statuses = failingStatuses(report, words);
  const { tool, machine, targets, durationMs } = report;
  const by = machine === null || machine === undefined ? '' : `, ${machine.name} (${machine.account})`;
  const lines: Line[] = [
    { kind: 1, at: 0, text: `wayclear ${tool.version}${by}, ${words.labels.targets(targets.length)}` },
  ];
  for (const target of targets) {
    const at = Math.min(durationMs, endOf(target));
    for (const line of targetLines(target, answer, words, statuses.get(target.id) ?? [])) lines.push({ ...line, at });
  }
  lines.sort((left, right) => left.at - right.at);
  for (const line of [...causeLines(answer, words), ...statusLines(report, answer, words)])
    lines.push({ ...line, at: durationMs });
  lines.push({ kind: 1, at: durationMs, text: verdictLine(report, words).text });
  const startedAt = Date.parse(report.startedAt);
  return lines.map((line) => written(line, Number.isNaN(startedAt) ? 0 : startedAt)).join('');
}

/** When the last stage of a target ended, in milliseconds since the start. */
function endOf({ stages }: ReportTarget): number {
  const ends = Object.values(stages).map((stage) => (stage.status === 'skipped' ? 0 : stage.at + stage.ms));
  return Math.round(Math.max(0, ...ends));
}
