/**
 * What other folders see of the store. A look is a run that was recorded, an incident what is wrong over time, a notice
 * what somebody is told, a delivery a notice on its way along one route. Times are milliseconds of UTC; looks of a machine
 * are ordered by `seq`, which a clock that is set back can't disturb.
 */
import type { Severity } from '../model/catalog.ts';
import type { Confidence, Verdict } from '../model/diagnosis.ts';
import type { Incident, Notice } from '../model/incident.ts';
import type { Report } from '../model/report.ts';
import type { CollectedSteps } from './collected.ts';

export type StoreKind = 'sqlite' | 'postgres';

/** `watch`: on schedule. `again`: a new failure, looked at once more. `check`: by hand. `carried`: by a signed file. `late`: it came after a newer one. */
export type LookKind = 'watch' | 'again' | 'check' | 'carried' | 'collected' | 'late';

export type StageMs = readonly [
  dns: number | null,
  tcp: number | null,
  tunnel: number | null,
  tls: number | null,
  http: number | null,
];

/** A target at a look. */
export interface TargetState {
  readonly target: string;
  readonly feature: string;
  readonly host: string;
  readonly port: number;
  readonly verdict: Verdict;
  /** Of the stages that passed, in milliseconds. */
  readonly stages: StageMs;
}

export interface LookCause {
  readonly cause: string;
  readonly shared: { readonly attribute: string; readonly value: string } | null;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** How many. */
  readonly targets: number;
}

/** What there is to know of a look without its report. */
export interface Look {
  readonly machine: string;
  readonly seq: number;
  readonly id: string;
  readonly kind: LookKind;
  readonly startedAt: number;
  readonly durationMs: number;
  readonly complete: boolean;
  /** 11410, 11411, 11412; null where no status was raised. */
  readonly messageId: number | null;
  readonly summary: Readonly<Record<Verdict, number>>;
  readonly version: string;
  /** Who and where: for telling two machines, or one before and after its role moved, apart. */
  readonly account: string;
  readonly addresses: readonly string[];
  readonly proxy: string;
  readonly resolvers: readonly string[];
}

/** A day of a target: how often it was looked at and what came out. */
export interface Day {
  /** Days since 1970-01-01 UTC. */
  readonly day: number;
  readonly target: string;
  readonly feature: string;
  readonly host: string;
  readonly looks: number;
  readonly verdicts: Readonly<Record<Verdict, number>>;
  /** Mean of the looks that reached it; null if none did. */
  readonly meanMs: number | null;
}

/** An incident as it is kept: what people see of it, and what the comparison remembers besides. */
export interface StoredIncident {
  readonly machine: string;
  /** Cause and what its targets share. */
  readonly key: string;
  readonly incident: Incident;
  /** Plain JSON. */
  readonly memory: unknown;
}

export interface Delivery {
  readonly notice: Notice;
  readonly route: string;
  /** Those that failed so far. */
  readonly attempts: number;
}

export interface Retention {
  /** Looks that began earlier, incidents that closed earlier and notices of earlier go; null: nothing goes by age. */
  readonly before: number | null;
  /** The oldest looks go until the store takes no more than that; null: nothing goes by size. */
  readonly mostBytes: number | null;
}

/**
 * All that is read and written. Each is one question with an index behind it, linear in its answer. Inside
 * {@link Store.transaction} they happen together or not at all.
 */
export interface Steps extends CollectedSteps {
  /** Names of the machines whose looks are kept. */
  machines(): Promise<readonly string[]>;
  /** Keeps a run. */
  record(report: Report, kind: LookKind, machine: string): Promise<Look>;
  /** The newest first; `before`: only those of a smaller seq, for the next page. */
  looks(
    machine: string,
    choice: { readonly most: number; readonly before?: number; readonly from?: number },
  ): Promise<readonly Look[]>;
  /** The last one that began at that time or earlier; without a time the newest, which no late one is. */
  lookAt(machine: string, at?: number): Promise<Look | null>;
  lookById(id: string): Promise<Look | null>;
  /** The whole report of a look; null where it was not kept. */
  reportOf(look: Pick<Look, 'machine' | 'seq'>): Promise<Report | null>;
  /** Root causes of the looks `from` to `to` (seq, both included), the oldest first. */
  causes(machine: string, from: number, to: number): Promise<readonly (LookCause & { readonly seq: number })[]>;
  /** Targets of the last looks, the newest first; of late ones none. */
  states(
    machine: string,
    most: number,
  ): Promise<readonly { readonly look: Look; readonly states: readonly TargetState[] }[]>;
  /** Days from that one on, in order. */
  days(machine: string, from: number): Promise<readonly Day[]>;

  /** All that are not closed. */
  openIncidents(machine: string): Promise<readonly StoredIncident[]>;
  /** The newest first, open and closed; `from`: first seen then or later. Without a machine: of all. */
  incidents(choice: {
    readonly machine?: string;
    readonly most: number;
    readonly from?: number;
  }): Promise<readonly StoredIncident[]>;
  incident(id: string): Promise<StoredIncident | null>;
  putIncident(stored: StoredIncident): Promise<void>;

  /** Keeps a notice and puts it on its way along each route; one of an id that is there already stays as it is. */
  addNotice(notice: Notice, machine: string, routes: readonly string[]): Promise<void>;
  /** The newest first. */
  notices(choice: { readonly machine?: string; readonly most: number }): Promise<readonly Notice[]>;
  /**
   * Takes `most` of what waits for each route, the oldest first, if one of them is due, for as long as `claimMs`: nobody else
   * gets anything of those routes meanwhile, and after a crash it comes again.
   */
  claimDeliveries(routes: readonly string[], now: number, claimMs: number, most: number): Promise<readonly Delivery[]>;
  delivered(delivery: Delivery, at: number): Promise<void>;
  /** Not yet: to be tried again then; null: never. `isAsked`: the other side wants nothing at all before. */
  notDelivered(delivery: Delivery, why: string, nextAt: number | null, at: number, isAsked?: boolean): Promise<void>;
  /** When the next delivery is due, of those that `most` would take of each route; null if none waits. */
  nextDelivery(routes: readonly string[], most?: number): Promise<number | null>;

  setting(name: string): Promise<unknown>;
  /** `undefined` takes it away. */
  putSetting(name: string, value: unknown): Promise<void>;

  /** True if it is this holder's until then: it was free, its time was over, or `isGone` says that who holds it is no more. */
  takeLock(
    name: string,
    holder: string,
    now: number,
    forMs: number,
    isGone?: (holder: string) => boolean,
  ): Promise<boolean>;
  releaseLock(name: string, holder: string): Promise<void>;
}

export interface Store extends Steps {
  readonly kind: StoreKind;
  /** Where it is, for messages: no password in it. */
  readonly place: string;
  /** Program and version of the database: `SQLite 3.53.0`. */
  readonly engine: string;
  /** All of it, or none. Not to be nested: inside, `steps` alone may be used. */
  transaction<T>(work: (steps: Steps) => Promise<T>): Promise<T>;
  /** Lets go of what need not be kept; how many looks went. */
  prune(retention: Retention): Promise<number>;
  /** What the database itself finds wrong, in its words; empty if all is well. */
  faults(): Promise<readonly string[]>;
  /** How many looks it holds, of all machines. */
  count(): Promise<number>;
  /** Nothing was kept in it yet. */
  isEmpty(): Promise<boolean>;
  /** Bytes that it takes. */
  size(): Promise<number>;
  /** Every row of every table at one instant, in pieces; for {@link Store.restore} of another store. Nothing else is asked of it meanwhile. */
  rows(): AsyncIterable<{ readonly table: string; readonly rows: readonly Readonly<Record<string, unknown>>[] }>;
  /** Adds rows as they are. */
  restore(table: string, rows: readonly Readonly<Record<string, unknown>>[]): Promise<void>;
  /** Without it a SQLite store is whole as well; what was recorded is on the disk. */
  close(): Promise<void>;
}
