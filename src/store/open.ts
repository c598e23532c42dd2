/**
 * Opens a store: a file of SQLite, or a database of PostgreSQL. Kysely makes the same queries for both. Loaded when a
 * command wants a store, and bundled apart, so that no other run pays for it.
 */
import { basename, dirname } from 'node:path';
import { type Dialect, Kysely, sql } from 'kysely';
import { harmless } from '../harmless.ts';
import { makeFolder } from '../make-folder.ts';
import { rest } from '../pieces.ts';
import { withoutUrlAccounts } from '../secrets/url-accounts.ts';
import { collectedSteps } from './collected.ts';
import { incidentSteps, noticeSteps } from './incidents.ts';
import { lookSteps } from './looks.ts';
import { migrations } from './migrations.ts';
import type { Tables } from './schema.ts';
import { settingSteps, versionSetting } from './settings.ts';
import { openSqlite, type Sqlite } from './sqlite.ts';
import type { Steps, Store, StoreKind } from './store.ts';
import { StoreTrouble, storeTrouble } from './trouble.ts';
import { countLooks, isEmpty, orphans, prune, restore, rowsOf } from './upkeep.ts';

/** In PostgreSQL the tables have a schema of their own; other programs may use the same database. */
const schema = 'wayclear';
/** Any number: two programs that both bring the tables up to date do it one after the other. */
const migrationLock = 8_720_115;

export { sqliteHere } from './sqlite.ts';

export const isPostgres = (place: string): boolean => /^postgres(?:ql)?:\/\//i.test(place);

const stepsOn = (db: Kysely<Tables>): Steps => ({
  ...lookSteps(db),
  ...incidentSteps(db),
  ...noticeSteps(db),
  ...settingSteps(db),
  ...collectedSteps(db),
});

interface Opened {
  readonly db: Kysely<Tables>;
  readonly kind: StoreKind;
  readonly engine: string;
  readonly sqlite: Sqlite | null;
}

const newer = (place: string, version: number): StoreTrouble =>
  new StoreTrouble('store.newer', { place, theirs: version, ours: migrations.length });

/**
 * Opens what `address` names. `write: false` for who only reads: then nothing is made where nothing is. Throws a
 * StoreTrouble, in one line.
 */
export async function openStore(address: string, { write = true }: { readonly write?: boolean } = {}): Promise<Store> {
  const place = harmless(withoutUrlAccounts(address), 300);
  try {
    const opened = isPostgres(address) ? await postgres(address, place, write) : await sqlite(address, place, write);
    return storeOn(opened, place);
  } catch (error) {
    throw storeTrouble(error, place);
  }
}

async function sqlite(file: string, place: string, write: boolean): Promise<Opened> {
  // The folder of the default may not be there yet; what somebody named otherwise has to be.
  if (write && basename(dirname(file)) === schema) makeFolder(dirname(file), 0o700);
  const opened = await openSqlite(file, place, write);
  const db = new Kysely<Tables>({ dialect: opened.dialect });
  try {
    const version = opened.version();
    if (version > migrations.length) throw newer(place, version);
    if (version < migrations.length && write) {
      await db.transaction().execute(async (tx) => {
        // Another one may have done it meanwhile.
        for (const migrate of migrations.slice(opened.version())) await migrate(tx, 'sqlite');
        opened.setVersion(migrations.length);
      });
    } else if (version < migrations.length) {
      throw new StoreTrouble('store.older', { place });
    }
  } catch (error) {
    opened.close();
    throw error;
  }
  return { db, kind: 'sqlite', engine: opened.engine, sqlite: opened };
}

async function postgres(address: string, place: string, write: boolean): Promise<Opened> {
  const { openPostgres } = await import('./postgres.js');
  const { dialect, engine } = await openPostgres(address, place);
  const plain = new Kysely<Tables>({ dialect: dialect as Dialect });
  const db = plain.withSchema(schema);
  try {
    const version = await versionThere(plain, place);
    if (version > migrations.length) throw newer(place, version);
    if (version === 0 && !write) throw new StoreTrouble('store.none-yet', { place });
    if (version < migrations.length) {
      await plain.transaction().execute(async (tx) => {
        await sql`select pg_advisory_xact_lock(${migrationLock})`.execute(tx);
        await tx.schema.createSchema(schema).ifNotExists().execute();
        const own = tx.withSchema(schema);
        for (const migrate of migrations.slice(await versionThere(tx, place))) await migrate(own, 'postgres');
        await settingSteps(own).putSetting(versionSetting, migrations.length);
      });
    }
  } catch (error) {
    await plain.destroy();
    throw error;
  }
  return { db, kind: 'postgres', engine, sqlite: null };
}

/** 0 where the schema holds nothing yet. */
async function versionThere(db: Kysely<Tables>, place: string): Promise<number> {
  const tables = await sql<{ name: string }>`select table_name as name from information_schema.tables
    where table_schema = ${schema}`.execute(db);
  if (tables.rows.length === 0) return 0;
  const version = tables.rows.some(({ name }) => name === 'settings')
    ? await settingSteps(db.withSchema(schema)).setting(versionSetting)
    : undefined;
  if (typeof version === 'number') return version;
  throw new StoreTrouble('store.other-program', { place });
}

async function sizeOf({ db, sqlite: file }: Opened): Promise<number> {
  if (file !== null) return file.size();
  const { rows } = await sql<{ bytes: number }>`select coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint as bytes
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = ${schema} and c.relkind = 'r'`.execute(db);
  return Number(rows[0]?.bytes);
}

function storeOn(opened: Opened, place: string): Store {
  const { db, kind, engine, sqlite: file } = opened;
  /** What a driver says becomes one line for the person. */
  const told = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw storeTrouble(error, place);
    }
  };
  const transaction = <T>(work: (steps: Steps) => Promise<T>): Promise<T> =>
    told(() => db.transaction().execute((tx) => work(stepsOn(tx))));
  const steps = Object.fromEntries(
    Object.entries(stepsOn(db)).map(([name, step]) => [
      name,
      (...given: readonly unknown[]) =>
        told(() => (step as (...all: readonly unknown[]) => Promise<unknown>)(...given)),
    ]),
  ) as unknown as Steps;
  let closing: Promise<void> | null = null;
  return {
    ...steps,
    ...{ kind, place, engine, transaction },
    // Several rows each: whole or not at all.
    record: (...given) => transaction((inside) => inside.record(...given)),
    addNotice: (...given) => transaction((inside) => inside.addNotice(...given)),
    prune: (retention) =>
      told(async () => {
        const count = await prune(db, retention);
        while (file?.shrink() === true) await rest();
        return count;
      }),
    faults: () => told(async () => [...(file?.integrity() ?? []), ...(await orphans(db))]),
    count: () => told(() => countLooks(db)),
    isEmpty: () => told(() => isEmpty(db)),
    size: () => told(() => sizeOf(opened)),
    rows: () => rowsOf(db),
    restore: (table, rows) => told(() => db.transaction().execute((tx) => restore(tx, table, rows))),
    close: () => {
      closing ??= told(() => db.destroy());
      return closing;
    },
  };
}
