/** The report (contract section 3): all of a run, as it is written. */

import type { Importance, Severity } from './catalog.ts';
import type { CauseId } from './causes.ts';
import type { Check, Confidence, Diagnosis, Status, Steadiness, Verdict, WildcardProof } from './diagnosis.ts';
import type { Environment, Observations, StageName } from './observations.ts';
import type { UntestedReason } from './plan.ts';

/** A stage as the report shows it: the deciding attempt's, with the failure code and without the evidence. */
export type ReportStage =
  | { readonly status: 'passed'; readonly at: number; readonly ms: number }
  | { readonly status: 'failed'; readonly at: number; readonly ms: number; readonly failure: string }
  | { readonly status: 'skipped'; readonly because: string };

export interface ReportTarget {
  readonly id: string;
  readonly feature: string;
  readonly host: string;
  readonly port: number;
  readonly url: string | null;
  readonly pattern: string;
  readonly importance: Importance;
  /** `direct` or `proxy:HOST:PORT`. */
  readonly route: string;
  readonly verdict: Verdict;
  /** Why it is untested and what would make it testable; null otherwise. */
  readonly untested: {
    readonly reason: UntestedReason['code'];
    /** The reason in words. */
    readonly detail: string;
    readonly hint: string;
  } | null;
  readonly findings: readonly {
    readonly cause: CauseId;
    readonly confidence: Confidence;
    readonly evidence: readonly string[];
    readonly explainedBy: CauseId | null;
    /** Of so many looks so many failed; left out where that was not measured. */
    readonly steadiness?: Steadiness;
  }[];
  readonly stages: Readonly<Record<StageName, ReportStage>>;
  readonly attempts: readonly (Readonly<Record<Exclude<StageName, 'dns'>, ReportStage>> & {
    readonly address: string | null;
    readonly family: 4 | 6 | null;
  })[];
  readonly durationMs: number;
}

/** Who measured: what a change request names as its source. */
export interface Machine {
  readonly name: string;
  /** Of the process; on Windows with its domain. */
  readonly account: string;
  /** Of interfaces that are up, without loopback and link-local ones. */
  readonly addresses: readonly string[];
}

export interface Report {
  readonly schema: 1;
  readonly tool: { readonly name: 'wayclear'; readonly version: string };
  readonly startedAt: string;
  readonly durationMs: number;
  readonly environment: Environment;
  /** As used, no secrets. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Null where the person wanted it left out. */
  readonly machine: Machine | null;
  readonly complete: boolean;
  readonly status: Status | null;
  readonly summary: Diagnosis['summary'];
  readonly rootCauses: readonly {
    readonly cause: CauseId;
    readonly severity: Severity;
    readonly confidence: Confidence;
    readonly title: string;
    readonly targets: readonly string[];
    readonly shared: { readonly attribute: string; readonly value: string } | null;
    readonly evidence: readonly string[];
    /** The two or three sentences of it that decide, each said once for all hosts. Left out in reports of earlier versions. */
    readonly deciding?: readonly string[];
    readonly remedies: readonly string[];
    readonly alternatives: readonly CauseId[];
  }[];
  readonly checks: readonly {
    readonly id: string;
    readonly verdict: Check['verdict'];
    readonly cause: CauseId | null;
    readonly detail: string;
  }[];
  readonly targets: readonly ReportTarget[];
  /** Wildcards of which an experiment proved something; left out if there is none. */
  readonly wildcards?: readonly WildcardProof[];
  readonly observations: Observations;
}
