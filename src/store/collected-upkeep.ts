/** What a collector lets go of. */
import { type Kysely, sql } from 'kysely';
import { rest } from '../pieces.ts';
import { isIn, keyRanges } from './key-ranges.ts';
import type { Tables } from './schema.ts';

/** The rest of the size is for whole reports. */
const messageShare = 0.25;
/** Few enough that nobody is held up by them for long. */
const goAtOnce = 100;

export async function messageBytes(db: Kysely<Tables>): Promise<number> {
  let bytes = 0;
  for await (const range of keyRanges(db, 'senders')) {
    const row = await db
      .selectFrom('messages')
      .select(sql<number>`coalesce(sum(length(look)), 0)`.as('bytes'))
      .where(isIn('key', range))
      .executeTakeFirstOrThrow();
    bytes += Number(row.bytes);
  }
  return bytes;
}

/** Messages that are not the last of their sender, the oldest first. */
const goingFirst = (db: Kysely<Tables>) =>
  db
    .selectFrom('messages')
    .leftJoin('senders', 'senders.key', 'messages.key')
    .select(['messages.key as key', 'messages.seq as seq', 'messages.received_at as at'])
    .where((eb) => eb.or([eb('senders.key', 'is', null), eb('messages.seq', '!=', eb.ref('senders.last_seq'))]))
    .orderBy('messages.received_at')
    .orderBy('messages.key')
    .orderBy('messages.seq')
    .limit(goAtOnce);

interface Going {
  readonly key: string;
  readonly seq: number;
  readonly at: number;
}

/** A number that is ahead of its coming by more is of a wrong clock, or of a thief: none after it was let go of yet. */
const farthestMs = 86_400_000;

/** Numbers are times, and count upwards: what has a smaller one was there before, or had waited for longer than anything is kept. */
async function remember(db: Kysely<Tables>, messages: readonly Going[]): Promise<void> {
  const last = new Map<string, number>();
  for (const { key, seq, at } of messages) {
    if (Number(seq) <= Number(at) + farthestMs) last.set(key, Math.max(last.get(key) ?? 0, Number(seq)));
  }
  for (const [key, seq] of last) {
    await db
      .updateTable('senders')
      .set({ pruned_seq: seq })
      .where('key', '=', key)
      .where('pruned_seq', '<', seq)
      .execute();
  }
}

async function letGo(db: Kysely<Tables>, messages: readonly Going[]): Promise<void> {
  if (messages.length === 0) return;
  await remember(db, messages);
  await db
    .deleteFrom('messages')
    .where((eb) => eb.or(messages.map(({ key, seq }) => eb.and({ key, seq }))))
    .execute();
  await rest();
}

async function letGoOverSize(db: Kysely<Tables>, mostBytes: number): Promise<number> {
  let [total, count] = [await messageBytes(db), 0];
  while (total > mostBytes) {
    const rows = await goingFirst(db).select(sql<number>`length(messages.look)`.as('bytes')).execute();
    if (rows.length === 0) break;
    const going: typeof rows = [];
    for (const row of rows) {
      if (total <= mostBytes) break;
      going.push(row);
      total -= Number(row.bytes);
    }
    await letGo(db, going);
    count += going.length;
  }
  return count;
}

async function letGoOld(db: Kysely<Tables>, before: number): Promise<number> {
  for (let count = 0; ; ) {
    const rows = await goingFirst(db).where('messages.received_at', '<', before).execute();
    await letGo(db, rows);
    count += rows.length;
    if (rows.length < goAtOnce) return count;
  }
}

export async function pruneCollected(
  db: Kysely<Tables>,
  { before, mostBytes }: { readonly before: number; readonly mostBytes: number },
): Promise<number> {
  const count = await letGoOld(db, before);
  await db.deleteFrom('intake').where('win', '<', before).execute();
  await db.deleteFrom('audit').where('at', '<', before).execute();
  // Used or not: what has ended lets nobody in.
  await db.deleteFrom('tokens').where('until', '<', before).execute();
  return count + (await letGoOverSize(db, mostBytes * messageShare));
}
