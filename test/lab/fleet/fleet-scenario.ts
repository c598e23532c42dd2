/** What a scenario of several sites is: a value that says what is broken where, and what must be said of all machines together. */
import type { CauseId } from '../../../src/model/causes.ts';
import type { Confidence } from '../../../src/model/diagnosis.ts';
import type { FleetScope } from '../../../src/model/fleet.ts';
import type { Fault } from '../scenario.ts';

export interface FleetSite {
  /** Its machines are NAME-1, NAME-2 …, and say `--label site=NAME`. */
  readonly name: string;
  readonly machines: number;
  /** What is broken there, and its proxies. */
  readonly faults?: readonly Fault[];
  /** The address by which all its machines leave, where they send to a collector; left out: nothing translates theirs. */
  readonly egress?: string;
  /** Options of its machines beside those of all. */
  readonly args?: readonly string[];
  /** Hosts file of a single machine, by its number. */
  readonly hosts?: Readonly<Record<number, Readonly<Record<string, string>>>>;
}

export interface ExpectedExplanation {
  readonly cause: CauseId;
  readonly scope: FleetScope;
  /** `attribute=value`; left out where the scope has none. */
  readonly shared?: string;
  /** All of them. */
  readonly machines: readonly string[];
  /** What its endpoints match, all of them, and no other that is explained; left out: any. */
  readonly endpoints?: RegExp;
  readonly confidence?: Confidence;
  readonly owner?: string;
}

export interface FleetScenario {
  readonly name: string;
  /**
   * All sites behind one router, each with its own way out, send to a collector on the internet: what it says counts. Faults
   * of a site are of packets. Left out: a lab of its own for each site, and what is said of their files counts.
   */
  readonly collected?: true;
  /** Its machines say no site. */
  readonly unlabelled?: true;
  readonly args: readonly string[];
  /** What is broken on the internet itself: the same for every site. */
  readonly internet?: readonly Fault[];
  readonly sites: readonly FleetSite[];
  readonly expect: readonly ExpectedExplanation[];
}
