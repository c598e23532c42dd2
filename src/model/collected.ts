/** What a collector keeps, as its interface gives it: a line of JSON each. */
import { severity } from './catalog.ts';
import { confidence, shared, verdict } from './diagnosis.ts';
import { type Look, owner } from './fleet.ts';
import { cause } from './report.ts';
import * as z from './shape.ts';
import { instant } from './stages.ts';

const count = z.int().check(z.gte(0));
const fingerprint = z.about(z.string(), 'Sixteen hexadecimal digits of the SHA-256 of its public key.');

/** A line of `/api/machines`. */
export const collectedMachine = z.object({
  fingerprint,
  state: z.enum(['waiting', 'admitted', 'revoked']),
  name: z.about(z.string(), 'As it calls itself.'),
  firstAt: instant,
  lastAt: instant,
  lastSeq: z.about(count, 'The number of its last message; 0 of one that sent none that was taken.'),
  egress: z.about(z.string(), 'The address from which it came last.'),
  dropped: z.about(count, 'Messages that it had to let go of before they were sent.'),
  conflicts: z.about(count, 'Messages of one number that say different things: two machines have this key.'),
  skewMs: z.about(
    z.number(),
    "Its clock less the collector's, as its last post said; 0 of one that never posted itself.",
  ),
  everyMs: z.about(
    z.nullable(z.ms),
    'From report to report, as its last message said; null where it said nothing of it.',
  ),
  silent: z.about(
    z.boolean(),
    'Let in, and nothing came of it for longer than its interval and two hours, or --silent-after.',
  ),
});
export type CollectedMachine = z.Of<typeof collectedMachine>;

const seenEndpoint = z.object({
  host: z.string(),
  port: z.port,
  targets: z.list(z.string()),
  verdict,
  route: z.about(z.string(), '`direct`, or HOST:PORT of the proxy.'),
});

const seenCause = z.object({
  cause,
  severity,
  confidence,
  signature: z.about(z.string(), 'What tells apart two of one cause on whatever machine; empty if nothing does.'),
  endpoints: z.about(z.list(z.string()), '`HOST:PORT`.'),
  evidence: z.about(z.list(z.string()), 'In the language of the machine.'),
  facts: z.about(z.optional(z.list(z.unknown())), 'What the evidence is made of, for whoever speaks another one.'),
  alternatives: z.list(cause),
  owner: z.about(z.optional(owner), 'Who has to act, where it is not whoever acts on the cause elsewhere.'),
  since: z.about(
    z.optional(z.list(z.unknown())),
    'Of each endpoint [name, since when without a break, when it was still fine or null].',
  ),
});

/** A line of `/api/messages`. */
export const collectedLook = z.named(
  'message',
  z.object({
    sequence: count,
    receivedAt: instant,
    critical: z.boolean(),
    sha256: z.about(z.string(), 'Of the signed bytes.'),
    id: z.string(),
    machine: fingerprint,
    name: z.nullable(z.string()),
    at: z.about(
      instant,
      "When it began, by the collector's clock as far as the machine's is known; when it came, where that can't be.",
    ),
    complete: z.boolean(),
    everyMs: z.about(z.optional(z.ms), 'From report to report, as the machine says.'),
    isSummary: z.about(z.optional(z.literal(true)), 'The report itself stayed on the machine.'),
    traits: z.about(z.list(shared), 'What it may share with others.'),
    endpoints: z.list(seenEndpoint),
    causes: z.list(seenCause),
  }),
);
export type CollectedLook = Omit<z.Of<typeof collectedLook>, keyof Look> & Look;

/** One of what `wayclear collect tokens --json` lists. */
export const collectedToken = z.named(
  'token',
  z.object({
    token: z.about(z.string(), 'Its name, which is no secret.'),
    state: z.about(z.enum(['open', 'used', 'withdrawn', 'ended']), 'Only one that is open lets a machine in.'),
    made: z.about(
      z.nullable(z.object({ at: instant, actor: z.string() })),
      'The line of the account that says so; null if that is no longer kept.',
    ),
    until: z.about(instant, 'When it ends, or has ended.'),
    withdrawn: z.about(z.nullable(z.object({ at: instant, actor: z.string() })), 'The line that says so.'),
    used: z.about(
      z.nullable(z.object({ at: z.nullable(instant), fingerprint, name: z.string() })),
      'Which machine it let in; its time and name are those of the line that says so.',
    ),
  }),
);
export type CollectedToken = z.Of<typeof collectedToken>;

/** A line of `/api/audit`. */
export const collectedAudit = z.named(
  'audit',
  z.object({
    at: instant,
    what: z.enum(['enrolled', 'admitted', 'revoked', 'token', 'withdrawn', 'conflict']),
    fingerprint: z.about(z.string(), 'Of the machine; empty of a token.'),
    name: z.about(z.string(), 'The name of the machine, or of the token.'),
    actor: z.about(z.string(), 'The account that did it, or the token that let it in; empty where nobody did.'),
  }),
);
export type CollectedAudit = z.Of<typeof collectedAudit>;
