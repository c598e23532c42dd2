/** What the observations mean: causes, verdicts, status. */
import type { Severity } from './catalog.ts';
import type { CauseId } from './causes.ts';
import { leftOut, type UntestedReason, untestedCode } from './plan.ts';
import * as z from './shape.ts';

export const confidence = z.enum(['high', 'medium', 'low']);
export type Confidence = z.Of<typeof confidence>;
export const verdict = z.enum(['reachable', 'degraded', 'unreachable', 'untested']);
export type Verdict = z.Of<typeof verdict>;

export const checkVerdict = z.enum(['pass', 'warn', 'fail', 'untested']);
export type CheckVerdict = z.Of<typeof checkVerdict>;

/** What affected targets have in common. */
export const shared = z.named('shared', z.object({ attribute: z.string(), value: z.string() }));
export type Shared = z.Of<typeof shared>;

/** A fact as code and arguments; the words files make the sentence. Argument values are harmless text or numbers. */
export interface Fact {
  readonly code: string;
  readonly args: Readonly<Record<string, string | number>>;
}

/** Of so many looks at the same thing, one after the other or one at each server, so many failed. */
export const steadiness = z.named(
  'steadiness',
  z.object({
    failed: z.int(),
    tried: z.int(),
  }),
);
export type Steadiness = z.Of<typeof steadiness>;

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
  readonly shared: Shared | null;
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
  readonly shared: Shared | null;
  readonly evidence: readonly Fact[];
  readonly alternatives: readonly CauseId[];
}

/** A fact that decides a root cause, as it holds for some of its hosts; measured amounts may be ranges (`12–40`). */
export interface DecidingFact extends Fact {
  /** How many hosts it holds for, of so many. */
  readonly hosts: number;
  readonly of: number;
}

/** What the sentences about a root cause are made of: plain data, which any language says. */
export interface RootFacts {
  readonly evidence: readonly Pick<Fact, 'code'>[];
  /** In the order of the reasoning. */
  readonly deciding: readonly DecidingFact[];
}

export interface Check {
  /** `root-certificate.digicert-global-root-g2`, `clock`, `network` … */
  readonly id: string;
  readonly verdict: CheckVerdict;
  readonly cause: CauseId | null;
  readonly detail: Fact;
}

export interface TargetDiagnosis {
  readonly id: string;
  readonly verdict: Verdict;
  readonly untested: UntestedReason | null;
  readonly findings: readonly Finding[];
}

export const status = z.named(
  'status',
  z.object({
    messageId: z.literal([11410, 11411, 11412]),
    severity: z.enum(['informational', 'warning', 'error']),
    component: z.literal('SMS_SERVICE_CONNECTOR'),
    raised: z.list(
      z.object({
        messageId: z.literal(11488),
        severity: z.literal('critical'),
        component: z.literal('SMS_SERVICE_CONNECTOR'),
        feature: z.string(),
      }),
    ),
  }),
);
export type Status = z.Of<typeof status>;

/** A documented wildcard of which an experiment showed what a proxy's policy makes of names that nobody listed. */
export const wildcardProof = z.named(
  'wildcardProof',
  z.object({
    pattern: z.string(),
    port: z.port,
    /** `HOST:PORT`. */
    proxy: z.string(),
    policy: z.enum(['allows', 'refuses']),
  }),
);
export type WildcardProof = z.Of<typeof wildcardProof>;

const count = z.int().check(z.gte(0));

export const summary = z.named(
  'summary',
  z.object({
    reachable: count,
    degraded: count,
    unreachable: count,
    untested: count,
    /** How many of the untested for each reason; all reasons of a run on this machine are there. */
    untestedBecause: z.about(
      z.object({
        ...(Object.fromEntries(
          untestedCode.options.flatMap((code) => (code === 'inside' ? [] : [[code, count]])),
        ) as Record<Exclude<UntestedReason['code'], 'inside'>, typeof count>),
        inside: z.optional(count),
      }),
      'How many of the untested for each reason.',
    ),
    /** Endpoints of the run's features that have no row at all. */
    leftOut: z.about(z.list(leftOut), "Endpoints of the run's features that have no row, by feature and reason."),
  }),
);
export type Summary = z.Of<typeof summary>;

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
