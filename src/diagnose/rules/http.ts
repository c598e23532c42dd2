/** Rules of the HTTP stage: who answered, and whether that is an answer. */
import { linearPattern } from '../../linear-pattern.ts';
import type { Expectation } from '../../model/catalog.ts';
import type { CauseId } from '../../model/causes.ts';
import type { Fact } from '../../model/diagnosis.ts';
import type { Attempt, Failure, HttpValue, Observation } from '../../model/observations.ts';
import type { Target } from '../../model/plan.ts';
import { at, fact } from '../evidence.ts';
import { type Problem, problem, undetermined } from '../problem.ts';
import { isAuthentic, trustOf } from '../survey/chain-trust.ts';
import { tlsOf } from '../survey/handshakes.ts';
import { domainOf, isAddress, nowhereOf } from '../survey/host-names.ts';
import { handOf, headerOf, redirectOf } from '../survey/http-answer.ts';
import { neutralAnswer } from '../survey/neutral-request.ts';
import { pageText } from '../survey/page-text.ts';
import type { Survey } from '../survey/survey.ts';
import {
  blockPage,
  contentNetworkHeader,
  isPortalAddress,
  isPortalPage,
  proxyError,
  signInOf,
} from '../survey/vendors.ts';
import { echoFor } from './echo.ts';
import { neutralFacts } from './tcp.ts';
import { alertProblem } from './tls.ts';

/** The documented table (contract section 5), and what else each can mean. */
const failing: Readonly<Record<number, readonly CauseId[]>> = {
  407: ['proxy.auth-required', 'http.block-page'],
  408: ['http.timeout'],
  426: ['tls.version-mismatch'],
  451: ['http.block-page'],
  502: ['http.service-error', 'proxy.upstream-unreachable'],
  511: ['http.captive-portal'],
  598: ['proxy.timeout'],
  599: ['proxy.upstream-unreachable'],
};

/** Who answered, as far as the answer tells. */
function whoAnswered(host: string, value: HttpValue): readonly Fact[] {
  const telling = ['x-squid-error', 'proxy-status', 'proxy-authenticate', 'via', 'server', 'location'];
  const facts = telling.flatMap((name) => {
    const header = headerOf(value, name);
    return header === null ? [] : [fact('http.header', { host, name, value: header.slice(0, 200) })];
  });
  return facts.slice(0, 4);
}

const excerpt = (host: string, value: HttpValue): readonly Fact[] => {
  const text = pageText(value.bodyExcerpt);
  return text === '' ? [] : [fact('http.body', { host, text: text.slice(0, 160) })];
};

const statusFact = (host: string, value: HttpValue): Fact =>
  fact('http.status', { host, status: value.status, reason: value.reason });

/** A sign-in page, or the way to one; null for an answer that is neither. */
export function portalProblem(survey: Survey, observation: Observation, value: HttpValue): Problem | null {
  const { host } = observation;
  const to = redirectOf(observation.url ?? `http://${host}/`, value);
  const say = (evidence: readonly Fact[], confidence: Problem['confidence'], where: string): Problem =>
    problem('http.captive-portal', 'http', [statusFact(host, value), ...evidence], {
      confidence,
      signature: where,
      shared: where === '' ? null : ['location', where],
      alternatives: confidence === 'high' ? [] : ['http.block-page'],
    });
  if (isPortalPage(value)) return say(excerpt(host, value), 'high', to?.host ?? '');
  const asks = observation.scheme === 'http' ? signInOf(value) : null;
  const alike = asks === null ? 0 : (survey.signIns.get(asks)?.size ?? 0);
  if (alike >= 2) return say([fact('http.same-page', { host, domains: alike }), ...excerpt(host, value)], 'high', '');
  if (to === null || observation.scheme !== 'http' || domainOf(to.host) === domainOf(host)) return null;
  const moved = fact('http.redirect', { host, location: to.url });
  const planned = [...survey.targets.values()].some((target) => domainOf(target.host) === domainOf(to.host));
  const near = nowhereOf(to.host) !== null && isAddress(to.host) && !isAddress(host);
  const telling = near || (!planned && isPortalAddress(to.url));
  const domains = survey.redirects.get(to.host)?.size ?? 0;
  if (!telling && (planned || domains < 2)) return null;
  const evidence = telling ? [moved] : [moved, fact('http.same-redirect', { location: to.host, domains })];
  const neutral = neutralAnswer(survey.experiments);
  if (neutral?.genuine === true) return ledAway(survey, observation, value, to.host, evidence, telling);
  // Where a redirect leads is the same for a filter's page: what all plain requests of the run get decides (run-wide.ts).
  if (telling) return say(evidence, 'medium', to.host);
  // A filter's page takes the place of what it forbids; nobody forbids the host that is asked for nothing else.
  const led = neutral === null ? null : redirectOf(neutral.observation.url ?? '', neutral.value);
  return say(evidence, led?.host === to.host ? 'high' : 'medium', to.host);
}

const proven = new WeakMap<Survey, ReadonlySet<string>>();

/** Hosts that redirects led to and that proved over TLS to be those that were meant. Read once for a survey. */
function provenHops(survey: Survey): ReadonlySet<string> {
  const known = proven.get(survey);
  if (known !== undefined) return known;
  const hosts = new Set<string>();
  for (const [id, probes] of survey.probes) {
    const target = survey.targets.get(id);
    if (target === undefined) continue;
    for (const { hop, host, attempts } of probes) {
      if (hop === 0 || hosts.has(host)) continue;
      const settings = tlsOf(survey, target, host);
      const isMeant = ({ tls }: Attempt): boolean =>
        tls.status === 'passed' && isAuthentic(trustOf(survey.observations, settings, host, tls.value));
      if (attempts.some(isMeant)) hosts.add(host);
    }
  }
  proven.set(survey, hosts);
  return hosts;
}

/**
 * A redirect elsewhere while the host that is asked for nothing else answers in its own words: no portal is between. A filter
 * leads away what it forbids, or the origins lead there themselves, as a page shows that is what it says it is.
 */
function ledAway(
  survey: Survey,
  observation: Observation,
  value: HttpValue,
  where: string,
  moved: readonly Fact[],
  telling: boolean,
): Problem | null {
  if (!telling && provenHops(survey).has(where)) return null;
  const evidence = [statusFact(observation.host, value), ...moved, ...neutralFacts(survey)];
  return problem('http.block-page', 'http', evidence, {
    signature: where,
    shared: ['location', where],
    alternatives: telling ? ['http.captive-portal'] : [],
  });
}

/** Whether the one header that only the service sends is there; true where none is known. The pattern comes from a catalog. */
function hasExpectedHeader(expect: Expectation | null, value: HttpValue): boolean {
  if (expect?.header == null) return true;
  const header = headerOf(value, expect.header.name.toLowerCase());
  if (header === null) return false;
  return linearPattern(expect.header.pattern)?.(header.slice(0, 256)) ?? true;
}

/**
 * What GET brought where HEAD left open who answers: of this address, or else of another one whose answer bears the same
 * marks, if all of those agree. Null where nothing was asked.
 */
function pageFor(
  survey: Survey,
  { host, url }: Observation,
  value: HttpValue,
): { readonly value: HttpValue; readonly by: string } | null {
  if (value.bodyBytes > 0) return null;
  const pages = survey.experiments.byKind('body').flatMap(({ target, host: by, observation }) => {
    const [attempt] = observation.attempts;
    if (attempt?.http.status !== 'passed') return [];
    const before = survey.probes.get(target)?.find((probe) => probe.url === observation.url);
    const head = before?.attempts.find(({ address }) => address === attempt.address)?.http;
    const hand = head?.status === 'passed' ? handOf(head.value) : '';
    return [{ url: observation.url, by, hand, got: attempt.http.value }];
  });
  const samePage = pages.find((page) => page.url === url);
  if (samePage !== undefined) return { value: samePage.got, by: host };
  const alike = pages.filter(({ hand }) => hand === handOf(value));
  const [first] = alike;
  if (first === undefined || alike.some(({ got, by }) => blockPage(got, by) === null)) return null;
  return { value: first.got, by: first.by };
}

/**
 * What is wrong with an answer, by who sent it. `proven`: an authenticated session, so the origin answered, and only the
 * documented status codes count.
 */
export function answerProblem(
  survey: Survey,
  target: Target,
  observation: Observation,
  value: HttpValue,
  proven: boolean,
): Problem | null {
  const wrong = answerItself(survey, target, observation, value, proven);
  if (wrong === null || proven || observation.scheme !== 'http' || wrong.confidence === 'high') return wrong;
  const checked = echoFor(survey, observation.host);
  if (checked === null) return wrong;
  const { echo, by } = checked;
  const evidence = [...wrong.evidence.slice(0, 1), fact('tried.echo', { host: by, echo }), ...wrong.evidence.slice(1)];
  if (echo === 'same' || wrong.cause !== 'http.tampered') return { ...wrong, evidence };
  // Somebody reads and writes on the way: what is missing from the answer is their doing.
  return { ...wrong, evidence, confidence: 'high', alternatives: [] };
}

/** Somebody between who answers in the origin's place: a filter's page, a proxy's error, a demand to sign in. */
function betweenProblem(
  survey: Survey,
  observation: Observation,
  value: HttpValue,
  base: readonly Fact[],
): Problem | null {
  const { host } = observation;
  const shown = pageFor(survey, observation, value);
  const seen = shown?.value ?? value;
  const page = blockPage(seen, host);
  if (page !== null) {
    const evidence = [
      ...base,
      fact('http.page', { host, vendor: page.vendor }),
      ...(shown === null ? [] : [fact('tried.body', { host, by: shown.by })]),
      ...excerpt(host, seen),
      ...(observation.scheme === 'http' ? [fact('http.plain', { host })] : []),
    ];
    return problem('http.block-page', 'http', evidence, {
      confidence: page.by === 'header' ? 'high' : 'medium',
      signature: page.vendor,
      shared: ['vendor', page.vendor],
    });
  }
  const error = proxyError(seen);
  if (error === null) return portalProblem(survey, observation, seen);
  return problem(error.cause, 'http', [...base, ...excerpt(host, seen)], {
    confidence: error.alternatives.length === 0 ? 'high' : 'medium',
    signature: error.header,
    alternatives: error.alternatives,
  });
}

/** A status of the documented table; null for any other. */
function statusProblem(host: string, value: HttpValue, base: readonly Fact[], proven: boolean): Problem | null {
  const alternatives = failing[value.status];
  if (alternatives === undefined) return null;
  const status = String(value.status);
  const frontEnd = proven && value.status === 502 ? contentNetworkHeader(value) : null;
  const parts = { signature: status, shared: ['status', status] as const };
  if (frontEnd !== null) {
    const evidence = [statusFact(host, value), fact('http.cdn', { host, header: frontEnd })];
    return problem('http.service-error', 'http', evidence, { ...parts, alternatives: ['http.unexpected-status'] });
  }
  const evidence = [...base, fact('http.status-meaning', { status: value.status }), ...excerpt(host, value)];
  // In a session with the origin nobody else can have said it; what stands behind a gateway may be down for all.
  const open = proven ? (value.status === 502 ? (['http.service-error'] as const) : []) : alternatives;
  return problem('http.unexpected-status', 'http', evidence, {
    ...parts,
    confidence: open.length === 0 ? 'high' : 'medium',
    alternatives: open,
  });
}

/** Statuses by which somebody between refuses, or leads away. */
const refusing: ReadonlySet<number> = new Set([301, 302, 303, 307, 308, 401, 403, 451]);

/**
 * An answer that nothing proves to be the origin's, and that is not what the service is documented to say: a refusal where
 * it answers otherwise, or no sign of the header that it always sends. Null where nothing is declared, or all is as declared.
 */
export function replacedProblem(
  { expect }: Target,
  { host, hop }: Observation,
  value: HttpValue,
  header: boolean,
): Problem | null {
  if (hop > 0 || expect === null) return null;
  const statuses = expect.status ?? [];
  const evidence: Fact[] = [];
  if (statuses.length > 0 && !statuses.includes(value.status) && refusing.has(value.status))
    evidence.push(fact('http.expected-status', { host, status: value.status, expected: statuses.join(', ') }));
  if (header && !hasExpectedHeader(expect, value))
    evidence.push(fact('http.expected-header', { host, name: expect.header?.name ?? '' }));
  if (evidence.length === 0) return null;
  return problem('http.block-page', 'http', [statusFact(host, value), ...evidence, ...excerpt(host, value)], {
    alternatives: ['http.unexpected-status'],
  });
}

/** What is missing from a plain answer, or was added to it on the way. */
function tamperedProblem(
  survey: Survey,
  target: Target,
  observation: Observation,
  value: HttpValue,
  base: readonly Fact[],
): Problem | null {
  if (observation.scheme !== 'http') return null;
  const { host } = observation;
  const expect = observation.hop === 0 ? target.expect : null;
  if (!hasExpectedHeader(expect, value)) {
    const name = expect?.header?.name ?? '';
    const evidence = [...base, fact('http.expected-header', { host, name }), fact('http.plain', { host })];
    return problem('http.tampered', 'http', evidence, { effect: 'degraded', alternatives: ['http.block-page'] });
  }
  const proxied = observation.attempts.some(({ proxy }) => proxy !== undefined);
  if (observation.hop > 0 || proxied || survey.addedHeader === null) return null;
  const evidence = [fact('http.added-header', survey.addedHeader), fact('http.plain', { host })];
  return problem('http.tampered', 'http', evidence, {
    confidence: 'high',
    effect: 'degraded',
    signature: survey.addedHeader.value,
  });
}

function answerItself(
  survey: Survey,
  target: Target,
  observation: Observation,
  value: HttpValue,
  proven: boolean,
): Problem | null {
  const { host } = observation;
  const base = [statusFact(host, value), ...whoAnswered(host, value)];
  return (
    (proven ? null : betweenProblem(survey, observation, value, base)) ??
    statusProblem(host, value, base, proven) ??
    (proven || observation.scheme !== 'http' ? null : replacedProblem(target, observation, value, false)) ??
    tamperedProblem(survey, target, observation, value, base)
  );
}

/**
 * Why no answer came over an open session (failure taxonomy, HTTP stage). `proven`: the session is the origin's own, so that
 * nobody between can have had a hand in its answer.
 */
export function httpProblem(
  observation: Observation,
  attempt: Attempt,
  failure: Failure,
  ms: number,
  proven: boolean,
): Problem {
  const where = at(observation, attempt);
  const between: CauseId = observation.scheme === 'https' ? 'tls.inspection' : 'http.block-page';
  const inspected: readonly CauseId[] = proven ? [] : [between];
  switch (failure.code) {
    case 'http.timeout':
      return problem('http.timeout', 'http', [fact('http.timeout', { ...where, ms })], {
        alternatives: ['http.service-error'],
      });
    case 'http.reset':
    case 'http.closed':
      return problem('http.reset', 'http', [fact(failure.code, { ...where, ms })], { alternatives: inspected });
    case 'http.malformed':
      return problem('http.malformed', 'http', [fact('http.malformed', { ...where, detail: failure.raw.code ?? '' })], {
        confidence: proven ? 'high' : 'medium',
        alternatives: inspected,
      });
    case 'http.overflow':
      return problem('http.malformed', 'http', [fact('http.overflow', where)], {
        confidence: proven ? 'high' : 'medium',
        signature: 'overflow',
        alternatives: inspected,
      });
    case 'http.tls-alert': {
      const decided =
        failure.alert === undefined ? null : alertProblem(observation, attempt, failure.alert, 'http', { proven });
      if (decided !== null) return decided;
      return problem('http.reset', 'http', [fact('tls.alert', { ...where, alert: failure.alert ?? -1, name: '' })], {
        confidence: 'low',
        signature: 'alert',
      });
    }
    default: {
      const { message } = failure.raw;
      const raw = fact('failure.raw', { host: observation.host, stage: 'http', failure: failure.code, message });
      return undetermined('http', failure.code, [raw], 'other-network');
    }
  }
}
