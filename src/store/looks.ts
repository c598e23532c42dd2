/** Looks: recording a run, and every question about those that were recorded. */
import type { Kysely } from 'kysely';
import type { Report } from '../model/report.ts';
import { causesOf, dayOf, lookOf, statesOf } from './look-of.ts';
import { packed, unpacked } from './packed.ts';
import type { LookTable, Tables } from './schema.ts';
import type { Day, Look, LookCause, LookKind, Steps, TargetState } from './store.ts';

type LookSteps = Pick<
  Steps,
  'machines' | 'record' | 'looks' | 'lookAt' | 'lookById' | 'reportOf' | 'causes' | 'states' | 'days'
>;

/** Rows of one statement: well below the parameters that SQLite takes. */
const rowsAtOnce = 500;

/** It came after a newer one, so it says nothing of how things are. */
export const late: LookKind = 'late';

function lookOfRow(row: LookTable): Look {
  const { machine, seq, id, reachable, degraded, unreachable, untested, version, account, proxy } = row;
  return {
    ...{ machine, seq, id, kind: row.kind as LookKind, startedAt: row.started_at, durationMs: row.duration_ms },
    ...{ complete: row.complete === 1, messageId: row.message_id, version, account, proxy },
    summary: { reachable, degraded, unreachable, untested },
    addresses: JSON.parse(row.addresses) as readonly string[],
    resolvers: JSON.parse(row.resolvers) as readonly string[],
  };
}

/** The next number of a machine's looks. On PostgreSQL its row is locked by that until the transaction ends. */
async function nextSeq(db: Kysely<Tables>, machine: string): Promise<number> {
  const row = await db
    .insertInto('machines')
    .values({ name: machine, last_seq: 1 })
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet((eb) => ({ last_seq: eb('machines.last_seq', '+', 1) })),
    )
    .returning('last_seq')
    .executeTakeFirstOrThrow();
  return row.last_seq;
}

async function record(db: Kysely<Tables>, report: Report, kind: LookKind, machine: string): Promise<Look> {
  const seq = await nextSeq(db, machine);
  const look = lookOf(report, kind, machine, seq);
  const { reachable, degraded, unreachable, untested } = look.summary;
  await db
    .insertInto('looks')
    .values({
      ...{ machine, seq, id: look.id, kind, started_at: look.startedAt, duration_ms: Math.round(look.durationMs) },
      ...{ complete: look.complete ? 1 : 0, message_id: look.messageId, reachable, degraded, unreachable, untested },
      ...{ version: look.version, account: look.account, proxy: look.proxy },
      ...{ addresses: JSON.stringify(look.addresses), resolvers: JSON.stringify(look.resolvers) },
    })
    .execute();
  const states = statesOf(report);
  await db
    .insertInto('look_reports')
    .values({ machine, seq, report: packed(report) })
    .execute();
  await db
    .insertInto('look_states')
    .values({ machine, seq, states: packed(states) })
    .execute();
  const causes = causesOf(report).map(({ shared, ...rest }, nth) => ({
    ...{ machine, seq, nth, ...rest },
    ...{ shared_attribute: shared?.attribute ?? null, shared_value: shared?.value ?? null },
  }));
  for (const rows of pieces(causes)) await db.insertInto('look_causes').values(rows).execute();
  await addToDay(db, machine, dayOf(look.startedAt), states);
  return look;
}

async function addToDay(
  db: Kysely<Tables>,
  machine: string,
  day: number,
  states: readonly TargetState[],
): Promise<void> {
  const rows = states
    .map(({ target, feature, host, verdict, stages }) => ({
      ...{ machine, day, target, feature, host, looks: 1, reachable: 0, degraded: 0, unreachable: 0, untested: 0 },
      [verdict]: 1,
      total_ms: verdict === 'reachable' ? stages.reduce<number>((sum, one) => sum + (one ?? 0), 0) : 0,
    }))
    // In one order, or two writers of PostgreSQL wait for each other.
    .sort((one, other) => (one.target < other.target ? -1 : 1));
  for (const piece of pieces(rows, 50)) {
    await db
      .insertInto('days')
      .values(piece)
      .onConflict((conflict) =>
        conflict.columns(['machine', 'day', 'target']).doUpdateSet((eb) => {
          const sum = (name: 'looks' | 'reachable' | 'degraded' | 'unreachable' | 'untested' | 'total_ms') =>
            eb(`days.${name}`, '+', eb.ref(`excluded.${name}`));
          return {
            ...{ looks: sum('looks'), reachable: sum('reachable'), degraded: sum('degraded') },
            ...{ unreachable: sum('unreachable'), untested: sum('untested'), total_ms: sum('total_ms') },
          };
        }),
      )
      .execute();
  }
}

export function pieces<T>(rows: readonly T[], size: number = rowsAtOnce): readonly T[][] {
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, at) => rows.slice(at * size, (at + 1) * size));
}

async function states(db: Kysely<Tables>, machine: string, most: number): ReturnType<Steps['states']> {
  const rows = await db
    .selectFrom('looks')
    .innerJoin('look_states', (join) =>
      join.onRef('look_states.machine', '=', 'looks.machine').onRef('look_states.seq', '=', 'looks.seq'),
    )
    .selectAll('looks')
    .select('look_states.states')
    .where('looks.machine', '=', machine)
    .where('looks.kind', '!=', late)
    .orderBy('looks.seq', 'desc')
    .limit(most)
    .execute();
  return rows.map((row) => ({ look: lookOfRow(row), states: unpacked(row.states) as readonly TargetState[] }));
}

async function causes(db: Kysely<Tables>, machine: string, from: number, to: number): ReturnType<Steps['causes']> {
  const rows = await db
    .selectFrom('look_causes')
    .selectAll()
    .where('machine', '=', machine)
    .where('seq', '>=', from)
    .where('seq', '<=', to)
    .orderBy('seq')
    .orderBy('nth')
    .execute();
  return rows.map(
    ({ seq, cause, severity, confidence, targets, shared_attribute: attribute, shared_value: value }) => ({
      ...{ seq, cause, targets },
      severity: severity as LookCause['severity'],
      confidence: confidence as LookCause['confidence'],
      shared: attribute === null || value === null ? null : { attribute, value },
    }),
  );
}

async function days(db: Kysely<Tables>, machine: string, from: number): Promise<readonly Day[]> {
  const rows = await db
    .selectFrom('days')
    .selectAll()
    .where('machine', '=', machine)
    .where('day', '>=', from)
    .orderBy('day')
    .orderBy('target')
    .execute();
  return rows.map(({ day, target, feature, host, looks, reachable, degraded, unreachable, untested, total_ms }) => ({
    ...{ day, target, feature, host, looks, verdicts: { reachable, degraded, unreachable, untested } },
    meanMs: reachable === 0 ? null : Math.round(total_ms / reachable),
  }));
}

export function lookSteps(db: Kysely<Tables>): LookSteps {
  const all = (machine: string) => db.selectFrom('looks').selectAll().where('machine', '=', machine);
  const inTurn = (machine: string) => all(machine).where('kind', '!=', late);
  const one = (row: LookTable | undefined): Look | null => (row === undefined ? null : lookOfRow(row));
  return {
    machines: async () =>
      (await db.selectFrom('machines').select('name').orderBy('name').execute()).map(({ name }) => name),
    record: (report, kind, machine) => record(db, report, kind, machine),
    async looks(machine, { most, before, from }) {
      let query = all(machine).orderBy('seq', 'desc').limit(most);
      if (before !== undefined) query = query.where('seq', '<', before);
      if (from !== undefined) query = query.where('started_at', '>=', from);
      return (await query.execute()).map(lookOfRow);
    },
    async lookAt(machine, at) {
      if (at === undefined) return one(await inTurn(machine).orderBy('seq', 'desc').limit(1).executeTakeFirst());
      const query = all(machine).where('started_at', '<=', at).orderBy('started_at', 'desc').orderBy('seq', 'desc');
      return one(await query.limit(1).executeTakeFirst());
    },
    lookById: async (id) => one(await db.selectFrom('looks').selectAll().where('id', '=', id).executeTakeFirst()),
    async reportOf({ machine, seq }) {
      const query = db
        .selectFrom('look_reports')
        .select('report')
        .where('machine', '=', machine)
        .where('seq', '=', seq);
      const row = await query.executeTakeFirst();
      return row === undefined ? null : (unpacked(row.report) as Report);
    },
    causes: (machine, from, to) => causes(db, machine, from, to),
    states: (machine, most) => states(db, machine, most),
    days: (machine, from) => days(db, machine, from),
  };
}
