import { judging } from '../diagnose/diagnose.ts';
import { propose } from '../diagnose/propose/propose.ts';
import type { Environment } from '../model/observations.ts';
import { inPieces } from '../pieces.ts';
import { type RunDependencies, run } from '../probe/run.ts';
import { type ReportParts, reportStart } from '../report/assemble.ts';
import { nagiosCodes, nagiosState, type Outcome } from '../report/nagios.ts';
import type { RoutedPlan } from '../routes/plan-routes.ts';
import { version } from '../version.ts';
import { wordsOf } from '../words/load.ts';
import { faultTeller } from './faults.ts';
import type { Io } from './io.ts';
import { anonymousEnvironment, anonymousObservations, readMachine } from './machine.ts';
import type { Options } from './options.ts';
import { machineOf } from './prepare.ts';
import { type RunListener, startProgress } from './progress.ts';

type Stores = Awaited<RunDependencies['stores']>;

/** What a run does otherwise than for a report of this machine. */
interface Otherwise extends Pick<RunDependencies, 'onRevocationList'> {
  /** The stores that chains are held against in the run, made of this machine's. */
  readonly storesFor?: (stores: Stores) => Stores;
}

/** Measures a plan and judges it. */
export async function measure(
  io: Io,
  options: Options,
  routed: RoutedPlan,
  listener: RunListener = {},
  { storesFor = (stores) => stores, ...otherwise }: Otherwise = {},
): Promise<ReportParts> {
  const { plan } = routed;
  const machine = await machineOf(io, options, routed.facts, plan.anchors);
  const progress = startProgress(io, options);
  const listeners: readonly RunListener[] = [progress, listener];
  const as = (environment: Environment) => ({
    words: wordsOf(options.lang),
    options: options.used,
    version,
    machine: options.anonymous ? null : readMachine(io, environment),
    labels: options.labels,
  });
  const onFault = faultTeller(io, options.lang);
  try {
    const measured = await run(plan, {
      ...machine,
      ...otherwise,
      stores: Promise.resolve(machine.stores).then(storesFor),
      environment: options.anonymous ? machine.environment.then(anonymousEnvironment) : machine.environment,
      ...routed.routes,
      signal: io.ending.work,
      userAgent: plan.userAgent ?? `wayclear/${version}`,
      propose,
      onFault,
      onStart: (startedAt, environment) => {
        const start = reportStart({ startedAt, environment }, as(environment));
        for (const { onStart } of listeners) onStart?.(start, plan.targets.length);
      },
      onTarget: (...target) => {
        for (const { onTarget } of listeners) onTarget?.(...target);
      },
      onExperiment: (...experiment) => {
        for (const { onExperiment } of listeners) onExperiment?.(...experiment);
      },
    });
    const observations = options.anonymous ? anonymousObservations(measured) : measured;
    const diagnosis = await inPieces(judging(observations, onFault), io.clock);
    return { observations, diagnosis, ...as(observations.environment) };
  } finally {
    progress.end();
    machine.close();
  }
}

/**
 * 1 if something is at or above the threshold, each of which includes those before it; else 3 where the run is incomplete,
 * else 0. `never` is always 0. Of a plugin: the code of its state.
 */
export function exitCodeOf(
  report: Outcome,
  { failOn, exitCodes }: Pick<Options, 'failOn' | 'exitCodes'>,
): 0 | 1 | 2 | 3 {
  if (exitCodes === 'nagios') return nagiosCodes[nagiosState(report)];
  if (failOn === 'never') return 0;
  const severities = new Set(report.rootCauses.map(({ severity }) => severity));
  const fails =
    severities.has('critical') ||
    (failOn !== 'critical' && severities.has('warning')) ||
    (failOn === 'untested' && report.summary.untested > 0);
  return fails ? 1 : report.complete ? 0 : 3;
}
