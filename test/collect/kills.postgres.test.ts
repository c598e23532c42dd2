/** Collectors on one PostgreSQL, of which now one and now the other is killed in the middle of its work. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKey } from '../../src/signed/keys.ts';
import { openStore } from '../../src/store/open.ts';
import { ensureBuilt } from '../cli/program.ts';
import { lacking } from '../real/parts.ts';
import { type PostgresServer, postgresPrograms, startPostgres } from '../store/postgres.ts';
import { fleetOf, keptBy } from './load.ts';
import { type CollectProgram, startCollector } from './program.ts';
import { badReport, goodReport, message } from './world.ts';

const skipped = lacking(postgresPrograms, true);
const rounds = 8;
const eachRound = 20;

describe.skipIf(skipped !== null)('collectors on one PostgreSQL', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    ensureBuilt();
    server = await startPostgres();
  }, 300_000);
  afterAll(() => server.close());

  it(`lose and double nothing in ${rounds} kills of the server, and as many of a collector`, async () => {
    const address = server.database('kills');
    const open = (): Promise<CollectProgram> => startCollector(address, '--limit', '1000000');
    const stays = await open();
    let other = await open();
    const fleet = fleetOf(6);
    for (let round = 0; round < rounds; round += 1) {
      const enough = fleet.acknowledged.size + eachRound;
      let killed = false;
      await fleet.send([stays.url, other.url], () => {
        if (!killed && fleet.acknowledged.size >= enough) {
          server.signal('SIGKILL');
          other.started.child.kill('SIGKILL');
          killed = true;
        }
        return killed;
      });
      await other.started.ended;
      await server.start();
      other = await open();
    }
    // What was under way is sent once more, and then all machines end.
    const size = fleet.acknowledged.size;
    await fleet.send([stays.url, other.url], () => fleet.acknowledged.size > size + 2 * fleet.size);
    for (const { started } of [stays, other]) started.child.kill('SIGTERM');
    const { code, stderr } = await stays.started.ended;
    expect(code).toBe(0);
    expect(stderr).not.toMatch(/\n {4}at /);
    const store = await openStore(address);
    const kept = await keptBy(store);
    expect(await store.faults()).toEqual([]);
    expect(fleet.acknowledged.size).toBeGreaterThan(rounds * eachRound);
    expect(new Set(kept.messages).size).toBe(kept.messages.length);
    expect(kept.messages.length).toBe(kept.counted);
    expect([...fleet.acknowledged].filter((one) => !kept.messages.includes(one))).toEqual([]);
    expect(kept.messages.length - fleet.acknowledged.size).toBeLessThanOrEqual(fleet.size);
    await store.close();
  }, 600_000);

  it('keep exactly the limit, all four sent the same, one of them killed in the middle', async () => {
    const [limit, size] = [400, 5];
    const address = server.database('window_of_all');
    // A window of a week: it ends during no test but one in many thousands.
    const open = (): Promise<CollectProgram> => startCollector(address, '--limit', String(limit), '--per', '7d');
    const all = [await open(), ...(await Promise.all([open(), open(), open()]))];
    const batches = Array.from({ length: 40 }, (_, machine) => {
      const key = createKey();
      return [0, 1, 2, 3].map((nth) => {
        const seqs = Array.from({ length: size }, (__, index) => nth * size + index + 1);
        const body = seqs.map((seq) => message(machine % 3 === 0 ? badReport() : goodReport(), key, seq)).join('');
        return { keys: seqs.map((seq) => `${key.key} ${seq}`), body };
      });
    }).flat();
    const acknowledged = new Set<string>();
    const statuses = new Set<number>();
    const sendAll = async ({ url, started }: CollectProgram, nth: number): Promise<void> => {
      const from = Math.floor((batches.length / all.length) * nth);
      for (const { keys, body } of [...batches.slice(from), ...batches.slice(0, from)]) {
        if (started.child.killed) return;
        const headers = { 'content-type': 'application/x-ndjson' };
        const answer = await fetch(`${url}/v1/messages`, { method: 'POST', headers, body }).catch(() => null);
        statuses.add(answer?.status ?? 0);
        if (answer?.status === 200) for (const key of keys) acknowledged.add(key);
        if (nth === 1 && acknowledged.size >= 100) started.child.kill('SIGKILL');
      }
    };
    await Promise.all(all.map(sendAll));
    expect([...statuses].filter((status) => ![0, 200, 429, 503].includes(status))).toEqual([]);
    expect(statuses.has(429)).toBe(true);
    for (const { started } of all) started.child.kill('SIGTERM');
    await Promise.all(all.map(({ started }) => started.ended));
    const store = await openStore(address);
    const kept = await keptBy(store);
    expect(kept.messages.length).toBe(limit);
    expect(new Set(kept.messages).size).toBe(limit);
    expect(kept.counted).toBe(limit);
    expect([...acknowledged].filter((one) => !kept.messages.includes(one))).toEqual([]);
    await store.close();
  }, 300_000);
});
