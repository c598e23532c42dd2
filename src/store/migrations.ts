/** How the tables came to be: each step once, in order, in a transaction. A step that was published never changes. */
import { type CreateTableBuilder, type Kysely, sql } from 'kysely';
import type { Look } from '../model/fleet.ts';
import { lastLookOf } from './last-look.ts';
import { unpacked } from './packed.ts';
import { pagedRows } from './pages.ts';
import type { Tables } from './schema.ts';
import type { StoreKind } from './store.ts';

type Migration = (db: Kysely<Tables>, kind: StoreKind) => Promise<void>;
type Column = 'text' | 'bigint' | 'integer' | 'bytes';

/** A table of columns: `?` after a type stands for null, the rest must be there. */
async function table(
  db: Kysely<Tables>,
  kind: StoreKind,
  name: keyof Tables,
  columns: Readonly<Record<string, Column | `${Column}?`>>,
  key: readonly string[],
): Promise<void> {
  let made: CreateTableBuilder<string, string> = db.schema.createTable(name);
  for (const [column, written] of Object.entries(columns)) {
    const type = written.replace('?', '') as Column;
    const as = type === 'bytes' ? sql.raw(kind === 'sqlite' ? 'blob' : 'bytea') : type;
    made = made.addColumn(column, as, (more) => (written.endsWith('?') ? more : more.notNull()));
  }
  await made.addPrimaryKeyConstraint(`${name}_key`, [...key]).execute();
}

async function index(
  db: Kysely<Tables>,
  name: keyof Tables,
  columns: readonly string[],
  unique = false,
): Promise<void> {
  const made = db.schema
    .createIndex(`${name}_by_${columns.join('_')}`)
    .on(name)
    .columns([...columns]);
  await (unique ? made.unique() : made).execute();
}

const first: Migration = async (db, kind) => {
  const make = (name: keyof Tables, columns: Parameters<typeof table>[3], key: readonly string[]) =>
    table(db, kind, name, columns, key);
  const look = { machine: 'text', seq: 'bigint' } as const;
  await make('machines', { name: 'text', last_seq: 'bigint' }, ['name']);
  await make(
    'looks',
    {
      ...{ ...look, id: 'text', kind: 'text', started_at: 'bigint', duration_ms: 'bigint', complete: 'integer' },
      ...{ message_id: 'integer?', reachable: 'integer', degraded: 'integer', unreachable: 'integer' },
      ...{ untested: 'integer', version: 'text', account: 'text', addresses: 'text', proxy: 'text', resolvers: 'text' },
    },
    ['machine', 'seq'],
  );
  await index(db, 'looks', ['id'], true);
  await index(db, 'looks', ['machine', 'started_at']);
  await make('look_reports', { ...look, report: 'bytes' }, ['machine', 'seq']);
  await make('look_states', { ...look, states: 'bytes' }, ['machine', 'seq']);
  await make(
    'look_causes',
    {
      ...{ ...look, nth: 'integer', cause: 'text', shared_attribute: 'text?', shared_value: 'text?' },
      ...{ severity: 'text', confidence: 'text', targets: 'integer' },
    },
    ['machine', 'seq', 'nth'],
  );
  await index(db, 'look_causes', ['machine', 'cause', 'seq']);
  await make(
    'days',
    {
      ...{ machine: 'text', day: 'integer', target: 'text', feature: 'text', host: 'text', looks: 'integer' },
      ...{ reachable: 'integer', degraded: 'integer', unreachable: 'integer', untested: 'integer', total_ms: 'bigint' },
    },
    ['machine', 'day', 'target'],
  );
  await make(
    'incidents',
    {
      ...{ id: 'text', machine: 'text', incident_key: 'text', state: 'text', cause: 'text', severity: 'text' },
      ...{ first_seen_at: 'bigint', last_seen_at: 'bigint', closed_at: 'bigint?', body: 'text', memory: 'text' },
    },
    ['id'],
  );
  await index(db, 'incidents', ['machine', 'state']);
  await index(db, 'incidents', ['machine', 'first_seen_at']);
  await make('notices', { id: 'text', machine: 'text', at: 'bigint', kind: 'text', incident: 'text?', body: 'text' }, [
    'id',
  ]);
  await index(db, 'notices', ['machine', 'at']);
  await make(
    'outbox',
    {
      ...{ notice: 'text', route: 'text', attempts: 'integer', next_at: 'bigint', claimed_until: 'bigint' },
      ...{ delivered_at: 'bigint?', given_up_at: 'bigint?', last_error: 'text?' },
    },
    ['notice', 'route'],
  );
  await index(db, 'outbox', ['delivered_at', 'given_up_at', 'next_at']);
  await make('settings', { name: 'text', value: 'text' }, ['name']);
  await make('locks', { name: 'text', holder: 'text', until: 'bigint' }, ['name']);
};

/** What a collector keeps. */
const second: Migration = async (db, kind) => {
  const make = (name: keyof Tables, columns: Parameters<typeof table>[3], key: readonly string[]) =>
    table(db, kind, name, columns, key);
  await make(
    'senders',
    {
      ...{ key: 'text', fingerprint: 'text', state: 'text', name: 'text', first_at: 'bigint', last_at: 'bigint' },
      ...{ last_seq: 'bigint', egress: 'text', dropped: 'bigint', conflicts: 'integer', skew_ms: 'bigint' },
    },
    ['key'],
  );
  await index(db, 'senders', ['fingerprint'], true);
  await index(db, 'senders', ['state', 'first_at']);
  await make(
    'messages',
    {
      ...{ key: 'text', seq: 'bigint', received_at: 'bigint', critical: 'integer', digest: 'text', look: 'bytes' },
    },
    ['key', 'seq'],
  );
  await index(db, 'messages', ['received_at']);
  await make('intake', { win: 'bigint', stored: 'integer', critical: 'integer', refused: 'integer' }, ['win']);
  await make('tokens', { id: 'text', secret: 'text', until: 'bigint', used_by: 'text?' }, ['id']);
  await make('audit', { at: 'bigint', what: 'text', fingerprint: 'text', detail: 'text' }, [
    ...['at', 'fingerprint', 'what'],
  ]);
};

/** Who did what is written down; who waits is in its list alone, no longer in the account as well. */
const third: Migration = async (db) => {
  await db.schema
    .alterTable('audit')
    .addColumn('actor', 'text', (more) => more.notNull().defaultTo(''))
    .execute();
  await db.deleteFrom('audit').where('what', '=', 'waiting').execute();
};

const messagesAtOnce = 200;

/** The last look of each machine by itself, made of its last message. */
const fourth: Migration = async (db, kind) => {
  await table(db, kind, 'last_looks', { key: 'text', endpoints: 'text', rest: 'text' }, ['key']);
  const last = pagedRows<{ readonly key: string; readonly look: Uint8Array }>(messagesAtOnce, (behind) =>
    db
      .selectFrom('senders')
      .innerJoin('messages', (join) =>
        join.onRef('messages.key', '=', 'senders.key').onRef('messages.seq', '=', 'senders.last_seq'),
      )
      .select(['senders.key as key', 'messages.look as look'])
      .where('senders.key', '>', behind?.key ?? '')
      .orderBy('senders.key')
      .limit(messagesAtOnce)
      .execute(),
  );
  for await (const { key, look } of last) {
    await db
      .insertInto('last_looks')
      .values({ key, ...lastLookOf(unpacked(look) as Look) })
      .execute();
  }
};

/** The oldest looks are found without reading all. */
const fifth: Migration = (db) => index(db, 'looks', ['started_at']);

/** What was let go of is known to have been there. */
const sixth: Migration = async (db) => {
  await db.schema
    .alterTable('senders')
    .addColumn('pruned_seq', 'bigint', (more) => more.notNull().defaultTo(0))
    .execute();
};

/** The store's version is how many of these it has seen. */
export const migrations: readonly Migration[] = [first, second, third, fourth, fifth, sixth];
