/** Exactly what will be probed, and by which route. Knows the catalog alone. */
import type { Anchor, ContentExpectation, EndpointTls, Expectation, Importance, Source } from './catalog.ts';

export type RouteSource = 'flag' | 'environment' | 'config' | 'system' | 'pac' | 'default';

/** A call of a PAC file whose value depends on who reads the file. All texts made harmless. */
export interface PacCall {
  /** As written, with `…` for what differs from target to target. */
  readonly call: string;
  /** As browsers take it, and this program with them. */
  readonly value: string;
  readonly readers: readonly string[];
  /** As `readers` take it. */
  readonly otherwise: string;
}

/** What stands behind the choice of a route, where there is more to say than its source. */
export interface RouteReasons {
  /** The entry of the bypass list that sends the target past the proxy, made harmless; left out if none did. */
  readonly bypass?: string;
  /** Readers of the same bypass list that would go the other way for this target; left out if all agree. */
  readonly differs?: readonly { readonly dialect: string; readonly bypass: boolean }[];
  /** The entry of the bypass list that was meant to send the target past the proxy, and does not; made harmless. */
  readonly intended?: string;
  /** What the PAC file answered for this target, made harmless. */
  readonly pac?: string;
  /** Calls in the PAC file, on the way to this answer, that `readers` take otherwise; left out if there is none. */
  readonly readings?: readonly PacCall[];
  /** Ways to try after this one, in the order of the PAC file's answer; left out if there is no other. */
  readonly otherwise?: readonly Route[];
  /** Nothing decides: the PAC file that should is of no use, or (in a plan alone) was not fetched. Nothing is sent then. */
  readonly undecided?: {
    readonly reason: 'pac-unreachable' | 'pac-invalid' | 'not-fetched';
    readonly url: string;
    readonly detail: string;
  };
}

/** How a target is reached. A value: which proxy, where that was decided, and why. */
export type Route = (
  | { readonly kind: 'direct'; readonly source: RouteSource; readonly why: string }
  | {
      readonly kind: 'proxy';
      readonly protocol: 'http' | 'https' | 'socks4' | 'socks4a' | 'socks5' | 'socks5h';
      readonly host: string;
      readonly port: number;
      readonly source: RouteSource;
      readonly why: string;
    }
) &
  RouteReasons;

export type ProxyRoute = Extract<Route, { readonly kind: 'proxy' }>;

/** Why a target is not probed. Never a pass; the words say what would make it testable. */
export type UntestedReason =
  | { readonly code: 'parameter'; readonly parameters: readonly string[] }
  /** No document names a host of the wildcard, or what answers on a documented port (`port`). */
  | { readonly code: 'no-witness'; readonly port?: number; readonly network?: true }
  | { readonly code: 'udp'; readonly protocol: string }
  | { readonly code: 'offline' }
  | { readonly code: 'family' }
  | { readonly code: 'deadline' }
  | { readonly code: 'interrupted' }
  | { readonly code: 'resources' };

/** One probe of one URL (or host and port) by one route. */
export interface Target {
  /** `feature/endpoint`; further probes of the same endpoint get `#2`, `#3` … in catalog order. */
  readonly id: string;
  readonly feature: string;
  readonly endpoint: string;
  readonly pattern: string;
  /** The pattern is a wildcard and this host is a documented witness of it. */
  readonly witness: boolean;
  /** Lower case, no trailing dot; an IP address without brackets. Empty where the pattern names no host. */
  readonly host: string;
  readonly port: number;
  readonly scheme: 'https' | 'http' | 'tcp';
  /** Null for scheme `tcp`. Never holds credentials. */
  readonly url: string | null;
  readonly method: 'GET' | 'HEAD';
  /** What a failure here costs: the catalog's importance, and non-critical where documents disagree or none names the host. */
  readonly importance: Importance;
  /** Not of the service connection point role: what becomes of it moves no status message. Left out for those of the role. */
  readonly outsideRole?: true;
  readonly expect: Expectation | null;
  /** What a download must bring; it decides about the last hop of redirects. Left out: nothing is asked of the body. */
  readonly content?: ContentExpectation;
  readonly tls: EndpointTls;
  /** The document that asks for it; left out where none does, as for addresses that a person typed. */
  readonly source?: Source;
  /** Why this importance, where no document decides it; left out where there is nothing to say. */
  readonly importanceReason?: string;
  readonly route: Route;
  readonly untested: UntestedReason | null;
}

/** Where a route leads. `host`: lower case, no trailing dot, an IPv6 address without brackets. */
export type Destination = Pick<Target, 'scheme' | 'host' | 'port' | 'url'>;

/** A target before anybody decided how to reach it. */
export type UnroutedTarget = Omit<Target, 'route'>;

/** A second route for targets, measured beside their own. */
export interface SecondRoutes {
  /** `always`, or only for targets that their own route does not lead to: then for a few of them. */
  readonly when: 'always' | 'unreached';
  /** Null: this target has no second route. */
  readonly routeFor: (target: Target) => Promise<Route | null>;
}

export interface Limits {
  /** Per stage. */
  readonly timeoutMs: number;
  /** Whole run. */
  readonly deadlineMs: number;
  /** Targets in flight. */
  readonly concurrency: number;
}

/**
 * Endpoints of a feature in the run that the run leaves out: a document calls them no longer current, or they belong to
 * another cloud or to another role.
 */
export interface LeftOut {
  readonly feature: string;
  readonly because: 'not-current' | 'other-cloud' | 'other-role';
  readonly endpoints: number;
}

/** What a feature of the run is called in its catalog, and what it is for. */
export interface PlannedFeature {
  readonly feature: string;
  readonly title: string;
  readonly why: string | null;
}

export interface Plan {
  readonly targets: readonly Target[];
  /** Those with targets, in the order of the catalog; addresses that a person typed have none. Left out by older reports. */
  readonly features?: readonly PlannedFeature[];
  /** In the order of the catalog. Left out in reports of versions that did not count them. */
  readonly leftOut?: readonly LeftOut[];
  readonly anchors: readonly Anchor[];
  readonly families: readonly (4 | 6)[];
  /** `IP` or `IP:PORT` / `[IP]:PORT`; empty means the machine's own resolvers. */
  readonly dnsServers: readonly string[];
  readonly tlsHello: 'classic' | 'large';
  /** The client name of all requests, CONNECT included; left out: wayclear's own. */
  readonly userAgent?: string;
  readonly limits: Limits;
  readonly offline: boolean;
  readonly experiments: boolean;
  /** Looks at each thing that failed; left out: ten at what flickers. */
  readonly repeat?: number;
}

/** What will be probed, before anybody decided by which routes. */
export interface UnroutedPlan extends Omit<Plan, 'targets'> {
  readonly targets: readonly UnroutedTarget[];
}
