import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import { lacking, must } from '../real/parts.ts';
import { type PostgresServer, postgresPrograms, startPostgres } from './postgres.ts';
import { runAt, storeSuite } from './suite.ts';

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

  storeSuite(async () => ({ address: fresh(), close: async () => {} }));

  it('is brought up to date once by two that open it together', async () => {
    const address = fresh();
    const stores = await Promise.all([openStore(address), openStore(address), openStore(address)]);
    await Promise.all(
      stores.map((store, at) => store.record(runAt(`2026-11-0${at + 1}T00:00:00.000Z`), 'watch', 'M1')),
    );
    expect((await stores[0]?.looks('M1', { most: 9 }))?.map(({ seq }) => seq)).toEqual([3, 2, 1]);
    await Promise.all(stores.map((store) => store.close()));
  });

  it('refuses in one line what is no store of its version, no database, or no server', async () => {
    const address = fresh();
    const other = fresh();
    await expect(openStore(address, { write: false })).rejects.toThrow(/there is none yet/);
    await (await openStore(address)).close();
    const sql = (database: string, text: string): string => must('psql', ['-q', database, '-c', text]);
    sql(address, "update wayclear.settings set value = '99' where name = 'store-version'");
    await expect(openStore(address)).rejects.toThrow(/newer wayclear wrote it/);
    sql(other, 'create schema wayclear; create table wayclear.settings_of_another (x int)');
    await expect(openStore(other)).rejects.toThrow(/work of another program/);
    await expect(openStore(`${address}x`)).rejects.toThrow(/no such database/);
    await expect(openStore('postgres://wayclear@127.0.0.1:1/x')).rejects.toThrow(/nothing listens there/);
  });
});
