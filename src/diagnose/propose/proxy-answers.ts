/** Experiments that tell a proxy's own answers from the origin's, and its want of names from its want of a way. */
import type { Experiment, PerformedExperiment } from '../../model/experiments.ts';
import type { Observation } from '../../model/observations.ts';
import type { Route, Target } from '../../model/plan.ts';
import { proxiedHand } from '../rules/proxy-own-answer.ts';
import { domainOf } from '../survey/host-names.ts';
import { redirectOf } from '../survey/http-answer.ts';
import { proxiesOf } from '../survey/proxies.ts';
import type { Survey } from '../survey/survey.ts';
import type { FailedProbe } from './failures.ts';
import { classicHello, proxyAlone } from './hello.ts';

/** Different answers of a run that are asked about. */
const MOST = 4;
/** Nobody is there (RFC 5737 section 3). */
const NOBODY = '192.0.2.1';

/** Whether an answer to a plain request through a proxy may be the proxy's: a refusal or a way elsewhere that nobody documents. */
function mayBeOwn(survey: Survey, target: Target, { hop, host, url, attempts }: Observation): boolean {
  const [attempt] = attempts;
  if (hop > 0 || attempt?.http.status !== 'passed' || attempt.tunnel.status !== 'passed') return false;
  if (attempt.tunnel.value.via !== 'absolute-form') return false;
  const { value } = attempt.http;
  if (target.expect?.status?.includes(value.status) === true) return false;
  if (value.status === 401 || value.status === 403 || value.status === 451) return true;
  const to = redirectOf(url ?? `http://${host}/`, value);
  if (to === null || domainOf(to.host) === domainOf(host)) return false;
  return ![...survey.targets.values()].some((other) => domainOf(other.host) === domainOf(to.host));
}

function tunnelTo(
  kind: PerformedExperiment,
  { target, host, port }: Observation,
  route: Route,
  asked: string,
): Experiment | null {
  if (route.kind !== 'proxy' || (route.protocol !== 'http' && route.protocol !== 'https')) return null;
  const does: Experiment['does'] = {
    action: 'through',
    route: proxyAlone(route),
    asked,
    address: null,
    family: null,
    port: 443,
    scheme: 'tcp',
    url: null,
    ...classicHello,
  };
  return { id: `${kind} ${asked} ${route.host}:${route.port}`, kind, target, host, port, does };
}

/** For each kind of plain answer that may be the proxy's own: a tunnel to the same host. */
function tunnels(survey: Survey): readonly Experiment[] {
  const hands = new Map<string, Experiment>();
  for (const [id, probes] of survey.probes) {
    const target = survey.targets.get(id);
    if (target?.route.kind !== 'proxy') continue;
    for (const probe of probes) {
      const http = probe.attempts[0]?.http;
      if (http?.status !== 'passed' || !mayBeOwn(survey, target, probe)) continue;
      const hand = proxiedHand(http.value);
      const wish = tunnelTo('tunnel-instead', probe, probe.route ?? target.route, probe.host);
      if (wish !== null && !hands.has(hand) && hands.size < MOST) hands.set(hand, wish);
    }
  }
  return [...hands.values()];
}

/** For a proxy that finds no way to anybody: a tunnel to an address, which needs no name. */
function addresses(survey: Survey, failures: readonly FailedProbe[]): readonly Experiment[] {
  const open = failures.find(
    ({ root, direct, attempt }) =>
      !direct &&
      root.cause === 'proxy.upstream-unreachable' &&
      root.alternatives.includes('proxy.upstream-dns') &&
      (proxiesOf(survey).get(attempt?.proxy?.proxy ?? '') ?? 0) === 0,
  );
  const route = open === undefined ? undefined : (open.probe.route ?? survey.targets.get(open.probe.target)?.route);
  const wish = open === undefined || route === undefined ? null : tunnelTo('bare-address', open.probe, route, NOBODY);
  return wish === null ? [] : [wish];
}

/** What else a proxy is asked because of its answers. */
export const proxyAnswerWishes = (survey: Survey, failures: readonly FailedProbe[]): readonly Experiment[] => [
  ...tunnels(survey),
  ...addresses(survey, failures),
];
