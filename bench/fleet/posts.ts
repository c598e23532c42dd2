/** How many posts a second one collector commits. */
import { gzipSync } from 'node:zlib';
import { openStore } from '../../src/store/open.ts';
import { rounded } from '../turns.ts';
import { asker, atOnce, type Sent, startCollector } from './collector.ts';
import type { Job } from './fleet.ts';
import { type Machine, machinesOf, messageBy } from './machines.ts';
import { onEach } from './stores.ts';

const machines = 100;
const connections = 16;

interface Kind {
  readonly name: string;
  readonly detail: 'full' | 'summary';
  /** Of each machine, fewer in a minute than one may send. */
  readonly posts: number;
  readonly messages: number;
}

const kinds: readonly Kind[] = [
  { name: 'a summary', detail: 'summary', posts: 30, messages: 1 },
  { name: 'a whole report', detail: 'full', posts: 10, messages: 1 },
  { name: '50 summaries', detail: 'summary', posts: 2, messages: 50 },
];

export async function posts(job: Job): Promise<void> {
  await onEach(async (engine, fresh, databaseCpuMs) => {
    for (const kind of kinds) await measure(job, engine, { store: fresh(), databaseCpuMs }, kind);
  });
}

async function sizeOf(address: string): Promise<number> {
  const store = await openStore(address, { write: false });
  const bytes = await store.size();
  await store.close();
  return bytes;
}

/** Posts of each machine, in turn; numbers begin at `from`. */
function bodiesOf(
  job: Job,
  fleet: readonly Machine[],
  { detail, posts: each, messages }: Kind,
  from: number,
): readonly Sent[] {
  return Array.from({ length: each }, (_, post) =>
    fleet.map((machine) => {
      const seqs = Array.from({ length: messages }, (_, index) => from + post * messages + index);
      const text = seqs.map((seq) => messageBy(machine, job.healthy, seq, detail)).join('');
      return { key: machine.key, body: gzipSync(text) };
    }),
  ).flat();
}

interface Place {
  readonly store: string;
  databaseCpuMs(): number;
}

async function measure(job: Job, engine: string, { store, databaseCpuMs }: Place, kind: Kind): Promise<void> {
  const fleet = machinesOf(machines);
  const known = bodiesOf(job, fleet, { ...kind, posts: 1, messages: 1 }, 1);
  const all = bodiesOf(job, fleet, kind, 2);
  const collector = await startCollector(job.program, store, '--limit', '100000000');
  const { ask, close } = asker(connections);
  const post = async (sent: Sent): Promise<void> => {
    const { status, text } = await ask(`${collector.url}/v1/messages`, sent);
    if (status !== 200 || !text.includes('stored')) throw new Error(`${status} ${text}`);
  };
  await atOnce(connections, known, post);
  const before = { bytes: await sizeOf(store), cpuMs: collector.cpuMs(), databaseMs: databaseCpuMs() };
  const began = performance.now();
  await atOnce(connections, all, post);
  const wallMs = performance.now() - began;
  const cpuMs = collector.cpuMs() - before.cpuMs;
  const databaseMs = databaseCpuMs() - before.databaseMs;
  const second = all.length / (wallMs / 1000);
  const count = all.length * kind.messages;
  const each = (sum: number, digits: number): number => rounded(sum / count, digits);
  job.tell({
    ...{ what: `posts of ${kind.name}, ${engine}`, count: all.length, wallMs, cpuMs, peakMiB: collector.peakMiB() },
    figures: {
      'posts a second': Math.round(second),
      'messages a second': Math.round(second * kind.messages),
      'KiB a post': rounded(all.reduce((sum, { body }) => sum + body.length, 0) / all.length / 1024, 1),
      'ms of the collector a message': each(cpuMs, 2),
      ...(engine === 'SQLite' ? {} : { 'ms of the database a message': each(databaseMs, 2) }),
      'KiB kept a message': each(((await sizeOf(store)) - before.bytes) / 1024, 1),
    },
  });
  close();
  await collector.close();
}
