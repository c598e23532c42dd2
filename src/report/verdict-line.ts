/** The one line that says it all: verdict, causes, what was not tested, time, status message. */
import { harmless } from '../harmless.ts';
import type { Severity } from '../model/catalog.ts';
import type { Verdict } from '../model/diagnosis.ts';
import type { Report } from '../model/report.ts';
import type { Words } from '../words/contract.ts';
import type { Style } from './table.ts';

export const verdictMarks: Readonly<Record<Verdict, string>> = {
  reachable: '✓',
  degraded: '!',
  unreachable: '✗',
  untested: '?',
};
export const verdictStyles: Readonly<Record<Verdict, Style>> = {
  reachable: 'green',
  degraded: 'yellow',
  unreachable: 'red',
  untested: 'dim',
};
export const severityMarks: Readonly<Record<Severity, string>> = { critical: '✗', warning: '!', informational: 'i' };

type Judged = Pick<Report, 'complete' | 'summary' | 'rootCauses' | 'status' | 'durationMs' | 'observations'>;

/** What the line says without its mark, and the verdict that gives mark and colour. */
export function verdictLine(report: Judged, words: Words): { readonly verdict: Verdict; readonly text: string } {
  const { summary, rootCauses, status } = report;
  const { screen, labels } = words;
  const tested = summary.reachable + summary.degraded + summary.unreachable;
  const incomplete = incompleteness(report, words);
  const found = tested === 0 ? '' : screen.verdict(summary.unreachable, summary.degraded, tested);
  const causes = rootCauses.length === 0 ? '' : screen.causes(rootCauses.length);
  const parts = [
    [found, causes].filter((text) => text !== '').join(labels.punctuation.colon),
    ...(summary.untested === 0 ? [] : [screen.notTested(summary.untested)]),
    labels.duration(report.durationMs),
    ...(status === null ? [] : [screen.status(status.messageId, labels.severities[status.severity])]),
  ];
  const says = parts.filter((text) => text !== '').join(screen.comma);
  return {
    verdict: worst(report, tested),
    text: incomplete === null ? says : `${incomplete}${labels.punctuation.gap}${says}`,
  };
}

function worst({ summary, rootCauses, complete }: Judged, tested: number): Verdict {
  if (summary.unreachable > 0) return 'unreachable';
  if (summary.degraded > 0 || rootCauses.some(({ severity }) => severity !== 'informational')) return 'degraded';
  return tested > 0 && complete ? 'reachable' : 'untested';
}

/** What the run did not get to, first of all; null where nothing is missing. */
export function incompleteness({ complete, summary, observations }: Judged, { labels }: Words): string | null {
  const tested = summary.reachable + summary.degraded + summary.unreachable;
  const because = (['deadline', 'interrupted', 'resources'] as const).find((code) => summary.untestedBecause[code] > 0);
  if (because !== undefined) {
    const { deadline, interrupted, resources } = summary.untestedBecause;
    return labels.incomplete(tested, tested + deadline + interrupted + resources, because);
  }
  if (!complete || tested === 0) return labels.nothingTested;
  return observations.ended === 'interrupted' ? labels.interruptedLate : null;
}

/** The line as text, for standard error and for whoever wants it alone. */
export function summaryLine(report: Judged, words: Words): string {
  const { verdict, text } = verdictLine(report, words);
  return `${verdictMarks[verdict]} ${harmless(text, 1000)}`;
}
