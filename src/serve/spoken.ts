/** What was recorded, in another language: sentences are made anew from the observations, which hold none. Pure. */
import { diagnose } from '../diagnose/diagnose.ts';
import type { Report } from '../model/report.ts';
import { assembleReport } from '../report/assemble.ts';
import type { StoredIncident } from '../store/store.ts';
import { findingsOf } from '../watch/presence.ts';
import type { Words } from '../words/contract.ts';
import type { Watched } from './watched.ts';

/** The same report in the words of a language. */
export function spokenReport({ observations, options, machine = null, tool }: Report, words: Words): Report {
  const diagnosis = diagnose(observations);
  return assembleReport({ observations, diagnosis, words, options, machine, version: tool.version });
}

/** What the last look saw of an incident is said anew; what was said when it opened stays as it was. */
function spokenIncident(stored: StoredIncident, found: ReadonlyMap<string, ReturnType<typeof findingsOf>[number]>) {
  const finding = found.get(stored.key);
  if (finding === undefined) return stored;
  const { evidenceThen, evidenceNow } = stored.incident;
  const isSame = evidenceThen.join('\n') === evidenceNow.join('\n');
  const { title, remedies, evidence } = finding;
  return {
    ...stored,
    incident: {
      ...stored.incident,
      ...{ title, remedies, evidenceNow: evidence, evidenceThen: isSame ? evidence : evidenceThen },
    },
  };
}

/** Incidents, with what the last report saw of them said as it says it. */
export function spokenIncidents(stored: readonly StoredIncident[], report: Report): readonly StoredIncident[] {
  const found = new Map(findingsOf(report).map((finding) => [finding.key, finding]));
  return stored.map((one) => spokenIncident(one, found));
}

/** All of it, with the last report said in the language. */
export function spokenWatched(watched: Watched, report: Report | null): Watched {
  if (report === null) return watched;
  return { ...watched, report, open: spokenIncidents(watched.open, report) };
}
