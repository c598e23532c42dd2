import { diagnose } from '../diagnose/diagnose.ts';
import { propose } from '../diagnose/experiments.ts';
import { labelsOf } from '../diagnose/words/labels.ts';
import { wordsOf } from '../diagnose/words/languages.ts';
import type { Diagnosis, Plan, Report, Severity } from '../model.ts';
import type { FailOn, Options } from '../options.ts';
import { run } from '../probe/run.ts';
import { assembleReport } from '../report/assemble.ts';
import { version } from '../version.ts';
import type { Io } from './io.ts';
import { machineOf } from './prepare.ts';
import { startProgress } from './progress.ts';
import type { Routes } from './routes.ts';

export interface Measured {
  readonly report: Report;
  readonly diagnosis: Diagnosis;
}

/**
 * Measures a plan and judges it. `begin` runs when nothing is left that the user could have got wrong,
 * before the first packet; the signal that it gives ends the run early.
 */
export async function measure(
  io: Io,
  options: Options,
  plan: Plan,
  routes: Routes,
  begin: () => AbortSignal,
): Promise<Measured> {
  const machine = await machineOf(io, options, routes, plan.anchors);
  const signal = begin();
  const progress = startProgress(io, options.quiet);
  try {
    const observations = await run(plan, {
      ...machine,
      signal,
      userAgent: `wayclear/${version}`,
      routeFor: routes.routeFor,
      ...(routes.access === null ? {} : { access: routes.access }),
      beside: plan.experiments || routes.beside?.when === 'always' ? (routes.beside ?? null) : null,
      onTarget: (target, _, done, total) => progress.update(done, total, target.host),
      propose,
      onExperiment: (experiment, done, total) =>
        progress.update(done, total, labelsOf(options.lang).experimenting(experiment.host)),
    });
    const diagnosis = diagnose(observations);
    const words = wordsOf(options.lang);
    return {
      report: assembleReport({ observations, diagnosis, words, options: options.used, version }),
      diagnosis,
    };
  } finally {
    progress.end();
    machine.close();
  }
}

const ranks: Readonly<Record<Severity, number>> = { informational: 0, warning: 1, critical: 2 };

/** 1 if a root cause or the status is at or above the threshold, else 0. */
export function judged(report: Report, failOn: FailOn): 0 | 1 {
  if (failOn === 'never') return 0;
  const byStatus = { 11410: 0, 11411: 1, 11412: 2 }[report.status.messageId];
  const worst = Math.max(byStatus, ...report.rootCauses.map((root) => ranks[root.severity]));
  return worst >= ranks[failOn] ? 1 : 0;
}
