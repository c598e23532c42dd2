/** Asks what answers where a handshake failed without showing it. */
import { isIP } from '../../addresses.ts';
import type { Experiment } from '../../model/experiments.ts';
import type { Failure, TlsValue } from '../../model/observations.ts';
import { wayOf } from '../survey/failure-class.ts';
import type { Survey } from '../survey/survey.ts';
import type { FailedProbe } from './failures.ts';
import { classicHello } from './hello.ts';
import { experimentOf, isReachable } from './session.ts';

/** Places of one way that are asked. */
const MOST_A_WAY = 4;
/** Bytes of a record's header (RFC 8446 section 5.1): with fewer OpenSSL can't tell what answers. */
const RECORD_HEADER = 5;

/** Whether what answers is still to be seen: no TLS, an older version, or too few bytes to tell. */
function hidesAnswer({ code, raw }: Failure, partial: Partial<TlsValue> | null): boolean {
  const { bytesRead = 0, firstBytes } = partial ?? {};
  if (firstBytes !== undefined) return false;
  if (code === 'tls.not-tls' || raw.code === 'ERR_SSL_UNSUPPORTED_PROTOCOL') return true;
  const cut = code === 'tls.timeout' || code === 'tls.closed' || code === 'tls.reset';
  return cut && bytesRead > 0 && bytesRead < RECORD_HEADER;
}

/** The proxy itself, where it was to speak TLS and speaks something else. */
function proxyWish(survey: Survey, { probe, attempt }: FailedProbe): Experiment | null {
  const route = probe.route ?? survey.targets.get(probe.target)?.route;
  const address = attempt?.proxy?.address ?? null;
  if (route?.kind !== 'proxy' || address === null || attempt?.tunnel.status !== 'failed') return null;
  const { failure } = attempt.tunnel;
  if (failure.code !== 'tunnel.tls' || failure.detail !== 'not-tls') return null;
  const does = {
    action: 'connect',
    address,
    family: isIP(address) === 6 ? 6 : 4,
    port: route.port,
    scheme: 'https',
    url: null,
    ...classicHello,
    servername: route.host,
    firstBytes: true,
  } as const;
  const { target, host, port } = probe;
  return { id: `first-bytes ${wayOf(attempt)}`, kind: 'first-bytes', target, host, port, does };
}

/** A few of those places, each domain once. */
export function firstBytesWishes(survey: Survey, failures: readonly FailedProbe[]): readonly Experiment[] {
  const wishes = new Map<string, Experiment>();
  const taken = new Map<string, number>();
  const domains = new Set<string>();
  for (const trial of survey.experiments.byKind('first-bytes')) {
    const way = wayOf(trial.observation.attempts[0]);
    taken.set(way, (taken.get(way) ?? 0) + 1);
  }
  for (const failure of failures) {
    const { attempt, domain } = failure;
    const ofProxy = proxyWish(survey, failure);
    if (ofProxy !== null) wishes.set(ofProxy.id, ofProxy);
    if (attempt?.tls.status !== 'failed' || !hidesAnswer(attempt.tls.failure, attempt.tls.partial)) continue;
    const way = wayOf(attempt);
    const count = taken.get(way) ?? 0;
    const key = `${way} ${domain}`;
    if (count >= MOST_A_WAY || domains.has(key) || !isReachable(failure)) continue;
    domains.add(key);
    taken.set(way, count + 1);
    const wish = experimentOf(survey, failure, ['first-bytes', { firstBytes: true }]);
    wishes.set(wish.id, wish);
  }
  return [...wishes.values()];
}
