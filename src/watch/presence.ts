/** What a report says of a root cause: that it is there, that it is gone, or nothing. Pure. */
import { type CauseId, causes } from '../model/causes.ts';
import type { RootFacts } from '../model/diagnosis.ts';
import type { Incident } from '../model/incident.ts';
import type { Report, ReportTarget } from '../model/report.ts';
import { hostAndPort } from '../text-bounds.ts';

/** `unknown`: its targets were left out, untested, or failed before the stage where it would show. */
export type Presence = 'seen' | 'clean' | 'unknown';

/** A root cause of a report, with what an incident says of it. */
export interface Finding
  extends Pick<Incident, 'cause' | 'shared' | 'severity' | 'confidence' | 'title' | 'targets' | 'hosts' | 'remedies'> {
  readonly key: string;
  readonly evidence: readonly string[];
  /** What its sentences are made of; null where that is not known. */
  readonly facts: RootFacts | null;
}

const nameOf = ({ host, pattern, port }: ReportTarget): string => hostAndPort(host === '' ? pattern : host, port);

const sorted = (texts: readonly string[]): readonly string[] => [...new Set(texts)].sort();

/** The same of two findings. */
const bothFacts = (one: RootFacts | null, other: RootFacts | null): RootFacts | null =>
  one === null || other === null
    ? (one ?? other)
    : { evidence: [...one.evidence, ...other.evidence], deciding: [...one.deciding, ...other.deciding] };

/** The root causes, each key once: two of one cause that share nothing are one incident. `facts`: of each, in their order. */
export function findingsOf(
  { rootCauses, targets }: Pick<Report, 'rootCauses' | 'targets'>,
  facts: readonly RootFacts[] = [],
): readonly Finding[] {
  const byId = new Map(targets.map((target) => [target.id, target]));
  const found = new Map<string, Finding>();
  const worst = ['informational', 'warning', 'critical'];
  for (const [index, root] of rootCauses.entries()) {
    const { cause, shared, severity, confidence, title, remedies, evidence, deciding } = root;
    const key = JSON.stringify([cause, shared?.attribute ?? null, shared?.value ?? null]);
    const hosts = root.targets.flatMap((id) => {
      const target = byId.get(id);
      return target === undefined ? [] : [nameOf(target)];
    });
    const said = deciding === undefined || deciding.length === 0 ? evidence : deciding;
    const first = found.get(key);
    const one: Finding = {
      ...{ key, cause, shared, confidence, title, remedies },
      severity:
        first !== undefined && worst.indexOf(first.severity) > worst.indexOf(severity) ? first.severity : severity,
      targets: sorted([...(first?.targets ?? []), ...root.targets]),
      hosts: sorted([...(first?.hosts ?? []), ...hosts]),
      evidence: [...new Set([...(first?.evidence ?? []), ...said])],
      facts: bothFacts(first?.facts ?? null, facts[index] ?? null),
    };
    found.set(key, one);
  }
  return [...found.values()];
}

/** The way that an observation walks. */
const stages: readonly string[] = ['local', 'dns', 'tcp', 'tunnel', 'tls', 'http', 'any'];
const stageOf = (cause: CauseId): number => stages.indexOf(causes[cause].stage);

/** Whether the target says that the cause is gone: it was tested, and came at least as far as where the cause would show. */
function isClean({ verdict, findings }: ReportTarget, cause: CauseId): boolean {
  if (verdict === 'untested') return false;
  if (verdict !== 'unreachable') return true;
  return findings.every((finding) => finding.explainedBy !== null || stageOf(finding.cause) >= stageOf(cause));
}

/** Of an incident whose root cause is not in the report. */
export function presenceOf(
  { cause, targets }: Pick<Incident, 'cause' | 'targets'>,
  { report, full }: { readonly report: Report; readonly full: boolean },
): Presence {
  // A cause of the machine itself.
  if (targets.length === 0) return full && report.complete ? 'clean' : 'unknown';
  const wanted = new Set(targets);
  const there = report.targets.filter(({ id }) => wanted.has(id));
  if (!full && there.length < wanted.size) return 'unknown';
  // Of targets that nobody asks for any more there is nothing left to say.
  if (there.length === 0) return full && report.complete ? 'clean' : 'unknown';
  return there.every((target) => isClean(target, cause)) ? 'clean' : 'unknown';
}
