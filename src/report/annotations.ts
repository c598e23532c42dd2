/** What a build server is told above its log: a line a root cause, and one more where the run is incomplete. Knows no layout. */
import { harmless } from '../harmless.ts';
import type { Severity } from '../model/catalog.ts';
import type { Report } from '../model/report.ts';
import type { Words } from '../words/contract.ts';
import { type AnsweredCause, answerOf } from './answer.ts';
import { incompleteness } from './verdict-line.ts';

export interface Annotation {
  readonly severity: Severity;
  /** The cause's id, or `incomplete`. */
  readonly code: string;
  readonly title: string;
  /** Lines: hosts, evidence that decides, who must do what. */
  readonly lines: readonly string[];
}

/** Hosts that an annotation names; the others are counted. */
const mostHosts = 10;

export function annotationsOf(report: Report, words: Words): readonly Annotation[] {
  const missing = incompleteness(report, words);
  const incomplete: Annotation = { severity: 'warning', code: 'incomplete', title: missing ?? '', lines: [] };
  return [
    ...(missing === null ? [] : [incomplete]),
    ...answerOf(report, words).causes.map((cause) => annotationOf(cause, words)),
  ];
}

function annotationOf({ root, owner, hosts, deciding }: AnsweredCause, words: Words): Annotation {
  const { labels, request } = words;
  const { colon } = labels.punctuation;
  return {
    severity: root.severity,
    code: root.cause,
    title: `${harmless(root.title, 140)} (${root.cause})`,
    lines: [
      ...(hosts.length === 0 ? [] : [`${labels.text.affected}${colon}${hostList(hosts, words)}`]),
      ...deciding,
      `${request.to}${colon}${request.owners[owner]}`,
      ...root.remedies.map((remedy) => `→ ${remedy}`),
    ].map((line) => harmless(line, 1000)),
  };
}

/** The first hosts by name, the others as a number. */
export function hostList(hosts: readonly string[], words: Words, most = mostHosts): string {
  const shown = hosts.slice(0, most).map((host) => harmless(host, 255));
  const rest = hosts.length - shown.length;
  return [...shown, ...(rest > 0 ? [words.labels.more(rest)] : [])].join(', ');
}
