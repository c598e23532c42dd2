/** Experiments that tell a proxy's own answers from the origin's, and its want of names from its want of a way. */
import type { Experiment } from '../../model/experiments.ts';
import type { Attempt, HttpValue, Observation } from '../../model/observations.ts';
import type { PerformedExperiment } from '../../model/performed-experiments.ts';
import type { Route, Target } from '../../model/plan.ts';
import { handOrPage } from '../rules/plain-through-proxy.ts';
import { domainOf } from '../survey/host-names.ts';
import { redirectOf } from '../survey/http-answer.ts';
import { isSharedHand, sharedPageOf } from '../survey/plain-pages.ts';
import { proxiesOf } from '../survey/proxies.ts';
import type { Survey } from '../survey/survey.ts';
import { proxyError } from '../survey/vendors.ts';
import type { FailedProbe } from './failures.ts';
import { classicHello, proxyAlone } from './hello.ts';
import { madeUpHost } from './made-up-host.ts';

/** Different answers of a run that are asked about. */
const MOST = 4;
/** Of those: for which a name that nobody has is asked for. */
const MOST_MADE_UP = 2;
/** Words of policy: a tunnel tells whose. */
const refusing: ReadonlySet<number> = new Set([401, 403, 451]);
/** Nobody is there (RFC 5737 section 3). */
const NOBODY = '192.0.2.1';

/** Whether unrelated domains got this answer as well, by its page or, where it has none, by its marks. */
const isShared = (survey: Survey, attempt: Attempt, value: HttpValue): boolean =>
  sharedPageOf(survey, value) !== null || isSharedHand(survey, attempt, value);

/**
 * Whether an answer to a plain request through a proxy may be the proxy's: a refusal, an error or a way elsewhere that nobody
 * documents, or a page that unrelated domains get.
 */
function mayBeOwn(survey: Survey, target: Target, { hop, host, url, attempts }: Observation): boolean {
  const [attempt] = attempts;
  if (hop > 0 || attempt?.http.status !== 'passed' || attempt.tunnel.status !== 'passed') return false;
  if (attempt.tunnel.value.via !== 'absolute-form') return false;
  const { value } = attempt.http;
  if (target.expect?.status?.includes(value.status) === true || proxyError(value) !== null) return false;
  if (refusing.has(value.status) || [404, 408].includes(value.status) || value.status >= 500) return true;
  if (isShared(survey, attempt, value)) return true;
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

/** A plain answer that may be the proxy's, of each kind one. */
interface DoubtfulAnswer {
  readonly probe: Observation;
  readonly target: Target;
  readonly route: Route;
  readonly value: HttpValue;
}

function doubtful(survey: Survey): readonly DoubtfulAnswer[] {
  const hands = new Map<string, DoubtfulAnswer>();
  for (const [id, probes] of survey.probes) {
    const target = survey.targets.get(id);
    if (target?.route.kind !== 'proxy') continue;
    for (const probe of probes) {
      const http = probe.attempts[0]?.http;
      if (http?.status !== 'passed' || !mayBeOwn(survey, target, probe)) continue;
      const hand = handOrPage(survey, http.value);
      const route = probe.route ?? target.route;
      if (!hands.has(hand) && hands.size < MOST) hands.set(hand, { probe, target, route, value: http.value });
    }
  }
  return [...hands.values()];
}

/** For each of them: a tunnel to the same host. */
const tunnels = (survey: Survey, answers: readonly DoubtfulAnswer[]): readonly Experiment[] =>
  answers.flatMap(({ probe, route, value }) => {
    const wish = tunnelTo('tunnel-instead', probe, route, probe.host);
    if (wish === null) return [];
    // Who grants every tunnel writes into it as well: of a page that others get it matters who speaks there.
    const [attempt] = probe.attempts;
    const asks = value.status < 400 && attempt !== undefined && isShared(survey, attempt, value);
    const { does } = wish;
    if (!asks || does.action !== 'through') return [wish];
    return [{ ...wish, does: { ...does, scheme: 'https', servername: probe.host } as const }];
  });

/** For errors and pages among them: the same of a name that nobody has, and the page where HEAD brought none. */
function madeUpHosts(survey: Survey, answers: readonly DoubtfulAnswer[]): readonly Experiment[] {
  const asked = answers
    .filter(({ value }) => !refusing.has(value.status) && (value.status < 300 || value.status >= 400))
    .slice(0, MOST_MADE_UP);
  return asked.flatMap(({ probe, target, route, value }) => {
    if (route.kind !== 'proxy' || (route.protocol !== 'http' && route.protocol !== 'https')) return [];
    const { host, port, url } = probe;
    const made = madeUpHost(survey.observations.startedAt, probe, { action: 'through', route });
    const wanted = value.bodyBytes === 0 && target.method === 'HEAD' && url !== null;
    const body: Experiment = {
      ...{ id: `body ${url}`, kind: 'body', target: target.id, host, port },
      does: {
        ...{ action: 'through', route: proxyAlone(route), asked: host, address: null, family: null },
        ...{ port, scheme: 'http', url, ...classicHello },
      },
    };
    return [...(made === null ? [] : [made]), ...(wanted ? [body] : [])];
  });
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
export function proxyAnswerWishes(survey: Survey, failures: readonly FailedProbe[]): readonly Experiment[] {
  const answers = doubtful(survey);
  return [...tunnels(survey, answers), ...madeUpHosts(survey, answers), ...addresses(survey, failures)];
}
