/** What a collector lets go of. */
import { type Kysely, sql } from 'kysely';
import type { Tables } from './schema.ts';

/** The rest of the size is for whole reports. */
const messageShare = 0.25;
const goAtOnce = 500;

export async function messageBytes(db: Kysely<Tables>): Promise<number> {
  const row = await db
    .selectFrom('messages')
    .select(sql<number>`coalesce(sum(length(look)), 0)`.as('bytes'))
    .executeTakeFirstOrThrow();
  return Number(row.bytes);
}

/** Messages that are not the last of their sender, the oldest first. */
const goingFirst = (db: Kysely<Tables>) =>
  db
    .selectFrom('messages')
    .leftJoin('senders', 'senders.key', 'messages.key')
    .select(['messages.key as key', 'messages.seq as seq'])
    .where((eb) => eb.or([eb('senders.key', 'is', null), eb('messages.seq', '!=', eb.ref('senders.last_seq'))]))
    .orderBy('messages.received_at')
    .orderBy('messages.key')
    .orderBy('messages.seq');

async function letGoOverSize(db: Kysely<Tables>, mostBytes: number): Promise<number> {
  let count = 0;
  for (let total = await messageBytes(db); total > mostBytes; ) {
    const rows = await goingFirst(db).select(sql<number>`length(messages.look)`.as('bytes')).limit(goAtOnce).execute();
    if (rows.length === 0) break;
    for (const { key, seq, bytes } of rows) {
      if (total <= mostBytes) break;
      await db.deleteFrom('messages').where('key', '=', key).where('seq', '=', seq).execute();
      total -= Number(bytes);
      count += 1;
    }
  }
  return count;
}

export async function pruneCollected(
  db: Kysely<Tables>,
  { before, mostBytes }: { readonly before: number; readonly mostBytes: number },
): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('messages')
    .where('received_at', '<', before)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('senders')
            .select('senders.key')
            .whereRef('senders.key', '=', 'messages.key')
            .whereRef('senders.last_seq', '=', 'messages.seq'),
        ),
      ),
    )
    .executeTakeFirst();
  await db.deleteFrom('intake').where('win', '<', before).execute();
  await db.deleteFrom('audit').where('at', '<', before).execute();
  // Used or not: what has ended lets nobody in.
  await db.deleteFrom('tokens').where('until', '<', before).execute();
  return Number(numDeletedRows) + (await letGoOverSize(db, mostBytes * messageShare));
}
