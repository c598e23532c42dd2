/** How many posts a second one collector commits. */
import { gzipSync } from 'node:zlib';
import { asker, atOnce, startCollector } from './collector.ts';
import type { Job } from './fleet.ts';
import { machinesOf, messageBy } from './machines.ts';
import { onEach } from './stores.ts';

const machines = 200;
const connections = 16;

interface Kind {
  readonly name: string;
  readonly detail: 'full' | 'summary';
  /** Of each machine, fewer in a minute than one may send. */
  readonly posts: number;
  readonly messages: number;
}

const kinds: readonly Kind[] = [
  { name: 'a summary', detail: 'summary', posts: 40, messages: 1 },
  { name: 'a whole report', detail: 'full', posts: 10, messages: 1 },
  { name: '50 summaries', detail: 'summary', posts: 2, messages: 50 },
];

export async function posts(job: Job): Promise<void> {
  await onEach(async (engine, fresh) => {
    for (const kind of kinds) await measure(job, engine, fresh(), kind);
  });
}

async function measure(job: Job, engine: string, store: string, { name, detail, ...each }: Kind): Promise<void> {
  const fleet = machinesOf(machines);
  const bodies = (from: number, count: number, size: number): readonly Buffer[] =>
    Array.from({ length: count }, (_, post) =>
      fleet.map((machine) => {
        const texts = Array.from({ length: size }, (_, index) =>
          messageBy(machine, job.healthy, from + post * size + index, detail),
        );
        return gzipSync(texts.join(''));
      }),
    ).flat();
  const known = bodies(1, 1, 1);
  const all = bodies(2, each.posts, each.messages);
  const collector = await startCollector(job.program, store, '--limit', '100000000');
  const { ask, close } = asker(connections);
  const post = async (body: Buffer): Promise<void> => {
    const { status, text } = await ask(`${collector.url}/v1/messages`, body);
    if (status !== 200 || !text.includes('stored')) throw new Error(`${status} ${text}`);
  };
  await atOnce(connections, known, post);
  const cpu = collector.cpuMs();
  const began = performance.now();
  await atOnce(connections, all, post);
  const wallMs = performance.now() - began;
  const cpuMs = collector.cpuMs() - cpu;
  const second = all.length / (wallMs / 1000);
  job.tell({
    ...{ what: `posts of ${name}, ${engine}`, count: all.length, wallMs, cpuMs, peakMiB: collector.peakMiB() },
    figures: {
      'posts a second': Math.round(second),
      'messages a second': Math.round(second * each.messages),
      'KiB a post': Math.round(all.reduce((sum, body) => sum + body.length, 0) / all.length / 1024),
    },
  });
  close();
  await collector.close();
}
