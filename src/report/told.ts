/** What formats with a line for each target tell of it: causes, evidence, remedies, status codes. Pure; knows no layout. */

import { harmless } from '../harmless.ts';
import type { Observation } from '../model/observations.ts';
import type { Report, ReportTarget } from '../model/report.ts';
import { hostAndPort } from '../text-bounds.ts';
import type { UnexpectedStatus, Words } from '../words/contract.ts';
import { type Answer, hostOf } from './answer.ts';

type Root = Report['rootCauses'][number];

/** Sentences of evidence that a single target is told with at most; the report holds all. */
const mostEvidence = 6;

export interface ToldTarget {
  /** Root causes that it is a symptom of, the first in the report first. */
  readonly roots: readonly Root[];
  /** Titles with the cause's id, joined; empty where nothing is wrong. */
  readonly title: string;
  /** Ids of its causes, roots before symptoms. */
  readonly causes: readonly string[];
  readonly evidence: readonly string[];
  readonly remedies: readonly string[];
}

/** `HOST:PORT`; the pattern where no host is known. */
export const placeOf = (target: Pick<ReportTarget, 'host' | 'pattern' | 'port'>): string =>
  hostAndPort(hostOf(target), target.port);

export function toldTarget(target: ReportTarget, answer: Answer, words: Words): ToldTarget {
  const roots = (answer.causesOf.get(target.id) ?? []).flatMap((number) => answer.causes[number - 1]?.root ?? []);
  const symptoms = target.findings.map(({ cause }) => cause).filter((cause) => words.causes[cause] !== undefined);
  const titles =
    roots.length > 0
      ? roots.map(({ cause, title }) => `${title} (${cause})`)
      : symptoms.map((cause) => `${words.causes[cause].title} (${cause})`);
  const evidence = target.findings.flatMap((finding) => finding.evidence);
  const remedies =
    roots.length > 0
      ? roots.flatMap((root) => root.remedies)
      : symptoms.flatMap((cause) => words.causes[cause].remedies);
  return {
    roots,
    title: [...new Set(titles)].join('; '),
    causes: [...new Set([...roots.map(({ cause }) => cause), ...symptoms])],
    evidence: [...new Set(evidence.length > 0 ? evidence : roots.flatMap((root) => root.evidence))].slice(
      0,
      mostEvidence,
    ),
    remedies: [...new Set(remedies)],
  };
}

const isUnexpected = (status: number, words: Words): status is UnexpectedStatus =>
  Object.hasOwn(words.statusCodes, String(status));

/** Status codes of the documented table by target: what made it fail, from origin or proxy. */
export function failingStatuses(report: Report, words: Words): ReadonlyMap<string, readonly UnexpectedStatus[]> {
  const failed = new Set(report.targets.filter(({ verdict }) => verdict === 'unreachable').map(({ id }) => id));
  const statuses = new Map<string, UnexpectedStatus[]>();
  for (const probe of report.observations.probes) {
    if (!failed.has(probe.target)) continue;
    const seen = statuses.get(probe.target) ?? [];
    for (const status of statusesOf(probe)) {
      if (isUnexpected(status, words) && !seen.includes(status)) seen.push(status);
    }
    if (seen.length > 0) statuses.set(probe.target, seen);
  }
  return statuses;
}

function statusesOf({ attempts }: Observation): readonly number[] {
  return attempts.flatMap(({ tunnel, http }) => [
    ...(http.status === 'passed' ? [http.value.status] : []),
    ...(tunnel.status === 'failed' ? [tunnel.partial?.status ?? []].flat() : []),
  ]);
}

/** What a person calls a feature. */
export const titleOf = (feature: string, { features }: Answer): string =>
  features.find((row) => row.feature === feature)?.title ?? feature;

/** Texts on one line each, bounded, for what has no markup of its own. */
export const linesOf = (texts: readonly string[]): readonly string[] => texts.map((text) => harmless(text, 1000));
