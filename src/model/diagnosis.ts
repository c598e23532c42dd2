/** What the observations mean: causes, verdicts, status. */
import type { Severity } from './catalog.ts';
import type { CauseId } from './causes.ts';
import type { LeftOut, UntestedReason } from './plan.ts';

export type Confidence = 'high' | 'medium' | 'low';
export type Verdict = 'reachable' | 'degraded' | 'unreachable' | 'untested';

/** A fact as code and arguments; the words files make the sentence. Argument values are harmless text or numbers. */
export interface Fact {
  readonly code: string;
  readonly args: Readonly<Record<string, string | number>>;
}

/** Of so many looks at the same thing, one after the other or one at each server, so many failed. */
export interface Steadiness {
  readonly failed: number;
  readonly tried: number;
}

/** What one rule says of one target, before targets are compared. */
export interface Finding {
  readonly target: string;
  readonly cause: CauseId;
  readonly confidence: Confidence;
  /** What this does to the target's verdict. `none`: worth telling, costs nothing. */
  readonly effect: 'unreachable' | 'degraded' | 'none';
  /** Findings of one cause and one signature are one root cause. */
  readonly signature: string;
  /** What the signature stands for, to show: `issuer`, `resolver`, `address family`, `status` …; null if nothing. */
  readonly shared: { readonly attribute: string; readonly value: string } | null;
  readonly evidence: readonly Fact[];
  readonly alternatives: readonly CauseId[];
  /** The cause that explains this symptom away; null for a root. */
  readonly explainedBy: CauseId | null;
  /** Left out where it was not measured. */
  readonly steadiness?: Steadiness;
}

export interface RootCause {
  readonly cause: CauseId;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly targets: readonly string[];
  readonly shared: { readonly attribute: string; readonly value: string } | null;
  readonly evidence: readonly Fact[];
  readonly alternatives: readonly CauseId[];
}

export interface Check {
  /** `root-certificate.digicert-global-root-g2`, `clock`, `network` … */
  readonly id: string;
  readonly verdict: 'pass' | 'warn' | 'fail' | 'untested';
  readonly cause: CauseId | null;
  readonly detail: Fact;
}

export interface TargetDiagnosis {
  readonly id: string;
  readonly verdict: Verdict;
  readonly untested: UntestedReason | null;
  readonly findings: readonly Finding[];
}

export interface Status {
  readonly messageId: 11410 | 11411 | 11412;
  readonly severity: 'informational' | 'warning' | 'error';
  readonly component: 'SMS_SERVICE_CONNECTOR';
  readonly raised: readonly {
    readonly messageId: 11488;
    readonly severity: 'critical';
    readonly component: 'SMS_SERVICE_CONNECTOR';
    readonly feature: string;
  }[];
}

/** A documented wildcard of which an experiment showed what a proxy's policy makes of names that nobody listed. */
export interface WildcardProof {
  readonly pattern: string;
  readonly port: number;
  /** `HOST:PORT`. */
  readonly proxy: string;
  readonly policy: 'allows' | 'refuses';
}

export interface Summary {
  readonly reachable: number;
  readonly degraded: number;
  readonly unreachable: number;
  readonly untested: number;
  /** How many of the untested for each reason; all reasons are there. */
  readonly untestedBecause: Readonly<Record<UntestedReason['code'], number>>;
  /** Endpoints of the run's features that have no row at all. */
  readonly leftOut: readonly LeftOut[];
}

/** What `diagnose` makes of observations: still codes, no sentences. */
export interface Diagnosis {
  /** Everything testable was tested, and something was; with `--offline`: the local checks ran. */
  readonly complete: boolean;
  /**
   * Null where no target of the service connection point role was tested, and where the run is incomplete without a
   * failure.
   */
  readonly status: Status | null;
  readonly summary: Summary;
  readonly rootCauses: readonly RootCause[];
  readonly checks: readonly Check[];
  /** In the order of the plan. */
  readonly targets: readonly TargetDiagnosis[];
  /** Left out if no experiment was made of any. */
  readonly wildcards?: readonly WildcardProof[];
}
