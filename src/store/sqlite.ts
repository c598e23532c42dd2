/** SQLite: by `node:sqlite` where the runtime has it, else by its drop-in `@photostructure/sqlite`. */
import { existsSync, statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { SqliteDialect, type SqliteStatement } from 'kysely';
import { StoreTrouble, storeTrouble, type TroubleCode } from './trouble.ts';

/** What is used of a driver. */
interface DatabaseSync {
  exec(sql: string): void;
  prepare(sql: string): {
    all(...parameters: readonly unknown[]): readonly Readonly<Record<string, unknown>>[];
    run(...parameters: readonly unknown[]): {
      readonly changes: number | bigint;
      readonly lastInsertRowid: number | bigint;
    };
  };
  close(): void;
}
interface Driver {
  /** The module that it is. */
  readonly name: string;
  readonly DatabaseSync: new (file: string) => DatabaseSync;
}

export interface Sqlite {
  readonly dialect: SqliteDialect;
  readonly engine: string;
  version(): number;
  setVersion(version: number): void;
  integrity(): readonly string[];
  /** Gives some pages that hold nothing any more back to the file system; whether there are more. */
  shrink(): boolean;
  size(): number;
  close(): void;
}

/** Few enough that nobody is held up by them for long. */
const pagesAtOnce = 500;

/** In the file's header, so that other programs (`file`) and other stores can tell it: `WAYC`. */
const applicationId = 0x5741_5943;

async function importQuietly(name: string): Promise<Pick<Driver, 'DatabaseSync'>> {
  const { emitWarning } = process;
  // Node.js 22 says that it is experimental, on standard error, to people who can do nothing about it.
  process.emitWarning = (() => {}) as typeof process.emitWarning;
  try {
    return (await import(name)) as Pick<Driver, 'DatabaseSync'>;
  } finally {
    process.emitWarning = emitWarning;
  }
}

async function loadDriver(): Promise<Driver> {
  for (const name of ['node:sqlite', '@photostructure/sqlite']) {
    try {
      const { DatabaseSync } = await importQuietly(name);
      if (typeof DatabaseSync === 'function') return { name, DatabaseSync };
    } catch {
      // The next one, or none.
    }
  }
  throw new StoreTrouble('store.no-driver', {});
}

const versionOf = (database: DatabaseSync): string =>
  String(database.prepare('select sqlite_version() as version').all()[0]?.['version']);

/** The module that opens files here, and its SQLite; null where there is none. */
export async function sqliteHere(): Promise<{ readonly driver: string; readonly version: string } | null> {
  const driver = await loadDriver().catch(() => null);
  if (driver === null) return null;
  const database = new driver.DatabaseSync(':memory:');
  const version = versionOf(database);
  database.close();
  return { driver: driver.name, version };
}

const isQuestion = /^\s*(?:select|with|pragma)\b|\sreturning\s/i;

/** A full disk ends a transaction by itself; that it can't be ended again is not what went wrong. */
function rolledBack<T>(work: () => T): T | { readonly changes: number; readonly lastInsertRowid: number } {
  try {
    return work();
  } catch (error) {
    if (error instanceof Error && error.message.includes('no transaction is active')) {
      return { changes: 0, lastInsertRowid: 0 };
    }
    throw error;
  }
}

/** As Kysely wants a database. */
function statement(database: DatabaseSync, text: string, write: boolean): SqliteStatement {
  // Two that begin by reading and then want to write would wait for each other; who only reads keeps nobody waiting.
  const prepared = database.prepare(text === 'begin' && write ? 'begin immediate' : text);
  return {
    reader: isQuestion.test(text),
    all: (parameters) => [...prepared.all(...parameters)],
    run: (parameters) => (text === 'rollback' ? rolledBack(() => prepared.run()) : prepared.run(...parameters)),
    iterate: (parameters) => prepared.all(...parameters)[Symbol.iterator]() as IterableIterator<unknown>,
  };
}

/** What SQLite says where it can't make a file beside another: of a file system that takes none, and of rights that don't suffice. */
const unmade: readonly TroubleCode[] = ['store.cannot-open', 'store.read-only'];

/**
 * What to open in order to read a file. Beside one that is written ahead SQLite makes two others, even to read; where it can't,
 * nobody writes, and it takes the file as it is: https://www.sqlite.org/uri.html, `immutable`.
 */
function readableAs(file: string, DatabaseSync: Driver['DatabaseSync']): string {
  const database = new DatabaseSync(file);
  try {
    database.exec('select 1 from sqlite_master');
    return file;
  } catch (error) {
    // What was written ahead, and is not in the file yet, would be left out.
    const isBehind = (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
    const trouble = storeTrouble(error, file);
    const isUnmade = trouble instanceof StoreTrouble && unmade.includes(trouble.code);
    if (isBehind || !isUnmade) return file;
    const address = pathToFileURL(file);
    address.searchParams.set('immutable', '1');
    return address.href;
  } finally {
    database.close();
  }
}

/** Opens a file; `write`: it is made where there is none. */
export async function openSqlite(file: string, place: string, write: boolean): Promise<Sqlite> {
  if (!write && !existsSync(file)) throw new StoreTrouble('store.none-yet', { place });
  const { DatabaseSync } = await loadDriver();
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(write ? file : readableAs(file, DatabaseSync));
    const opened = database;
    const pragma = (name: string): unknown => Object.values(opened.prepare(`pragma ${name}`).all()[0] ?? {})[0];
    opened.exec('pragma busy_timeout = 5000');
    claim(opened, pragma, place, write);
    const close = (): void => {
      // The file is whole by itself then; the drop-in leaves that to a collector of garbage that may never come.
      if (write) opened.exec('pragma wal_checkpoint(passive)');
      opened.close();
    };
    return {
      dialect: new SqliteDialect({
        database: { prepare: (text) => statement(opened, text, write), close },
      }),
      engine: `SQLite ${versionOf(opened)}`,
      version: () => Number(pragma('user_version')),
      setVersion: (version) => opened.exec(`pragma user_version = ${version}`),
      integrity: () =>
        opened
          .prepare('pragma integrity_check(20)')
          .all()
          .map((row) => String(Object.values(row)[0]))
          .filter((text) => text !== 'ok'),
      shrink() {
        const before = Number(pragma('freelist_count'));
        opened.exec(`pragma incremental_vacuum(${pagesAtOnce})`);
        const left = Number(pragma('freelist_count'));
        return left > 0 && left < before;
      },
      size: () => Number(pragma('page_count')) * Number(pragma('page_size')),
      close,
    };
  } catch (error) {
    database?.close();
    throw storeTrouble(error, place);
  }
}

/** Makes sure that the file is a store, or becomes one, and can be written to where it has to be. */
function claim(database: DatabaseSync, pragma: (name: string) => unknown, place: string, write: boolean): void {
  const id = Number(pragma('application_id'));
  const isEmpty = Number(database.prepare('select count(*) as count from sqlite_master').all()[0]?.['count']) === 0;
  if (id !== applicationId && !(id === 0 && isEmpty)) throw new StoreTrouble('store.other-program', { place });
  // A file that holds nothing yet becomes a store when somebody writes.
  if (!write && isEmpty) throw new StoreTrouble('store.none-yet', { place });
  if (!write) return;
  if (isEmpty) database.exec('pragma auto_vacuum = incremental');
  database.exec('pragma journal_mode = wal');
  database.exec('pragma synchronous = full');
  database.exec('begin immediate');
  // Here it shows whether the file can be written to, and not only when there is something to record: to begin is no test of
  // that, since of a file that is read-only SQLite begins to read.
  database.exec(`pragma application_id = ${applicationId}`);
  database.exec(id === applicationId ? 'rollback' : 'commit');
}
