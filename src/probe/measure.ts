import { harmless } from '../harmless.ts';
import type { Attempt, FailureCode, Observation } from '../model/observations.ts';
import type { ProxyRoute, Route, Target } from '../model/plan.ts';
import { type InsideRange, mayReach, mayRedirectTo } from '../named-addresses.ts';
import { proxyName } from '../proxy/access.ts';
import { cutMark } from '../secrets/search.ts';
import { type AttemptOptions, attempt } from './attempt.ts';
import type { Resolver } from './dns/resolve.ts';
import { homesOf, hopOf, locationOf, maxHops } from './redirect.ts';
import { failureOf } from './stage/failure.ts';
import { createRoom } from './stage/kept-answer.ts';
import { type StageContext, skipReason } from './stage/stage.ts';
import type { Proxies } from './tunnel/proxies.ts';

/** What is asked of the network: a target or a hop of a redirect, without its name in the plan. */
export interface Question extends Pick<Target, 'host' | 'port' | 'scheme' | 'url' | 'method' | 'route' | 'content'> {
  /** Where a stranger named the host: the ranges inside that it may lead to, which are those that the stranger lives in. */
  readonly homes?: ReadonlySet<InsideRange>;
}

export type Measured = Omit<Observation, 'target' | 'hop' | 'redirect'>;

export interface MeasureSettings {
  readonly context: StageContext;
  readonly resolver: Resolver;
  readonly attempt: AttemptOptions;
  readonly proxies: Proxies;
  /** The way to a hop of a redirect. */
  readonly routeFor: RouteFor;
  /** What redirects of this run led to: whatever is asked of these hosts later meets the same rule. */
  readonly named: NamedHosts;
}

/** Hosts that the redirects of a target led to, and the ranges inside that they may lead to. */
interface NamedHosts {
  add(target: string, host: string, homes: ReadonlySet<InsideRange>): void;
  /** Undefined for what no redirect named. */
  homesOf(target: string, host: string): ReadonlySet<InsideRange> | undefined;
}

export function createNamedHosts(): NamedHosts {
  const named = new Map<string, ReadonlySet<InsideRange>>();
  const key = (target: string, host: string): string => `${host} ${target}`;
  return {
    add: (target, host, homes) =>
      named.set(key(target, host), new Set([...(named.get(key(target, host)) ?? []), ...homes])),
    homesOf: (target, host) => named.get(key(target, host)),
  };
}

/** The way to a URL that was not planned: a redirect's, or one that a certificate names. */
export type RouteFor = (question: {
  readonly scheme: 'https' | 'http';
  readonly host: string;
  readonly port: number;
  readonly url: string;
}) => Route | Promise<Route>;

const routeKey = (route: Route): string => {
  if (route.undecided !== undefined) return 'undecided';
  return [route, ...(route.otherwise ?? [])]
    .map((way) => (way.kind === 'direct' ? 'direct' : proxyName(way)))
    .join(' ');
};

/** Questions with one key have one answer. That of most questions is their URL, so that it takes no room of its own. */
export function questionKey({ method, host, port, url, route, content, homes }: Question): string {
  const what = url ?? `tcp://${host}:${port}`;
  const way = routeKey(route);
  const named = homes === undefined || route.otherwise === undefined ? '' : ` ${[...homes].sort().join()}!`;
  const wanted = content === undefined ? named : `${named} ${JSON.stringify(content)}`;
  return method === 'GET' && way === 'direct' ? `${what}${wanted}` : `${method} ${what} ${way}${wanted}`;
}

const notApplicable = { status: 'skipped', because: 'not-applicable' } as const;

/** These versions of SOCKS are told addresses; every other proxy resolves names itself. */
export const resolvesHere = ({ protocol }: ProxyRoute): boolean => protocol === 'socks4' || protocol === 'socks5';

/** Every address side by side, by one way. Where a proxy resolves the name there is one attempt, without an address, and nobody is asked here. */
async function measureBy(question: Question, route: Route, settings: MeasureSettings): Promise<Measured> {
  const { context, resolver, proxies } = settings;
  const { host, port, scheme, url } = question;
  const options: AttemptOptions =
    route.kind === 'direct' ? settings.attempt : { ...settings.attempt, proxy: { route, proxies } };
  if (route.kind === 'proxy' && !resolvesHere(route)) {
    const only = await attempt(question, null, context, options);
    return { host, port, scheme, url, dns: notApplicable, attempts: [only] };
  }
  const dns = await resolver.resolve(host, context.signal);
  const attempts: readonly Attempt[] =
    dns.status === 'passed'
      ? await Promise.all(dns.value.addresses.map((address) => attempt(question, address, context, options)))
      : [];
  return { host, port, scheme, url, dns, attempts };
}

/** Ends of the tunnel stage that say something of the proxy and nothing of the target. */
const proxyFailures: readonly FailureCode[] = [
  'tunnel.timeout',
  'tunnel.closed',
  'tunnel.reset',
  'tunnel.not-http',
  'tunnel.overflow',
  'tunnel.tls',
];

/** Why this way is of no use at all, so that the next candidate of a PAC file is tried; null if it leads somewhere. */
function wayFailure(measured: Measured): FailureCode | null {
  if (measured.dns.status === 'failed') return measured.dns.failure.code;
  const failures = measured.attempts.map(({ proxy, tcp, tunnel }): FailureCode | null => {
    if (proxy?.dns?.status === 'failed') return proxy.dns.failure.code;
    if (tcp.status === 'failed') return tcp.failure.code;
    return tunnel.status === 'failed' && proxyFailures.includes(tunnel.failure.code) ? tunnel.failure.code : null;
  });
  const [first = null] = failures;
  return failures.every((failure) => failure !== null) ? first : null;
}

const alone = ({ otherwise: _, ...route }: Route): Route => route as Route;

/** By the direct path and no other, whatever comes of it. */
const isDirect = ({ kind, otherwise, undecided }: Route): boolean =>
  kind === 'direct' && otherwise === undefined && undecided === undefined;

/**
 * Measures one question: every address side by side on the direct path, one connection through a proxy. The candidates of
 * a PAC file are tried in order until one leads somewhere; if none does, the first is what counts. Never rejects.
 */
export async function measure(question: Question, shared: MeasureSettings): Promise<Measured> {
  const settings = { ...shared, context: { ...shared.context, room: createRoom() } };
  const { host, port, scheme, url, route } = question;
  if (route.undecided !== undefined) {
    return { host, port, scheme, url, dns: notApplicable, attempts: [], route };
  }
  const first = await measureBy(question, route, settings);
  if (isDirect(route)) return first;
  const passedOver: { route: Route; failure: FailureCode }[] = [];
  let current: { readonly route: Route; readonly measured: Measured } = { route: alone(route), measured: first };
  for (const next of route.otherwise ?? []) {
    const failure = wayFailure(current.measured);
    if (failure === null || settings.context.signal.aborted) break;
    if (!(await mayTake(question, next, settings))) continue;
    passedOver.push({ route: current.route, failure });
    current = { route: alone(next), measured: await measureBy(question, next, settings) };
  }
  if (passedOver.length === 0) return { ...current.measured, route: current.route };
  if (wayFailure(current.measured) === null) return { ...current.measured, route: current.route, passedOver };
  return { ...first, route: alone(route) };
}

/**
 * Whether this way may lead to what a stranger named, judged by what it would connect to: the addresses that this resolver
 * keeps for the name. Where a proxy resolves names, the host itself is all there is to see.
 */
export async function mayTake(
  { host, homes }: Question,
  way: Pick<Route, 'kind'> | ProxyRoute,
  { resolver, context }: Pick<MeasureSettings, 'resolver' | 'context'>,
): Promise<boolean> {
  if (homes === undefined) return true;
  const names = 'protocol' in way && !resolvesHere(way) ? null : await resolver.resolve(host, context.signal);
  const addresses = names?.status === 'passed' ? names.value.addresses.map(({ address }) => address) : [];
  return mayReach(host, addresses, homes);
}

/**
 * The target and the redirects that it needs, each hop an observation of its own. `ask` gives the
 * shared measurement of a question. A hop to a range inside where nobody lives who sends there is not contacted: only
 * its name is resolved to learn that.
 */
export async function follow(
  target: Target,
  ask: (question: Question) => Promise<Measured>,
  settings: MeasureSettings,
): Promise<readonly Observation[]> {
  const observations: Observation[] = [];
  const visited = new Set<string>();
  let question: Question = target;
  for (let hop = 0; ; hop++) {
    const measured = await ask(question);
    visited.add(question.url ?? '');
    const observation: Observation = { target: target.id, hop, ...measured, redirect: null };
    const location = locationOf(observation);
    const done = (redirect: Observation['redirect']): readonly Observation[] => [
      ...observations,
      redirect === null ? observation : { ...observation, redirect },
    ];
    if (location === null || question.url === null) return done(null);
    if (location.endsWith('…')) return done('too-long');
    // What held a secret leads somewhere else without it.
    const next = location.includes(cutMark) ? null : hopOf(location, question.url);
    if (next === null) return done('unsupported-scheme');
    if (!mayRedirectTo(next.port, target.port)) return done('other-port');
    if (visited.has(next.url)) return done('loop');
    if (hop === maxHops) return done('limit');
    const route = await settings.routeFor(next);
    const { method, content } = question;
    const homes = homesOf(observation, next);
    const asked: Question = { ...next, method, route, homes, ...(content === undefined ? {} : { content }) };
    if (!(await mayTake(asked, route, settings))) return done('private-address');
    if (settings.context.signal.aborted) return done(null);
    settings.named.add(target.id, next.host, homes);
    observations.push({ ...observation, redirect: 'followed' });
    question = asked;
  }
}

/** An observation of a target whose measurement ended in an exception of wayclear's own. */
export function faultObservation(target: Target, error: unknown, { clock, startedAt }: StageContext): Observation {
  const { id, host, port, scheme, url } = target;
  const failure = failureOf('local.fault', harmless(String(error)));
  const dns = { status: 'failed', at: Math.round(clock.now() - startedAt), ms: 0, failure, partial: null } as const;
  return { target: id, hop: 0, host, port, scheme, url, dns, attempts: [], redirect: null };
}

/** An observation of a question that was never asked because the run had ended. */
export function notAsked(question: Question, signal: AbortSignal): Measured {
  const { host, port, scheme, url } = question;
  return { host, port, scheme, url, dns: { status: 'skipped', because: skipReason(signal) }, attempts: [] };
}
