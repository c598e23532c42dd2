/** What the page, the metrics and the interface of a watch show: one reading of the store. */

import type { History } from '../model/history.ts';
import type { Report } from '../model/report.ts';
import type { Look, Store, StoredIncident, TargetState } from '../store/store.ts';
import { historyOf } from '../watch/history.ts';
import { planOf } from '../watch/record.ts';

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
}

const dayMs = 86_400_000;
const shownDays = 30;
const mostIncidents = 200;

export async function readPulse(store: Store, machine: string, now: number, everyMs: number): Promise<Pulse> {
  const look = await store.lookAt(machine);
  return { look, now, everyMs: (await planOf(store, machine))?.everyMs ?? everyMs };
}

export async function readWatched(store: Store, machine: string, now: number, everyMs: number): Promise<Watched> {
  const pulse = await readPulse(store, machine, now, everyMs);
  const { look } = pulse;
  const incidents = await store.incidents({ machine, most: mostIncidents, from: now - shownDays * dayMs });
  const open = await store.openIncidents(machine);
  const [last] = await store.states(machine, 1);
  return {
    ...{ ...pulse, machine, open, silentSince: silentSince(pulse) },
    report: look === null ? null : await store.reportOf(look),
    closed: incidents.filter(({ incident }) => incident.state === 'closed'),
    history: await historyOf(store, machine, [], now),
    states: last?.states ?? [],
  };
}

/** Longer than that after a look, the watch is not well. */
const graceMs = 2 * 3_600_000;

/** Null while the watch is well; otherwise since when it is not. */
export function silentSince({ look, now, everyMs }: Pulse): number | null {
  return look !== null && now - look.startedAt > everyMs + graceMs ? look.startedAt : null;
}
