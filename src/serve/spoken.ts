/** What was recorded, in another language: sentences are made anew of what they were made of. Pure. */
import { diagnose } from '../diagnose/diagnose.ts';
import type { RootCause, RootFacts } from '../model/diagnosis.ts';
import type { Report } from '../model/report.ts';
import { assembleReport, factsOfRoots } from '../report/assemble.ts';
import { rootSentences } from '../report/deciding.ts';
import type { StoredIncident } from '../store/store.ts';
import type { Memory } from '../watch/compare.ts';
import type { Words } from '../words/contract.ts';

/** The same report in the words of a language. */
export function spokenReport({ observations, options, machine = null, tool }: Report, words: Words): Report {
  const diagnosis = diagnose(observations);
  return assembleReport({ observations, diagnosis, words, options, machine, version: tool.version });
}

/**
 * What the sentences of a report's root causes are made of, in their order; null of one that is not found again in what was
 * observed, as where another version wrote the report.
 */
export function rootFactsOf({ observations, rootCauses }: Report): readonly (RootFacts | null)[] {
  if (rootCauses.length === 0) return [];
  try {
    const diagnosis = diagnose(observations);
    const facts = factsOfRoots({ observations, diagnosis });
    const found = new Map(diagnosis.rootCauses.map((root, index) => [rootName(root), facts[index] ?? null]));
    return rootCauses.map((root) => found.get(rootName(root)) ?? null);
  } catch {
    // Nobody here made it, and it is no reason to refuse what it says.
    return [];
  }
}

const rootName = ({ cause, targets }: Pick<RootCause, 'cause' | 'targets'>): string => JSON.stringify([cause, targets]);

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
