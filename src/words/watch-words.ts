import type { Change, Incident, Notice } from '../model/incident.ts';

/** What a watch, its history and its incidents say, besides causes, verdicts and severities. */
export interface WatchWords {
  readonly kinds: Readonly<Record<Notice['kind'], string>>;
  readonly states: Readonly<Record<Incident['state'], string>>;
  /** Behind an incident that came and went too often. */
  readonly unstable: string;
  readonly subjects: Readonly<Record<Change['subject'], string>>;
  /** On whose side a change is. */
  readonly sides: Readonly<Record<Change['side'], string>>;
  readonly lookKinds: Readonly<Record<'watch' | 'again' | 'check' | 'carried' | 'collected', string>>;
  /** First line of a watch: which machine, which store, how often. */
  watching(machine: string, store: string, every: string): string;
  /** Where the page is served. */
  serving(address: string): string;
  /** When the next look is. */
  next(at: string): string;
  readonly overlap: string;
  readonly stopped: string;
  /** Notices that wait for the end of a window. */
  held(count: number): string;
  /** The look was not recorded yet; it waits. */
  waiting(trouble: string): string;
  /** The catalog could not be read anew; that of the last look holds. */
  oldCatalog(trouble: string): string;
  /** A notice did not get through on a way; `final`: it is not tried again. */
  undelivered(way: string, why: string, final: boolean): string;
  /** A sentence about each change on the service's side, as the role has it. */
  readonly restart: string;
  /** What the role's documents ask for when it moves to another server. */
  readonly moved: string;
  /** Headlines. */
  open(count: number): string;
  readonly noneOpen: string;
  looks(count: number, from: string, to: string): string;
  readonly noLooks: string;
  readonly nothingMatches: string;
  since(at: string, lasted: string): string;
  /** A stretch of time: minutes, hours, days. */
  lasted(ms: number): string;
  readonly columns: Readonly<
    Record<
      'time' | 'kind' | 'opened' | 'closed' | 'lasted' | 'hosts' | 'feature' | 'days' | 'reached' | 'times' | 'proxy',
      string
    >
  >;
  readonly headings: Readonly<Record<'open' | 'closed' | 'features' | 'targets' | 'looks', string>>;
  /** What the store says of itself. */
  readonly evidenceThen: string;
  readonly evidenceNow: string;
  sound(engine: string, size: string, looks: number): string;
  copied(rows: number): string;
}
