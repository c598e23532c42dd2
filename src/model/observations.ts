/** What was measured. No judgement in here. Knows the plan that was asked for. */
import { experiment } from './experiments.ts';
import { plan, route } from './plan.ts';
import * as z from './shape.ts';
import {
  dnsResult,
  failureCode,
  httpResult,
  instant,
  proxyContact,
  tcpResult,
  tlsResult,
  tunnelResult,
} from './stages.ts';
import { certificateFacts, chainFacts, rootState, trustStoreFacts } from './trust.ts';
import { windowsFacts, windowsNaming } from './windows.ts';

export type * from './stages.ts';
export type { NameRule, RoleLogs, WindowsFacts, WindowsNaming, WindowsPart } from './windows.ts';

/** A source of host names in nsswitch.conf: `files`, `dns`, `myhostname`, `mdns4_minimal` … */
export const nameSource = z.object({
  name: z.string(),
  /** Ends after which no further source is asked; success always ends the search. */
  stopsAt: z.list(z.enum(['notfound', 'unavail', 'tryagain'])),
});
export type NameSource = z.Of<typeof nameSource>;

/** What resolv.conf says beside the servers, with the C library's own values for what it leaves out. */
export const resolvConf = z.object({
  /** Domains without a trailing dot, in order. */
  search: z.list(z.string()),
  /** A name with fewer dots is asked for below the search list first. */
  ndots: z.int(),
  /** Programs begin with each server in turn. */
  rotate: z.boolean(),
  /** `use-vc`: programs ask over TCP alone. */
  overTcp: z.boolean(),
  /** For one server in one round. */
  timeoutMs: z.ms,
  attempts: z.number(),
});
export type ResolvConf = z.Of<typeof resolvConf>;

/** How programs on this machine look names up, as far as this program does it as they do; elsewhere it asks the system. */
export const naming = z.named(
  'naming',
  z.object({
    /** Null where programs follow no such file, or where the resolvers are the person's choice. */
    resolvConf: z.nullable(resolvConf),
    sources: z.list(nameSource),
    /** Windows' own way; left out elsewhere. */
    windows: z.optional(windowsNaming),
  }),
);
export type Naming = z.Of<typeof naming>;

/** One address of the name, one connection, walked upward. */
export const attempt = z.named(
  'attempt',
  z.object({
    /** Null where a proxy resolves the name. */
    address: z.nullable(z.string()),
    family: z.nullable(z.literal([4, 6])),
    /** Left out on the direct path. With it, `tcp` is the connection to the proxy. */
    proxy: z.optional(proxyContact),
    tcp: tcpResult,
    tunnel: tunnelResult,
    tls: tlsResult,
    http: httpResult,
  }),
);
export type Attempt = z.Of<typeof attempt>;

/** Everything measured for one URL of a target: hop 0 is the target itself, 1 to 5 are redirects that it needs. */
export const observation = z.named(
  'observation',
  z.object({
    target: z.string(),
    hop: z.int(),
    host: z.string(),
    port: z.int(),
    scheme: z.enum(['https', 'http', 'tcp']),
    url: z.nullable(z.string()),
    dns: dnsResult,
    attempts: z.list(attempt),
    /** Set where a redirect was answered and not followed; the address of the next hop is in the last answer's `location`. */
    redirect: z.nullable(
      z.enum(['followed', 'limit', 'loop', 'unsupported-scheme', 'other-port', 'private-address', 'too-long']),
    ),
    /** The way that was taken, where it is not the direct one by default. */
    route: z.optional(route),
    /** Earlier candidates of the PAC file's answer whose proxy could not be used. */
    passedOver: z.optional(z.list(z.object({ route, failure: failureCode }))),
  }),
);
export type Observation = z.Of<typeof observation>;

/** One fetch of an address that a captured certificate names. */
export const revocationObservation = z.named(
  'revocation',
  z.object({
    kind: z.enum(['crl', 'ocsp', 'issuer']),
    url: z.string(),
    /** Certificates that name it. */
    certificates: z.list(z.string()),
    observation,
    /** What the answer says of each certificate; empty if there was none or it could not be verified. */
    statuses: z.list(
      z.object({
        certificate: z.string(),
        status: z.enum(['good', 'revoked', 'unknown']),
        /** ISO 8601, for `revoked`. */
        revokedAt: z.nullable(z.string()),
      }),
    ),
    /** Why an answer was of no use; null if it was of use or none came. */
    problem: z.nullable(z.enum(['unparseable', 'bad-signature', 'stale', 'too-large', 'wrong-certificate'])),
  }),
);
export type RevocationObservation = z.Of<typeof revocationObservation>;

export const familyFacts = z.object({
  family: z.literal([4, 6]),
  /** Addresses on interfaces that are up, loopback and link-local left out. */
  addresses: z.list(z.string()),
  /** A default route exists; null where that can't be told. */
  defaultRoute: z.nullable(z.boolean()),
});
export type FamilyFacts = z.Of<typeof familyFacts>;

/** What one source says of proxies, without credentials. */
export const proxySourceFacts = z.named(
  'proxySource',
  z.object({
    /** `flag`, `config`, `environment`, or the system's: `winhttp`, `wininet-system`, `wininet-user`, `macos`, `gnome`. */
    source: z.string(),
    /** This is the one that decides. */
    won: z.boolean(),
    /** By scheme (`http`, `https`, `all`), each as `protocol://HOST:PORT` with the name of the setting that holds it. */
    proxies: z.list(z.object({ scheme: z.string(), proxy: z.string(), name: z.string() })),
    /** The bypass list as written, made harmless, and what holds it; null if there is none. */
    bypass: z.nullable(z.object({ name: z.string(), list: z.string() })),
    pacUrl: z.nullable(z.string()),
    autoDetect: z.boolean(),
    /** Entries that do not do what their author meant. */
    mistakes: z.list(
      z.object({
        code: z.string(),
        level: z.enum(['no-effect', 'portability']),
        name: z.string(),
        entry: z.string(),
        dialects: z.list(z.string()),
      }),
    ),
    notes: z.list(z.string()),
  }),
);
export type ProxySourceFacts = z.Of<typeof proxySourceFacts>;

/** One PAC file of a run: whether it could be had, and what is wrong with it. */
export const pacFileFacts = z.named(
  'pacFile',
  z.object({
    url: z.string(),
    problem: z.nullable(z.string()),
    detail: z.nullable(z.string()),
  }),
);
export type PacFileFacts = z.Of<typeof pacFileFacts>;

export const environment = z.named(
  'environment',
  z.object({
    runtime: z.object({ name: z.literal('node'), version: z.string(), openssl: z.string() }),
    platform: z.object({ os: z.string(), release: z.string(), arch: z.string() }),
    routes: z.list(route),
    /** What each source of proxy settings says, in the order in which they are asked; left out by older reports. */
    proxySources: z.optional(z.list(proxySourceFacts)),
    pacFiles: z.optional(z.list(pacFileFacts)),
    resolvers: z.list(z.string()),
    /** Left out by older reports, and where the operating system is asked for every name. */
    naming: z.optional(naming),
    trustStores: z.list(trustStoreFacts),
    families: z.list(familyFacts),
    /** Windows automatic root update; null elsewhere. */
    rootAutoUpdate: z.nullable(z.enum(['on', 'off'])),
    /** Left out elsewhere, and by older reports. */
    windows: z.optional(windowsFacts),
    roots: z.list(rootState),
  }),
);
export type Environment = z.Of<typeof environment>;

/** One follow-up experiment and what it gave. `connect` has one attempt and no `dns`, `ask` the other way round. */
export const experimentObservation = z.extend(experiment, {
  observation,
});
export type ExperimentObservation = z.Of<typeof experimentObservation>;

/** All that `diagnose` needs, and all that it gets. */
export const observations = z.named(
  'observations',
  z.object({
    /** Wall clock at the start of the run, ISO 8601 UTC: certificate dates are judged against it. */
    startedAt: instant,
    durationMs: z.ms,
    environment,
    plan,
    probes: z.list(observation),
    revocation: z.list(revocationObservation),
    /** Targets measured once more by another way: the direct one beside the proxy, or the configured proxy where direct failed. */
    beside: z.optional(z.list(observation)),
    experiments: z.list(experimentObservation),
    chains: z.dictionary(chainFacts),
    certificates: z.dictionary(certificateFacts),
    /** Null for a run that ended by itself. */
    ended: z.nullable(z.enum(['deadline', 'interrupted'])),
  }),
);
export type Observations = z.Of<typeof observations>;
