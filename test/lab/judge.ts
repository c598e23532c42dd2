/** Compares what a scenario expects with what a report says; pure. */
import type { Confidence, Verdict } from '../../src/model/diagnosis.ts';
import type { ExperimentObservation, Observation, Observations } from '../../src/model/observations.ts';
import { type PerformedExperiment, performedExperiments } from '../../src/model/performed-experiments.ts';
import type { ExpectedRootCause, Scenario } from './scenario.ts';

/** Nothing is broken there: any finding is a false alarm. */
export const isHealthy = ({ expect: { rootCauses } }: Scenario): boolean => rootCauses.length === 0;

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
  readonly summary: Readonly<Partial<Record<Verdict, number>>>;
  readonly checks: readonly { readonly id: string; readonly verdict: string }[];
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
    /** The right cause, of exactly the right targets. */
    readonly right: boolean;
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
  const pairs: Judgement['pairs'][number][] = [];
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
    const targets = targetsDiffer(expected, reported.targets, report);
    const { cause, confidence } = reported;
    pairs.push({ expected: expected.cause, reported: cause, confidence, right: targets === null });
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
      right: false,
    });
    differences.push(`${expected.cause} is missing${instead === undefined ? '' : `, ${describe(instead)} instead`}`);
  }
  for (const extra of left) {
    pairs.push({ expected: 'none', reported: extra.cause, confidence: extra.confidence, right: false });
    differences.push(`${describe(extra)} is one too many`);
  }
  if (scenario.expect.rootCauses.length === 0 && report.rootCauses.length === 0) {
    pairs.push({ expected: 'none', reported: 'none', confidence: null, right: true });
  }
  for (const [verdict, count] of Object.entries(scenario.expect.summary ?? {})) {
    const actual = report.summary[verdict as Verdict] ?? 0;
    if (actual !== count) differences.push(`${actual} targets ${verdict} instead of ${count}`);
  }
  for (const id of scenario.expect.warns ?? []) {
    const verdict = report.checks.find((check) => check.id === id)?.verdict ?? 'missing';
    if (verdict !== 'warn') differences.push(`check ${id} is ${verdict} instead of a warning`);
  }
  return { differences, pairs };
}

/** An answer that came this late, milliseconds, had to be asked for again. */
const LATE_MS = 1_000;

/** Whether something at this place failed, or a name server of the run was late or failed: then a look at it has its reason. */
function hasReason({ probes }: Observations, { kind, does, host, port }: ExperimentObservation): boolean {
  const answersOf = ({ dns }: Observation) =>
    dns.status === 'skipped' ? [] : ((dns.status === 'passed' ? dns.value : dns.partial)?.answers ?? []);
  if (kind === 'looks' && does.action === 'ask') {
    const ofServer = probes.flatMap(answersOf).filter(({ server }) => server === does.server);
    return ofServer.some(({ failure, ms }) => failure !== null || ms >= LATE_MS);
  }
  return probes
    .filter((probe) => probe.host === host && probe.port === port)
    .some(
      ({ dns, attempts }) =>
        dns.status === 'failed' ||
        attempts.some(({ tcp, tunnel, tls, http }) =>
          [tcp, tunnel, tls, http].some(({ status }) => status === 'failed'),
        ),
    );
}

/**
 * What a run on a healthy network tried beyond what it has to, a line each. What failed once, or came late on a busy machine,
 * is looked at again, there and nowhere else. What only tells causes apart is not asked for with `--no-experiments`.
 */
export function needlessExperiments(
  { expect: { asks = [] } }: Scenario,
  observations: Observations,
): readonly string[] {
  const repeats: readonly string[] = ['again', 'looks'] satisfies PerformedExperiment[];
  const kinds = new Set(observations.experiments.map(({ kind }) => kind));
  const wanted = asks.filter((kind) => observations.plan.experiments || performedExperiments[kind].tells === 'whether');
  const needless = observations.experiments.filter((experiment) =>
    repeats.includes(experiment.kind) ? !hasReason(observations, experiment) : !wanted.includes(experiment.kind),
  );
  return [
    ...wanted.filter((kind) => !kinds.has(kind)).map((kind) => `nothing was tried by ${kind}`),
    ...needless.map(({ id }) => `tried without a reason: ${id}`),
  ];
}

const describe = (root: LabReport['rootCauses'][number]): string =>
  `${root.cause} (${root.confidence}, ${root.targets.length} targets: ${root.targets.slice(0, 4).join(' ')}${root.targets.length > 4 ? ' …' : ''})`;

/** Expected × reported as a Markdown table: a row for every pair that occurred, with how many of them were wrong. */
export function confusionMatrix(judgements: readonly Judgement[]): string {
  const counts = new Map<string, { all: number; wrong: number }>();
  for (const { expected, reported, right } of judgements.flatMap((judgement) => judgement.pairs)) {
    const key = `| ${expected.padEnd(31)} | ${reported.padEnd(31)} |`;
    const count = counts.get(key) ?? { all: 0, wrong: 0 };
    counts.set(key, { all: count.all + 1, wrong: count.wrong + (right ? 0 : 1) });
  }
  const row = (key: string, all: string, wrong: string): string => `${key} ${all.padStart(5)} | ${wrong.padStart(5)} |`;
  return [
    row(`| ${'expected'.padEnd(31)} | ${'reported'.padEnd(31)} |`, 'count', 'wrong'),
    `|${'-'.repeat(33)}|${'-'.repeat(33)}|------:|------:|`,
    ...[...counts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, { all, wrong }]) => row(key, String(all), String(wrong))),
  ].join('\n');
}

/** Of the root causes given with each confidence, how many were the expected ones, of exactly the expected targets. */
export function calibration(
  judgements: readonly Judgement[],
): Readonly<Record<Confidence, { readonly right: number; readonly all: number }>> {
  const given = judgements.flatMap(({ pairs }) => pairs);
  const of = (wanted: Confidence): { readonly right: number; readonly all: number } => {
    const rows = given.filter(({ confidence }) => confidence === wanted);
    return { right: rows.filter(({ right }) => right).length, all: rows.length };
  };
  return { high: of('high'), medium: of('medium'), low: of('low') };
}

/** The calibration as a Markdown table. */
export function calibrationTable(judgements: readonly Judgement[]): string {
  const share = (right: number, all: number): string => (all === 0 ? '' : `${((100 * right) / all).toFixed(1)} %`);
  return [
    '| confidence | root causes | right | share   |',
    '|------------|------------:|------:|--------:|',
    ...Object.entries(calibration(judgements)).map(
      ([confidence, { right, all }]) =>
        `| ${confidence.padEnd(10)} | ${String(all).padStart(11)} | ${String(right).padStart(5)} | ${share(right, all).padStart(7)} |`,
    ),
  ].join('\n');
}

export interface CauseCalibration {
  readonly cause: string;
  /** Root causes given with each confidence, and how many of them were right. */
  readonly given: Readonly<Record<Confidence, { readonly right: number; readonly all: number }>>;
}

/** The calibration of each cause that was given, by its id. */
export function calibrationByCause(judgements: readonly Judgement[]): readonly CauseCalibration[] {
  const causes = new Set(judgements.flatMap(({ pairs }) => pairs.map(({ reported }) => reported)));
  causes.delete('none');
  return [...causes].sort().map((cause) => {
    const ofCause = judgements.map(({ differences, pairs }) => ({
      differences,
      pairs: pairs.filter(({ reported }) => reported === cause),
    }));
    return { cause, given: calibration(ofCause) };
  });
}

/** The same as a Markdown table: right of all, for each confidence. */
export function causeTable(judgements: readonly Judgement[]): string {
  const cell = ({ right, all }: { readonly right: number; readonly all: number }): string =>
    (all === 0 ? '' : `${right}/${all}`).padStart(7);
  return [
    `| ${'cause'.padEnd(31)} |    high |  medium |     low |`,
    `|${'-'.repeat(33)}|--------:|--------:|--------:|`,
    ...calibrationByCause(judgements).map(
      ({ cause, given: { high, medium, low } }) =>
        `| ${cause.padEnd(31)} | ${cell(high)} | ${cell(medium)} | ${cell(low)} |`,
    ),
  ].join('\n');
}
