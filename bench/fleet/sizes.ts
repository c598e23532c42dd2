/** What the view of a fleet costs as the fleet grows: the last message of each machine, on PostgreSQL. */
import { lookOf } from '../../src/fleet/look.ts';
import { withHistory } from '../../src/fleet/tables.ts';
import { lastLookOf } from '../../src/store/last-look.ts';
import { openStore } from '../../src/store/open.ts';
import { packed } from '../../src/store/packed.ts';
import type { Store } from '../../src/store/store.ts';
import { asker, startCollector } from './collector.ts';
import type { Job } from './fleet.ts';
import { type Machine, machinesOf, reportedBy } from './machines.ts';
import { onPostgres } from './stores.ts';

const steps = [5000, 20_000, 100_000] as const;
/** Two sites that fail as a whole, and every 97th machine. */
const isFailing = ({ site }: Machine, index: number): boolean =>
  site === 'site-7' || site === 'site-8' || index % 97 === 0;
const rowsAtOnce = 500;
/** Longer than a collector keeps its view of the fleet. */
const staleMs = 5200;
const now = Date.now();

export async function sizes(job: Job): Promise<void> {
  await onPostgres(async (fresh) => {
    const address = fresh();
    const fleet = machinesOf(Math.max(...steps));
    let filled = 0;
    for (const size of steps) {
      const store = await openStore(address);
      await fill(store, fleet, [filled, size], job);
      filled = size;
      const bytes = await store.size();
      await store.close();
      await ask(job, address, size, bytes);
    }
  });
}

async function fill(store: Store, fleet: readonly Machine[], [from, to]: readonly [number, number], job: Job) {
  for (let begin = from; begin < to; begin += rowsAtOnce) {
    const some = fleet.slice(begin, Math.min(begin + rowsAtOnce, to)).map((machine, index) => {
      const { key, fingerprint } = machine.key;
      const egress = `198.51.${Number(machine.site.slice('site-'.length)) >> 8}.1`;
      const look = lookOf(reportedBy(isFailing(machine, begin + index) ? job.failing : job.healthy, machine), egress);
      const own = { id: `${fingerprint} 1`, machine: fingerprint, at: new Date(now).toISOString() };
      const kept = withHistory(null, { ...look, ...own });
      return {
        last: { key, ...lastLookOf(kept) },
        message: {
          ...{ key, seq: 1, received_at: now, critical: 0, digest: fingerprint },
          look: packed(kept),
        },
        sender: {
          ...{ key, fingerprint, state: 'admitted', name: machine.name, first_at: now, last_at: now, last_seq: 1 },
          ...{ egress, dropped: 0, conflicts: 0, skew_ms: 0 },
        },
      };
    });
    await store.restore(
      'messages',
      some.map(({ message }) => message),
    );
    await store.restore(
      'last_looks',
      some.map(({ last }) => last),
    );
    await store.restore(
      'senders',
      some.map(({ sender }) => sender),
    );
  }
}

/** The first view of a collector, and the next one after a while. */
async function ask(job: Job, address: string, count: number, bytes: number): Promise<void> {
  const collector = await startCollector(job.program, address);
  const { ask: get, close } = asker(1);
  for (const what of ['first view', 'next view']) {
    const [cpu, began] = [collector.cpuMs(), performance.now()];
    const { status } = await get(`${collector.url}/metrics`).catch(() => ({ status: 0 }));
    job.tell({
      ...{ what: `${what} of a fleet`, count, wallMs: performance.now() - began, cpuMs: collector.cpuMs() - cpu },
      peakMiB: collector.peakMiB(),
      figures: { answered: status === 200 ? 1 : 0, 'MiB in the store': Math.round(bytes / 1024 / 1024) },
    });
    await new Promise((resolve) => setTimeout(resolve, staleMs));
  }
  close();
  await collector.close();
}
