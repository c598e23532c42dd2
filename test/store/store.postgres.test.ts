import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import { wayclear } from '../cli/in-process.ts';
import { lacking, must, temporaryFolder } from '../real/parts.ts';
import { type PostgresServer, postgresPrograms, startPostgres } from './postgres.ts';
import { at, incident, notice, runAt, storeSuite } from './suite.ts';

const skipped = lacking(postgresPrograms, true);

describe.skipIf(skipped !== null)('a store of PostgreSQL', () => {
  let server: PostgresServer;
  let count = 0;
  const fresh = (): string => {
    count += 1;
    return server.database(`d${count}`);
  };
  beforeAll(async () => {
    server = await startPostgres();
  }, 120_000);
  afterAll(() => server.close());

  const sql = (database: string, text: string): string => must('psql', ['-q', database, '-c', text]);
  storeSuite(async () => ({
    address: fresh(),
    async age(database, version, newer) {
      for (const one of newer) sql(database, `set search_path to wayclear; ${one}`);
      sql(database, `update wayclear.settings set value = '${version}' where name = 'store-version'`);
    },
    close: async () => {},
  }));

  it('is brought up to date once by two that open it together', async () => {
    const address = fresh();
    const stores = await Promise.all([openStore(address), openStore(address), openStore(address)]);
    await Promise.all(
      stores.map((store, at) => store.record(runAt(`2026-11-0${at + 1}T00:00:00.000Z`), 'watch', 'M1')),
    );
    expect((await stores[0]?.looks('M1', { most: 9 }))?.map(({ seq }) => seq)).toEqual([3, 2, 1]);
    await Promise.all(stores.map((store) => store.close()));
  });

  it('takes what a file held, and gives all of it back', async () => {
    const folder = temporaryFolder();
    const [from, back, address] = [join(folder.path, 'from.db'), join(folder.path, 'back.db'), fresh()];
    const store = await openStore(from);
    for (const day of ['01', '02']) await store.record(runAt(`2026-11-${day}T00:00:00.000Z`), 'watch', 'M1');
    await store.putIncident({ machine: 'M1', key: 'k', incident: incident(), memory: { clean: 1 } });
    await store.addNotice(notice('n-1'), 'M1', ['hook']);
    await store.close();
    for (const [one, other] of [
      [from, address],
      [address, back],
    ] as const) {
      expect(await wayclear(['store', 'copy', one, other])).toMatchObject({ code: 0, stderr: '' });
    }
    const shown = async (place: string): Promise<string> =>
      (await wayclear(['history', '--store', place, '--machine', 'M1', '--json'])).stdout;
    expect(JSON.parse(await shown(address))).toMatchObject({ machine: 'M1' });
    for (const place of [address, back]) {
      expect(await shown(place)).toBe(await shown(from));
      const copied = await openStore(place);
      expect(await copied.openIncidents('M1')).toMatchObject([{ key: 'k', memory: { clean: 1 } }]);
      expect(await copied.claimDeliveries(['hook'], at('2026-12-01T00:00:00Z'), 1000, 9)).toHaveLength(1);
      expect(await copied.faults()).toEqual([]);
      await copied.close();
    }
    folder.close();
  });

  it('refuses in one line what is no store of its version, no database, or no server', async () => {
    const address = fresh();
    const other = fresh();
    await expect(openStore(address, { write: false })).rejects.toThrow(/there is none yet/);
    await (await openStore(address)).close();
    sql(address, "update wayclear.settings set value = '99' where name = 'store-version'");
    await expect(openStore(address)).rejects.toThrow(/newer wayclear wrote it/);
    sql(other, 'create schema wayclear; create table wayclear.settings_of_another (x int)');
    await expect(openStore(other)).rejects.toThrow(/work of another program/);
    await expect(openStore(`${address}x`)).rejects.toThrow(/no such database/);
    await expect(openStore('postgres://wayclear@127.0.0.1:1/x')).rejects.toThrow(/nothing listens there/);
  });
});
