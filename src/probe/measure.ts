import { isIP } from '../addresses.ts';
import { harmless } from '../harmless.ts';
import type { Attempt, FailureCode, Observation } from '../model/observations.ts';
import type { ProxyRoute, Route, Target } from '../model/plan.ts';
import { proxyName } from '../proxy/access.ts';
import { cutMark } from '../secrets/search.ts';
import { type AttemptOptions, attempt } from './attempt.ts';
import type { Resolver } from './dns/resolve.ts';
import { standardPorts } from './named-addresses.ts';
import { hopOf, leadsInside, locationOf, maxHops } from './redirect.ts';
import { failureOf } from './stage/failure.ts';
import { createRoom } from './stage/kept-answer.ts';
import { type StageContext, skipReason } from './stage/stage.ts';
import type { Proxies } from './tunnel/proxies.ts';

/** What is asked of the network: a target or a hop of a redirect, without its name in the plan. */
export type Question = Pick<Target, 'host' | 'port' | 'scheme' | 'url' | 'method' | 'route' | 'content'>;

export type Measured = Omit<Observation, 'target' | 'hop' | 'redirect'>;

export interface MeasureSettings {
  readonly context: StageContext;
  readonly resolver: Resolver;
  readonly attempt: AttemptOptions;
  readonly proxies: Proxies;
  /** The way to a hop of a redirect. */
  readonly routeFor: RouteFor;
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
export function questionKey({ method, host, port, url, route, content }: Question): string {
  const what = url ?? `tcp://${host}:${port}`;
  const way = routeKey(route);
  const wanted = content === undefined ? '' : ` ${JSON.stringify(content)}`;
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
    passedOver.push({ route: current.route, failure });
    current = { route: alone(next), measured: await measureBy(question, next, settings) };
  }
  if (passedOver.length === 0) return { ...current.measured, route: current.route };
  if (wayFailure(current.measured) === null) return { ...current.measured, route: current.route, passedOver };
  return { ...first, route: alone(route) };
}

const addressesOf = (measured: Measured): readonly string[] =>
  measured.attempts.flatMap(({ address, tcp }) => (address !== null && tcp.status === 'passed' ? [address] : []));

/** Whether a hop leads from outside to an address inside. Where the proxy resolves names, the host itself is all there is to see. */
async function isInside(from: Measured, host: string, route: Route, settings: MeasureSettings): Promise<boolean> {
  const proxied = from.route?.kind === 'proxy';
  const sources = proxied ? (isIP(from.host) === 0 ? [somewhereOutside] : [from.host]) : addressesOf(from);
  if (route.kind === 'proxy' && !resolvesHere(route)) return isIP(host) !== 0 && leadsInside(sources, [host]);
  const names = await settings.resolver.resolve(host, settings.context.signal);
  const to = names.status === 'passed' ? names.value.addresses.map(({ address }) => address) : [];
  return leadsInside(sources, to);
}

/** Stands for the unknown address of a name that a proxy resolved (RFC 5737). */
const somewhereOutside = '192.0.2.1';

/**
 * The target and the redirects that it needs, each hop an observation of its own. `ask` gives the
 * shared measurement of a question. A hop from outside to an address inside is not contacted: only its
 * name is resolved to learn that.
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
    // What held a secret leads somewhere else without it.
    const next = location.includes(cutMark) ? null : hopOf(location, question.url);
    if (next === null) return done('unsupported-scheme');
    // Who is asked by a port of its own may name others; nobody else sends this machine to one.
    if (!standardPorts.includes(next.port) && standardPorts.includes(question.port)) return done('other-port');
    if (visited.has(next.url)) return done('loop');
    if (hop === maxHops) return done('limit');
    const route = await settings.routeFor(next);
    if (await isInside(measured, next.host, route, settings)) return done('private-address');
    if (settings.context.signal.aborted) return done(null);
    observations.push({ ...observation, redirect: 'followed' });
    const { method, content } = question;
    question = { ...next, method, route, ...(content === undefined ? {} : { content }) };
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
