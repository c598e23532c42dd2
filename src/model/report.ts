/** The report (contract section 3): all of a run, as it is written, whole or as one record a line. */
import { importance, severity } from './catalog.ts';
import { type CauseId, causes } from './causes.ts';
import { checkVerdict, confidence, shared, status, steadiness, summary, verdict, wildcardProof } from './diagnosis.ts';
import { environment, observations } from './observations.ts';
import { untestedCode } from './plan.ts';
import * as z from './shape.ts';
import { failed, instant, passed } from './stages.ts';
import { rootState } from './trust.ts';

export const cause = z.named(
  'cause',
  z.about(z.enum(Object.keys(causes) as CauseId[]), 'A cause id. The list is closed and stable.'),
);

/** A stage as the report shows it: the deciding attempt's, with the failure code and without the evidence. */
export const reportStage = z.named(
  'stage',
  z.about(
    z.discriminatedUnion('status', [
      passed,
      z.extend(failed, { failure: z.string() }),
      z.object({ status: z.literal('skipped'), because: z.string() }),
    ]),
    'Times are milliseconds; `at` counts from the start of the run.',
  ),
);
export type ReportStage = z.Of<typeof reportStage>;

const stagesOfAttempt = { tcp: reportStage, tunnel: reportStage, tls: reportStage, http: reportStage };

/** What is known of a target as soon as it is measured. */
const measuredTarget = z.object({
  id: z.about(z.string(), '`feature/endpoint`, further probes of it with `#2`, `#3` …'),
  feature: z.string(),
  host: z.string(),
  port: z.port,
  url: z.nullable(z.string()),
  pattern: z.about(z.string(), 'The host as documented.'),
  importance,
  route: z.about(z.string(), '`direct` or `proxy:HOST:PORT`.'),
  stages: z.about(z.object({ dns: reportStage, ...stagesOfAttempt }), 'Of the attempt that decided.'),
  attempts: z.about(
    z.list(
      z.object({
        address: z.nullable(z.string()),
        family: z.nullable(z.literal([4, 6])),
        ...stagesOfAttempt,
      }),
    ),
    'One for each address tried.',
  ),
  durationMs: z.ms,
});

export const reportTarget = z.named(
  'target',
  z.extend(measuredTarget, {
    verdict,
    /** Why it is untested and what would make it testable; null otherwise. */
    untested: z.about(
      z.nullable(
        z.object({ reason: untestedCode, detail: z.about(z.string(), 'The reason in words.'), hint: z.string() }),
      ),
      'Why it was not tested and what would make it testable.',
    ),
    findings: z.list(
      z.object({
        cause,
        confidence,
        evidence: z.list(z.string()),
        explainedBy: z.nullable(cause),
        /** Of so many looks so many failed; left out where that was not measured. */
        steadiness: z.optional(steadiness),
      }),
    ),
  }),
);
export type ReportTarget = z.Of<typeof reportTarget>;

/** Who measured: what a change request names as its source. */
export const machine = z.named(
  'machine',
  z.object({
    name: z.string(),
    account: z.about(z.string(), 'Of the process; on Windows with its domain.'),
    addresses: z.about(z.list(z.string()), 'Of interfaces that are up, without loopback and link-local ones.'),
  }),
);
export type Machine = z.Of<typeof machine>;

/** Left out where nobody said any. */
const labels = z.about(
  z.optional(z.dictionary(z.string())),
  'What --label says of the machine, such as its site; left out if it says nothing.',
);

const rootCause = z.named(
  'rootCause',
  z.object({
    cause,
    severity,
    confidence,
    title: z.string(),
    targets: z.about(z.list(z.string()), 'Ids of targets.'),
    shared: z.nullable(shared),
    evidence: z.list(z.string()),
    /** Left out in reports of earlier versions. */
    deciding: z.about(
      z.optional(z.list(z.string())),
      'The sentences of the evidence that decide, each said once for all hosts.',
    ),
    remedies: z.list(z.string()),
    alternatives: z.about(z.list(cause), 'Other causes that are still possible.'),
  }),
);

const check = z.named(
  'check',
  z.object({ id: z.string(), verdict: checkVerdict, cause: z.nullable(cause), detail: z.string() }),
);

/** What is known before the first target is measured. */
const start = {
  schema: z.literal(1),
  tool: z.named('tool', z.object({ name: z.literal('wayclear'), version: z.string() })),
  startedAt: instant,
};
const options = z.about(z.dictionary(z.unknown()), 'As used, by the names of the flags, without secrets.');

/** What is known when all is judged. */
const end = {
  durationMs: z.ms,
  complete: z.about(
    z.boolean(),
    'Everything testable was tested, and something was; with --offline: the local checks ran.',
  ),
  status: z.about(
    z.nullable(status),
    'Null where no target of the service connection point role was tested, and where the run is incomplete without a failure.',
  ),
  summary,
  /** Wildcards of which an experiment proved something; left out if there is none. */
  wildcards: z.about(
    z.optional(z.list(wildcardProof)),
    "Documented wildcards of which an experiment showed what the proxy's policy makes of names that nobody listed. Left out if there is none.",
  ),
};

export const report = z.object({
  ...start,
  environment,
  options,
  /** Null where the person wanted it left out; older reports have none. */
  machine: z.about(z.orNull(machine), 'Who measured; null with --anonymous.'),
  labels,
  ...end,
  rootCauses: z.list(rootCause),
  checks: z.list(check),
  targets: z.about(z.list(reportTarget), 'In the order of the plan.'),
  observations,
});
export type Report = z.Of<typeof report>;

export const runRecord = z.object({
  type: z.literal('run'),
  ...start,
  environment: z.about(z.dictionary(z.unknown()), 'As in the report, but for `roots`: they come with the summary.'),
  options,
  machine: z.orNull(machine),
  labels,
  targets: z.about(z.int().check(z.gte(0)), 'How many targets there are: so many `target` records will follow.'),
});
export const measuredRecord = z.about(
  z.extend(measuredTarget, { type: z.literal('measured') }),
  'What was measured of a target, in the order in which they end. The verdict takes the whole run: it is in the `target` record of the same id.',
);
export const observationsRecord = z.about(
  z.object({ type: z.literal('observations'), observations }),
  'With --attended in place of targets, root causes and checks: what whoever attends judges.',
);
export const summaryRecord = z.object({
  type: z.literal('summary'),
  ...end,
  ended: observations.shape.ended,
  roots: z.list(rootState),
});

/** One line of `--format ndjson`. */
export const reportRecord = z.about(
  z.discriminatedUnion('type', [
    runRecord,
    measuredRecord,
    z.extend(reportTarget, { type: z.literal('target') }),
    z.extend(rootCause, { type: z.literal('rootCause') }),
    z.extend(check, { type: z.literal('check') }),
    observationsRecord,
    summaryRecord,
  ]),
  'One line of --format ndjson. First a run, then a measured for each target as it ends (none where a saved report is judged again), when all is judged the targets, the root causes and the checks, at last a summary.',
);
