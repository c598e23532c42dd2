/**
 * Experiments: what would tell neighbouring causes apart. One vocabulary for those that a run performs by itself and for
 * those that a report advises because only a person can make them.
 */
import { contentExpectation } from './catalog.ts';
import { type PerformedExperiment, performedExperiments } from './performed-experiments.ts';
import { plan, proxyRouteWithOthers, target } from './plan.ts';
import * as z from './shape.ts';

export const performedExperiment = z.enum(Object.keys(performedExperiments) as PerformedExperiment[]);

/** What only a person can do. */
type ManualExperiment =
  | 'plain-request' // HTTP without TLS to the same port
  | 'through-proxy'
  | 'other-network'
  | 'other-program'
  | 'known-good-host'
  | 'address-by-address'
  | 'as-service-account'
  | 'compare-time'
  | 'list-roots'
  | 'fetch-issuer'
  | 'fetch-revocation'
  | 'ask-proxy' // for a host that it lets through for certain
  | 'show-pac';

/** What a report advises where a cause is left open: each language has words for it. */
export type AdvisedExperiment =
  | ManualExperiment
  | Extract<
      PerformedExperiment,
      | 'again'
      | 'neutral-name'
      | 'small-hello'
      | 'padded-hello'
      | 'tls-1.2'
      | 'other-resolver'
      | 'random-name'
      | 'documentation-address'
      | 'wildcard-name'
    >;

/** A header that nobody knows, in a spelling that nobody would choose: what comes back of it tells who touched it. */
export const echoHeader = z.object({
  name: z.string(),
  value: z.string(),
});
export type EchoHeader = z.Of<typeof echoHeader>;

/** How an experiment connects: as the failed probe, but for what it changes. */
export const sessionSettings = z.object({
  port: z.int(),
  scheme: target.shape.scheme,
  /** Null: no request is sent. */
  url: z.nullable(z.string()),
  servername: z.nullable(z.string()),
  hello: plan.shape.tlsHello,
  /** Bytes to pad the ClientHello by. */
  pad: z.number(),
  minVersion: z.enum(['TLSv1.2', 'TLSv1.3']),
  maxVersion: z.enum(['TLSv1.2', 'TLSv1.3']),
  /** OpenSSL cipher list; null for the usual one. */
  ciphers: z.nullable(z.string()),
  /** The ClientHello alone is sent, and the first bytes of the answer are kept. */
  firstBytes: z.optional(z.literal(true)),
});
export type SessionSettings = z.Of<typeof sessionSettings>;

const does = z.discriminatedUnion('action', [
  z.object({
    action: z.literal('measure'),
    scheme: target.shape.scheme,
    url: z.nullable(z.string()),
    content: z.optional(contentExpectation),
  }),
  z.extend(sessionSettings, {
    action: z.literal('connect'),
    address: z.string(),
    family: z.literal([4, 6]),
    /** Instead of the usual request: TRACE with `Max-Forwards: 0` (RFC 9110 sections 7.6.2 and 9.3.8) and this header. */
    echo: z.optional(echoHeader),
  }),
  z.extend(sessionSettings, {
    /** As `connect`, through the proxy of the failed probe. */
    action: z.literal('through'),
    route: proxyRouteWithOthers,
    /** Whom the proxy is asked for, and the address where it wants one; null where it resolves the name. */
    asked: z.string(),
    address: z.nullable(z.string()),
    family: z.nullable(z.literal([4, 6])),
  }),
  z.object({
    action: z.literal('ask'),
    name: z.string(),
    family: z.literal([4, 6]),
    /** `IP:PORT` or `[IP]:PORT`. */
    server: z.string(),
    transport: z.enum(['udp', 'tcp']),
  }),
]);

/** What to do, as a value: rules propose it, the prober performs it. */
export const experiment = z.object({
  /** Unique in a run. */
  id: z.string(),
  kind: performedExperiment,
  /** The target whose failure it shall explain, and the host and port of the probe. */
  target: z.string(),
  host: z.string(),
  port: z.int(),
  /** How many times, one after the other; left out: once. */
  times: z.optional(z.int()),
  /** One after the other with pauses, for the sake of what may only have been too much at once; left out: with others. */
  slowly: z.optional(z.literal(true)),
  /** Alone, and not before the run has asked nothing for a second: what a limit kept out would meet it again. */
  rested: z.optional(z.literal(true)),
  does,
});
export type Experiment = z.Of<typeof experiment>;
