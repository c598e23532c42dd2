/** What is let go of, what is wrong, and everything at once. */

import { type Kysely, sql } from 'kysely';
import { groupedBy } from '../grouped.ts';
import { rest } from '../pieces.ts';
import { messageBytes } from './collected-upkeep.ts';
import { isIn, type KeyRange, keyRanges } from './key-ranges.ts';
import { dayOf } from './look-of.ts';
import { late, pieces } from './looks.ts';
import type { Tables } from './schema.ts';
import { versionSetting } from './settings.ts';
import type { Retention, Store } from './store.ts';

const ofLook = ['look_reports', 'look_states', 'look_causes', 'looks'] as const;

async function letGo(db: Kysely<Tables>, looks: readonly { machine: string; seq: number }[]): Promise<void> {
  for (const [machine, all] of groupedBy(looks, (look) => look.machine)) {
    for (const seqs of pieces(all.map(({ seq }) => seq))) {
      for (const table of ofLook) {
        await db.deleteFrom(table).where('machine', '=', machine).where('seq', 'in', seqs).execute();
      }
    }
  }
}

/** Few enough that nobody is held up by them for long. */
const goAtOnce = 50;

async function reportBytes(db: Kysely<Tables>, range: KeyRange): Promise<number> {
  const sum = await db
    .selectFrom('look_reports')
    .select(sql<number>`coalesce(sum(length(report)), 0)`.as('bytes'))
    .where(isIn('machine', range))
    .executeTakeFirstOrThrow();
  return Number(sum.bytes);
}

/** The oldest looks go, until the rest is small enough; the newest of a machine stays, which no late one is. */
async function letGoOverSize(db: Kysely<Tables>, total: number, mostBytes: number): Promise<number> {
  let [left, count] = [total, 0];
  while (left > mostBytes) {
    const rows = await db
      .selectFrom('looks')
      .innerJoin('look_reports', (join) =>
        join.onRef('look_reports.machine', '=', 'looks.machine').onRef('look_reports.seq', '=', 'looks.seq'),
      )
      .select(['looks.machine as machine', 'looks.seq as seq'])
      .select(sql<number>`length(look_reports.report)`.as('bytes'))
      .where(({ or, eb, exists, selectFrom }) =>
        or([
          eb('looks.kind', '=', late),
          exists(
            selectFrom('looks as newer')
              .select('newer.seq')
              .whereRef('newer.machine', '=', 'looks.machine')
              .whereRef('newer.seq', '>', 'looks.seq')
              .where('newer.kind', '!=', late),
          ),
        ]),
      )
      .orderBy('looks.started_at')
      .limit(goAtOnce)
      .execute();
    if (rows.length === 0) break;
    const going: { machine: string; seq: number }[] = [];
    for (const { machine, seq, bytes } of rows) {
      if (left <= mostBytes) break;
      going.push({ machine, seq });
      left -= Number(bytes);
    }
    await db.transaction().execute((tx) => letGo(tx, going));
    count += going.length;
    await rest();
  }
  return count;
}

/** What is old of some machines. */
async function letGoOld(db: Kysely<Tables>, range: KeyRange, before: number): Promise<number> {
  const old = await db
    .selectFrom('looks')
    .select(['machine', 'seq'])
    .where(isIn('machine', range))
    .where('started_at', '<', before)
    .execute();
  for (const some of pieces(old, goAtOnce)) {
    await db.transaction().execute((tx) => letGo(tx, some));
    await rest();
  }
  // Machine by machine: the key begins with it.
  await db
    .deleteFrom('days')
    .where('machine', 'in', db.selectFrom('machines').select('name').where(isIn('name', range)))
    .where('day', '<', dayOf(before))
    .execute();
  await db
    .deleteFrom('incidents')
    .where(isIn('machine', range))
    .where('state', '=', 'closed')
    .where('closed_at', '<', before)
    .execute();
  return old.length;
}

async function letGoOldNotices(db: Kysely<Tables>, before: number): Promise<void> {
  const notices = await db.selectFrom('notices').select('id').where('at', '<', before).execute();
  for (const piece of pieces(notices.map(({ id }) => id))) {
    await db.transaction().execute(async (tx) => {
      await tx.deleteFrom('outbox').where('notice', 'in', piece).execute();
      await tx.deleteFrom('notices').where('id', 'in', piece).execute();
    });
    await rest();
  }
}

/** Some machines after the other, each time whole: whoever asks or sends meanwhile waits for no more than that. */
export async function prune(db: Kysely<Tables>, { before, mostBytes }: Retention): Promise<number> {
  let [count, bytes] = [0, 0];
  for await (const range of keyRanges(db, 'machines')) {
    if (before !== null) count += await letGoOld(db, range, before);
    if (mostBytes !== null) bytes += await reportBytes(db, range);
  }
  if (before !== null) await letGoOldNotices(db, before);
  if (mostBytes !== null) count += await letGoOverSize(db, bytes, mostBytes - (await messageBytes(db)));
  return count;
}

export async function countLooks(db: Kysely<Tables>): Promise<number> {
  const row = await db
    .selectFrom('looks')
    .select((eb) => eb.fn.countAll().as('count'))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

export async function isEmpty(db: Kysely<Tables>): Promise<boolean> {
  for (const table of ['machines', 'incidents', 'notices', 'senders', 'messages', 'tokens', 'audit'] as const) {
    if ((await db.selectFrom(table).selectAll().limit(1).execute()).length > 0) return false;
  }
  const settings = await db
    .selectFrom('settings')
    .select('name')
    .where('name', '!=', versionSetting)
    .limit(1)
    .execute();
  return settings.length === 0;
}

/** Rows that belong to a look or a notice that is not there. */
export async function orphans(db: Kysely<Tables>): Promise<readonly string[]> {
  const found: string[] = [];
  for (const table of ['look_reports', 'look_states', 'look_causes'] as const) {
    const row = await db
      .selectFrom(table)
      .leftJoin('looks', (join) =>
        join.onRef(`${table}.machine`, '=', 'looks.machine').onRef(`${table}.seq`, '=', 'looks.seq'),
      )
      .select((eb) => eb.fn.countAll().as('count'))
      .where('looks.id', 'is', null)
      .executeTakeFirstOrThrow();
    if (Number(row.count) > 0) found.push(`${table}: ${row.count}`);
  }
  const row = await db
    .selectFrom('outbox')
    .leftJoin('notices', 'notices.id', 'outbox.notice')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('notices.id', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(row.count) > 0 ? [...found, `outbox: ${row.count}`] : found;
}

const keys: Readonly<Record<Exclude<keyof Tables, 'locks'>, readonly string[]>> = {
  machines: ['name'],
  looks: ['machine', 'seq'],
  look_reports: ['machine', 'seq'],
  look_states: ['machine', 'seq'],
  look_causes: ['machine', 'seq', 'nth'],
  days: ['machine', 'day', 'target'],
  incidents: ['id'],
  notices: ['id'],
  outbox: ['notice', 'route'],
  settings: ['name'],
  senders: ['key'],
  messages: ['key', 'seq'],
  last_looks: ['key'],
  intake: ['win'],
  tokens: ['id'],
  audit: ['at', 'fingerprint', 'what'],
};

/** So few that a piece of whole reports is small. */
const rowsAtOnce = 50;

/** All of it as it was at one instant, piece by piece, whoever writes meanwhile. */
export async function* rowsOf(db: Kysely<Tables>): ReturnType<Store['rows']> {
  const reading = await db.startTransaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute();
  try {
    yield* rowsIn(reading);
  } finally {
    await reading.rollback().execute();
  }
}

/** By key. */
async function* rowsIn(db: Kysely<Tables>): ReturnType<Store['rows']> {
  for (const [table, key] of Object.entries(keys) as [keyof typeof keys, readonly string[]][]) {
    let last: readonly unknown[] | null = null;
    for (;;) {
      let query = db.selectFrom(table).selectAll().limit(rowsAtOnce);
      for (const column of key) query = query.orderBy(sql.ref(column));
      if (last !== null) {
        const columns = sql.join(key.map((column) => sql.ref(column)));
        query = query.where(sql<boolean>`(${columns}) > (${sql.join(last)})`);
      }
      const rows: readonly Readonly<Record<string, unknown>>[] = (await query.execute()).map((row) => ({ ...row }));
      // The version of the tables is the store's own.
      const moving = table === 'settings' ? rows.filter(({ name }) => name !== versionSetting) : rows;
      if (moving.length > 0) yield { table, rows: moving };
      if (rows.length < rowsAtOnce) break;
      last = key.map((column) => rows.at(-1)?.[column]);
    }
  }
}

export async function restore(
  db: Kysely<Tables>,
  table: string,
  rows: readonly Readonly<Record<string, unknown>>[],
): Promise<void> {
  if (!Object.hasOwn(keys, table)) throw new TypeError(`no table ${table}`);
  for (const piece of pieces(rows, rowsAtOnce)) {
    await db
      .insertInto(table as keyof typeof keys)
      .values(piece as never)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}
