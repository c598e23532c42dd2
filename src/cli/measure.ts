import { diagnose } from '../diagnose/diagnose.ts';
import { propose } from '../diagnose/propose/propose.ts';
import type { Severity } from '../model/catalog.ts';
import type { Report } from '../model/report.ts';
import { run } from '../probe/run.ts';
import { type ReportParts, reportStart } from '../report/assemble.ts';
import type { RoutedPlan } from '../routes/plan-routes.ts';
import { version } from '../version.ts';
import { wordsOf } from '../words/load.ts';
import type { Io } from './io.ts';
import type { FailOn, Options } from './options.ts';
import { machineOf } from './prepare.ts';
import { type RunListener, startProgress } from './progress.ts';

/**
 * Measures a plan and judges it. `begin` runs when nothing is left that the user could have got wrong,
 * before the first packet; the signal that it gives ends the run early.
 */
export async function measure(
  io: Io,
  options: Options,
  routed: RoutedPlan,
  begin: () => AbortSignal,
  listener: RunListener = {},
): Promise<ReportParts> {
  const { plan } = routed;
  const machine = await machineOf(io, options, routed.facts, plan.anchors);
  const signal = begin();
  const progress = startProgress(io, options);
  const listeners: readonly RunListener[] = [progress, listener];
  const as = { words: wordsOf(options.lang), options: options.used, version };
  try {
    const observations = await run(plan, {
      ...machine,
      ...routed.routes,
      signal,
      userAgent: `wayclear/${version}`,
      propose,
      onStart: (startedAt) => {
        const start = reportStart({ startedAt, environment: machine.environment }, as);
        for (const { onStart } of listeners) onStart?.(start, plan.targets.length);
      },
      onTarget: (...target) => {
        for (const { onTarget } of listeners) onTarget?.(...target);
      },
      onExperiment: (...experiment) => {
        for (const { onExperiment } of listeners) onExperiment?.(...experiment);
      },
    });
    return { observations, diagnosis: diagnose(observations), ...as };
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
