/** Incidents, notices, and the outbox that takes notices along their routes. */
import type { Kysely } from 'kysely';
import type { Incident, Notice } from '../model/incident.ts';
import type { IncidentTable, Tables } from './schema.ts';
import type { Delivery, Steps, StoredIncident } from './store.ts';

type IncidentSteps = Pick<Steps, 'openIncidents' | 'incidents' | 'incident' | 'putIncident'>;
type NoticeSteps = Pick<
  Steps,
  'addNotice' | 'notices' | 'claimDeliveries' | 'delivered' | 'notDelivered' | 'nextDelivery'
>;

const ofRow = ({ machine, incident_key: key, body, memory }: IncidentTable): StoredIncident => ({
  ...{ machine, key, incident: JSON.parse(body) as Incident, memory: JSON.parse(memory) as unknown },
});

export function incidentSteps(db: Kysely<Tables>): IncidentSteps {
  return {
    async openIncidents(machine) {
      const query = db.selectFrom('incidents').selectAll().where('machine', '=', machine);
      const rows = await query
        .where('state', 'in', ['suspected', 'open'])
        .orderBy('first_seen_at')
        .orderBy('id')
        .execute();
      return rows.map(ofRow);
    },
    async incidents({ machine, most, from }) {
      let query = db.selectFrom('incidents').selectAll().orderBy('first_seen_at', 'desc').orderBy('id').limit(most);
      if (machine !== undefined) query = query.where('machine', '=', machine);
      if (from !== undefined) query = query.where('first_seen_at', '>=', from);
      return (await query.execute()).map(ofRow);
    },
    async incident(id) {
      const row = await db.selectFrom('incidents').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : ofRow(row);
    },
    async putIncident({ machine, key, incident, memory }) {
      const { id, state, cause, severity, firstSeenAt, lastSeenAt, closedAt } = incident;
      const changing = {
        ...{ state, severity, last_seen_at: Date.parse(lastSeenAt), body: JSON.stringify(incident) },
        ...{ closed_at: closedAt === null ? null : Date.parse(closedAt), memory: JSON.stringify(memory ?? null) },
      };
      const row = { id, machine, incident_key: key, cause, first_seen_at: Date.parse(firstSeenAt), ...changing };
      await db
        .insertInto('incidents')
        .values(row)
        .onConflict((conflict) => conflict.column('id').doUpdateSet(changing))
        .execute();
    },
  };
}

/** No delivery waits longer than that, unless the clock was set back since. */
const farthestMs = 2 * 86_400_000;
/** No delivery takes longer than that. */
const longestClaimMs = 3_600_000;

async function claimDeliveries(
  db: Kysely<Tables>,
  routes: readonly string[],
  now: number,
  claimMs: number,
  most: number,
): Promise<readonly Delivery[]> {
  if (routes.length === 0) return [];
  const waiting = await db
    .selectFrom('outbox')
    .innerJoin('notices', 'notices.id', 'outbox.notice')
    .select(['notice', 'route', 'attempts', 'claimed_until', 'body'])
    .where('delivered_at', 'is', null)
    .where('given_up_at', 'is', null)
    .where('route', 'in', [...routes])
    .where((eb) => eb.or([eb('next_at', '<=', now), eb('next_at', '>', now + farthestMs)]))
    .where((eb) => eb.or([eb('claimed_until', '<=', now), eb('claimed_until', '>', now + longestClaimMs)]))
    .orderBy('next_at')
    .orderBy('notices.at')
    .orderBy('notice')
    .limit(most)
    .execute();
  const taken: Delivery[] = [];
  for (const { notice, route, attempts, claimed_until: was, body } of waiting) {
    const { numUpdatedRows } = await db
      .updateTable('outbox')
      .set({ claimed_until: now + Math.min(claimMs, longestClaimMs) })
      .where('notice', '=', notice)
      .where('route', '=', route)
      .where('claimed_until', '=', was)
      .where('delivered_at', 'is', null)
      .executeTakeFirst();
    if (Number(numUpdatedRows) === 1) taken.push({ notice: JSON.parse(body) as Notice, route, attempts });
  }
  return taken;
}

export function noticeSteps(db: Kysely<Tables>): NoticeSteps {
  const rowOf = ({ notice, route }: Delivery) =>
    db.updateTable('outbox').where('notice', '=', notice.id).where('route', '=', route);
  return {
    async addNotice(notice, machine, routes) {
      const at = Date.parse(notice.at);
      const row = { id: notice.id, machine, at, kind: notice.kind, incident: notice.incident?.id ?? null };
      await db
        .insertInto('notices')
        .values({ ...row, body: JSON.stringify(notice) })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute();
      const waiting = { notice: notice.id, attempts: 0, next_at: at, claimed_until: 0 };
      for (const route of [...new Set(routes)].sort()) {
        await db
          .insertInto('outbox')
          .values({ ...waiting, route, delivered_at: null, given_up_at: null, last_error: null })
          .onConflict((conflict) => conflict.columns(['notice', 'route']).doNothing())
          .execute();
      }
    },
    async notices({ machine, most }) {
      let query = db.selectFrom('notices').select('body').orderBy('at', 'desc').orderBy('id').limit(most);
      if (machine !== undefined) query = query.where('machine', '=', machine);
      return (await query.execute()).map(({ body }) => JSON.parse(body) as Notice);
    },
    claimDeliveries: (...given) => claimDeliveries(db, ...given),
    async delivered(delivery, at) {
      await rowOf(delivery).set({ delivered_at: at, claimed_until: 0, last_error: null }).execute();
    },
    async notDelivered(delivery, why, nextAt, at) {
      await rowOf(delivery)
        .set({
          ...{ attempts: delivery.attempts + 1, claimed_until: 0, last_error: why.slice(0, 500) },
          ...(nextAt === null ? { given_up_at: at } : { next_at: nextAt }),
        })
        .execute();
    },
    async nextDelivery(routes) {
      if (routes.length === 0) return null;
      const row = await db
        .selectFrom('outbox')
        .select((eb) => eb.fn.min('next_at').as('next'))
        .where('delivered_at', 'is', null)
        .where('given_up_at', 'is', null)
        .where('route', 'in', [...routes])
        .executeTakeFirst();
      return row === undefined || row.next === null ? null : Number(row.next);
    },
  };
}
