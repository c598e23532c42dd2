/** What a store holds of a machine, as `history --json` and the interface of a watch give it. */
import { verdict } from './diagnosis.ts';
import * as z from './shape.ts';

const count = z.int().check(z.gte(0));
const share = z.nullable(z.number());
const milliseconds = z.nullable(z.ms);
const when = z.about(z.int(), 'Milliseconds since 1970-01-01 UTC.');

export const featureLine = z.named(
  'featureLine',
  z.object({
    feature: z.string(),
    days: z.about(z.list(share), 'The oldest first: share of what was tested that was reached; null: nobody looked.'),
    worst: z.about(z.list(z.nullable(verdict)), 'The worst verdict of each day; null: nobody looked.'),
    looks: z.about(count, 'Of the day with the most.'),
    reached: z.about(share, 'Of all days together.'),
  }),
);
export type FeatureLine = z.Of<typeof featureLine>;

export const targetLine = z.named(
  'targetLine',
  z.object({
    target: z.string(),
    feature: z.string(),
    host: z.string(),
    port: z.port,
    now: z.about(verdict, 'At the newest look.'),
    times: z.about(z.list(milliseconds), 'Look by look, the oldest first; null where it was not reached.'),
    verdicts: z.list(verdict),
    stages: z.about(
      z.list(milliseconds),
      'Of the newest look: DNS, TCP, tunnel, TLS, HTTP; null where it did not pass.',
    ),
  }),
);
export type TargetLine = z.Of<typeof targetLine>;

export const recordedLook = z.named(
  'look',
  z.object({
    machine: z.string(),
    seq: z.about(count, 'Counts the looks of a machine, whatever its clock says.'),
    id: z.string(),
    kind: z.about(
      z.enum(['watch', 'again', 'check', 'carried', 'collected', 'late']),
      '`watch`: on schedule. `again`: a new failure, looked at once more. `check`: by hand. `carried`: by a signed file. `collected`: sent by the machine. `late`: sent by it, and here after a newer one.',
    ),
    startedAt: when,
    durationMs: z.ms,
    complete: z.boolean(),
    messageId: z.nullable(z.int()),
    summary: z.object({ reachable: count, degraded: count, unreachable: count, untested: count }),
    version: z.about(z.string(), 'Of the program that looked.'),
    account: z.string(),
    addresses: z.list(z.string()),
    proxy: z.string(),
    resolvers: z.list(z.string()),
  }),
);

export const history = z.named(
  'history',
  z.object({
    machine: z.string(),
    firstDay: z.about(z.int(), 'Of the days below: days since 1970-01-01 UTC.'),
    features: z.list(featureLine),
    targets: z.about(z.list(targetLine), 'Of what was named; empty where nothing was.'),
    looks: z.about(z.list(recordedLook), 'The newest first.'),
  }),
);
export type History = z.Of<typeof history>;
