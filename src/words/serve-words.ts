/** What the page of a watch says besides causes, labels and the words of watches. */
export interface ServeWords {
  title(machine: string): string;
  /** First words where nothing is open, and where something is. */
  readonly calm: string;
  wrong(open: number): string;
  readonly nothingYet: string;
  lastLook(at: string): string;
  /** The watch did not look for too long. */
  late(at: string): string;
  readonly headings: Readonly<Record<'open' | 'timeline' | 'closed' | 'times', string>>;
  /** Of a day of the timeline nobody looked. */
  readonly nobody: string;
  timeline(feature: string, days: number): string;
  times(feature: string): string;
  readonly total: string;
  readonly report: string;
  readonly noClosed: string;
  readonly languages: string;
}
