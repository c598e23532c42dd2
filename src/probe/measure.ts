import type { Attempt, Observation, Route, Target } from '../model.ts';
import { type AttemptOptions, attempt } from './attempt.ts';
import type { Resolver } from './dns.ts';
import { hopOf, leadsInside, locationOf, maxHops } from './redirect.ts';
import { type StageContext, skipReason } from './stage.ts';

/** What is asked of the network: a target or a hop of a redirect, without its name in the plan. */
export type Question = Pick<Target, 'host' | 'port' | 'scheme' | 'url' | 'method' | 'route'>;

export type Measured = Omit<Observation, 'target' | 'hop' | 'redirect'>;

export interface MeasureSettings {
  readonly context: StageContext;
  readonly resolver: Resolver;
  readonly attempt: AttemptOptions;
}

const routeKey = (route: Route): string =>
  route.kind === 'direct' ? 'direct' : `${route.protocol}://${route.host}:${route.port}`;

/** Questions with one key have one answer. */
export const questionKey = (question: Question): string =>
  JSON.stringify([
    question.method,
    question.scheme,
    question.host,
    question.port,
    question.url,
    routeKey(question.route),
  ]);

/** Resolves the name and walks every address upward, side by side. Never rejects. */
export async function measure(question: Question, settings: MeasureSettings): Promise<Measured> {
  const { context, resolver } = settings;
  const { host, port, scheme, url } = question;
  const dns = await resolver.resolve(host, context.signal);
  const attempts: readonly Attempt[] =
    dns.status === 'passed'
      ? await Promise.all(dns.value.addresses.map((address) => attempt(question, address, context, settings.attempt)))
      : [];
  return { host, port, scheme, url, dns, attempts };
}

const addressesOf = (measured: Measured): readonly string[] =>
  measured.attempts.flatMap((one) => (one.address !== null && one.tcp.status === 'passed' ? [one.address] : []));

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
      { ...observation, redirect },
    ];
    if (location === null || question.url === null) return done(null);
    const next = hopOf(location, question.url);
    if (next === null) return done('unsupported-scheme');
    if (visited.has(next.url)) return done('loop');
    if (hop === maxHops) return done('limit');
    const names = await settings.resolver.resolve(next.host, settings.context.signal);
    const to = names.status === 'passed' ? names.value.addresses.map(({ address }) => address) : [];
    if (leadsInside(addressesOf(measured), to)) return done('private-address');
    if (settings.context.signal.aborted) return done(null);
    observations.push({ ...observation, redirect: 'followed' });
    question = { ...next, method: question.method, route: question.route };
  }
}

/** An observation of a question that was never asked because the run had ended. */
export function notAsked(question: Question, signal: AbortSignal): Measured {
  const { host, port, scheme, url } = question;
  return { host, port, scheme, url, dns: { status: 'skipped', because: skipReason(signal) }, attempts: [] };
}
