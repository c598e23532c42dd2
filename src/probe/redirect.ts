import { isIP } from '../addresses.ts';
import type { HttpValue, Observation } from '../model/observations.ts';
import { type InsideRange, rangesOf } from '../named-addresses.ts';
import { canonicalName } from './dns/message.ts';

/** At most this many redirects are followed from one target. */
export const maxHops = 5;

const redirectStatuses = [301, 302, 303, 307, 308];

interface Hop {
  readonly scheme: 'https' | 'http';
  readonly host: string;
  readonly port: number;
  readonly url: string;
}

/** What a URL asks to be probed; null for other schemes, credentials, what is no host name, or nonsense. */
export function hopOf(text: string, base: string): Hop | null {
  if (!URL.canParse(text, base)) return null;
  const url = new URL(text, base);
  if ((url.protocol !== 'https:' && url.protocol !== 'http:') || url.username !== '' || url.password !== '')
    return null;
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (isIP(host) === 0 && canonicalName(host) === null) return null;
  url.hash = '';
  const scheme = url.protocol === 'https:' ? 'https' : 'http';
  return {
    scheme,
    host,
    port: url.port === '' ? (scheme === 'https' ? 443 : 80) : Number(url.port),
    url: url.href,
  };
}

/** The answer that decides about an observation: the first attempt that got one. */
export function answerOf(observation: Observation): HttpValue | null {
  for (const attempt of observation.attempts) {
    if (attempt.http.status === 'passed') return attempt.http.value;
  }
  return null;
}

/** Where the observation's answer sends its client; null if nowhere. */
export function locationOf(observation: Observation): string | null {
  const answer = answerOf(observation);
  return answer === null ? null : locationIn(answer);
}

function locationIn({ status, headers }: HttpValue): string | null {
  if (!redirectStatuses.includes(status)) return null;
  return headers.find(([name]) => name === 'location')?.[1] ?? null;
}

/**
 * The ranges inside in which those live who sent the observation's client to this place: of a name that has addresses of
 * others as well, only those that sent there themselves. Where a proxy resolved the name, nobody knows, unless it is an address.
 */
export function homesOf(
  { host, url, attempts }: Pick<Observation, 'host' | 'url' | 'attempts'>,
  to: Pick<Hop, 'host' | 'port'>,
): ReadonlySet<InsideRange> {
  const senders = attempts.flatMap(({ address, http }) => {
    const location = http.status === 'passed' ? locationIn(http.value) : null;
    const next = location === null || url === null ? null : hopOf(location, url);
    return next?.host === to.host && next.port === to.port ? [address ?? host] : [];
  });
  return new Set(rangesOf(senders.filter((sender) => isIP(sender) !== 0)));
}
