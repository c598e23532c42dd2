import { harmlessJson } from '../../report/json.ts';
import { spokenIncident } from '../../serve/spoken.ts';
import { incidentsTable, isMeantIncident } from '../../watch/incidents-text.ts';
import { wordsOf } from '../../words/load.ts';
import type { Context } from '../context.ts';
import { openOutputs } from '../deliver.ts';
import { machineOf, withStore } from '../store-door.ts';

/** The newest, of which those that are over are shown. */
const most = 200;

/** Shows what is open and what is over. */
export async function incidents({ io, words: what, options }: Context): Promise<number> {
  const words = wordsOf(options.lang);
  const outputs = await openOutputs(io, options);
  const all = await withStore(io, options.store, false, async (store) => {
    const machine = await machineOf(store, options.machine);
    const [open, recent] = [await store.openIncidents(machine), await store.incidents({ machine, most })];
    const known = new Map([...recent, ...open].map((stored) => [stored.incident.id, stored]));
    // A watch writes down its own language.
    const spoken = [...known.values()].map((stored) => spokenIncident(stored, words).incident);
    return spoken.filter((incident) => isMeantIncident(what, incident));
  });
  const found = all.toSorted((one, other) => (one.firstSeenAt < other.firstSeenAt ? 1 : -1));
  const written = await outputs.deliver((format, view) =>
    format === 'json'
      ? `${harmlessJson(found, 2)}\n`
      : incidentsTable(found, { now: io.clock.wall(), isSought: what.length > 0 }, view, words),
  );
  return written ? 0 : 2;
}
