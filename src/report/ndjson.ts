import type { Report } from '../model/report.ts';
import { harmlessJson } from './json.ts';
import type { RecordStream, StreamedReport } from './reporter.ts';
import type { View } from './view.ts';

const record = (type: string, value: object): string => `${harmlessJson({ type, ...value }, 0)}\n`;

/**
 * The report without its observations as one record a line, each with a `type`: one `run`, while a run goes on a
 * `measured` for each target as it ends, then a `target` for each target, a `rootCause` for each root cause, a `check`
 * for each check, one `summary` at the end. A reader that has seen `summary` has seen all. Shape: `$defs.record` of the
 * report's schema. Where whoever reads judges by itself, one `observations` stands in place of what is judged.
 */
export function streamNdjson({ attended = false }: Pick<View, 'attended'> = {}): RecordStream {
  return {
    start({ schema, tool, startedAt, options, machine, labels, environment }, targets) {
      // What the run finds out of the roots comes with the last record.
      const { roots: _, ...before } = environment;
      const said = labels === undefined ? {} : { labels };
      return record('run', { schema, tool, startedAt, environment: before, options, machine, ...said, targets });
    },
    measured: (target) => record('measured', target),
    end: attended ? attendedRecords : closingRecords,
  };
}

function* attendedRecords(report: StreamedReport): Iterable<string> {
  yield record('observations', { observations: report.observations });
  yield summaryRecord(report);
}

function* closingRecords(report: StreamedReport): Iterable<string> {
  for (const target of report.targets) yield record('target', target);
  for (const root of report.rootCauses) yield record('rootCause', root);
  for (const check of report.checks) yield record('check', check);
  yield summaryRecord(report);
}

function summaryRecord(report: StreamedReport): string {
  const { complete, status, summary, durationMs, environment, wildcards, observations } = report;
  const proven = wildcards === undefined ? {} : { wildcards };
  return record('summary', {
    complete,
    status,
    summary,
    durationMs,
    ended: observations.ended,
    roots: environment.roots,
    ...proven,
  });
}

/** The records of a run that is over: all but `measured`, of which `target` says the same and more. */
export function renderNdjson(report: Report): string {
  const stream = streamNdjson();
  return [stream.start(report, report.targets.length), ...stream.end(report)].join('');
}
