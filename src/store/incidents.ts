/** Incidents, notices, and the outbox that takes notices along their routes. */
import type { Kysely } from 'kysely';
import { groupedBy } from '../grouped.ts';
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
        ...{ machine, state, severity, last_seen_at: Date.parse(lastSeenAt), body: JSON.stringify(incident) },
        ...{ closed_at: closedAt === null ? null : Date.parse(closedAt), memory: JSON.stringify(memory ?? null) },
      };
      const row = { id, incident_key: key, cause, first_seen_at: Date.parse(firstSeenAt), ...changing };
      await db
        .insertInto('incidents')
        .values(row)
        .onConflict((conflict) => conflict.column('id').doUpdateSet(changing))
        .execute();
    },
  };
}

/** No delivery waits or takes longer than that, unless the clock was set back since. */
const farthestMs = 2 * 86_400_000;

/** What waits for these routes, in the order in which it happened. */
const waitingFor = (db: Kysely<Tables>, routes: readonly string[]) =>
  db
    .selectFrom('outbox')
    .innerJoin('notices', 'notices.id', 'outbox.notice')
    .select(['notice', 'route', 'attempts', 'next_at', 'claimed_until'])
    .where('delivered_at', 'is', null)
    .where('given_up_at', 'is', null)
    .where('route', 'in', [...routes])
    .orderBy('notices.at')
    .orderBy('notice')
    .execute();

/**
 * Of a route that has something due what waits, so that nothing overtakes what came before it; none while another one has it.
 * Only what would go now counts: what is behind it was not tried, and would be due for ever.
 */
async function claimDeliveries(
  db: Kysely<Tables>,
  routes: readonly string[],
  now: number,
  claimMs: number,
  most: number,
): Promise<readonly Delivery[]> {
  const waiting = routes.length === 0 ? [] : await waitingFor(db, routes);
  const taken: (typeof waiting)[number][] = [];
  for (const route of routes) {
    const own = waiting.filter((row) => row.route === route);
    const isClaimed = own.some((row) => row.claimed_until > now && row.claimed_until <= now + farthestMs);
    const isDue = own.slice(0, most).some((row) => row.next_at <= now || row.next_at > now + farthestMs);
    if (isClaimed || !isDue) continue;
    for (const row of own.slice(0, most)) {
      const { numUpdatedRows } = await db
        .updateTable('outbox')
        .set({ claimed_until: now + claimMs })
        .where('notice', '=', row.notice)
        .where('route', '=', route)
        .where('claimed_until', '=', row.claimed_until)
        .where('delivered_at', 'is', null)
        .executeTakeFirst();
      // Another one was quicker, and has the rest as well.
      if (Number(numUpdatedRows) !== 1) break;
      taken.push(row);
    }
  }
  if (taken.length === 0) return [];
  const ids = [...new Set(taken.map(({ notice }) => notice))];
  const rows = await db.selectFrom('notices').select(['id', 'body']).where('id', 'in', ids).execute();
  const bodies = new Map(rows.map(({ id, body }) => [id, body]));
  return taken.map(({ notice, route, attempts }) => ({
    ...{ notice: JSON.parse(bodies.get(notice) ?? 'null') as Notice, route, attempts },
  }));
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
    async notDelivered(delivery, why, nextAt, at, isAsked = false) {
      await rowOf(delivery)
        .set({
          ...{ attempts: delivery.attempts + 1, last_error: why.slice(0, 500) },
          claimed_until: isAsked && nextAt !== null ? nextAt : 0,
          ...(nextAt === null ? { given_up_at: at } : { next_at: nextAt }),
        })
        .execute();
    },
    async nextDelivery(routes, most) {
      if (routes.length === 0) return null;
      const all = [...groupedBy(await waitingFor(db, routes), ({ route }) => route).values()];
      const times = all.map((waiting) => {
        const first = waiting.slice(0, most);
        const next = Math.min(...first.map(({ next_at }) => next_at));
        return Math.max(next, ...first.map(({ claimed_until }) => claimed_until));
      });
      return times.length === 0 ? null : Math.min(...times);
    },
  };
}
