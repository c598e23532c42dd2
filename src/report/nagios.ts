import { harmless } from '../harmless.ts';
import type { Verdict } from '../model/diagnosis.ts';
import type { Report } from '../model/report.ts';
import type { Words } from '../words/contract.ts';
import { wordsOf } from '../words/load.ts';
import { hostList } from './annotations.ts';
import { type AnsweredCause, answerOf } from './answer.ts';
import { verdictLine } from './verdict-line.ts';
import type { View } from './view.ts';

/** States of a plugin with their exit codes (Nagios Plugins Development Guidelines, «Plugin Return Codes»). */
export const nagiosCodes = { OK: 0, WARNING: 1, CRITICAL: 2, UNKNOWN: 3 } as const;
export type NagiosState = keyof typeof nagiosCodes;

/** Nagios keeps 8,192 bytes of a plugin's output, older ones half of it. */
const mostBytes = 4000;

/** What a state and an exit code follow from, of one run or of many. */
export interface Outcome extends Pick<Report, 'complete'> {
  readonly rootCauses: readonly Pick<Report['rootCauses'][number], 'severity'>[];
  readonly summary: Readonly<Record<Verdict, number>>;
}

/** The worst root cause decides; without one an incomplete run knows nothing. */
export function nagiosState({ complete, rootCauses, summary }: Outcome): NagiosState {
  const severities = new Set(rootCauses.map(({ severity }) => severity));
  if (severities.has('critical')) return 'CRITICAL';
  if (severities.has('warning')) return 'WARNING';
  return complete && testedOf(summary) > 0 ? 'OK' : 'UNKNOWN';
}

const testedOf = ({ reachable, degraded, unreachable }: Outcome['summary']): number =>
  reachable + degraded + unreachable;

/** What stands before the bar is text, what is behind it numbers: a bar in a text would end it. */
const text = (value: string, max: number): string => harmless(value, max).replaceAll('|', '¦');

const causeLine = ({ root, hosts }: AnsweredCause, words: Words): string => {
  const affected = hosts.length === 0 ? '' : `${words.labels.punctuation.colon}${hostList(hosts, words, 5)}`;
  return text(
    `${words.labels.severities[root.severity]}${words.labels.punctuation.colon}${root.title} (${root.cause})${affected}`,
    600,
  );
};

/** `'label'=value[UOM];warn;crit;min;max`; labels of our own, without quote or equals sign. */
function performance({ summary, durationMs, rootCauses }: Report): string {
  const all = testedOf(summary) + summary.untested;
  const counts = (['reachable', 'degraded', 'unreachable', 'untested'] as const).map(
    (verdict) => `${verdict}=${summary[verdict]};;;0;${all}`,
  );
  return [`time=${(durationMs / 1000).toFixed(3)}s;;;0`, ...counts, `causes=${rootCauses.length};;;0`].join(' ');
}

/** The output of a Nagios plugin: state, verdict and numbers in the first line, a root cause in each of the next. */
export function renderNagios(report: Report, view: View): string {
  const words = wordsOf(view.lang);
  const { causes } = answerOf(report, words);
  const first = `WAYCLEAR ${nagiosState(report)} - ${text(verdictLine(report, words).text, 500)} | ${performance(report)}`;
  const lines: string[] = [first];
  let bytes = Buffer.byteLength(first) + 1;
  for (const [index, cause] of causes.entries()) {
    const rest = words.labels.more(causes.length - index);
    const line = causeLine(cause, words);
    if (bytes + Buffer.byteLength(line) + Buffer.byteLength(rest) + 2 > mostBytes) {
      lines.push(rest);
      break;
    }
    lines.push(line);
    bytes += Buffer.byteLength(line) + 1;
  }
  return lines.map((line) => `${line}\n`).join('');
}
