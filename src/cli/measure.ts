import { diagnose } from '../diagnose/diagnose.ts';
import { propose } from '../diagnose/experiments/propose.ts';
import type { Severity } from '../model/catalog.ts';
import type { Plan } from '../model/plan.ts';
import type { Report } from '../model/report.ts';
import { run } from '../probe/run.ts';
import { measuredTarget, type ReportParts, reportHead, reportStart, reportTargets } from '../report/assemble.ts';
import { closingRecords, measuredRecord, runRecord } from '../report/ndjson.ts';
import type { Routes } from '../routes/plan-routes.ts';
import { version } from '../version.ts';
import { labelsOf } from '../words/labels.ts';
import { wordsOf } from '../words/load.ts';
import type { Feed } from './deliver.ts';
import type { Io } from './io.ts';
import type { FailOn, Options } from './options.ts';
import { machineOf } from './prepare.ts';
import { startProgress } from './progress.ts';

/** Characters of the closing records, of which each alone is little for a system call. */
const writtenAtOnce = 65_536;

/**
 * Measures a plan and judges it. `begin` runs when nothing is left that the user could have got wrong,
 * before the first packet; the signal that it gives ends the run early. `feed` gets the records of ndjson as they are
 * known.
 */
export async function measure(
  io: Io,
  options: Options,
  plan: Plan,
  routes: Routes,
  begin: () => AbortSignal,
  feed: Feed | null = null,
): Promise<ReportParts> {
  const machine = await machineOf(io, options, routes, plan.anchors);
  io.compileLess?.();
  const signal = begin();
  const progress = startProgress(io, options.quiet);
  const words = wordsOf(options.lang);
  const as = { words, options: options.used, version };
  try {
    const observations = await run(plan, {
      ...machine,
      signal,
      userAgent: `wayclear/${version}`,
      routeFor: routes.routeFor,
      ...(routes.access === null ? {} : { access: routes.access }),
      beside: plan.experiments || routes.beside?.when === 'always' ? (routes.beside ?? null) : null,
      onStart: (startedAt) => {
        const start = reportStart({ startedAt, environment: machine.environment }, as);
        void feed?.write(runRecord(start, plan.targets.length));
      },
      onTarget: (target, measured, done, total) => {
        progress.update(done, total, target.host);
        void feed?.write(measuredRecord(measuredTarget(target, measured)));
      },
      propose,
      onExperiment: (experiment, done, total) =>
        progress.update(done, total, labelsOf(options.lang).experimenting(experiment.host)),
    });
    const parts: ReportParts = { observations, diagnosis: diagnose(observations), ...as };
    if (feed !== null) {
      const records = closingRecords(reportHead(parts), observations.ended, reportTargets(parts));
      let text = '';
      for (const record of records) {
        text += record;
        if (text.length < writtenAtOnce) continue;
        await feed.write(text);
        text = '';
      }
      await feed.write(text);
    }
    return parts;
  } finally {
    progress.end();
    machine.close();
  }
}

const ranks: Readonly<Record<Severity, number>> = { informational: 0, warning: 1, critical: 2 };

/** 1 if a root cause or the status is at or above the threshold, else 0. */
export function judged(report: Pick<Report, 'status' | 'rootCauses'>, failOn: FailOn): 0 | 1 {
  if (failOn === 'never') return 0;
  const byStatus = { 11410: 0, 11411: 1, 11412: 2 }[report.status.messageId];
  const worst = Math.max(byStatus, ...report.rootCauses.map((root) => ranks[root.severity]));
  return worst >= ranks[failOn] ? 1 : 0;
}
