/** What a collector and those who send to it say. */
export interface CollectWords {
  /** At the start: where, how much, for whom. */
  listening(address: string): string;
  throttle(limit: number, per: string): string;
  readonly serves: Readonly<Record<'intranet' | 'internet' | 'machine', string>>;
  readonly everybody: string;
  readonly enrolled: string;
  stopped(stored: number, refused: number): string;
  trouble(what: string): string;
  /** Of a new token. */
  tokenUntil(until: string): string;
  readonly tokenOnce: string;
  admitted(fingerprint: string, name: string): string;
  revoked(fingerprint: string, name: string): string;
  readonly noSenders: string;
  readonly states: Readonly<Record<'waiting' | 'admitted' | 'revoked', string>>;
  readonly columns: Readonly<Record<'fingerprint' | 'state' | 'machine' | 'last' | 'notes', string>>;
  skew(duration: string): string;
  conflicts(count: number): string;
  droppedBy(count: number): string;
  /** Of the check before the start. */
  readonly checks: Readonly<Record<'port' | 'certificate' | 'store' | 'disk' | 'clock', string>>;
  certificateUntil(at: string): string;
  readonly certificateNone: string;
  free(mebibytes: number): string;
  readonly fine: string;
  /** Of who sends. */
  sent(count: number): string;
  spooled(count: number): string;
  dropped(count: number): string;
  refusedMessages(count: number): string;
  notSent(place: string, why: string): string;
  readonly why: Readonly<Record<'waiting' | 'revoked' | 'conflict' | 'invalid' | 'throttled' | 'no-folder', string>>;
  /** Of the page. */
  readonly title: string;
  readonly headings: Readonly<Record<'machines' | 'matrix' | 'silent' | 'waiting' | 'intake' | 'search', string>>;
  readonly site: string;
  readonly elsewhere: string;
  readonly nobody: string;
  intake(stored: number, limit: number, refused: number): string;
}
