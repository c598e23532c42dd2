/** Four collectors on one PostgreSQL, each sent the same messages, one of them killed in the middle. */
import { gzipSync } from 'node:zlib';
import { openStore } from '../../src/store/open.ts';
import { asker, atOnce, type CollectorProcess, type Sent, startCollector } from './collector.ts';
import type { Job } from './fleet.ts';
import { machinesOf, messageBy } from './machines.ts';
import { onPostgres } from './stores.ts';

const limit = 10_000;
/** 15,000 messages, half of them bad news: more than each of the limits takes. */
const shape = { machines: 300, posts: 5, messages: 10 } as const;
const killAfter = 2000;

interface Batch extends Sent {
  readonly names: readonly string[];
}

function batchesOf({ healthy, failing }: Job): readonly Batch[] {
  return machinesOf(shape.machines).flatMap((machine, index) =>
    Array.from({ length: shape.posts }, (_, post) => {
      const seqs = Array.from({ length: shape.messages }, (_, at) => post * shape.messages + at + 1);
      const report = index % 2 === 0 ? healthy : failing;
      return {
        key: machine.key,
        names: seqs.map((seq) => `${machine.key.key} ${seq}`),
        body: gzipSync(seqs.map((seq) => messageBy(machine, report, seq, 'summary')).join('')),
      };
    }),
  );
}

export async function collectors(job: Job): Promise<void> {
  await onPostgres(async (fresh) => {
    const store = fresh();
    const batches = batchesOf(job);
    const all: CollectorProcess[] = [];
    for (let count = 0; count < 4; count++) {
      all.push(await startCollector(job.program, store, '--limit', String(limit), '--per', '7d'));
    }
    const acknowledged = new Set<string>();
    let answers = 0;
    const { ask, close } = asker(16);
    const began = performance.now();
    const sendAll = ({ url, child }: CollectorProcess, nth: number): Promise<void> => {
      const from = Math.floor((batches.length / 4) * nth);
      return atOnce(4, [...batches.slice(from), ...batches.slice(0, from)], async ({ names, ...sent }) => {
        if (child.killed) return;
        const { status } = await ask(`${url}/v1/messages`, sent).catch(() => ({ status: 0 }));
        answers += 1;
        if (status !== 200) return;
        for (const name of names) acknowledged.add(name);
        if (nth === 3 && acknowledged.size >= killAfter) child.kill('SIGKILL');
      });
    };
    await Promise.all(all.map(sendAll));
    const wallMs = performance.now() - began;
    close();
    const living = all.filter(({ child }) => !child.killed);
    const peakMiB = Math.max(...living.map((one) => one.peakMiB()));
    for (const one of living) await one.close();
    job.tell({
      ...{ what: 'four collectors, one killed', count: answers, wallMs, cpuMs: 0, peakMiB },
      figures: await kept(store, acknowledged),
    });
  });
}

async function kept(address: string, acknowledged: ReadonlySet<string>): Promise<Readonly<Record<string, number>>> {
  const store = await openStore(address, { write: false });
  const there: string[] = [];
  let counted = 0;
  for await (const { table, rows } of store.rows()) {
    if (table === 'messages') there.push(...rows.map(({ key, seq }) => `${key} ${seq}`));
    if (table === 'intake') counted += rows.reduce((sum, { stored }) => sum + Number(stored), 0);
  }
  await store.close();
  const found = new Set(there);
  return {
    ...{ kept: there.length, counted, twice: there.length - found.size, acknowledged: acknowledged.size },
    lost: [...acknowledged].filter((key) => !found.has(key)).length,
  };
}
