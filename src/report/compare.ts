import type { Severity } from '../model/catalog.ts';
import type { CauseId } from '../model/causes.ts';
import type { Verdict } from '../model/diagnosis.ts';
import type { Report, ReportTarget } from '../model/report.ts';
import { hostOf } from './answer.ts';

export interface TargetChange {
  readonly id: string;
  /** As documented where there is no name to ask. */
  readonly host: string;
  readonly port: number;
  /** Null if the old report does not hold it. */
  readonly before: Verdict | null;
  /** Null if the new report does not hold it. */
  readonly after: Verdict | null;
  /** `direct` or `proxy:HOST:PORT`; null as above. */
  readonly routes: { readonly before: string | null; readonly after: string | null };
}

export interface CauseChange {
  readonly cause: CauseId;
  readonly shared: { readonly attribute: string; readonly value: string } | null;
  readonly before: Severity | null;
  readonly after: Severity | null;
}

/** When, where and by which routes a report was measured. */
export interface Measured {
  readonly startedAt: string;
  /** Null where the report does not say it. */
  readonly machine: string | null;
  /** Of its tested targets, each once. */
  readonly routes: readonly string[];
}

interface Changes<T> {
  readonly worse: readonly T[];
  readonly better: readonly T[];
  readonly appeared: readonly T[];
  /** In the old report, and the new one cannot say what became of it. */
  readonly notCompared: readonly T[];
}

export interface Difference {
  readonly schema: 1;
  readonly before: Measured;
  readonly after: Measured;
  /** Something got worse: exit code 1. */
  readonly worse: boolean;
  /** Something was tested before and is not any more: exit code 1 unless that is to be ignored. */
  readonly missing: boolean;
  /** Targets that both reports tested. */
  readonly compared: number;
  readonly targets: Changes<TargetChange>;
  readonly rootCauses: Changes<CauseChange> & { readonly vanished: readonly CauseChange[] };
}

/** Untested stands between: it is never a pass and never a failure. */
const verdictRank: Readonly<Record<Verdict, number>> = { reachable: 0, degraded: 1, untested: 2, unreachable: 3 };
const severityRank: Readonly<Record<Severity, number>> = { informational: 0, warning: 1, critical: 2 };

/**
 * What changed from one report to another. What was tested and is not any more (a narrower run, another value of a
 * parameter, a deadline) is not compared: nothing says that it got better or worse. A root cause (cause and what its
 * targets share) that appears makes things worse, unless it is informational; a target that appears does not by itself.
 */
export function compareReports(old: Report, fresh: Report): Difference {
  const targets = compareTargets(old, fresh);
  const rootCauses = compareCauses(old, fresh);
  const tested = new Set(fresh.targets.filter(isTested).map(targetKey));
  return {
    schema: 1,
    before: measured(old),
    after: measured(fresh),
    worse:
      targets.worse.length > 0 ||
      rootCauses.worse.length > 0 ||
      rootCauses.appeared.some((change) => change.after !== 'informational'),
    missing: targets.notCompared.length + rootCauses.notCompared.length > 0,
    compared: old.targets.filter((target) => isTested(target) && tested.has(targetKey(target))).length,
    targets,
    rootCauses,
  };
}

const measured = (report: Report): Measured => ({
  startedAt: report.startedAt,
  machine: report.machine?.name ?? null,
  routes: [...new Set(report.targets.filter(isTested).map(({ route }) => route))],
});

const isTested = ({ verdict }: ReportTarget): boolean => verdict !== 'untested';

/** An id whose parameter has another value means another host, which is another target. */
const targetKey = ({ id, host, port }: ReportTarget): string => JSON.stringify([id, host, port]);

function compareTargets(old: Report, fresh: Report): Difference['targets'] {
  const before = new Map(old.targets.map((target) => [targetKey(target), target]));
  const after = new Map(fresh.targets.map((target) => [targetKey(target), target]));
  const changes = { worse: [], better: [], appeared: [], notCompared: [] } as Record<
    'worse' | 'better' | 'appeared' | 'notCompared',
    TargetChange[]
  >;
  for (const [key, target] of after) {
    const earlier = before.get(key);
    const change = targetChange(target, earlier, target);
    if (earlier === undefined) changes.appeared.push(change);
    else if (isTested(earlier) && !isTested(target)) changes.notCompared.push(change);
    else sort(verdictRank[earlier.verdict], verdictRank[target.verdict], change, changes);
  }
  for (const [key, target] of before) {
    if (!after.has(key) && isTested(target)) changes.notCompared.push(targetChange(target, target, undefined));
  }
  return changes;
}

function targetChange(
  target: ReportTarget,
  before: ReportTarget | undefined,
  after: ReportTarget | undefined,
): TargetChange {
  return {
    ...{ id: target.id, host: hostOf(target), port: target.port },
    ...{ before: before?.verdict ?? null, after: after?.verdict ?? null },
    routes: { before: before?.route ?? null, after: after?.route ?? null },
  };
}

type Root = Report['rootCauses'][number];

function compareCauses(old: Report, fresh: Report): Difference['rootCauses'] {
  const keyed = (roots: readonly Root[]): ReadonlyMap<string, Root> =>
    new Map(roots.map((root) => [JSON.stringify([root.cause, root.shared]), root]));
  const before = keyed(old.rootCauses);
  const after = keyed(fresh.rootCauses);
  const changes = { worse: [], better: [], appeared: [], vanished: [], notCompared: [] } as Record<
    'worse' | 'better' | 'appeared' | 'vanished' | 'notCompared',
    CauseChange[]
  >;
  const matched = new Set<Root>();
  const hitBefore = rootsHitBefore(old, fresh);
  for (const [key, root] of after) {
    const same = before.get(key);
    const earlier = same ?? hitBefore(root);
    if (same === undefined && earlier !== undefined) {
      matched.add(earlier);
      // What makes it milder may be what was not looked at any more.
      if (severityRank[root.severity] <= severityRank[earlier.severity]) continue;
    }
    const change = causeChange(root, earlier?.severity ?? null, root.severity);
    if (earlier === undefined) changes.appeared.push(change);
    else sort(severityRank[earlier.severity], severityRank[root.severity], change, changes);
  }
  const isLookedAtAgain = lookedAtAgain(old, fresh);
  for (const [key, root] of before) {
    if (after.has(key) || matched.has(root)) continue;
    changes[isLookedAtAgain(root) ? 'vanished' : 'notCompared'].push(causeChange(root, root.severity, null));
  }
  return changes;
}

const causeChange = ({ cause, shared }: Root, before: Severity | null, after: Severity | null): CauseChange => ({
  ...{ cause, shared, before, after },
});

/**
 * The old root cause of which a new one is what a run still sees that tests fewer of its targets: what they share changes
 * with their number. All targets of the new one were hit by the same cause before; of several, the one with most of them.
 */
function rootsHitBefore(old: Report, fresh: Report): (root: Root) => Root | undefined {
  const keysOf = (report: Report): ReadonlyMap<string, string> =>
    new Map(report.targets.map((target) => [target.id, targetKey(target)]));
  const [oldKeys, freshKeys] = [keysOf(old), keysOf(fresh)];
  const tested = new Set<string | undefined>(fresh.targets.filter(isTested).map(targetKey));
  const earlier = old.rootCauses
    .map((root) => ({ root, keys: new Set(root.targets.map((id) => oldKeys.get(id))) }))
    .filter(({ keys }) => [...keys].some((key) => !tested.has(key)));
  return ({ cause, targets }) => {
    const keys = targets.map((id) => freshKeys.get(id));
    const alike = earlier.filter(({ root }) => root.cause === cause);
    if (keys.length === 0 || !keys.every((key) => alike.some((one) => one.keys.has(key)))) return undefined;
    const shared = (one: (typeof alike)[number]): number => keys.filter((key) => one.keys.has(key)).length;
    return alike.sort((a, b) => shared(b) - shared(a))[0]?.root;
  };
}

/** Whether the new report tested all targets and checks in which the old one saw a cause: only then has it vanished. */
function lookedAtAgain(old: Report, fresh: Report): (root: Root) => boolean {
  const keys = new Map(old.targets.map((target) => [target.id, targetKey(target)]));
  const tested = new Set(fresh.targets.filter(isTested).map(targetKey));
  const checked = new Set(fresh.checks.filter(({ verdict }) => verdict !== 'untested').map(({ id }) => id));
  const unchecked = new Set(old.checks.flatMap(({ id, cause }) => (cause === null || checked.has(id) ? [] : [cause])));
  return ({ cause, targets }) =>
    targets.every((id) => tested.has(keys.get(id) ?? '')) && (targets.length > 0 || !unchecked.has(cause));
}

function sort<T>(before: number, after: number, change: T, into: { readonly worse: T[]; readonly better: T[] }): void {
  if (after > before) into.worse.push(change);
  else if (after < before) into.better.push(change);
}
