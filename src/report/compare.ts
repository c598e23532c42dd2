import type { Severity } from '../model/catalog.ts';
import type { CauseId } from '../model/causes.ts';
import type { Verdict } from '../model/diagnosis.ts';
import type { Report } from '../model/report.ts';

export interface TargetChange {
  readonly id: string;
  /** Null if the old report does not hold it. */
  readonly before: Verdict | null;
  /** Null if the new report does not hold it. */
  readonly after: Verdict | null;
}

export interface CauseChange {
  readonly cause: CauseId;
  readonly shared: { readonly attribute: string; readonly value: string } | null;
  readonly before: Severity | null;
  readonly after: Severity | null;
}

interface Changes<T> {
  readonly better: readonly T[];
  readonly worse: readonly T[];
  readonly appeared: readonly T[];
  readonly vanished: readonly T[];
}

export interface Difference {
  readonly schema: 1;
  readonly before: { readonly startedAt: string };
  readonly after: { readonly startedAt: string };
  /** Something got worse: exit code 1. */
  readonly worse: boolean;
  readonly targets: Changes<TargetChange>;
  readonly rootCauses: Changes<CauseChange>;
}

/** Untested stands between: it is never a pass and never a failure. */
const verdictRank: Readonly<Record<Verdict, number>> = { reachable: 0, degraded: 1, untested: 2, unreachable: 3 };
const severityRank: Readonly<Record<Severity, number>> = { informational: 0, warning: 1, critical: 2 };

/**
 * What changed from one report to another. A target that was unreachable and is untested now has
 * vanished, as nothing says that it got better. A root cause (cause and what its targets share) that
 * appears makes things worse, unless it is informational; a target that appears does not by itself.
 */
export function compareReports(old: Report, fresh: Report): Difference {
  const targets = changes(
    keyed(old.targets, (target) => target.id),
    keyed(fresh.targets, (target) => target.id),
    (before, after): TargetChange => ({
      id: (after ?? before)?.id ?? '',
      before: before?.verdict ?? null,
      after: after?.verdict ?? null,
    }),
    (change) => [rankOf(verdictRank, change.before), rankOf(verdictRank, change.after)],
    (change) => change.before === 'unreachable' && change.after === 'untested',
  );
  const key = (root: Report['rootCauses'][number]): string => JSON.stringify([root.cause, root.shared]);
  const rootCauses = changes(
    keyed(old.rootCauses, key),
    keyed(fresh.rootCauses, key),
    (before, after): CauseChange => ({
      cause: (after ?? before)?.cause ?? 'undetermined',
      shared: (after ?? before)?.shared ?? null,
      before: before?.severity ?? null,
      after: after?.severity ?? null,
    }),
    (change) => [rankOf(severityRank, change.before), rankOf(severityRank, change.after)],
    () => false,
  );
  return {
    schema: 1,
    before: { startedAt: old.startedAt },
    after: { startedAt: fresh.startedAt },
    worse:
      targets.worse.length > 0 ||
      rootCauses.worse.length > 0 ||
      rootCauses.appeared.some((change) => change.after !== 'informational'),
    targets,
    rootCauses,
  };
}

function rankOf<K extends string>(ranks: Readonly<Record<K, number>>, value: K | null): number | null {
  return value === null ? null : ranks[value];
}

function keyed<T>(rows: readonly T[], key: (row: T) => string): ReadonlyMap<string, T> {
  return new Map(rows.map((row) => [key(row), row]));
}

/** New rows in the new report's order, vanished ones in the old report's. */
function changes<T, C>(
  old: ReadonlyMap<string, T>,
  fresh: ReadonlyMap<string, T>,
  make: (before: T | null, after: T | null) => C,
  ranks: (change: C) => readonly [number | null, number | null],
  lost: (change: C) => boolean,
): Changes<C> {
  const better: C[] = [];
  const worse: C[] = [];
  const appeared: C[] = [];
  const vanished: C[] = [];
  for (const [key, row] of fresh) {
    const change = make(old.get(key) ?? null, row);
    const [before, after] = ranks(change);
    if (before === null || after === null) appeared.push(change);
    else if (lost(change)) vanished.push(change);
    else if (after > before) worse.push(change);
    else if (after < before) better.push(change);
  }
  for (const [key, row] of old) {
    if (!fresh.has(key)) vanished.push(make(row, null));
  }
  return { better, worse, appeared, vanished };
}
