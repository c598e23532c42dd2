import type { StageName } from '../model/observations.ts';

/** Titles of bundled features by their English one, which the catalog holds; a title of somebody's own catalog stays as it is. */
export type FeatureTitles = Readonly<Record<string, string>>;

/** What the screen, and formats that give the same answer, say besides causes, facts and remedies. */
export interface ScreenWords {
  /** Stands for the title of a feature: addresses that a person typed. */
  readonly typed: string;
  /** Behind a sentence of evidence that does not hold for all hosts of its cause; in brackets. */
  ofHosts(hosts: number, all: number): string;
  /** In front of the lines of a cause and of what follows the tables: one short word each. */
  readonly fields: Readonly<
    Record<
      'affected' | 'shared' | 'evidence' | 'remedies' | 'alternatives' | 'untested' | 'leftOut' | 'wildcards' | 'next',
      string
    >
  >;
  /** Between parts of a line. */
  readonly comma: string;
  /** The verdict: how many of the tested endpoints can't be used, or not without trouble. */
  verdict(unreachable: number, degraded: number, tested: number): string;
  causes(count: number): string;
  notTested(count: number): string;
  status(messageId: number, severity: string): string;
  /** Severity, confidence; behind the id of a cause. */
  grade(severity: string, confidence: string): string;
  hosts(count: number): string;
  hostsIn(count: number, domain: string): string;
  /** «7 in example.com», in a list of such */
  inDomain(count: number, domain: string): string;
  /** Columns of the table of features; stages as short as can be. */
  readonly columns: Readonly<Record<'feature' | 'cause' | StageName, string>>;
  /** Heading of the rows that differ from their feature. */
  readonly unlike: string;
  /** Rows that are not shown, and how to see them. */
  moreRows(count: number): string;
  /** What wildcards without a known host, networks and the like lack, with their number. */
  untestedBecause(
    code: 'no-witness' | 'udp' | 'family' | 'deadline' | 'interrupted' | 'resources' | 'offline' | 'inside',
    count: number,
  ): string;
  /** What an option would make testable. */
  needs(count: number, option: string): string;
  /** Endpoints of the run's features without a row. */
  leftOut(count: number): string;
  /** How many witnesses of wildcards were reached, and that this proves no wildcard. */
  wildcards(patterns: number, reached: number, tried: number): string;
  /** Of a run, in front of the numbers of the progress line. */
  readonly phases: Readonly<Record<'measure' | 'experiments', string>>;
  readonly next: {
    readonly request: string;
    readonly explain: string;
    readonly verbose: string;
  };
}
