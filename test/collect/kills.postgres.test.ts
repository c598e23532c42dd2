/** Collectors on one PostgreSQL, of which now one and now the other is killed in the middle of its work. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import { ensureBuilt } from '../cli/program.ts';
import { lacking } from '../real/parts.ts';
import { type PostgresServer, postgresPrograms, startPostgres } from '../store/postgres.ts';
import { fleetOf, keptBy } from './load.ts';
import { type CollectProgram, startCollector } from './program.ts';

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
});
