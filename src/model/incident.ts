/** What is wrong over time: incidents, and what people are told of them. The unit is a root cause with what its targets share. */
import { severity } from './catalog.ts';
import { confidence, shared } from './diagnosis.ts';
import { cause, machine } from './report.ts';
import * as z from './shape.ts';
import { instant } from './stages.ts';

const sentences = z.list(z.string());

export const incident = z.named(
  'incident',
  z.object({
    id: z.about(z.string(), 'Stable from the first look at it to the last; another one begins after it was closed.'),
    cause,
    shared: z.nullable(shared),
    state: z.about(
      z.enum(['suspected', 'open', 'closed']),
      '`suspected`: seen, and not yet in as many looks as --confirm asks for.',
    ),
    unstable: z.about(z.boolean(), 'It came and went too often; nothing more is told until it holds.'),
    severity,
    confidence,
    title: z.string(),
    targets: z.about(sentences, 'Ids of targets, at the last look that saw it.'),
    hosts: z.about(sentences, 'Their names and ports.'),
    firstSeenAt: instant,
    openedAt: z.nullable(instant),
    lastSeenAt: instant,
    closedAt: z.nullable(instant),
    unwatched: z.about(
      z.optional(z.boolean()),
      'Closed since nothing looks at its targets any more: whether it is over, nobody knows.',
    ),
    evidenceThen: z.about(sentences, 'The deciding evidence of the look that opened it.'),
    evidenceNow: z.about(sentences, 'The same of the last look that saw it.'),
    remedies: sentences,
  }),
);
export type Incident = z.Of<typeof incident>;

/** What changed while nothing failed. */
export const change = z.named(
  'change',
  z.object({
    subject: z.about(
      z.enum(['issuer', 'root', 'certificate-end', 'addresses', 'catalog', 'proxy', 'resolver']),
      'What changed: who signs a certificate, the root of its chain, the days that it still lasts, the networks of a name, what a document asks for, the proxy or the resolver of this machine.',
    ),
    side: z.about(z.enum(['service', 'machine']), 'Whose side it is on.'),
    place: z.about(z.string(), 'The host, the feature, or what of the machine it is.'),
    before: z.nullable(z.string()),
    after: z.nullable(z.string()),
  }),
);
export type Change = z.Of<typeof change>;

export const notice = z.named(
  'notice',
  z.object({
    schema: z.literal(1),
    id: z.about(z.string(), 'The same however often it is delivered.'),
    at: instant,
    kind: z.about(
      z.enum([
        'opened',
        'worse',
        'closed',
        'unwatched',
        'reminder',
        'unstable',
        'changed',
        'silent',
        'maintenance-ended',
      ]),
      '`worse`: more targets, a higher severity, or one that was unstable holds. `unwatched`: nothing looks at its targets any more. `reminder`: critical and still open after a day. `silent`: no look was recorded for too long. `maintenance-ended`: what happened meanwhile, in one.',
    ),
    machine: z.nullable(machine),
    incident: z.nullable(incident),
    incidents: z.about(
      z.list(incident),
      'Of kind `maintenance-ended`: those that are open still, or closed meanwhile; empty otherwise.',
    ),
    changes: z.about(z.list(change), 'Of kinds `changed` and `maintenance-ended`; empty otherwise.'),
    since: z.about(z.nullable(instant), 'Of kind `silent`: when the last look began; null otherwise.'),
    what: z.about(
      z.optional(sentences),
      'Of kind `silent`, where other watches of the machine look: what this one looks at, as it was asked for.',
    ),
  }),
);
export type Notice = z.Of<typeof notice>;
