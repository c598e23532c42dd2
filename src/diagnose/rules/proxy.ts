import { addressClass } from '../../addresses.ts';
import type { CauseId } from '../../model/causes.ts';
import type { Fact } from '../../model/diagnosis.ts';
import type { Attempt, Failure, HttpValue, Observation, StageName, TunnelValue } from '../../model/observations.ts';
import type { Route, Target } from '../../model/plan.ts';
import { fact, sample } from '../evidence.ts';
import { type Problem, problem, undetermined } from '../problem.ts';
import { isZonesWord } from '../survey/failure-class.ts';
import { firstBytesOfProxy } from '../survey/first-bytes.ts';
import { headerOf, redirectOf } from '../survey/http-answer.ts';
import { pageText } from '../survey/page-text.ts';
import { isWebServer, proxiesOf, sameRefusal } from '../survey/proxies.ts';
import { asAnswer } from '../survey/proxy-answer.ts';
import type { Survey } from '../survey/survey.ts';
import { blockPage, isPortalAddress, isPortalPage, isSignInAddress, proxyError } from '../survey/vendors.ts';
import { type OwnAnswer, ownPlainAnswer } from './plain-through-proxy.ts';
import { authCause, openAuth } from './proxy-auth.ts';
import { forbiddenByNumber, isPassedOn, ownRefusal, withoutParent } from './proxy-own-answer.ts';
import { afterWildcard } from './proxy-pattern.ts';
import { byStatus, socksReplies } from './proxy-replies.ts';
import { readable } from './tls.ts';

/** One failed attempt through a proxy. */
interface ProxiedAttempt {
  readonly survey: Survey;
  readonly observation: Observation;
  readonly attempt: Attempt;
  /** `protocol://HOST:PORT`, and without the protocol. */
  readonly proxy: string;
  readonly place: string;
  readonly route: Route;
}

type Say = (cause: CauseId, evidence: readonly Fact[], parts?: Parameters<typeof problem>[3]) => Problem;

const placeOf = (proxy: string): string => proxy.replace(/^[a-z0-9]+:\/\//, '');

const sourceFact = ({ proxy, route }: ProxiedAttempt): Fact =>
  fact('proxy.source', { proxy, source: route.source, why: route.why });

/** Every cause here is the proxy's, or its owner's: one root cause for all targets that go through it. */
const sayOf =
  (proxied: ProxiedAttempt): Say =>
  (cause, evidence, parts = {}) =>
    problem(cause, 'tunnel', [...evidence, sourceFact(proxied)], {
      signature: proxied.proxy,
      shared: ['proxy', proxied.place],
      ...parts,
    });

/** Why there is no connection to the proxy itself; null if there is one, or if this run is the reason. */
function contactProblem(proxied: ProxiedAttempt): Problem | null {
  const { attempt, proxy, survey } = proxied;
  const contact = attempt.proxy;
  const say = sayOf(proxied);
  if (contact === undefined) return null;
  if (contact.dns?.status === 'failed') {
    const { failure, partial } = contact.dns;
    if (failure.code === 'local.resources') return null;
    const server = partial?.answers?.find((answer) => answer.failure?.code === failure.code)?.server ?? '';
    return say('proxy.name-not-found', [fact('proxy.name', { proxy, failure: failure.code, server })], {
      // Silence and a server's own trouble may pass by; that there is no such name is the zone's word.
      confidence: isZonesWord(failure.code) ? 'high' : 'medium',
    });
  }
  if (attempt.tcp.status !== 'failed') return null;
  const tried = contact.failed.slice(0, 4);
  const evidence = tried.map(({ address, failure }) => fact('proxy.connect', { proxy, address, failure }));
  const local = tried.length > 0 && tried.every(({ address }) => addressClass(address) === 'loopback');
  const tunnels = proxiesOf(survey).get(proxy) ?? 0;
  return say(
    'proxy.unreachable',
    [
      ...evidence,
      ...(local ? [fact('proxy.own-machine', { proxy })] : []),
      ...(tunnels > 0 ? [fact('proxy.others-reached', { proxy, tunnels })] : []),
    ],
    { confidence: tunnels > 0 ? 'medium' : 'high' },
  );
}

function authProblem(proxied: ProxiedAttempt, value: Partial<TunnelValue>): Problem {
  const { proxy } = proxied;
  const say = sayOf(proxied);
  const { auth } = value;
  if (auth == null) return say('proxy.auth-required', answerFacts(proxied, value));
  const schemes = sample(auth.offered, 8);
  const isOpen = auth.failed?.reason === 'not-proven';
  if (isOpen || auth.failed?.reason === 'not-repeated') {
    // The same line for all of them, so that it stands once under the root cause.
    const once = fact('proxy.auth-once', { proxy, scheme: auth.scheme ?? '', host: auth.failed.detail ?? '' });
    return say('proxy.auth-rejected', [once, fact('proxy.offers', { proxy, schemes })], {
      confidence: isOpen ? 'medium' : 'high',
      // What the first one met may have had nothing to do with the account.
      alternatives: isOpen ? ['proxy.timeout'] : [],
    });
  }
  const evidence: Fact[] = [
    ...answerFacts(proxied, value).slice(0, 1),
    schemes === '' ? fact('proxy.offers-nothing', { proxy }) : fact('proxy.offers', { proxy, schemes }),
    fact('proxy.auth', {
      proxy,
      scheme: auth.scheme ?? '',
      legs: auth.legs,
      reason: auth.failed?.reason ?? '',
      detail: auth.failed?.detail ?? '',
    }),
    ...auth.skipped.slice(0, 4).map(({ scheme, why }) => fact('proxy.auth-skipped', { proxy, scheme, why })),
  ];
  const cause = authCause(auth);
  const open = openAuth.get(auth.failed?.reason ?? '') ?? [];
  return say(cause, evidence, { confidence: open.length === 0 ? 'high' : 'medium', alternatives: open });
}

/** What the proxy itself said. */
function answerFacts({ observation, proxy }: ProxiedAttempt, value: Partial<TunnelValue>): readonly Fact[] {
  const { host } = observation;
  const { status, reason, headers = [], bodyExcerpt = '' } = value;
  if (status == null) return [];
  const telling = ['x-squid-error', 'proxy-status', 'server', 'via', 'location'];
  const headerFacts = telling.flatMap((name) => {
    const headerValue = headers.find(([headerName]) => headerName === name)?.[1];
    return headerValue === undefined ? [] : [fact('proxy.header', { proxy, name, value: headerValue.slice(0, 200) })];
  });
  const text = pageText(bodyExcerpt);
  return [
    fact('proxy.status', { host, proxy, status, reason: reason ?? '' }),
    ...headerFacts.slice(0, 3),
    ...(text === '' ? [] : [fact('proxy.body', { proxy, text: text.slice(0, 160) })]),
  ];
}

function refusal(proxied: ProxiedAttempt, value: Partial<TunnelValue>): Problem {
  const { observation, proxy, survey } = proxied;
  const { host } = observation;
  const say = sayOf(proxied);
  const answer = asAnswer(value);
  const error = proxyError(answer);
  const page = blockPage(answer, host);
  const evidence: readonly Fact[] = [
    ...answerFacts(proxied, value),
    ...(page === null ? [] : [fact('proxy.vendor', { proxy, vendor: page.vendor })]),
    ...(answer.status === 451 || answer.status === 511 ? [fact('http.status-meaning', { status: answer.status })] : []),
  ];
  const led = (proxiesOf(survey).get(proxy) ?? 0) > 0;
  // A cloud proxy or an appliance that knows people by a cookie sends them to a page first. The host that was asked for
  // stands in its address as well.
  const location = (headerOf(answer, 'location') ?? '').replaceAll(host, '');
  if (answer.status >= 300 && answer.status < 400 && isSignInAddress(location)) {
    const isLocation = ({ args }: Fact): boolean => args['name'] === 'location';
    const [first, ...rest] = evidence.filter((said) => !isLocation(said));
    const shown = [...(first === undefined ? [] : [first]), ...evidence.filter(isLocation), ...rest];
    // Whom it leads elsewhere it knows already, or it lets some hosts through to everybody.
    return say('proxy.auth-required', shown, led ? { alternatives: ['proxy.denied'] } : { confidence: 'high' });
  }
  // To a CONNECT, what a filter on the proxy calls a blocked page is the proxy's own policy.
  if (error !== null) {
    const { alternatives } = error;
    const confidence = alternatives.length === 0 ? 'high' : 'medium';
    return say(error.cause === 'http.block-page' ? 'proxy.denied' : error.cause, evidence, {
      confidence,
      alternatives,
    });
  }
  if (page !== null) return say('proxy.denied', evidence, { confidence: 'high' });
  const to = redirectOf(`http://${host}/`, answer);
  if (isPortalPage(answer) || (to !== null && isPortalAddress(to.url))) {
    return say('http.captive-portal', evidence, { alternatives: ['proxy.denied'] });
  }
  const [cause, alternatives] = byStatus(answer.status, led);
  if (cause === 'proxy.denied' && !led) {
    // Some proxies admit known programs only.
    const name = survey.observations.plan.userAgent ?? 'wayclear';
    const client = fact('proxy.client-name', { proxy, name });
    return say(cause, [...evidence.slice(0, 1), client, ...evidence.slice(1)], {
      confidence: alternatives.length === 0 ? 'high' : 'medium',
      alternatives,
    });
  }
  return say(cause, evidence, { confidence: alternatives.length === 0 ? 'high' : 'medium', alternatives });
}

function socksProblem(proxied: ProxiedAttempt, value: Partial<TunnelValue>, failure: Failure): Problem {
  const { observation, proxy } = proxied;
  const reply = value.reply ?? 0;
  const [name, alternatives] = socksReplies[reply] ?? [failure.detail ?? '', []];
  const evidence = [fact('proxy.socks', { host: observation.host, proxy, reply, name })];
  return sayOf(proxied)('proxy.socks-refused', evidence, {
    signature: `${proxy} ${reply}`,
    confidence: alternatives.length === 0 ? 'high' : 'medium',
    alternatives,
  });
}

function ended(proxied: ProxiedAttempt, value: Partial<TunnelValue>, failure: Failure): Problem {
  const { observation, proxy, survey } = proxied;
  const say = sayOf(proxied);
  const evidence = [fact('proxy.ended', { host: observation.host, proxy, failure: failure.code })];
  // It spoke HTTP, asked for credentials, got some, and hung up.
  if (value.status === 407 && (value.auth?.legs ?? 0) > 0) {
    const schemes = sample(value.auth?.offered ?? [], 8);
    return say('proxy.auth-rejected', [...evidence, fact('proxy.offers', { proxy, schemes })], {
      alternatives: ['proxy.auth-unsupported', 'proxy.denied'],
    });
  }
  const tunnels = proxiesOf(survey).get(proxy) ?? 0;
  if (tunnels > 0) {
    return say('proxy.denied', [...evidence, fact('proxy.others-reached', { proxy, tunnels })], {
      alternatives: ['proxy.upstream-unreachable'],
    });
  }
  return say('proxy.not-a-proxy', evidence, { alternatives: ['proxy.denied', 'proxy.unreachable'] });
}

function tlsToProxy(proxied: ProxiedAttempt, value: Partial<TunnelValue>, failure: Failure): Problem {
  const { proxy, survey, attempt, route } = proxied;
  const certificate = value.tls ?? null;
  const port = route.kind === 'proxy' ? route.port : 0;
  const firstBytes = firstBytesOfProxy(survey, attempt.proxy?.address ?? null, port);
  const text = value.firstBytes ?? (firstBytes === null ? '' : readable(firstBytes));
  const problemText = certificate?.problem ?? failure.detail ?? failure.raw.code ?? failure.raw.message;
  const evidence = [
    fact('proxy.tls', { proxy, problem: problemText }),
    ...(certificate === null
      ? []
      : [fact('proxy.certificate', { proxy, subject: certificate.subject, issuer: certificate.issuer })]),
    ...(text === '' ? [] : [fact('proxy.not-http', { proxy, text })]),
  ];
  // What answers a handshake in plain HTTP may be a proxy that is asked in the wrong way; of anything else that isn't known.
  const open = failure.detail === 'not-tls' && !text.startsWith('HTTP/');
  const cutOff = certificate === null && ['closed', 'ECONNRESET', 'EPIPE'].includes(problemText);
  return sayOf(proxied)('proxy.tls-failed', evidence, {
    // A session that was cut off says nothing of why; a certificate or another protocol does.
    confidence: open || cutOff ? 'medium' : 'high',
    alternatives: open || cutOff ? ['proxy.not-a-proxy'] : [],
  });
}

function tunnelProblem(proxied: ProxiedAttempt, failure: Failure, ms: number, value: Partial<TunnelValue>): Problem {
  const { observation, proxy, survey } = proxied;
  const { host } = observation;
  const say = sayOf(proxied);
  const high = { confidence: 'high' } as const;
  switch (failure.code) {
    case 'tunnel.auth':
      return authProblem(proxied, value);
    case 'tunnel.refused':
      return refusal(proxied, value);
    case 'tunnel.socks':
      return socksProblem(proxied, value, failure);
    case 'tunnel.tls':
      return tlsToProxy(proxied, value, failure);
    case 'tunnel.not-http': {
      const text = failure.detail ?? value.firstBytes ?? '';
      // An alert or a handshake record (RFC 8446 section 5.1), its control bytes shown as dots.
      const tls = /^\.\.[.]/.test(text) && proxied.route.kind === 'proxy' && proxied.route.protocol === 'http';
      const hint = tls ? [fact('proxy.speaks-tls', { proxy })] : [];
      return say('proxy.not-a-proxy', [fact('proxy.not-http', { proxy, text }), ...hint], high);
    }
    case 'tunnel.overflow':
      return say('proxy.not-a-proxy', [fact('proxy.overflow', { proxy })]);
    case 'tunnel.closed':
    case 'tunnel.reset':
      return ended(proxied, value, failure);
    case 'tunnel.timeout': {
      // It had said no; what didn't end is the page beside it.
      if (value.status != null && value.status >= 300 && value.status !== 407) return refusal(proxied, value);
      // The challenge before is how every request to it begins, and says nothing of this silence.
      const said = value.status === 407 ? [] : answerFacts(proxied, value);
      const silent = [fact('proxy.silent', { host, proxy, ms }), ...said];
      const tunnels = proxiesOf(survey).get(proxy) ?? 0;
      if (tunnels > 0) {
        // It answers for others: it waits for what stands behind this host.
        const others = fact('proxy.others-reached', { proxy, tunnels });
        return say('proxy.upstream-unreachable', [...silent, others], {
          alternatives: ['proxy.timeout', 'proxy.upstream-dns'],
        });
      }
      return say('proxy.timeout', silent, { alternatives: ['proxy.not-a-proxy', 'proxy.upstream-unreachable'] });
    }
    default: {
      const raw = fact('failure.raw', { host, stage: 'tunnel', failure: failure.code, message: failure.raw.message });
      return undetermined('tunnel', failure.code, [raw], 'ask-proxy');
    }
  }
}

function caseOf(
  survey: Survey,
  target: Target,
  observation: Observation,
  attempt: Attempt,
  proxy: string,
): ProxiedAttempt {
  return { survey, observation, attempt, proxy, place: placeOf(proxy), route: observation.route ?? target.route };
}

/** A web server, or a filter that lets nothing through, in place of a proxy: nothing that comes from there is an origin's. */
function answersItself(proxied: ProxiedAttempt, value: TunnelValue): Problem {
  const evidence = [fact('proxy.page-for-tunnel', { proxy: proxied.proxy }), ...answerFacts(proxied, value)];
  return sayOf(proxied)('proxy.not-a-proxy', evidence, { alternatives: ['http.block-page', 'proxy.denied'] });
}

/** Why an attempt through a proxy got no further than the proxy; null for a direct one, and for one that got through. */
export function proxyProblem(
  survey: Survey,
  target: Target,
  observation: Observation,
  attempt: Attempt,
): { readonly stage: StageName; readonly problem: Problem } | null {
  if (attempt.proxy === undefined) return null;
  const proxied = caseOf(survey, target, observation, attempt, attempt.proxy.proxy);
  const contact = contactProblem(proxied);
  if (contact !== null) return { stage: 'tcp', problem: contact };
  const { tunnel } = attempt;
  if (tunnel.status === 'passed' && isWebServer(survey, attempt.proxy.proxy)) {
    return { stage: 'tunnel', problem: answersItself(proxied, tunnel.value) };
  }
  if (tunnel.status !== 'failed') return null;
  const failed = tunnelProblem(proxied, tunnel.failure, tunnel.ms, tunnel.partial ?? {});
  const problem = forbiddenByNumber(survey, attempt, withoutParent(survey, attempt.proxy.proxy, failed));
  return { stage: 'tunnel', problem: afterWildcard(survey, target, observation, attempt, problem) };
}

/** An answer that no header shows to be the proxy's, and something else does. */
function unsigned(proxied: ProxiedAttempt, shown: Partial<TunnelValue>, { evidence, how }: OwnAnswer): Problem {
  const own = refusal(proxied, shown);
  const status = shown.status ?? 0;
  const others: readonly CauseId[] = [
    ...(status === 404 ? (['proxy.upstream-dns'] as const) : []),
    ...(how === 'proven' ? [] : ([status >= 500 ? 'http.service-error' : 'http.block-page'] as const)),
  ];
  const alternatives = [...new Set([...own.alternatives, ...others])].filter((cause) => cause !== own.cause);
  const [first, ...rest] = answerFacts(proxied, shown);
  const ask = how === 'open' ? [fact('experiment', { experiment: 'ask-proxy' })] : [];
  return {
    ...own,
    evidence: [...(first === undefined ? [] : [first]), ...evidence, ...rest, ...ask, sourceFact(proxied)],
    confidence: how === 'open' ? 'low' : alternatives.length > 0 ? 'medium' : own.confidence,
    alternatives,
  };
}

/**
 * The proxy's own answer to a plain HTTP request that it was to hand on: its error pages and refusals are not the origin's.
 * Null where nothing says that the proxy wrote it.
 */
export function forwardedProblem(
  survey: Survey,
  target: Target,
  observation: Observation,
  attempt: Attempt,
  value: HttpValue,
): Problem | null {
  if (attempt.proxy === undefined || attempt.tunnel.status !== 'passed') return null;
  if (attempt.tunnel.value.via !== 'absolute-form') return null;
  const { proxy } = attempt.proxy;
  const proxied = caseOf(survey, target, observation, attempt, proxy);
  const fromProxy = headerOf(value, 'x-squid-error') !== null && value.status >= 500;
  const [cause, alternatives] = byStatus(value.status, true);
  const error = proxyError(value) ?? (fromProxy ? { cause, alternatives } : null);
  const shown = { ...attempt.tunnel.value, bodyExcerpt: value.bodyExcerpt };
  if (error === null) {
    const refused = [401, 403, 451].includes(value.status) || (value.status >= 300 && value.status < 400);
    const same =
      sameRefusal(survey, proxy, observation.host, value) ??
      (refused ? ownRefusal(survey, proxy, observation, value) : null);
    if (blockPage(value, observation.host) !== null) return null;
    if (same === null) {
      const own = ownPlainAnswer(survey, proxy, target, observation, value);
      if (own !== null) {
        const said = unsigned(proxied, shown, own);
        return afterWildcard(survey, target, observation, attempt, withoutParent(survey, proxy, said));
      }
      if (value.status !== 403 || isPassedOn(survey, proxy, target, observation, value)) return null;
      // Nobody signed it: the proxy forbids by the same word as the service does.
      const experiment = fact('experiment', { experiment: 'ask-proxy' });
      const evidence = [...answerFacts(proxied, shown), experiment];
      return sayOf(proxied)('proxy.denied', evidence, { confidence: 'low', alternatives: ['http.block-page'] });
    }
    const { evidence: _others, ...said } = refusal(proxied, same.value);
    const [first, ...rest] = answerFacts(proxied, shown);
    const also =
      same.host === observation.host
        ? fact('proxy.refuses-tunnel', { host: observation.host, proxy, status: same.value.status ?? 0 })
        : fact('proxy.same-answer', { host: observation.host, proxy, other: same.host });
    const evidence = first === undefined ? [also] : [first, also, ...rest];
    return { ...said, evidence: [...evidence, sourceFact(proxied)] };
  }
  const problem = sayOf(proxied)(
    error.cause === 'http.block-page' ? 'proxy.denied' : error.cause,
    answerFacts(proxied, shown),
    {
      confidence: error.alternatives.length === 0 ? 'high' : 'medium',
      alternatives: error.alternatives,
    },
  );
  return afterWildcard(survey, target, observation, attempt, withoutParent(survey, proxy, problem));
}
