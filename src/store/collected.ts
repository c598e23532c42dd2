/** What a collector keeps: who may send, what they sent, how much of a window is used, tokens, and an account of all that. */
import { type Kysely, type Selectable, sql } from 'kysely';
import { type TokenSteps, tokenSteps } from './collected-tokens.ts';
import { pruneCollected } from './collected-upkeep.ts';
import type { LastLook } from './last-look.ts';
import type { Tables } from './schema.ts';

/** `new`: made by this transaction, and not decided yet. */
export type SenderState = 'new' | 'waiting' | 'admitted' | 'revoked';

/** A machine that sends, by its key. */
export interface Sender {
  readonly key: string;
  readonly fingerprint: string;
  readonly state: SenderState;
  /** As it calls itself. */
  readonly name: string;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly lastSeq: number;
  /** From where it came last. */
  readonly egress: string;
  /** What its spool had to let go of, as it told. */
  readonly dropped: number;
  /** Messages of one number that say different things: two machines have this key. */
  readonly conflicts: number;
  /** Its clock less the collector's, in milliseconds. */
  readonly skewMs: number;
}

/** One that waits to be let in. */
export type Waiting = Pick<Sender, 'key' | 'egress'>;

export interface SentMessage {
  readonly key: string;
  readonly seq: number;
  readonly receivedAt: number;
  readonly critical: boolean;
  readonly digest: string;
  readonly look: Uint8Array;
}

export interface Window {
  readonly stored: number;
  readonly critical: number;
  readonly refused: number;
}

export interface AuditEntry {
  readonly at: number;
  readonly what: 'enrolled' | 'admitted' | 'revoked' | 'token' | 'withdrawn' | 'conflict';
  /** Empty of a token. */
  readonly fingerprint: string;
  /** The name of the machine, or of the token. */
  readonly detail: string;
  /** The account that did it, or the token that let it in; empty where nobody did. */
  readonly actor: string;
}

export interface CollectedSteps extends TokenSteps {
  sender(key: string): Promise<Sender | null>;
  /** The sender of that key, made where there is none; until the transaction ends nobody else gets it. */
  lockSender(key: string, fingerprint: string, now: number): Promise<Sender>;
  senderByFingerprint(fingerprint: string): Promise<Sender | null>;
  putSender(sender: Sender): Promise<void>;
  /** By name; `after`: those behind this key, for the next page. */
  senders(choice: {
    readonly state?: SenderState;
    readonly most: number;
    readonly after?: string;
  }): Promise<readonly Sender[]>;
  /** All that wait, those that were heard of last first. */
  waitingSenders(): Promise<readonly Waiting[]>;
  /** Takes those of them out of the list that still wait. */
  dropWaiting(keys: readonly string[]): Promise<void>;
  /** Of a number that is there: `same`, or `other` where it says something else. */
  addMessage(message: SentMessage): Promise<'new' | 'same' | 'other'>;
  /** Of the message that is the last of its sender now. */
  putLastLook(key: string, look: LastLook): Promise<void>;
  /** Of these senders, those that have sent one, each with the number of its message. */
  lastLooks(
    keys: readonly string[],
  ): Promise<readonly { readonly key: string; readonly seq: number; readonly look: LastLook }[]>;
  /** The same looks whole, each with the digest of its list of endpoints. */
  lastMessages(keys: readonly string[]): Promise<readonly { readonly endpoints: string; readonly look: Uint8Array }[]>;
  /** All that are kept, those of a sender together, page by page. */
  messages(choice: {
    readonly most: number;
    readonly after?: { readonly key: string; readonly seq: number };
  }): Promise<readonly SentMessage[]>;
  messageOf(key: string, seq: number): Promise<Uint8Array | null>;
  /** Whether a message of that number may have been there, and was let go of. */
  wasPruned(key: string, seq: number): Promise<boolean>;
  /** Of messages of smaller numbers, the last ones first. */
  looksBefore(key: string, seq: number, most: number): Promise<readonly Uint8Array[]>;
  /** Charges a window; false if it has no room for that. */
  charge(
    window: number,
    good: number,
    critical: number,
    limits: { readonly all: number; readonly good: number },
  ): Promise<boolean>;
  /** Counts what was refused; how many in all. */
  refuse(window: number, count: number): Promise<number>;
  window(window: number): Promise<Window>;
  addAudit(entry: AuditEntry): Promise<void>;
  /** The newest first; `before`: only those behind this one, for the next page. */
  audits(choice: { readonly most: number; readonly before?: AuditEntry }): Promise<readonly AuditEntry[]>;
  /** Messages, windows, the account and tokens of earlier go, and the oldest messages until a share of the size holds them; how many messages went. The last of each sender stays. */
  pruneCollected(retention: { readonly before: number; readonly mostBytes: number }): Promise<number>;
}

type Row = Selectable<Tables['senders']>;

const senderOf = (row: Row): Sender => ({
  key: row.key,
  fingerprint: row.fingerprint,
  state: row.state as SenderState,
  name: row.name,
  firstAt: Number(row.first_at),
  lastAt: Number(row.last_at),
  lastSeq: Number(row.last_seq),
  egress: row.egress,
  dropped: Number(row.dropped),
  conflicts: row.conflicts,
  skewMs: Number(row.skew_ms),
});

const rowOf = (sender: Sender): Omit<Row, 'pruned_seq'> => ({
  ...{ key: sender.key, fingerprint: sender.fingerprint, state: sender.state, name: sender.name },
  ...{ first_at: sender.firstAt, last_at: sender.lastAt, last_seq: sender.lastSeq, egress: sender.egress },
  ...{ dropped: sender.dropped, conflicts: sender.conflicts, skew_ms: Math.round(sender.skewMs) },
});

type SenderSteps = Pick<
  CollectedSteps,
  'sender' | 'lockSender' | 'senderByFingerprint' | 'putSender' | 'senders' | 'waitingSenders' | 'dropWaiting'
>;

function senderSteps(db: Kysely<Tables>): SenderSteps {
  const one = async (column: 'key' | 'fingerprint', value: string): Promise<Sender | null> => {
    const row = await db.selectFrom('senders').selectAll().where(column, '=', value).executeTakeFirst();
    return row === undefined ? null : senderOf(row);
  };
  return {
    sender: (key) => one('key', key),
    async lockSender(key, fingerprint, now) {
      const row = await db
        .insertInto('senders')
        .values({
          ...{ key, fingerprint, state: 'new', name: '', first_at: now, last_at: now, last_seq: 0 },
          ...{ egress: '', dropped: 0, conflicts: 0, skew_ms: 0 },
        })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ fingerprint }))
        .returningAll()
        .executeTakeFirstOrThrow();
      return senderOf(row);
    },
    senderByFingerprint: (fingerprint) => one('fingerprint', fingerprint),
    async putSender(sender) {
      const { key: _, ...rest } = rowOf(sender);
      await db
        .insertInto('senders')
        .values(rowOf(sender))
        .onConflict((conflict) => conflict.column('key').doUpdateSet(rest))
        .execute();
    },
    async senders({ state, most, after }) {
      let query = db.selectFrom('senders').selectAll().orderBy('key').limit(most);
      if (state !== undefined) query = query.where('state', '=', state);
      if (after !== undefined) query = query.where('key', '>', after);
      return (await query.execute()).map(senderOf);
    },
    async waitingSenders() {
      const rows = db.selectFrom('senders').select(['key', 'egress']).where('state', '=', 'waiting');
      return await rows.orderBy('first_at', 'desc').orderBy('key').execute();
    },
    async dropWaiting(keys) {
      if (keys.length === 0) return;
      await db.deleteFrom('senders').where('key', 'in', keys).where('state', '=', 'waiting').execute();
    },
  };
}

type MessageSteps = Pick<
  CollectedSteps,
  'addMessage' | 'messages' | 'messageOf' | 'wasPruned' | 'looksBefore' | 'pruneCollected'
>;

function messageSteps(db: Kysely<Tables>): MessageSteps {
  return {
    async addMessage({ key, seq, receivedAt, critical, digest, look }) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('messages')
        .values({ key, seq, received_at: receivedAt, critical: critical ? 1 : 0, digest, look })
        .onConflict((conflict) => conflict.columns(['key', 'seq']).doNothing())
        .executeTakeFirst();
      if (Number(numInsertedOrUpdatedRows) === 1) return 'new';
      const there = await db
        .selectFrom('messages')
        .select('digest')
        .where('key', '=', key)
        .where('seq', '=', seq)
        .executeTakeFirst();
      return there?.digest === digest ? 'same' : 'other';
    },
    async messageOf(key, seq) {
      const row = await db
        .selectFrom('messages')
        .select('look')
        .where('key', '=', key)
        .where('seq', '=', seq)
        .executeTakeFirst();
      return row?.look ?? null;
    },
    async wasPruned(key, seq) {
      const row = await db.selectFrom('senders').select('pruned_seq').where('key', '=', key).executeTakeFirst();
      return seq <= Number(row?.pruned_seq ?? 0);
    },
    async messages({ most, after }) {
      let query = db.selectFrom('messages').selectAll().orderBy('key').orderBy('seq').limit(most);
      if (after !== undefined)
        query = query.where(sql<boolean>`(${sql.ref('key')}, ${sql.ref('seq')}) > (${after.key}, ${after.seq})`);
      return (await query.execute()).map(({ key, seq, received_at, critical, digest, look }) => ({
        ...{ key, seq: Number(seq), receivedAt: Number(received_at), critical: critical === 1, digest, look },
      }));
    },
    async looksBefore(key, seq, most) {
      const rows = await db
        .selectFrom('messages')
        .select('look')
        .where('key', '=', key)
        .where('seq', '<', seq)
        .orderBy('seq', 'desc')
        .limit(most)
        .execute();
      return rows.map(({ look }) => look);
    },
    pruneCollected: (retention) => pruneCollected(db, retention),
  };
}

type LastLookSteps = Pick<CollectedSteps, 'putLastLook' | 'lastLooks' | 'lastMessages'>;

function lastLookSteps(db: Kysely<Tables>): LastLookSteps {
  return {
    async putLastLook(key, look) {
      await db
        .insertInto('last_looks')
        .values({ key, ...look })
        .onConflict((conflict) => conflict.column('key').doUpdateSet(look))
        .execute();
    },
    async lastLooks(keys) {
      if (keys.length === 0) return [];
      const rows = await db
        .selectFrom('senders')
        .innerJoin('last_looks', 'last_looks.key', 'senders.key')
        .select(['senders.key', 'senders.last_seq', 'last_looks.endpoints', 'last_looks.rest'])
        .where('senders.key', 'in', keys)
        .execute();
      return rows.map(({ key, last_seq: seq, endpoints, rest }) => ({
        ...{ key, seq: Number(seq) },
        look: { endpoints, rest },
      }));
    },
    async lastMessages(keys) {
      if (keys.length === 0) return [];
      return await db
        .selectFrom('senders')
        .innerJoin('last_looks', 'last_looks.key', 'senders.key')
        .innerJoin('messages', (join) =>
          join.onRef('messages.key', '=', 'senders.key').onRef('messages.seq', '=', 'senders.last_seq'),
        )
        .select(['last_looks.endpoints', 'messages.look'])
        .where('senders.key', 'in', keys)
        .execute();
    },
  };
}

type IntakeSteps = Pick<CollectedSteps, 'charge' | 'refuse' | 'window'>;

function intakeSteps(db: Kysely<Tables>): IntakeSteps {
  return {
    async charge(window, good, critical, limits) {
      const count = good + critical;
      if (count === 0) return true;
      if (count > limits.all || good > limits.good) return false;
      const row = await db
        .insertInto('intake')
        .values({ win: window, stored: count, critical, refused: 0 })
        .onConflict((conflict) =>
          conflict
            .column('win')
            .doUpdateSet((eb) => ({
              stored: eb('intake.stored', '+', count),
              critical: eb('intake.critical', '+', critical),
            }))
            .where(sql<boolean>`intake.stored + ${count} <= ${limits.all}`)
            .where(
              good === 0
                ? sql<boolean>`1 = 1`
                : sql<boolean>`intake.stored - intake.critical + ${good} <= ${limits.good}`,
            ),
        )
        .returning('stored')
        .executeTakeFirst();
      return row !== undefined;
    },
    async refuse(window, count) {
      const row = await db
        .insertInto('intake')
        .values({ win: window, stored: 0, critical: 0, refused: count })
        .onConflict((conflict) =>
          conflict.column('win').doUpdateSet((eb) => ({ refused: eb('intake.refused', '+', count) })),
        )
        .returning('refused')
        .executeTakeFirstOrThrow();
      return Number(row.refused);
    },
    async window(window) {
      const row = await db.selectFrom('intake').selectAll().where('win', '=', window).executeTakeFirst();
      return { stored: row?.stored ?? 0, critical: row?.critical ?? 0, refused: row?.refused ?? 0 };
    },
  };
}

export function collectedSteps(db: Kysely<Tables>): CollectedSteps {
  return {
    ...senderSteps(db),
    ...messageSteps(db),
    ...lastLookSteps(db),
    ...intakeSteps(db),
    ...tokenSteps(db),
    async addAudit({ at, ...rest }) {
      // Two of one instant are two.
      for (let free = at; ; free += 1) {
        const { numInsertedOrUpdatedRows } = await db
          .insertInto('audit')
          .values({ at: free, ...rest })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
        if (Number(numInsertedOrUpdatedRows) === 1) return;
      }
    },
    async audits({ most, before }) {
      const key = ['at', 'fingerprint', 'what'] as const;
      let query = db.selectFrom('audit').selectAll().limit(most);
      for (const column of key) query = query.orderBy(column, 'desc');
      if (before !== undefined) {
        const columns = sql.join(key.map((column) => sql.ref(column)));
        query = query.where(sql<boolean>`(${columns}) < (${sql.join(key.map((column) => before[column]))})`);
      }
      return (await query.execute()).map(({ at, what, ...rest }) => ({
        ...{ at: Number(at), what: what as AuditEntry['what'], ...rest },
      }));
    },
  };
}
