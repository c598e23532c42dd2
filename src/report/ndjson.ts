import type { Report } from '../model.ts';
import { harmlessJson } from './json.ts';

/**
 * The report without its observations as one record a line, each with a `type`: one `run`, then a
 * `target` for each target, a `rootCause` for each root cause, a `check` for each check, one `summary`
 * at the end. A reader that has seen `summary` has seen all. Shape: `$defs.record` of the report's schema.
 */
export function renderNdjson(report: Report): string {
  const { schema, tool, startedAt, durationMs, environment, options, status, summary } = report;
  const records: readonly unknown[] = [
    { type: 'run', schema, tool, startedAt, environment, options },
    ...report.targets.map((target) => ({ type: 'target', ...target })),
    ...report.rootCauses.map((root) => ({ type: 'rootCause', ...root })),
    ...report.checks.map((check) => ({ type: 'check', ...check })),
    { type: 'summary', status, summary, durationMs, ended: report.observations.ended },
  ];
  return records.map((record) => `${harmlessJson(record, 0)}\n`).join('');
}
