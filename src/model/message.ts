/** First lines of documents of signed lines: what a document is, of whom, and when. What follows depends on its kind. */
import * as z from './shape.ts';
import { instant } from './stages.ts';

/** Sixteen bytes that nobody could guess. */
export const nonce = z.like(/^[0-9a-f]{32}$/, 'text');
export const sha256 = z.like(/^[0-9a-f]{64}$/, 'sha256');

/** Every document has these. `wayclear` says what the text is, to people and to programs that find it. */
const anyHead = {
  wayclear: z.about(z.string(), 'The version that wrote it.'),
  schema: z.literal(1),
  key: z.about(z.string(), 'The public key of the machine that wrote and signed it: SubjectPublicKeyInfo in Base64.'),
  at: z.about(instant, "By that machine's clock."),
  /** Left out where the order says nothing. */
  sequence: z.about(z.optional(z.int().check(z.gte(1))), "Counts this machine's messages to one receiver."),
};

/** What a sealed machine wants measured elsewhere. */
export const carryRequestHead = z.named(
  'carryRequestHead',
  z.object({
    ...anyHead,
    kind: z.literal('carry-request'),
    nonce,
    machine: z.about(z.nullable(z.string()), 'The name of the machine; null where it stays unnamed.'),
    redacted: z.about(z.boolean(), 'Inside names are salted hashes.'),
    parameters: z.about(z.dictionary(z.string()), 'Values of template parameters.'),
    catalog: z.about(
      z.object({ version: z.nullable(z.string()), sha256, sources: z.list(z.string()) }),
      'The catalog that the probes come from: the version of the program whose own it is (null where that was left out), the SHA-256 of its features in JSON, and the files and services that were added.',
    ),
  }),
);
export type CarryRequestHead = z.Of<typeof carryRequestHead>;

/** What came of it. */
export const carryResultHead = z.named(
  'carryResultHead',
  z.object({
    ...anyHead,
    kind: z.literal('carry-result'),
    request: z.about(sha256, 'SHA-256 of the request.'),
    nonce: z.about(nonce, 'Of the request.'),
  }),
);
export type CarryResultHead = z.Of<typeof carryResultHead>;

/** A catalog whose maker signed it: a feature a line follows. */
export const catalogHead = z.named('catalogHead', z.object({ ...anyHead, kind: z.literal('catalog') }));

const count = z.int().check(z.gte(0));
/** More than any machine could let go of; sums of it stay numbers that every store can hold. */
const mostDropped = 1_000_000_000;

/** Of a machine that the collector may not know yet. */
const enrol = z.about(
  z.optional(z.object({ token: z.string(), proof: z.string() })),
  'The name of a one-time token, and HMAC-SHA256 of the key under it in hexadecimal digits.',
);

/** What a machine found, for a collector. */
export const reportHead = z.named(
  'reportHead',
  z.object({
    ...anyHead,
    kind: z.literal('report'),
    sequence: z.about(z.int().check(z.gte(1)), 'With the key the name of the message: a second one is the same one.'),
    machine: z.about(z.nullable(z.string()), 'The name of the machine; null where it stays unnamed.'),
    detail: z.enum(['full', 'summary']),
    labels: z.about(z.optional(z.dictionary(z.string())), 'What --label says of the machine.'),
    every: z.about(
      z.optional(z.int().check(z.gte(1000), z.lte(31_622_400_000))),
      'Milliseconds from report to report; left out by a machine that keeps no interval.',
    ),
    dropped: z.about(
      count.check(z.lte(mostDropped)),
      'Messages that the machine had to let go of before they were sent.',
    ),
    enrol,
  }),
);
export type ReportHead = z.Of<typeof reportHead>;

/** Who sends a post to a collector: a document of its own, in Base64url in the header `wayclear-post`. */
export const postHead = z.named(
  'postHead',
  z.object({
    ...anyHead,
    kind: z.literal('post'),
    body: z.about(sha256, 'SHA-256 of the body of the post, as it is sent.'),
    enrol,
  }),
);
export type PostHead = z.Of<typeof postHead>;

/** The kinds that there are; a reader of one kind takes no other. */
export const messageHead = z.discriminatedUnion('kind', [
  carryRequestHead,
  carryResultHead,
  catalogHead,
  reportHead,
  postHead,
]);
export type MessageHead = z.Of<typeof messageHead>;
