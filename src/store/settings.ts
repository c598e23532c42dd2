/** What is remembered by name, and who may write. */
import type { Kysely } from 'kysely';
import type { Tables } from './schema.ts';
import type { Steps } from './store.ts';

type SettingSteps = Pick<Steps, 'setting' | 'putSetting' | 'takeLock' | 'releaseLock'>;

/** Of PostgreSQL's tables; SQLite has a place for it in the file's header. */
export const versionSetting = 'store-version';

/** No lock is taken for longer; one that seems to be was taken before the clock was set back. */
const longestLockMs = 600_000;

async function takeLock(
  db: Kysely<Tables>,
  ...[name, holder, now, forMs, isGone = () => false]: Parameters<Steps['takeLock']>
): Promise<boolean> {
  const mine = { name, holder, until: now + Math.min(forMs, longestLockMs) };
  const added = await db
    .insertInto('locks')
    .values(mine)
    .onConflict((conflict) => conflict.column('name').doNothing())
    .executeTakeFirst();
  if (Number(added.numInsertedOrUpdatedRows) === 1) return true;
  const held = await db.selectFrom('locks').selectAll().where('name', '=', name).executeTakeFirst();
  const isOver = (until: number): boolean => until <= now || until > now + longestLockMs;
  if (held !== undefined && held.holder !== holder && !isOver(held.until) && !isGone(held.holder)) return false;
  const { numUpdatedRows } = await db
    .updateTable('locks')
    .set(mine)
    .where('name', '=', name)
    .where('holder', '=', held?.holder ?? holder)
    .where('until', '=', held?.until ?? 0)
    .executeTakeFirst();
  return Number(numUpdatedRows) === 1;
}

export function settingSteps(db: Kysely<Tables>): SettingSteps {
  return {
    async setting(name) {
      const row = await db.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirst();
      return row === undefined ? undefined : (JSON.parse(row.value) as unknown);
    },
    async putSetting(name, value) {
      if (value === undefined) {
        await db.deleteFrom('settings').where('name', '=', name).execute();
        return;
      }
      const row = { name, value: JSON.stringify(value) };
      await db
        .insertInto('settings')
        .values(row)
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: row.value }))
        .execute();
    },
    takeLock: (...given) => takeLock(db, ...given),
    async releaseLock(name, holder) {
      await db.deleteFrom('locks').where('name', '=', name).where('holder', '=', holder).execute();
    },
  };
}
