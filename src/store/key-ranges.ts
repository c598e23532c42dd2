/** All that a store keeps, some machines at a time: what goes through all of it holds up nobody who asks meanwhile. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { rest } from '../pieces.ts';
import type { Tables } from './schema.ts';

/** Keys behind `after`, up to `to` and with it; null: without an end. */
export interface KeyRange {
  readonly after: string | null;
  readonly to: string | null;
}

/** Machines, or senders, of one range. */
const keysAtOnce = 50;

/** Every key is in one of them, known or not. */
export async function* keyRanges(db: Kysely<Tables>, of: 'machines' | 'senders'): AsyncIterable<KeyRange> {
  const column = of === 'machines' ? 'name' : 'key';
  for (let after: string | null = null; ; ) {
    let query = db
      .selectFrom(of)
      .select(`${column} as key`)
      .orderBy(column)
      .limit(1)
      .offset(keysAtOnce - 1);
    if (after !== null) query = query.where(column, '>', after);
    const to: string | null = (await query.executeTakeFirst())?.key ?? null;
    yield { after, to };
    if (to === null) return;
    after = to;
    await rest();
  }
}

/** Whether a column holds a key of the range. */
export const isIn = (column: string, { after, to }: KeyRange): RawBuilder<boolean> => {
  const name = sql.ref(column);
  const above = after === null ? sql`1 = 1` : sql`${name} > ${after}`;
  return to === null ? sql<boolean>`(${above})` : sql<boolean>`(${above} and ${name} <= ${to})`;
};
