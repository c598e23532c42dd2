export type Change = 'worse' | 'better' | 'appeared' | 'vanished' | 'notCompared';

/** What the comparison of two reports says, besides verdicts, severities and causes. */
export interface DiffWords {
  /** Nothing differs in so many targets. */
  same(targets: number): string;
  readonly worse: string;
  readonly noWorse: string;
  /** Targets and causes that were tested before and are not any more; a sentence of its own. */
  missing(count: number): string;
  /** Headings, with what they count. */
  readonly headings: Readonly<Record<'targets' | 'causes', string>>;
  /** Column. */
  readonly change: string;
  readonly changes: Readonly<Record<Change, string>>;
  /** «2 worse», in a list of such. */
  counted(count: number, change: string): string;
  /** Who measured, and by which route, in the line of a report. */
  machine(name: string): string;
  route(routes: string): string;
  /** In front of targets that were reached by another route. */
  readonly routeChange: string;
  /** In front of the targets of a verdict that they had. */
  was(verdict: string): string;
}
