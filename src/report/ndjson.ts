import type { Report, ReportTarget } from '../model/report.ts';
import { harmlessJson } from './json.ts';

/**
 * The report without its observations as one record a line, each with a `type`: one `run`, while a run goes on a
 * `measured` for each target as it ends, then a `target` for each target, a `rootCause` for each root cause, a `check`
 * for each check, one `summary` at the end. A reader that has seen `summary` has seen all. Shape: `$defs.record` of the
 * report's schema.
 */
export function renderNdjson(report: Report): string {
  return [
    runRecord(report, report.targets.length),
    ...closingRecords(report, report.observations.ended, report.targets),
  ].join('');
}

const record = (type: string, value: object): string => `${harmlessJson({ type, ...value }, 0)}\n`;

/** The first record. What the run finds out of the roots comes with the last. */
export function runRecord(
  report: Pick<Report, 'schema' | 'tool' | 'startedAt' | 'environment' | 'options'>,
  targets: number,
): string {
  const { schema, tool, startedAt, options } = report;
  const { roots: _, ...environment } = report.environment;
  return record('run', { schema, tool, startedAt, environment, options, targets });
}

/** A target as it ends. Its verdict comes with its `target` record: it takes the whole run. */
export function measuredRecord(target: Omit<ReportTarget, 'verdict' | 'untested' | 'findings'>): string {
  return record('measured', target);
}

/** What is known when the run is over. */
export function* closingRecords(
  report: Omit<Report, 'targets' | 'observations'>,
  ended: Report['observations']['ended'],
  targets: Iterable<ReportTarget>,
): Iterable<string> {
  for (const target of targets) yield record('target', target);
  for (const root of report.rootCauses) yield record('rootCause', root);
  for (const check of report.checks) yield record('check', check);
  const { status, summary, durationMs, environment, wildcards } = report;
  const proven = wildcards === undefined ? {} : { wildcards };
  yield record('summary', { status, summary, durationMs, ended, roots: environment.roots, ...proven });
}
