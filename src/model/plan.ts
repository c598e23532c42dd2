/** Exactly what will be probed, and by which route. Knows the catalog alone. */
import { anchor, contentExpectation, endpointTls, expectation, importance, source } from './catalog.ts';
import * as z from './shape.ts';

export const routeSource = z.enum(['flag', 'environment', 'config', 'system', 'pac', 'default']);
export type RouteSource = z.Of<typeof routeSource>;

/** A call of a PAC file whose value depends on who reads the file. All texts made harmless. */
export const pacCall = z.named(
  'pacCall',
  z.object({
    /** As written, with `…` for what differs from target to target. */
    call: z.string(),
    /** As browsers take it, and this program with them. */
    value: z.string(),
    readers: z.list(z.string()),
    /** As `readers` take it. */
    otherwise: z.string(),
  }),
);
export type PacCall = z.Of<typeof pacCall>;

/** What stands behind the choice of a route, where there is more to say than its source. */
const routeReasons = z.object({
  /** The entry of the bypass list that sends the target past the proxy, made harmless; left out if none did. */
  bypass: z.optional(z.string()),
  /** Readers of the same bypass list that would go the other way for this target; left out if all agree. */
  differs: z.optional(z.list(z.object({ dialect: z.string(), bypass: z.boolean() }))),
  /** The entry of the bypass list that was meant to send the target past the proxy, and does not; made harmless. */
  intended: z.optional(z.string()),
  /** What the PAC file answered for this target, made harmless. */
  pac: z.optional(z.string()),
  /** Calls in the PAC file, on the way to this answer, that `readers` take otherwise; left out if there is none. */
  readings: z.optional(z.list(pacCall)),
  /** Nothing decides: the PAC file that should is of no use, or (in a plan alone) was not fetched. Nothing is sent then. */
  undecided: z.optional(
    z.object({
      reason: z.enum(['pac-unreachable', 'pac-invalid', 'not-fetched']),
      url: z.string(),
      detail: z.string(),
    }),
  ),
});
export type RouteReasons = z.Of<typeof routeReasons>;

const directRoute = z.object({
  kind: z.literal('direct'),
  source: routeSource,
  why: z.string(),
  ...routeReasons.shape,
});
const proxyRoute = z.object({
  kind: z.literal('proxy'),
  protocol: z.enum(['http', 'https', 'socks4', 'socks4a', 'socks5', 'socks5h']),
  host: z.string(),
  port: z.port,
  source: routeSource,
  why: z.string(),
  ...routeReasons.shape,
});
const lastRoute = z.discriminatedUnion('kind', [directRoute, proxyRoute]);
const after = {
  /** Ways to try after this one, in the order of the PAC file's answer; left out if there is no other. */
  otherwise: z.optional(z.list(lastRoute)),
};

export const proxyRouteWithOthers = z.extend(proxyRoute, after);
/** How a target is reached. A value: which proxy, where that was decided, and why. */
export const route = z.named(
  'route',
  z.discriminatedUnion('kind', [z.extend(directRoute, after), proxyRouteWithOthers]),
);
export type Route = z.Of<typeof route>;
export type ProxyRoute = Extract<Route, { readonly kind: 'proxy' }>;

const untestedReasons = [
  z.object({ code: z.literal('parameter'), parameters: z.list(z.string()) }),
  /**
   * No document names a host of the wildcard, or what answers on a documented port (`port`). `features`: of a wildcard that
   * somebody typed, those of the catalog that know hosts of it.
   */
  z.object({
    code: z.literal('no-witness'),
    port: z.optional(z.int()),
    network: z.optional(z.literal(true)),
    features: z.optional(z.list(z.string())),
  }),
  z.object({ code: z.literal('udp'), protocol: z.string() }),
  z.object({ code: z.literal('offline') }),
  /** A name of the inside, which stayed there: nobody could ask for it elsewhere. */
  z.object({ code: z.literal('inside') }),
  z.object({ code: z.literal('family') }),
  z.object({ code: z.literal('deadline') }),
  z.object({ code: z.literal('interrupted') }),
  z.object({ code: z.literal('resources') }),
] as const;

/** Why a target is not probed. Never a pass; the words say what would make it testable. */
export const untestedReason = z.named('untestedReason', z.discriminatedUnion('code', untestedReasons));
export type UntestedReason = z.Of<typeof untestedReason>;

export const untestedCode = z.enum(
  untestedReasons.map(({ shape }) => shape.code.def.values[0] as UntestedReason['code']),
);

const probeMembers = {
  /** `feature/endpoint`; further probes of the same endpoint get `#2`, `#3` … in catalog order. */
  id: z.string(),
  feature: z.string(),
  endpoint: z.string(),
  pattern: z.string(),
  /** The pattern is a wildcard and this host is a documented witness of it. */
  witness: z.boolean(),
  /** Lower case, no trailing dot; an IP address without brackets. Empty where the pattern names no host. */
  host: z.string(),
  /** All of the host is the value of a parameter: the document asks for a server that whoever set it named. */
  givenHost: z.optional(z.literal(true)),
  port: z.port,
  scheme: z.enum(['https', 'http', 'tcp']),
  /** Null for scheme `tcp`. Never holds credentials. */
  url: z.nullable(z.string()),
  method: z.enum(['GET', 'HEAD']),
  /** What a failure here costs: the catalog's importance, and non-critical where documents disagree or none names the host. */
  importance,
  /** Not of the service connection point role: what becomes of it moves no status message. Left out for those of the role. */
  outsideRole: z.optional(z.literal(true)),
  expect: z.nullable(expectation),
  /** What a download must bring; it decides about the last hop of redirects. Left out: nothing is asked of the body. */
  content: z.optional(contentExpectation),
  tls: endpointTls,
  /** The document that asks for it; left out where none does, as for addresses that a person typed. */
  source: z.optional(source),
  /** Why this importance, where no document decides it; left out where there is nothing to say. */
  importanceReason: z.optional(z.string()),
};

/** One probe of one URL (or host and port) by one route. */
export const target = z.named(
  'plannedTarget',
  z.object({ ...probeMembers, route, untested: z.nullable(untestedReason) }),
);
export type Target = z.Of<typeof target>;

/** Where a route leads. `host`: lower case, no trailing dot, an IPv6 address without brackets. */
export type Destination = Pick<Target, 'scheme' | 'host' | 'port' | 'url'>;

/** A target before anybody decided how to reach it. */
export const unroutedTarget = z.object({ ...probeMembers, untested: z.nullable(untestedReason) });
export type UnroutedTarget = z.Of<typeof unroutedTarget>;

/** A second route for targets, measured beside their own. */
export interface SecondRoutes {
  /** `always`, or only for targets that their own route does not lead to: then for a few of them. */
  readonly when: 'always' | 'unreached';
  /** Null: this target has no second route. */
  readonly routeFor: (target: Target) => Promise<Route | null>;
}

export const limits = z.object({
  /** Per stage. */
  timeoutMs: z.ms,
  /** Whole run. */
  deadlineMs: z.ms,
  /** Targets in flight. */
  concurrency: z.number(),
});
export type Limits = z.Of<typeof limits>;

/**
 * Endpoints of a feature in the run that the run leaves out: a document calls them no longer current, or they belong to
 * another cloud or to another role.
 */
export const leftOut = z.named(
  'leftOut',
  z.object({
    feature: z.string(),
    because: z.enum(['not-current', 'other-cloud', 'other-role']),
    endpoints: z.int().check(z.gte(1)),
  }),
);
export type LeftOut = z.Of<typeof leftOut>;

/** What a feature of the run is called in its catalog, and what it is for. */
export const plannedFeature = z.object({
  feature: z.string(),
  title: z.string(),
  why: z.nullable(z.string()),
});
export type PlannedFeature = z.Of<typeof plannedFeature>;

/** What a plan says besides its targets and the network that it is for. */
const manner = {
  /** Those with targets, in the order of the catalog; addresses that a person typed have none. Left out by older reports. */
  features: z.optional(z.list(plannedFeature)),
  /** In the order of the catalog. Left out in reports of versions that did not count them. */
  leftOut: z.optional(z.list(leftOut)),
  anchors: z.list(anchor),
  families: z.list(z.literal([4, 6])),
};
const requests = {
  tlsHello: z.enum(['classic', 'large']),
  /** The client name of all requests, CONNECT included; left out: wayclear's own. */
  userAgent: z.optional(z.string()),
};
const followUps = {
  /** False: what only tells causes of a failure apart is left out. */
  experiments: z.boolean(),
  /** Looks at each thing that failed; left out: ten at what flickers. */
  repeat: z.optional(z.int()),
};

export const plan = z.named(
  'plan',
  z.object({
    targets: z.list(target),
    ...manner,
    /** `IP` or `IP:PORT` / `[IP]:PORT`; empty means the machine's own resolvers. */
    dnsServers: z.list(z.string()),
    ...requests,
    limits,
    offline: z.boolean(),
    ...followUps,
  }),
);
export type Plan = z.Of<typeof plan>;

/** What of a plan holds wherever it is measured: its targets are lines of their own. */
export const carriedPlan = z.object({ ...manner, ...requests, ...followUps });
export type CarriedPlan = z.Of<typeof carriedPlan>;

/** What will be probed, before anybody decided by which routes. */
export interface UnroutedPlan extends Omit<Plan, 'targets'> {
  readonly targets: readonly UnroutedTarget[];
}
