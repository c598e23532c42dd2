/**
 * The tables, the same on SQLite and PostgreSQL: text, bigint (milliseconds of UTC) and integer alone, JSON as text, bytes
 * for what is compressed. Keys are content. `migrations.ts` makes them.
 */

import type { Generated } from 'kysely';

export interface MachineTable {
  name: string;
  /** Of the last look; a look gets the next one, whatever the clock says. */
  last_seq: number;
}

export interface LookTable {
  machine: string;
  seq: number;
  id: string;
  kind: string;
  started_at: number;
  duration_ms: number;
  complete: number;
  message_id: number | null;
  reachable: number;
  degraded: number;
  unreachable: number;
  untested: number;
  version: string;
  account: string;
  /** JSON: a list of texts. */
  addresses: string;
  proxy: string;
  /** JSON: a list of texts. */
  resolvers: string;
}

/** Apart, so that a walk over looks reads none of it. */
export interface LookReportTable {
  machine: string;
  seq: number;
  /** JSON, compressed. */
  report: Uint8Array;
}

export interface LookStateTable {
  machine: string;
  seq: number;
  /** JSON, compressed: a TargetState for each target. */
  states: Uint8Array;
}

export interface LookCauseTable {
  machine: string;
  seq: number;
  nth: number;
  cause: string;
  shared_attribute: string | null;
  shared_value: string | null;
  severity: string;
  confidence: string;
  targets: number;
}

/** What a day held for a target: a timeline of a month reads a row a day, however often somebody looked. */
export interface DayTable {
  machine: string;
  /** Days since 1970-01-01 UTC. */
  day: number;
  target: string;
  feature: string;
  host: string;
  looks: number;
  reachable: number;
  degraded: number;
  unreachable: number;
  untested: number;
  /** Of the looks that reached it. */
  total_ms: number;
}

export interface IncidentTable {
  id: string;
  machine: string;
  /** Cause and what is shared: at most one of them is not closed. */
  incident_key: string;
  state: string;
  cause: string;
  severity: string;
  first_seen_at: number;
  last_seen_at: number;
  closed_at: number | null;
  /** JSON: the Incident. */
  body: string;
  /** JSON: what the comparison remembers besides. */
  memory: string;
}

export interface NoticeTable {
  id: string;
  machine: string;
  at: number;
  kind: string;
  incident: string | null;
  /** JSON: the Notice. */
  body: string;
}

export interface OutboxTable {
  notice: string;
  route: string;
  attempts: number;
  next_at: number;
  /** Until then another one is delivering it; 0: nobody is. */
  claimed_until: number;
  delivered_at: number | null;
  given_up_at: number | null;
  last_error: string | null;
}

export interface SettingTable {
  name: string;
  /** JSON. */
  value: string;
}

export interface LockTable {
  name: string;
  holder: string;
  until: number;
}

/** A machine that sends to a collector, by its key. */
export interface SenderTable {
  key: string;
  fingerprint: string;
  state: string;
  name: string;
  first_at: number;
  last_at: number;
  last_seq: number;
  egress: string;
  dropped: number;
  conflicts: number;
  skew_ms: number;
  /** The greatest number of a message that was let go of. */
  pruned_seq: Generated<number>;
}

export interface MessageTable {
  key: string;
  seq: number;
  received_at: number;
  critical: number;
  /** SHA-256 of the document. */
  digest: string;
  /** JSON, compressed: what it contributes to the answer about the fleet. */
  look: Uint8Array;
}

/** What the last message of a sender says, for who reads those of all. */
export interface LastLookTable {
  key: string;
  /** Digest of the list of endpoints in it. */
  endpoints: string;
  /** JSON: the look without that list. */
  rest: string;
}

/** How much of a window of the throttle is used. */
export interface IntakeTable {
  /** When it began. */
  win: number;
  stored: number;
  critical: number;
  refused: number;
}

export interface TokenTable {
  id: string;
  secret: string;
  until: number;
  used_by: string | null;
}

/** Who was let in and shut out. */
export interface AuditTable {
  at: number;
  what: string;
  fingerprint: string;
  detail: string;
  actor: string;
}

export interface Tables {
  machines: MachineTable;
  looks: LookTable;
  look_reports: LookReportTable;
  look_states: LookStateTable;
  look_causes: LookCauseTable;
  days: DayTable;
  incidents: IncidentTable;
  notices: NoticeTable;
  outbox: OutboxTable;
  settings: SettingTable;
  locks: LockTable;
  senders: SenderTable;
  messages: MessageTable;
  last_looks: LastLookTable;
  intake: IntakeTable;
  tokens: TokenTable;
  audit: AuditTable;
}
