import { addressClass, isIP } from '../addresses.ts';
import type { HttpValue, Observation } from '../model/observations.ts';
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
  if (answer === null || !redirectStatuses.includes(answer.status)) return null;
  return answer.headers.find(([name]) => name === 'location')?.[1] ?? null;
}

const outside = ['global', 'documentation', 'benchmarking'];
const inside = ['loopback', 'link-local', 'private', 'shared', 'unique-local', 'unspecified'];

/**
 * Whether a hop leads from a server on the internet to an address inside: a server outside doesn't
 * get to choose what is contacted in here. The address in `location` is evidence enough.
 */
export function leadsInside(from: readonly string[], to: readonly string[]): boolean {
  return (
    from.some((address) => outside.includes(addressClass(address))) &&
    to.some((address) => inside.includes(addressClass(address)))
  );
}
