/** Compares what a scenario expects with what a report says; pure. */
import type { ExpectedRootCause, Scenario } from './scenario.ts';

/** The parts of a report (contract section 3) that scenarios are judged by. */
export interface LabReport {
  readonly rootCauses: readonly {
    readonly cause: string;
    readonly severity: string;
    readonly confidence: string;
    readonly targets: readonly string[];
    readonly evidence: readonly string[];
    readonly shared: { readonly attribute: string; readonly value: string } | null;
    readonly alternatives: readonly string[];
  }[];
  readonly summary: Readonly<Record<string, number>>;
  readonly targets: readonly { readonly id: string; readonly host: string; readonly verdict: string }[];
}

export interface Judgement {
  /** What differs, a line each; empty if all is as expected. */
  readonly differences: readonly string[];
  /** Expected cause (or `none`) and reported cause (or `none`), one pair for each of them. */
  readonly pairs: readonly {
    readonly expected: string;
    readonly reported: string;
    readonly confidence: string | null;
  }[];
}

function targetsDiffer(expected: ExpectedRootCause, targets: readonly string[], report: LabReport): string | null {
  const wanted = expected.targets;
  if (wanted === undefined) return null;
  const tested = report.targets.filter((target) => target.verdict !== 'untested');
  if (typeof wanted === 'number') {
    return targets.length === wanted ? null : `${targets.length} targets instead of ${wanted}: ${targets.join(' ')}`;
  }
  const pattern = wanted === 'all' ? /^/ : new RegExp(wanted.slice(1, -1));
  const should = tested
    .filter((target) => pattern.test(target.id) || pattern.test(target.host))
    .map((target) => target.id);
  const missing = should.filter((id) => !targets.includes(id));
  const extra = targets.filter((id) => !should.includes(id));
  if (missing.length === 0 && extra.length === 0) return null;
  return `targets missing: ${missing.join(' ') || 'none'}; too many: ${extra.join(' ') || 'none'}`;
}

/** Pairs each expected root cause with a reported one, exactly matching ones first. */
export function judge(scenario: Scenario, report: LabReport | null, exit: number): Judgement {
  const differences: string[] = [];
  const pairs: { expected: string; reported: string; confidence: string | null }[] = [];
  if (exit !== scenario.expect.exit) differences.push(`exit ${exit} instead of ${scenario.expect.exit}`);
  if (report === null) return { differences: [...differences, 'no report'], pairs };
  const left = [...report.rootCauses];
  const unmet: ExpectedRootCause[] = [];
  const take = (index: number) => left.splice(index, 1)[0];
  for (const expected of scenario.expect.rootCauses) {
    const same = left.map((root, index) => ({ root, index })).filter(({ root }) => root.cause === expected.cause);
    const best = same.find(({ root }) => targetsDiffer(expected, root.targets, report) === null) ?? same[0];
    const reported = best === undefined ? undefined : take(best.index);
    if (reported === undefined) {
      unmet.push(expected);
      continue;
    }
    pairs.push({ expected: expected.cause, reported: reported.cause, confidence: reported.confidence });
    const targets = targetsDiffer(expected, reported.targets, report);
    if (targets !== null) differences.push(`${expected.cause}: ${targets}`);
    if (expected.confidence !== undefined && expected.confidence !== reported.confidence) {
      differences.push(`${expected.cause}: confidence ${reported.confidence} instead of ${expected.confidence}`);
    }
    const line = expected.evidence === undefined ? null : new RegExp(expected.evidence.slice(1, -1));
    if (line !== null && !reported.evidence.some((one) => line.test(one))) {
      differences.push(`${expected.cause}: no evidence ${expected.evidence} in ${reported.evidence.join(' | ')}`);
    }
    if (expected.shared !== undefined && reported.shared?.value !== expected.shared) {
      differences.push(
        `${expected.cause}: shared ${reported.shared?.value ?? 'nothing'} instead of ${expected.shared}`,
      );
    }
  }
  for (const expected of unmet) {
    const instead = left.shift();
    pairs.push({
      expected: expected.cause,
      reported: instead?.cause ?? 'none',
      confidence: instead?.confidence ?? null,
    });
    differences.push(`${expected.cause} is missing${instead === undefined ? '' : `, ${describe(instead)} instead`}`);
  }
  for (const extra of left) {
    pairs.push({ expected: 'none', reported: extra.cause, confidence: extra.confidence });
    differences.push(`${describe(extra)} is one too many`);
  }
  if (scenario.expect.rootCauses.length === 0 && report.rootCauses.length === 0) {
    pairs.push({ expected: 'none', reported: 'none', confidence: null });
  }
  for (const [verdict, count] of Object.entries(scenario.expect.summary ?? {})) {
    const actual = report.summary[verdict] ?? 0;
    if (actual !== count) differences.push(`${actual} targets ${verdict} instead of ${count}`);
  }
  return { differences, pairs };
}

const describe = (root: LabReport['rootCauses'][number]): string =>
  `${root.cause} (${root.confidence}, ${root.targets.length} targets: ${root.targets.slice(0, 4).join(' ')}${root.targets.length > 4 ? ' …' : ''})`;

/** Expected × reported, as lines: one for every pair that occurred, the wrong ones marked. */
export function confusionMatrix(judgements: readonly Judgement[]): string {
  const counts = new Map<string, number>();
  for (const { expected, reported } of judgements.flatMap((judgement) => judgement.pairs)) {
    const key = `${expected.padEnd(32)} ${reported}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const rows = [...counts]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([key, count]) => {
      const [expected, reported] = key.split(/\s+/);
      return `${key.padEnd(66)} ${String(count).padStart(4)}${expected === reported ? '' : '   wrong'}`;
    });
  return [`${'expected'.padEnd(32)} ${'reported'.padEnd(33)} count`, ...rows].join('\n');
}

/** Of the root causes given with each confidence, how many were the expected ones. */
export function calibration(
  judgements: readonly Judgement[],
): Readonly<Record<string, { right: number; all: number }>> {
  const table: Record<string, { right: number; all: number }> = {};
  for (const { expected, reported, confidence } of judgements.flatMap((judgement) => judgement.pairs)) {
    if (confidence === null) continue;
    table[confidence] ??= { right: 0, all: 0 };
    const row = table[confidence];
    row.all += 1;
    if (expected === reported) row.right += 1;
  }
  return table;
}
