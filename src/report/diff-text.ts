import { harmless } from '../harmless.ts';
import type { Severity } from '../model/catalog.ts';
import type { CauseId } from '../model/causes.ts';
import type { Verdict } from '../model/diagnosis.ts';
import type { Report } from '../model/report.ts';
import { attributeWords } from '../words/contract.ts';
import { labelsOf, wordsOf } from '../words/load.ts';
import { harmlessJson } from './json.ts';
import { drawTable, paint, type Style } from './table.ts';
import type { View } from './view.ts';

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

/** The difference for eyes: one line, then what got worse first. */
export function renderDiffTable(difference: Difference, targets: number, view: View): string {
  const labels = labelsOf(view.lang);
  const words = wordsOf(view.lang);
  const parts = ['worse', 'appeared', 'vanished', 'better'] as const;
  const count = (part: (typeof parts)[number]): number =>
    difference.targets[part].length + difference.rootCauses[part].length;
  if (parts.every((part) => count(part) === 0)) return `✓ ${labels.noDifference(targets)}\n`;
  const mark = difference.worse ? '✗' : '✓';
  const headline = `${mark} ${labels.difference(count('worse'), count('better'), count('appeared'), count('vanished'))}`;
  const columns = [
    { title: labels.text.target, whole: true },
    { title: labels.text.before, whole: true },
    { title: labels.text.after, whole: true },
    { title: labels.text.detail, whole: false },
  ];
  const cell = (text: string, style: Style | null = null) => ({ text, style });
  const blocks = parts.flatMap((part) => {
    const causes = difference.rootCauses[part].map((change) => [
      cell(change.cause),
      cell(change.before === null ? '-' : labels.severities[change.before]),
      cell(change.after === null ? '-' : labels.severities[change.after]),
      cell(
        change.shared === null
          ? words.causes[change.cause].title
          : harmless(
              `${words.causes[change.cause].title} (${attributeWords(words, change.shared.attribute)}${labels.punctuation.colon}${change.shared.value})`,
              500,
            ),
      ),
    ]);
    const rows = difference.targets[part].map((change) => [
      cell(harmless(change.id)),
      cell(change.before === null ? '-' : labels.verdicts[change.before]),
      cell(change.after === null ? '-' : labels.verdicts[change.after]),
      cell(''),
    ]);
    if (causes.length + rows.length === 0) return [];
    return [`${paint('bold', labels.text[part], view)}\n${drawTable(columns, [...causes, ...rows], view)}`];
  });
  return [`${paint(difference.worse ? 'red' : 'green', headline, view)}\n`, ...blocks].join('\n');
}

export function renderDiffJson(difference: Difference): string {
  return `${harmlessJson(difference, 2)}\n`;
}
