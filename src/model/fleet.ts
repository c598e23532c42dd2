/** Many machines, one answer: what one report contributes, what all of them mean together, and how that is written. */
import { severity } from './catalog.ts';
import type { CauseId, Owner } from './causes.ts';
import { confidence, type DecidingFact, shared, type Verdict } from './diagnosis.ts';
import { cause } from './report.ts';
import * as z from './shape.ts';
import { instant } from './stages.ts';

/** What machines may have in common: `label:site`, `subnet`, `egress`, `proxy`, `resolver`, `issuer`, `os` … */
export type Trait = z.Of<typeof shared>;

/** An endpoint as one machine saw it. */
export interface SeenEndpoint {
  readonly host: string;
  readonly port: number;
  /** Ids of its targets. */
  readonly targets: readonly string[];
  readonly verdict: Verdict;
  /** `direct` or `HOST:PORT` of the proxy. */
  readonly route: string;
}

/** A root cause as one machine saw it. */
export interface SeenCause {
  readonly cause: CauseId;
  readonly severity: z.Of<typeof severity>;
  readonly confidence: z.Of<typeof confidence>;
  /** What tells apart two of one cause on whatever machine, such as a status; empty if nothing does. */
  readonly signature: string;
  /** `HOST:PORT`; none of a cause that no endpoint shows. */
  readonly endpoints: readonly string[];
  readonly evidence: readonly string[];
  /** What the evidence is made of: any language says it. Left out where nobody knows. */
  readonly facts?: readonly DecidingFact[];
  readonly alternatives: readonly CauseId[];
  /** Who has to act, where that is not whoever acts on the cause elsewhere: what goes no further than the machine is its own. */
  readonly owner?: Owner;
  /** Of each endpoint, where looks before this one are known only by that: since when, and when it was still fine. */
  readonly since?: readonly (readonly [endpoint: string, since: string, fineUntil: string | null])[];
}

/** What one report of one machine contributes: no observations, no sentences but a few of its evidence. */
export interface Look {
  /** The same for two copies of one report. */
  readonly id: string;
  /** The same for all reports of one machine. */
  readonly machine: string;
  /** To show; null where the report names none. */
  readonly name: string | null;
  /** When it began: ISO 8601 UTC. */
  readonly at: string;
  readonly complete: boolean;
  /** From report to report, as the machine says; left out where it keeps no interval. */
  readonly everyMs?: number;
  /** The report itself stayed on the machine. */
  readonly isSummary?: true;
  readonly traits: readonly Trait[];
  readonly endpoints: readonly SeenEndpoint[];
  readonly causes: readonly SeenCause[];
}

/** Arguments of what is said of a fleet, by its code. */
export interface FleetFactArgs {
  /** So many of the machines that tested it since it began fail, and so many do not. */
  readonly counted: { readonly failing: number; readonly fine: number };
  /** Of those that share something all fail, and of the others so many do not. */
  readonly 'only-there': { readonly attribute: string; readonly value: string; readonly fine: number };
  /** Nobody outside tested it. */
  readonly 'no-outside': { readonly attribute: string; readonly value: string };
  /** So many that share it do not fail all the same. */
  readonly exceptions: { readonly attribute: string; readonly value: string; readonly fine: number };
  /** They fail in so many places with ways out of their own. */
  readonly places: { readonly count: number };
  /** So many of them reach other endpoints at the same time. */
  readonly 'others-fine': { readonly machines: number };
  /** A rule that all places have in common would look the same. */
  readonly 'one-policy': Readonly<Record<string, never>>;
  /** They fail everywhere, which is one site, or has one way out. */
  readonly 'one-place': Readonly<Record<string, never>>;
  /** They fail everywhere, and what their ways have in common is not known. */
  readonly 'places-unknown': Readonly<Record<string, never>>;
  /** So many see it as another cause. */
  readonly 'seen-as': { readonly cause: CauseId; readonly machines: number };
  /** So many found nothing wrong there before it began, and have not looked since. */
  readonly 'not-since': { readonly machines: number };
  /** The service is said to be at fault, and other machines find nothing wrong with it. */
  readonly 'fine-elsewhere': { readonly fine: number };
}
export type FleetFactCode = keyof FleetFactArgs;
export type FleetFact = {
  readonly [C in FleetFactCode]: { readonly code: C; readonly args: FleetFactArgs[C] };
}[FleetFactCode];

export const fleetScope = z.about(
  z.enum(['machine', 'machines', 'group', 'everybody', 'service']),
  'Where it is: one machine; some machines that share nothing of their own; those that share something; all that tested it since it began; the service itself, since it fails alike from places that have nothing in common.',
);
export type FleetScope = z.Of<typeof fleetScope>;

export const owner = z.enum(['firewall', 'dns', 'proxy', 'inspection', 'machine', 'service', 'unknown']);

const names = z.list(z.string());
const count = z.int().check(z.gte(0));
const told = z.about(
  z.nullable(shared),
  'What the affected machines share and the others don’t: `label:NAME`, `subnet`, `egress`, `proxy`, `resolver`, `issuer`, `os`, `os-version`, `version` or `account`.',
);

export const fleetExplanation = z.named(
  'explanation',
  z.object({
    number: z.about(z.int(), 'Counted from 1, the worst first.'),
    cause,
    severity,
    confidence,
    owner: z.about(owner, 'Who has to act.'),
    scope: fleetScope,
    shared: told,
    alike: z.about(z.list(shared), 'What else exactly these machines share: the figures can’t tell it from `shared`.'),
    title: z.string(),
    machines: names,
    endpoints: z.about(names, '`HOST:PORT`.'),
    targets: z.about(names, 'Ids of targets.'),
    since: z.about(instant, 'The first look that saw it without a break.'),
    fineUntil: z.about(
      z.nullable(instant),
      'The last look before in which the same machine found nothing; null if there is none.',
    ),
    seenAs: z.about(z.list(z.object({ cause, machines: count })), 'What single machines call it, where that differs.'),
    evidence: names,
    remedies: names,
    alternatives: z.about(z.list(cause), 'Other causes that are still possible.'),
  }),
);
export type FleetExplanation = z.Of<typeof fleetExplanation>;

export const fleetEndpoint = z.named(
  'endpoint',
  z.object({
    host: z.string(),
    port: z.port,
    targets: names,
    scope: z.about(z.nullable(fleetScope), 'The widest of its explanations; null where everybody reaches it.'),
    machines: z.object({ reachable: count, degraded: count, unreachable: count, untested: count }),
    since: z.nullable(instant),
    explanations: z.about(z.list(z.int()), 'Numbers of explanations.'),
  }),
);
export type FleetEndpoint = z.Of<typeof fleetEndpoint>;

/** What `wayclear diagnose A.json B.json …` writes. */
export const fleetReport = z.object({
  schema: z.literal(1),
  tool: z.named('tool', z.object({ name: z.literal('wayclear'), version: z.string() })),
  from: z.about(instant, 'The earliest report.'),
  to: z.about(instant, 'The latest report.'),
  reports: z.object({
    read: count,
    twice: z.about(count, 'Copies of one that was read already; they count nothing.'),
    nameless: z.about(count, 'Reports that name no machine: each counts as one of its own.'),
  }),
  machines: z.object({
    all: count,
    fine: z.about(
      count,
      'Their last report tested everything that it could and found nothing, and to a collector they are not silent.',
    ),
    incomplete: z.about(count, 'Their last report did not test everything.'),
  }),
  explanations: z.about(z.list(fleetExplanation), 'As few as explain everything that fails.'),
  requests: z.about(
    z.list(z.object({ owner, explanations: z.list(z.int()) })),
    'What to ask of whom: each owner once.',
  ),
  endpoints: z.list(fleetEndpoint),
});
export type FleetReport = z.Of<typeof fleetReport>;

/** An explanation before it has words. */
export type FleetCause = Omit<FleetExplanation, 'title' | 'remedies' | 'evidence'> & {
  readonly facts: readonly FleetFact[];
  /** Sentences of the machine whose report is surest. */
  readonly seen: readonly string[];
  /** What these are made of; left out where nobody knows. */
  readonly seenFacts?: readonly DecidingFact[];
};

/** All that follows from the looks: codes, no sentences. */
export interface FleetDiagnosis
  extends Pick<FleetReport, 'from' | 'to' | 'reports' | 'machines' | 'requests' | 'endpoints'> {
  readonly causes: readonly FleetCause[];
}
