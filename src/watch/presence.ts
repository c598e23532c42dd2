/** What a report says of a root cause: that it is there, that it is gone, or nothing. Pure. */
import { type CauseId, causes } from '../model/causes.ts';
import type { RootFacts } from '../model/diagnosis.ts';
import type { Incident } from '../model/incident.ts';
import type { Report, ReportTarget } from '../model/report.ts';
import { hostAndPort } from '../text-bounds.ts';

/**
 * `unknown`: its targets were left out, untested, or failed before the stage where it would show. `unwatched`: nothing looks at
 * them any more.
 */
export type Presence = 'seen' | 'clean' | 'unknown' | 'unwatched';

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
  facts: readonly (RootFacts | null)[] = [],
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

/** What the looks of one watch see of an incident; another watch of the machine looks at other targets. */
export interface Part extends Pick<Incident, 'targets' | 'hosts'> {
  /** When one of its looks was last held against the incident, in milliseconds of UTC. */
  readonly at: number;
  readonly everyMs: number;
  /** Since when others see that it looks no more; null: it looks. */
  readonly missing: number | null;
}

/** By scope. */
export type Parts = Readonly<Record<string, Part>>;

/** A look, as far as presence goes. */
export interface Seeing {
  readonly scope: string;
  readonly report: Report;
  /** False: it says nothing of targets that it left out. */
  readonly full: boolean;
  readonly now: number;
  readonly everyMs: number;
}

/** A look is missing when none was recorded for an interval and that much longer. */
export const graceMs = 2 * 3_600_000;
/** Of a watch that looks no more: its targets are waited for so many intervals, and for a week at least. */
const waitedFor = 7;
const leastWaitMs = 7 * 86_400_000;
/** An incident has parts of those that looked last. */
const mostParts = 16;

/** Parts of the other watches, without those that nobody waits for any more. It counts from when somebody looked and they did not. */
function othersOf(parts: Parts, { scope, full, now }: Seeing): Parts {
  const others = Object.entries(parts).filter(([name]) => name !== scope);
  if (!full) return Object.fromEntries(others);
  return Object.fromEntries(
    others.flatMap(([name, part]) => {
      const isLate = now - part.at > part.everyMs + graceMs;
      const missing = isLate ? Math.min(part.missing ?? now, now) : null;
      const isGivenUp = missing !== null && now - missing >= Math.max(leastWaitMs, waitedFor * part.everyMs);
      return isGivenUp ? [] : [[name, missing === part.missing ? part : { ...part, missing }] as const];
    }),
  );
}

/** Those of its targets that are left, and their hosts; null: none is. */
function narrowed(part: Part, left: ReadonlySet<string>, dropped: ReadonlySet<string>): Part | null {
  const targets = part.targets.filter((id) => left.has(id));
  if (targets.length === 0) return null;
  return { ...part, targets, hosts: part.hosts.filter((host) => !dropped.has(host)) };
}

const allNarrowed = (parts: Parts, left: ReadonlySet<string>, dropped: ReadonlySet<string>): Parts =>
  Object.fromEntries(
    Object.entries(parts).flatMap(([scope, part]) => {
      const rest = narrowed(part, left, dropped);
      return rest === null ? [] : [[scope, rest] as const];
    }),
  );

/** Targets and hosts of all parts. */
export function together(parts: Parts): Pick<Incident, 'targets' | 'hosts'> {
  const all = Object.values(parts);
  return { targets: sorted(all.flatMap((part) => part.targets)), hosts: sorted(all.flatMap((part) => part.hosts)) };
}

/** Before the incident had parts, one watch saw all of it. */
const partsOf = ({ targets, hosts }: Incident, parts: Parts | undefined, { scope, now, everyMs }: Seeing): Parts =>
  parts ?? { [scope]: { targets, hosts, at: now, everyMs, missing: null } };

/** The parts of an incident that this look sees: what it found, and what it could not test of that which was found before. */
export function partsAfter(incident: Incident, before: Parts | undefined, finding: Finding, look: Seeing): Parts {
  const parts = partsOf(incident, before, look);
  const { scope, now, everyMs, full, report } = look;
  const found = new Set(finding.targets);
  const old = new Set(incident.targets);
  const there = report.targets.filter(({ id }) => old.has(id) && !found.has(id));
  const doubtful = there.filter((target) => !isClean(target, finding.cause));
  const ids = new Set(report.targets.map(({ id }) => id));
  const others = othersOf(parts, look);
  // What is here, this look sees from now on.
  const elsewhere = new Set(Object.values(others).flatMap(({ targets }) => targets.filter((id) => !ids.has(id))));
  const names = new Set(report.targets.map(nameOf));
  const absent = full ? null : narrowed(parts[scope] ?? noPart, new Set([...old].filter((id) => !ids.has(id))), names);
  const own: Part = {
    targets: sorted([...finding.targets, ...doubtful.map(({ id }) => id), ...(absent?.targets ?? [])]),
    hosts: sorted([...finding.hosts, ...doubtful.map(nameOf), ...(absent?.hosts ?? [])]),
    ...{ at: now, everyMs, missing: null },
  };
  return bounded(incident.targets.length === 0 ? others : allNarrowed(others, elsewhere, names), scope, own);
}

const bounded = (others: Parts, scope: string, own: Part): Parts =>
  Object.fromEntries([...Object.entries(others).slice(1 - mostParts), [scope, own]]);

const noPart: Part = { targets: [], hosts: [], at: 0, everyMs: 0, missing: null };

export interface Judged {
  readonly presence: Presence;
  /** What is left of it after this look; null: this look has nothing to do with it. */
  readonly parts: Parts | null;
}

/** What this look sees of an incident whose root cause it did not find. */
export function judged(incident: Incident, before: Parts | undefined, look: Seeing): Judged {
  const { scope, report, full, now, everyMs } = look;
  const parts = partsOf(incident, before, look);
  const others = othersOf(parts, look);
  const wanted = new Set(incident.targets);
  const there = report.targets.filter(({ id }) => wanted.has(id));
  const own = there.length > 0 ? (parts[scope] ?? noPart) : parts[scope];
  const ids = new Set(there.map(({ id }) => id));
  const names = new Set(there.map(nameOf));
  // What is here, this watch sees from now on.
  const kept =
    own === undefined
      ? others
      : bounded(others, scope, {
          ...{ targets: sorted([...own.targets, ...ids]), hosts: sorted([...own.hosts, ...names]) },
          ...{ at: now, everyMs, missing: null },
        });
  const isNew = own !== undefined || JSON.stringify(kept) !== JSON.stringify(parts);
  const same: Judged = { presence: 'unknown', parts: isNew ? kept : null };
  const isWhole = full && report.complete;
  if (wanted.size === 0) return isWhole ? judgedWithout(same, kept, others, own !== undefined) : same;
  if (there.some((target) => !isClean(target, incident.cause))) return same;
  // Targets that this watch, or one that nobody waits for, does not ask for any more say nothing.
  const awaited = new Set(Object.values(full ? others : kept).flatMap((part) => part.targets));
  const left = new Set(incident.targets.filter((id) => !ids.has(id) && awaited.has(id)));
  if (left.size === 0 && there.length > 0) return { presence: 'clean', parts: allNarrowed(kept, ids, new Set()) };
  if (left.size === wanted.size || (there.length === 0 && !isWhole)) return same;
  if (left.size === 0) return { presence: 'unwatched', parts: kept };
  return { presence: 'unknown', parts: allNarrowed(kept, left, names) };
}

/** Of a cause of the machine itself, which shows in the looks of the watch that saw it. */
function judgedWithout(same: Judged, kept: Parts, others: Parts, isOwn: boolean): Judged {
  if (Object.keys(others).length > 0) return isOwn ? { presence: 'unknown', parts: others } : same;
  return { presence: isOwn ? 'clean' : 'unwatched', parts: kept };
}
