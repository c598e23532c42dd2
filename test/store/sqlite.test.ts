import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { migrations } from '../../src/store/migrations.ts';
import { openStore } from '../../src/store/open.ts';
import type { Store } from '../../src/store/store.ts';
import { temporaryFolder } from '../real/parts.ts';
import { runAt, storeSuite } from './suite.ts';

const folder = temporaryFolder();
afterAll(() => folder.close());
let count = 0;
const fresh = (name = 'store.db'): string => {
  count += 1;
  mkdirSync(join(folder.path, String(count)));
  return join(folder.path, String(count), name);
};

describe('a store of SQLite', () => {
  storeSuite(async () => ({
    address: fresh(),
    async age(file, version, newer) {
      for (const one of newer) await query(file, `${one}`);
      await query(file, `pragma user_version = ${version}`);
    },
    close: async () => {},
  }));

  it('is made with its folder where nobody named another, and read only where it is', async () => {
    const file = join(folder.path, 'state', 'wayclear', 'wayclear.db');
    await expect(openStore(file, { write: false })).rejects.toThrow(/there is none yet/);
    await expect(openStore(join(folder.path, 'no', 'such', 'x.db'))).rejects.toThrow(/can not be opened/);
    await (await openStore(file)).close();
    expect(existsSync(file)).toBe(true);
  });

  it.each([
    [
      'a text file',
      (file: string) => writeFileSync(file, 'not a database, but long enough to be one\n'.repeat(40)),
      /no store: no database/,
    ],
    ['the database of another program', (file: string) => query(file, 'create table t (x)'), /work of another program/],
    [
      'a file that says it is of another program',
      (file: string) => query(file, 'pragma application_id = 7'),
      /work of another program/,
    ],
  ])('refuses %s in one line', async (_, make, line) => {
    const file = fresh();
    await make(file);
    const failure = await openStore(file).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'StoreTrouble' });
    expect(String(failure)).toMatch(line);
    expect(String(failure)).not.toContain('\n');
  });

  it('refuses a store that a newer version wrote', async () => {
    const file = fresh();
    await (await openStore(file)).close();
    await query(file, 'pragma user_version = 99');
    await expect(openStore(file)).rejects.toThrow(/newer wayclear wrote it \(version 99 of the store/);
    await expect(openStore(file, { write: false })).rejects.toThrow(/newer wayclear/);
  });

  it('says that a damaged store is damaged', async () => {
    const file = fresh();
    const store = await openStore(file);
    for (let day = 1; day < 9; day += 1) await store.record(runAt(`2026-11-0${day}T00:00:00.000Z`), 'watch', 'M1');
    await store.close();
    const bytes = readFileSync(file);
    bytes.fill(0x5a, 4096, bytes.length - 4096);
    writeFileSync(file, bytes);
    const read = async (): Promise<void> => {
      const opened = await openStore(file);
      try {
        await opened.looks('M1', { most: 100 });
      } finally {
        await opened.close();
      }
    };
    await expect(read()).rejects.toThrow(/damaged/);
  });

  it('says that another program keeps it locked', async () => {
    const file = fresh();
    await (await openStore(file)).close();
    const other = await opened(file);
    other.exec('begin exclusive');
    await expect(openStore(file)).rejects.toThrow(/another program keeps it locked/);
    other.exec('commit');
    other.close();
  });

  it('writes ahead, so that whoever reads waits for nobody', async () => {
    const file = fresh();
    await (await openStore(file)).close();
    expect(await value(file, 'pragma journal_mode')).toBe('wal');
  });

  it('that an older version wrote is brought up to date with all that it holds', async () => {
    const file = fresh();
    const look = await using(file, (store) => store.record(runAt('2026-11-01T00:00:00.000Z'), 'watch', 'M1'));
    for (const table of ['senders', 'messages', 'last_looks', 'intake', 'tokens', 'audit'])
      await query(file, `drop table ${table}`);
    await query(file, 'drop index looks_by_started_at');
    await query(file, 'pragma user_version = 1');
    await expect(openStore(file, { write: false })).rejects.toThrow(/older wayclear wrote it/);
    await using(file, async (store) => {
      expect(await store.lookAt('M1')).toEqual(look);
      expect(await store.isEmpty()).toBe(false);
      expect(await store.faults()).toEqual([]);
    });
    expect(await value(file, 'pragma user_version')).toBe(migrations.length);
  });

  it('no longer accounts for those that wait, as an older version did', async () => {
    const file = fresh();
    await (await openStore(file)).close();
    await query(file, 'alter table audit drop column actor');
    await query(file, 'drop table last_looks');
    await query(file, 'drop index looks_by_started_at');
    await query(file, 'alter table senders drop column pruned_seq');
    await query(file, "insert into audit values (1, 'waiting', 'f1', 'bonn-1'), (2, 'enrolled', 'f1', 'bonn-1')");
    await query(file, 'pragma user_version = 2');
    const kept = await using(file, (store) => store.audits({ most: 10 }));
    expect(kept).toEqual([{ at: 2, what: 'enrolled', fingerprint: 'f1', detail: 'bonn-1', actor: '' }]);
  });

  const root = process.platform === 'linux' && process.getuid?.() === 0;
  it.skipIf(process.platform === 'win32')('says that it is read-only, which hinders nobody who reads', async () => {
    const [place, seen] = [join(folder.path, 'read-only'), join(folder.path, 'seen')];
    for (const one of [place, seen]) mkdirSync(one);
    const look = await using(join(place, 'store.db'), (store) =>
      store.record(runAt('2026-11-01T00:00:00.000Z'), 'watch', 'M1'),
    );
    // Root may write to any file, but not where a file system is mounted to be read.
    const mount = (...args: readonly string[]): number | null => spawnSync('mount', args).status;
    if (root) expect([mount('--bind', place, seen), mount('-o', 'remount,bind,ro', seen)]).toEqual([0, 0]);
    else
      for (const [one, mode] of [
        [join(place, 'store.db'), 0o444],
        [place, 0o555],
      ] as const)
        chmodSync(one, mode);
    const file = join(root ? seen : place, 'store.db');
    try {
      await expect(openStore(file)).rejects.toThrow(/read-only|can not be opened/);
      await using(file, async (store) => expect(await store.lookAt('M1')).toEqual(look), false);
    } finally {
      if (root) spawnSync('umount', ['-l', seen]);
      else chmodSync(place, 0o755);
    }
  });

  it.skipIf(!root)(
    'of another account is read by whoever may read it, and says so to whoever wants to write',
    async () => {
      const place = join(folder.path, 'theirs');
      mkdirSync(place);
      for (const one of [folder.path, place]) chmodSync(one, 0o755);
      const file = join(place, 'store.db');
      const writer = await openStore(file);
      const look = await writer.record(runAt('2026-11-01T00:00:00.000Z'), 'watch', 'M1');
      // An account that owns nothing, and is in no group that does.
      const [owner, nobody] = [0, 65_534];
      const asNobody = async (work: () => Promise<void>): Promise<void> => {
        process.seteuid?.(nobody);
        await work().finally(() => process.seteuid?.(owner));
      };
      const readAll = async (store: Store): Promise<void> => {
        expect(await store.lookAt('M1')).toEqual(look);
        expect(await store.faults()).toEqual([]);
      };
      // While a watch is at work, and when none is.
      await asNobody(() => using(file, readAll, false));
      await writer.close();
      // Another file: the drop-in lets go of one when garbage is collected, and knows it until then.
      const left = join(place, 'left.db');
      copyFileSync(file, left);
      await asNobody(async () => {
        await using(left, readAll, false);
        await expect(openStore(left)).rejects.toThrow(/it is read-only/);
      });
      // What a watch that was killed left behind would be missing.
      writeFileSync(`${left}-wal`, 'x'.repeat(100));
      await asNobody(() => expect(using(left, readAll, false)).rejects.toThrow(/read-only|can not be opened/));
    },
  );

  it.skipIf(!root)('says that the disk is full, keeps what it has, and goes on when there is room', async () => {
    const place = join(folder.path, 'small');
    mkdirSync(place);
    expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=600k', 'tmpfs', place]).status).toBe(0);
    try {
      const store = await openStore(join(place, 'store.db'));
      let kept = 0;
      const filling = (async () => {
        for (;;) {
          await store.record(runAt('2026-11-03T10:00:00.000Z'), 'watch', 'M1');
          kept += 1;
        }
      })();
      await expect(filling).rejects.toThrow(/the disk is full|does not read or write/);
      expect(kept).toBeGreaterThan(0);
      expect(await store.looks('M1', { most: 1000 })).toHaveLength(kept);
      spawnSync('mount', ['-o', 'remount,size=20m', place]);
      await store.record(runAt('2026-11-03T11:00:00.000Z'), 'watch', 'M1');
      expect(await store.looks('M1', { most: 1000 })).toHaveLength(kept + 1);
      expect(await store.faults()).toEqual([]);
      await store.close();
    } finally {
      spawnSync('umount', ['-l', place]);
    }
  });
});

/** By the driver that the store takes: locks of two copies of SQLite in one process don't see each other. */
async function opened(file: string): Promise<InstanceType<typeof import('@photostructure/sqlite')['DatabaseSync']>> {
  const name: string = 'node:sqlite';
  const driver = (await import(name).catch(
    () => import('@photostructure/sqlite'),
  )) as typeof import('@photostructure/sqlite');
  return new driver.DatabaseSync(file);
}

async function using<T>(file: string, work: (store: Store) => Promise<T>, write = true): Promise<T> {
  const store = await openStore(file, { write });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** What SQLite says to a question with one answer. */
async function value(file: string, sql: string): Promise<unknown> {
  const database = await opened(file);
  const [row] = database.prepare(sql).all() as readonly object[];
  database.close();
  return Object.values(row ?? {})[0];
}

async function query(file: string, sql: string): Promise<void> {
  const database = await opened(file);
  database.exec(sql);
  database.close();
}
