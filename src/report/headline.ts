/** The one line that says it all, for every format that has room for no more. Pure; knows no layout. */
import type { Status } from '../model/diagnosis.ts';
import type { Report } from '../model/report.ts';
import type { Labels, Words } from '../words/contract.ts';

export type Headlined = Pick<Report, 'complete' | 'summary' | 'status' | 'rootCauses' | 'durationMs' | 'observations'>;

/** What the run did not get to; null where nothing is missing. */
export function incompleteness({ complete, summary, observations }: Headlined, labels: Labels): string | null {
  const tested = testedOf(summary);
  const because = (['deadline', 'interrupted', 'resources'] as const).find((code) => summary.untestedBecause[code] > 0);
  if (because !== undefined) {
    const { deadline, interrupted, resources } = summary.untestedBecause;
    return labels.incomplete(tested, tested + deadline + interrupted + resources, because);
  }
  if (!complete || tested === 0) return labels.nothingTested;
  return observations.ended === 'interrupted' ? labels.interruptedLate : null;
}

export const testedOf = ({ reachable, degraded, unreachable }: Report['summary']): number =>
  reachable + degraded + unreachable;

/** What the role's message would say of a run that raises none. */
function messageFor({ rootCauses }: Headlined): Status['messageId'] {
  const severities = new Set(rootCauses.map(({ severity }) => severity));
  return severities.has('critical') ? 11412 : severities.has('warning') ? 11411 : 11410;
}

/** The verdict in a sentence, what is missing first, then counts and time. */
export function headlineOf(report: Headlined, words: Words): string {
  const { labels } = words;
  const { summary, status } = report;
  const failed = summary.unreachable + summary.degraded > 0 || report.rootCauses.length > 0;
  const incomplete = incompleteness(report, labels);
  const message = words.messages[status?.messageId ?? messageFor(report)];
  const verdict = testedOf(summary) > 0 && (failed || incomplete === null) ? message : null;
  return [incomplete, verdict, labels.summary(summary, report.durationMs)]
    .filter((text) => text !== null)
    .join(labels.punctuation.gap);
}
