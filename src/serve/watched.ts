/** What the page, the metrics and the interface of a watch show: one reading of the store. */

import type { History } from '../model/history.ts';
import type { Report } from '../model/report.ts';
import type { Look, Store, StoredIncident, TargetState } from '../store/store.ts';
import { historyOf } from '../watch/history.ts';
import { planOf } from '../watch/record.ts';
import { type Plan, silentSince } from '../watch/schedule.ts';

export interface Watched {
  readonly machine: string;
  /** Milliseconds of UTC. */
  readonly now: number;
  /** Null: nothing was recorded yet. */
  readonly look: Pick<Look, 'id' | 'startedAt'> | null;
  /** Null while it looks as often as it should. */
  readonly silentSince: number | null;
  /** Of that look; null where it was not kept. */
  readonly report: Report | null;
  readonly everyMs: number;
  /** Open or suspected. */
  readonly open: readonly StoredIncident[];
  readonly closed: readonly StoredIncident[];
  readonly history: History;
  /** Of the newest look. */
  readonly states: readonly TargetState[];
}

/** What it takes to say whether the watch looks. */
export interface Pulse extends Pick<Watched, 'now' | 'everyMs'> {
  readonly look: Look | null;
  /** Of the watch that serves it; null: there is none, and the looks speak for themselves. */
  readonly plan: Plan | null;
}

const dayMs = 86_400_000;
const shownDays = 30;
const mostIncidents = 200;

/** `scope`: of the watch that asks; null: none does. */
export async function readPulse(
  store: Store,
  machine: string,
  { now, everyMs, scope }: { readonly now: number; readonly everyMs: number; readonly scope: string | null },
): Promise<Pulse> {
  const plan = scope === null ? null : await planOf(store, machine, scope);
  return { look: await store.lookAt(machine), plan, now, everyMs };
}

export async function readWatched(
  store: Store,
  machine: string,
  settings: Parameters<typeof readPulse>[2],
): Promise<Watched> {
  const { now } = settings;
  const { plan, ...pulse } = await readPulse(store, machine, settings);
  const { look } = pulse;
  const incidents = await store.incidents({ machine, most: mostIncidents, from: now - shownDays * dayMs });
  const open = await store.openIncidents(machine);
  const [last] = await store.states(machine, 1);
  return {
    ...{ ...pulse, machine, open, silentSince: sinceWhen({ ...pulse, plan }) },
    report: look === null ? null : await store.reportOf(look),
    closed: incidents.filter(({ incident }) => incident.state === 'closed'),
    history: await historyOf(store, machine, [], now),
    states: last?.states ?? [],
  };
}

/** Null while the watch is well; otherwise since when it is not. */
export function sinceWhen({ look, plan, now, everyMs }: Pulse): number | null {
  const looked = look === null ? null : { at: look.startedAt, latest: null, everyMs };
  const watch = plan ?? looked;
  return watch === null ? null : silentSince(watch, now);
}
