/** One look of a watch: a whole run, with a deadline of its own. */
import type { UnroutedPlan } from '../model/plan.ts';
import { assembleReport, factsOfRoots } from '../report/assemble.ts';
import { planRoutes, type RoutedPlan } from '../routes/plan-routes.ts';
import { UsageError } from '../usage-error.ts';
import type { Looked } from '../watch/loop.ts';
import { createEnding } from './ending.ts';
import type { Io } from './io.ts';
import { measure } from './measure.ts';
import { offlineByNow } from './mode-now.ts';
import type { Options } from './options.ts';
import { targetsOf } from './prepare.ts';
import { routeSettings } from './route-settings.ts';
import { sealNetwork } from './seal.ts';

export interface Looker {
  /** Looks now, at all or at these targets alone; null: it was interrupted before anything was planned. */
  look(targets: readonly string[] | null): Promise<Looked | null>;
}

/** A mode that was changed acts at the next look: while this machine is offline nothing of a watch sends, notices included. */
function createGate(io: Io, options: Options): { hold(): Promise<void> } {
  let open: (() => void) | null = null;
  return {
    async hold() {
      const where = await offlineByNow(io, options);
      if (where === null) open?.();
      open = where === null ? null : (open ?? sealNetwork(where));
      if (where !== null) throw new UsageError('mode.offline', { where, command: 'watch' });
    },
  };
}

/** `onOldCatalog` is told why the catalog could not be read anew: a network that is broken is what is to be seen. */
export function createLooker(io: Io, options: Options, onOldCatalog: (trouble: UsageError) => void): Looker {
  const gate = createGate(io, options);
  let last: UnroutedPlan | null = null;
  const routed = async (one: Io): Promise<RoutedPlan> => {
    const settings = await routeSettings(one, options, true);
    try {
      last = await targetsOf(one, options, settings);
    } catch (error) {
      if (last === null || !(error instanceof UsageError)) throw error;
      onOldCatalog(error);
    }
    return await planRoutes(last, settings);
  };
  return {
    async look(targets) {
      const since = io.clock.now();
      const clock = { now: () => io.clock.now() - since, wall: () => io.clock.wall() };
      const ending = createEnding(clock);
      ending.setDeadline(options.deadlineMs);
      const stop = (): void => ending.interrupt();
      io.ending.work.addEventListener('abort', stop, { once: true });
      const one: Io = { ...io, clock, ending };
      let plan: RoutedPlan | null = null;
      try {
        if (io.ending.interrupted()) return null;
        await gate.hold();
        io.guard.forget();
        plan = await routed(one);
        const wanted = targets === null ? null : new Set(targets);
        const chosen = wanted === null ? plan.plan.targets : plan.plan.targets.filter(({ id }) => wanted.has(id));
        const parts = await measure(one, options, { ...plan, plan: { ...plan.plan, targets: chosen } });
        const report = assembleReport(parts);
        const interrupted = io.ending.interrupted() && !report.complete;
        return { report, facts: factsOfRoots(parts), interrupted };
      } finally {
        io.ending.work.removeEventListener('abort', stop);
        ending.leaveOpen();
        ending.tidy();
        await plan?.close();
      }
    },
  };
}
