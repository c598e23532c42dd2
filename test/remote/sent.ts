/** A report as another machine of this version could have made it, and its records. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../../src/model/report.ts';
import { streamNdjson } from '../../src/report/ndjson.ts';
import { version } from '../../src/version.ts';

const golden = join(import.meta.dirname, '..', 'golden');

export function reportOf(name: string): Report {
  const report = JSON.parse(readFileSync(join(golden, `${name}.json.json`), 'utf8')) as Report;
  return { ...report, tool: { name: 'wayclear', version } };
}

/** In the order in which they come: the run, what was measured, the observations, the summary. */
export function recordsOf(report: Report) {
  const stream = streamNdjson({ attended: true });
  const [observations = '', summary = ''] = [...stream.end(report)];
  const measured = report.targets.map(({ verdict: _, untested: __, findings: ___, ...target }) =>
    stream.measured(target),
  );
  return { start: stream.start(report, report.targets.length), measured, observations, summary };
}
