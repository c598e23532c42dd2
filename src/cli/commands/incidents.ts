import { harmlessJson } from '../../report/json.ts';
import { spokenIncidents, spokenReport } from '../../serve/spoken.ts';
import type { Store, StoredIncident } from '../../store/store.ts';
import { incidentsTable, isMeantIncident } from '../../watch/incidents-text.ts';
import type { Words } from '../../words/contract.ts';
import { wordsOf } from '../../words/load.ts';
import type { Context } from '../context.ts';
import { openOutputs } from '../deliver.ts';
import { machineOf, withStore } from '../store-door.ts';

/** The newest, of which those that are over are shown. */
const most = 200;

/** What the last look saw of those that are open, in the language that is asked for; a watch writes down its own. */
async function spokenNow(store: Store, machine: string, open: readonly StoredIncident[], words: Words) {
  const look = open.length === 0 ? null : await store.lookAt(machine);
  const report = look === null ? null : await store.reportOf(look);
  return report === null ? open : spokenIncidents(open, spokenReport(report, words));
}

/** Shows what is open and what is over. */
export async function incidents({ io, words: what, options }: Context): Promise<number> {
  const words = wordsOf(options.lang);
  const outputs = await openOutputs(io, options);
  const all = await withStore(io, options.store, false, async (store) => {
    const machine = await machineOf(store, options.machine);
    const [stored, recent] = [await store.openIncidents(machine), await store.incidents({ machine, most })];
    const open = await spokenNow(store, machine, stored, words);
    // Those that are open come last: they are said in the language.
    const known = new Map([...recent, ...open].map(({ incident }) => [incident.id, incident]));
    return [...known.values()].filter((incident) => isMeantIncident(what, incident));
  });
  const found = all.toSorted((one, other) => (one.firstSeenAt < other.firstSeenAt ? 1 : -1));
  const written = await outputs.deliver((format, view) =>
    format === 'json' ? `${harmlessJson(found, 2)}\n` : incidentsTable(found, io.clock.wall(), view, words),
  );
  return written ? 0 : 2;
}
