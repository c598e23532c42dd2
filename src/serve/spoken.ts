/** What was recorded, in another language: sentences are made anew of what they were made of. Pure. */
import { diagnose } from '../diagnose/diagnose.ts';
import type { Report } from '../model/report.ts';
import { assembleReport } from '../report/assemble.ts';
import { rootSentences } from '../report/deciding.ts';
import type { StoredIncident } from '../store/store.ts';
import type { Memory } from '../watch/compare.ts';
import type { Words } from '../words/contract.ts';

/** The same report in the words of a language. */
export function spokenReport({ observations, options, machine = null, tool }: Report, words: Words): Report {
  const diagnosis = diagnose(observations);
  return assembleReport({ observations, diagnosis, words, options, machine, version: tool.version });
}

/** The same incident in the words of a language; its evidence as it was recorded, where nothing says what it is made of. */
export function spokenIncident(stored: StoredIncident, words: Words): StoredIncident {
  const { incident, memory } = stored;
  const { facts } = (memory ?? {}) as Partial<Memory>;
  if (facts === undefined) {
    const said = rootSentences(words, incident.cause, { evidence: [], deciding: [] });
    return { ...stored, incident: { ...incident, title: said.title, remedies: said.remedies } };
  }
  const { title, remedies, deciding } = rootSentences(words, incident.cause, facts.now);
  const evidenceThen = rootSentences(words, incident.cause, facts.opened).deciding;
  return { ...stored, incident: { ...incident, title, remedies, evidenceThen, evidenceNow: deciding } };
}
