/** The limit of the throttle over collectors that are programs of their own, one of which does not live to see it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKey } from '../../src/signed/keys.ts';
import { openStore } from '../../src/store/open.ts';
import { ensureBuilt } from '../cli/program.ts';
import { lacking } from '../real/parts.ts';
import { type PostgresServer, postgresPrograms, startPostgres } from '../store/postgres.ts';
import { keptBy } from './load.ts';
import { type CollectProgram, startCollector } from './program.ts';
import { badReport, goodReport, message, post } from './world.ts';

const skipped = lacking(postgresPrograms, true);
const limit = 300;
/** 400 messages, half of them bad news: good ones alone stay below what they may take, all together do not. */
const [machines, postsEach, messagesEach] = [40, 2, 5] as const;
const killAfter = 100;
const mostTries = 50;
const hourMs = 3_600_000;
/** Whole windows since 1970: of two lengths in days, the one whose window does not end while this runs. */
const perDays = [5, 7].find((days) => Date.now() % (days * 24 * hourMs) < (days * 24 - 1) * hourMs) ?? 5;

interface Batch {
  readonly names: readonly string[];
  readonly body: string;
}

const batches = (): readonly Batch[] =>
  Array.from({ length: machines }, createKey).flatMap((key, machine) =>
    Array.from({ length: postsEach }, (_, nth) => {
      const seqs = Array.from({ length: messagesEach }, (_, index) => nth * messagesEach + index + 1);
      const report = machine % 2 === 0 ? goodReport() : badReport();
      return {
        names: seqs.map((seq) => `${key.key} ${seq}`),
        body: seqs.map((seq) => message(report, key, seq)).join(''),
      };
    }),
  );

describe.skipIf(skipped !== null)('four collectors on one PostgreSQL', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    ensureBuilt();
    server = await startPostgres();
  }, 300_000);
  afterAll(() => server.close());

  it('keep exactly the limit, each sent the same messages, one killed in the middle', async () => {
    const address = server.database('throttled');
    const all: CollectProgram[] = [];
    for (let count = 0; count < 4; count += 1) {
      all.push(await startCollector(address, '--limit', String(limit), '--per', `${perDays}d`));
    }
    const [killed] = all as [CollectProgram];
    const acknowledged = new Set<string>();
    const answered = new Set<number>();
    const isDead = (one: CollectProgram): boolean => one === killed && one.started.child.killed;
    /** Until it is taken or refused: a store that is busy says when to come again. */
    const give = async (to: CollectProgram, { names, body }: Batch): Promise<void> => {
      for (let tries = 0; tries < mostTries && !isDead(to); tries += 1) {
        const { status } = await post(to.url, body).catch(() => ({ status: 0 }));
        answered.add(status);
        if (status === 200) for (const name of names) acknowledged.add(name);
        if (to === killed && acknowledged.size >= killAfter) to.started.child.kill('SIGKILL');
        if (status === 200 || status === 429) return;
      }
    };
    const sent = batches();
    await Promise.all(
      all.map(async (one, nth) => {
        const from = (sent.length / all.length) * nth;
        const own = [...sent.slice(from), ...sent.slice(0, from)];
        const lane = async (): Promise<void> => {
          for (let batch = own.shift(); batch !== undefined; batch = own.shift()) await give(one, batch);
        };
        await Promise.all([lane(), lane(), lane()]);
      }),
    );
    expect((await killed.started.ended).signal).toBe('SIGKILL');
    for (const { started } of all.slice(1)) started.child.kill('SIGTERM');
    for (const { started } of all.slice(1)) expect((await started.ended).code).toBe(0);
    const store = await openStore(address);
    const kept = await keptBy(store);
    await store.close();
    expect(kept.counted).toBe(limit);
    expect(kept.messages).toHaveLength(limit);
    expect(new Set(kept.messages).size).toBe(limit);
    expect([...acknowledged].filter((one) => !kept.messages.includes(one))).toEqual([]);
    // 0 is of the one that was killed.
    expect([...answered].filter((status) => ![0, 200, 429, 503].includes(status))).toEqual([]);
  }, 300_000);
});
