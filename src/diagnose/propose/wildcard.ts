/** Experiments that tell whether a proxy's policy refuses a documented wildcard, or one name under it. */
import type { Experiment } from '../../model/experiments.ts';
import type { ProxyRoute, Route, Target } from '../../model/plan.ts';
import { answeredByProxy } from '../rules/proxy-pattern.ts';
import type { Survey } from '../survey/survey.ts';
import type { FailedProbe } from './failures.ts';
import { classicHello, proxyAlone } from './hello.ts';
import { label } from './label.ts';

/** Patterns of one run that are asked for, each once for a port and a proxy. */
const MOST_PATTERNS = 4;

/** A name under the pattern that nobody listed; null for a pattern that holds more than one `*`, or none. */
function madeUpName(survey: Survey, pattern: string): string | null {
  const name = pattern.replace('*', label(survey.observations, pattern));
  return name === pattern || /[*{}]/.test(name) || name.length > 253 ? null : name;
}

/** The proxy, without the candidates after it; null for a way on which names are resolved here. */
function proxyOf(route: Route): ProxyRoute | null {
  if (route.kind === 'direct' || route.protocol === 'socks4' || route.protocol === 'socks5') return null;
  return proxyAlone(route);
}

const keyOf = ({ host, port, scheme, url }: Pick<Target, 'host' | 'port' | 'scheme' | 'url'>): string =>
  JSON.stringify([host, port, scheme, url]);

/** For each documented wildcard of which the proxy itself answered for a witness: the same question for a made-up name. */
export function wildcardWishes(survey: Survey, failures: readonly FailedProbe[]): readonly Experiment[] {
  const answered = new Map(
    failures
      .filter(({ root, direct, probe }) => !direct && probe.hop === 0 && answeredByProxy.has(root.cause))
      .map((failure) => [keyOf(failure.probe), failure]),
  );
  if (answered.size === 0) return [];
  const made = survey.experiments.byKind('wildcard-name').length;
  const wishes = new Map<string, Experiment>();
  for (const target of survey.targets.values()) {
    const failure = target.witness && target.untested === null ? answered.get(keyOf(target)) : undefined;
    if (failure === undefined || failure.attempt === null || made + wishes.size >= MOST_PATTERNS) continue;
    const { probe, attempt } = failure;
    const route = proxyOf(probe.route ?? target.route);
    const name = madeUpName(survey, target.pattern);
    const { tunnel } = attempt;
    const answers =
      tunnel.status === 'passed' ||
      (tunnel.status === 'failed' && ['tunnel.refused', 'tunnel.socks'].includes(tunnel.failure.code));
    if (route === null || name === null || !answers) continue;
    const { host, port } = probe;
    const id = `wildcard-name ${target.pattern} ${port} ${attempt.proxy?.proxy ?? ''}`;
    // A request that the proxy was to hand on is answered by another part of its policy than a tunnel.
    const plain = probe.scheme === 'http';
    wishes.set(id, {
      id,
      kind: 'wildcard-name',
      target: target.id,
      host,
      port,
      does: {
        action: 'through',
        route,
        asked: name,
        address: null,
        family: null,
        port,
        scheme: plain ? 'http' : 'tcp',
        url: plain ? `http://${name}${port === 80 ? '' : `:${port}`}/` : null,
        ...classicHello,
      },
    });
  }
  const proposed = new Set(survey.observations.experiments.map(({ id }) => id));
  return [...wishes.values()].filter(({ id }) => !proposed.has(id));
}
