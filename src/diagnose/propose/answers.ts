/** Experiments that tell who answered where an answer without a body leaves that open. */

import { isIP } from '../../addresses.ts';
import type { CauseId } from '../../model/causes.ts';
import type { Experiment } from '../../model/experiments.ts';
import type { Attempt, Observation } from '../../model/observations.ts';
import type { Target } from '../../model/plan.ts';
import type { RunContext } from '../judge/context.ts';
import { answerProblem } from '../rules/http.ts';
import { isAuthentic, trustOf } from '../survey/chain-trust.ts';
import { mayBeEdgeDenial } from '../survey/edge-denials.ts';
import { tlsOf } from '../survey/handshakes.ts';
import { domainOf } from '../survey/host-names.ts';
import { handOf, headerOf, redirectOf } from '../survey/http-answer.ts';
import { NEUTRAL_URL } from '../survey/neutral-request.ts';
import { isSharedHand } from '../survey/plain-pages.ts';
import type { Survey } from '../survey/survey.ts';
import { signInOf } from '../survey/vendors.ts';
import { classicHello } from './hello.ts';
import { label } from './label.ts';
import { directPages, sharedPageWishes } from './shared-pages.ts';

/** Requests of one kind of answer, and of a run. */
const MOST_A_SIGNATURE = 2;
const MOST = 4;

/** Documents that are no pages: lists, certificates, archives, programs. */
const aFile = /\.(cab|cer|crl|crt|der|exe|msi|p7[bc]|zip)$/i;

/**
 * Whether somebody else than the origin may have given this answer to HEAD: nothing proves who did, and it is a refusal
 * (403) that no document names, or a page in place of a file. A filter's page would say more than its head.
 */
function isFaceless(
  survey: Survey,
  target: Target,
  { hop, host, scheme, url }: Observation,
  { tls, http, proxy }: Attempt,
): boolean {
  if (http.status !== 'passed' || scheme === 'tcp' || target.method !== 'HEAD' || proxy !== undefined) return false;
  const { value } = http;
  const page = /html/i.test(headerOf(value, 'content-type') ?? '') && aFile.test(url?.replace(/[?#].*/, '') ?? '');
  // What filters answer with; 404, 405, 503 and the like are origins' words.
  const refused = value.status === 403 && !(hop === 0 && target.expect?.status?.includes(403));
  if (!refused && !(value.status === 200 && page)) return false;
  if (scheme === 'http') return true;
  if (tls.status !== 'passed') return false;
  const authentic = isAuthentic(trustOf(survey.observations, tlsOf(survey, target, host), host, tls.value));
  // Of the origin's own answers only the page of a content network's edge says more.
  return !authentic || mayBeEdgeDenial(value);
}

/** Whether unrelated hosts gave this plain answer to HEAD as well: only their pages say whether it is theirs. */
const isOfMany = (survey: Survey, { method }: Target, { scheme, hop }: Observation, attempt: Attempt): boolean =>
  method === 'HEAD' &&
  scheme === 'http' &&
  hop === 0 &&
  attempt.proxy === undefined &&
  attempt.http.status === 'passed' &&
  isSharedHand(survey, attempt, attempt.http.value);

/** The same request by GET, for the sake of the body. */
function bodies(survey: Survey): readonly Experiment[] {
  const hands = new Map<string, number>();
  const wishes: Experiment[] = [];
  for (const [id, probes] of survey.probes) {
    const target = survey.targets.get(id);
    if (target?.route.kind !== 'direct') continue;
    for (const probe of probes) {
      const { host, port, scheme, url } = probe;
      const attempt = probe.attempts.find(
        (candidate) => isFaceless(survey, target, probe, candidate) || isOfMany(survey, target, probe, candidate),
      );
      if (attempt?.http.status !== 'passed' || attempt.address === null || attempt.family === null) continue;
      const hand = handOf(attempt.http.value);
      const asksOfHand = hands.get(hand) ?? 0;
      if (asksOfHand >= MOST_A_SIGNATURE || wishes.length >= MOST) continue;
      const wishId = `body ${url}`;
      if (wishes.some((wish) => wish.id === wishId)) continue;
      hands.set(hand, asksOfHand + 1);
      const { address, family } = attempt;
      const does: Experiment['does'] = {
        ...{ action: 'connect', address, family, port, scheme, url, ...classicHello },
        ...{ servername: isIP(host) === 0 ? host : null, hello: survey.observations.plan.tlsHello },
      };
      wishes.push({ id: wishId, kind: 'body', target: id, host, port, does });
    }
  }
  return wishes;
}

/** What an answer over plain HTTP makes one ask whether somebody else has touched it, or given it. */
const touched: ReadonlySet<CauseId> = new Set(['http.tampered', 'http.unexpected-status']);

/** A spelling that no program chooses. */
const ECHO_HEADER = 'X-wAyClEaR-eChO';

/** Requests that have to come back as they arrived: for one host of each cause. */
function echoes(survey: Survey): readonly Experiment[] {
  const wishes = new Map<CauseId, Experiment>();
  for (const [id, probes] of survey.probes) {
    const target = survey.targets.get(id);
    if (target?.route.kind !== 'direct') continue;
    for (const probe of probes) {
      const { host, port, scheme, url } = probe;
      if (scheme !== 'http' || url === null) continue;
      for (const { address, family, http, proxy } of probe.attempts) {
        if (http.status !== 'passed' || address === null || family === null || proxy !== undefined) continue;
        const wrong = answerProblem(survey, target, probe, http.value, false);
        if (wrong === null || wrong.confidence === 'high' || !touched.has(wrong.cause) || wishes.has(wrong.cause))
          continue;
        const echo = { name: ECHO_HEADER, value: label(survey.observations, host) };
        const does: Experiment['does'] = {
          ...{ action: 'connect', address, family, port, scheme, url: new URL('/', url).href },
          ...{ ...classicHello, echo },
        };
        wishes.set(wrong.cause, { id: `echo ${host} ${port}`, kind: 'echo', target: id, host, port, does });
      }
    }
  }
  return survey.experiments.byKind('echo').length > 0 ? [] : [...wishes.values()];
}

/** Whether a plain answer may be a sign-in page's: it leads to somebody whom no target is about, or asks for one. */
function mayBePortal(survey: Survey, target: Target, { hop, host, scheme, url, attempts }: Observation): boolean {
  if (scheme !== 'http' || hop > 0) return false;
  return attempts.some(({ http, proxy }) => {
    if (http.status !== 'passed' || proxy !== undefined) return false;
    const { value } = http;
    if (target.expect?.status?.includes(value.status) === true) return false;
    const to = redirectOf(url ?? `http://${host}/`, value);
    const elsewhere = to !== null && domainOf(to.host) !== domainOf(host);
    const planned =
      elsewhere && [...survey.targets.values()].some((other) => domainOf(other.host) === domainOf(to.host));
    return (elsewhere && !planned) || signInOf(value) !== null;
  });
}

/**
 * A plain request to a host that answers everybody alike, once a run: where nothing connects it tells the way out from the
 * targets, and where a plain answer leads elsewhere, or unrelated hosts give one page, it tells whoever answers for everybody
 * from the origins' own will.
 */
function neutralWishes({ survey, wide }: RunContext): readonly Experiment[] {
  if (survey.experiments.byKind('neutral-request').length > 0) return [];
  const alike = directPages(survey).length > 0;
  const closed = wide.some(({ problem }) => problem.cause === 'tcp.egress-blocked');
  for (const [id, probes] of survey.probes) {
    const target = survey.targets.get(id);
    if (target?.route.kind !== 'direct') continue;
    if (!closed && !alike && !probes.some((probe) => mayBePortal(survey, target, probe))) continue;
    const { host } = new URL(NEUTRAL_URL);
    const does = { action: 'measure', scheme: 'http', url: NEUTRAL_URL } as const;
    return [{ id: 'neutral-request', kind: 'neutral-request', target: id, host, port: 80, does }];
  }
  return [];
}

/** Requests that tell who gave an answer. */
export const answerWishes = (context: RunContext): readonly Experiment[] => [
  ...bodies(context.survey),
  ...echoes(context.survey),
  ...neutralWishes(context),
  ...sharedPageWishes(context.survey),
];
