/** What the second line of a message to a collector holds; the first is its head (`message.ts`). */
import { importance, severity } from './catalog.ts';
import { confidence, shared, status, verdict } from './diagnosis.ts';
import { cause, report } from './report.ts';
import * as z from './shape.ts';
import { instant } from './stages.ts';

/** Times of the stages that passed, in milliseconds. */
const stageTimes = z.partial(z.object({ dns: z.ms, tcp: z.ms, tunnel: z.ms, tls: z.ms, http: z.ms }));

export const messageSummary = z.named(
  'summary',
  z.object({
    startedAt: instant,
    durationMs: z.ms,
    version: z.string(),
    complete: z.boolean(),
    status: z.nullable(status),
    rootCauses: z.list(
      z.object({
        cause,
        severity,
        confidence,
        targets: z.list(z.string()),
        shared: z.nullable(shared),
        alternatives: z.list(cause),
      }),
    ),
    targets: z.list(
      z.object({
        id: z.string(),
        feature: z.string(),
        host: z.string(),
        port: z.port,
        importance,
        route: z.string(),
        verdict,
        stages: z.about(stageTimes, 'Milliseconds of the stages that passed.'),
      }),
    ),
  }),
);
export type MessageSummary = z.Of<typeof messageSummary>;

/** What was found: the whole report, or a summary of it. */
export const messageBody = z.named(
  'body',
  z.union([z.object({ report }), z.object({ summary: messageSummary })], 'object'),
);

export type MessageBody = z.Of<typeof messageBody>;
