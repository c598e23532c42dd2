import { addTo } from '../../grouped.ts';
import type { Attempt, HttpValue, TunnelValue } from '../../model/observations.ts';
import { wayOf } from './failure-class.ts';
import { domainOf } from './host-names.ts';
import { headerOf } from './http-answer.ts';
import { asAnswer, notOfAProxy } from './proxy-answer.ts';
import type { Survey } from './survey.ts';
import { proxyError } from './vendors.ts';

/** A host to which a proxy refused a tunnel, and its answer. */
interface TunnelRefusal {
  readonly host: string;
  readonly value: Partial<TunnelValue>;
}

interface ProxyRecord {
  readonly led: ReadonlyMap<string, number>;
  readonly refused: ReadonlyMap<string, readonly TunnelRefusal[]>;
  /** Unrelated domains that it was asked for. */
  readonly domains: ReadonlyMap<string, ReadonlySet<string>>;
  /** Proxies that granted a tunnel with a page in it, and those that a TLS session went through. */
  readonly pages: ReadonlySet<string>;
  readonly sessions: ReadonlySet<string>;
}

/** Different answers of one proxy that are kept to compare others with. */
const keptRefusals = 32;

const cache = new WeakMap<Survey, ProxyRecord>();

/** What the attempts through each proxy came to, by the proxy's name. */
interface Tally {
  readonly tunnels: Map<string, Set<string>>;
  /** Targets whose plain answer came without a word of whoever passed it on. */
  readonly unsigned: Map<string, Set<string>>;
  readonly refused: Map<string, Map<string, TunnelRefusal>>;
  readonly pages: Set<string>;
  readonly sessions: Set<string>;
}

/** Whether a tunnel was granted with content of its own (RFC 9110 section 9.3.6: there is none), and TLS met just that. */
function isPage({ tunnel, tls }: Attempt): boolean {
  if (tunnel.status !== 'passed' || tls.status !== 'failed' || tls.failure.code !== 'tls.not-tls') return false;
  return Number(headerOf(asAnswer(tunnel.value), 'content-length') ?? 0) > 0;
}

/** One attempt of a target at `host`. */
function count({ tunnels, unsigned, refused, pages, sessions }: Tally, target: string, host: string, attempt: Attempt) {
  const { tunnel, tls, http } = attempt;
  const proxy = wayOf(attempt);
  if (tls.status === 'passed') sessions.add(proxy);
  if (isPage(attempt)) pages.add(proxy);
  if (tunnel.status === 'passed') {
    const plain = tunnel.value.via === 'absolute-form' && http.status === 'passed';
    // It led nowhere, and says so; an error that nobody signs may be its own, whatever it adds.
    if (plain && (proxyError(http.value) !== null || http.value.status >= 500)) return;
    addTo(plain && headerOf(http.value, 'via') === null ? unsigned : tunnels, proxy, target);
  } else if (tunnel.status === 'failed' && tunnel.failure.code === 'tunnel.refused' && tunnel.partial !== null) {
    const kinds = refused.get(proxy) ?? new Map<string, TunnelRefusal>();
    refused.set(proxy, kinds);
    const kind = marksOf(asAnswer(tunnel.partial), host);
    if (!kinds.has(kind) && kinds.size < keptRefusals) kinds.set(kind, { host, value: tunnel.partial });
  }
}

function read(survey: Survey): ProxyRecord {
  const cached = cache.get(survey);
  if (cached !== undefined) return cached;
  const tally: Tally = {
    ...{ tunnels: new Map(), unsigned: new Map(), refused: new Map() },
    ...{ pages: new Set(), sessions: new Set() },
  };
  const domains = new Map<string, Set<string>>();
  for (const [id, probes] of survey.probes) {
    for (const { host, attempts } of probes) {
      for (const attempt of attempts) {
        if (attempt.proxy === undefined) continue;
        addTo(domains, attempt.proxy.proxy, domainOf(host));
        count(tally, id, host, attempt);
      }
    }
  }
  const led = new Map([...tally.tunnels].map(([proxy, targets]) => [proxy, targets.size]));
  for (const [proxy, targets] of tally.unsigned) {
    // A web server answers requests in absolute form by itself, and no CONNECT.
    const refusals = [...(tally.refused.get(proxy)?.values() ?? [])];
    const doubtful = !led.has(proxy) && refusals.some(({ value }) => notOfAProxy.has(value.status ?? 0));
    if (!doubtful) led.set(proxy, new Set([...(tally.tunnels.get(proxy) ?? []), ...targets]).size);
  }
  const refused = new Map([...tally.refused].map(([proxy, kinds]) => [proxy, [...kinds.values()]]));
  const proxies = { led, refused, domains, pages: tally.pages, sessions: tally.sessions };
  cache.set(survey, proxies);
  return proxies;
}

/** What an answer is known again by. */
const marksOf = (answer: HttpValue, host: string): string =>
  JSON.stringify([answer.status, headerOf(answer, 'server'), headerOf(answer, 'content-type'), pageOf(answer, host)]);

/** The start of a page without the name that it was asked for. */
const pageOf = ({ bodyExcerpt }: HttpValue, host: string): string =>
  bodyExcerpt.slice(0, 1024).replaceAll(host, '').replace(/\s+/g, ' ').trim().slice(0, 512);

/** How many targets each proxy led to in this run, by `protocol://HOST:PORT`. Read once for a survey. */
export const proxiesOf = (survey: Survey): ReadonlyMap<string, number> => read(survey).led;

/** Whether a proxy was asked for unrelated hosts and led to none. */
export function leadsNowhere(survey: Survey, proxy: string): boolean {
  const { led, domains } = read(survey);
  return (led.get(proxy) ?? 0) === 0 && (domains.get(proxy)?.size ?? 0) >= 2;
}

/**
 * The refusal of a tunnel that shows who wrote the answer to a request for `name` in absolute form: the same page with the same
 * status; or the same server's name, where that server answers CONNECT as a web server does. Null where none does.
 */
export function sameRefusal(survey: Survey, proxy: string, name: string, answer: HttpValue): TunnelRefusal | null {
  const { led, refused } = read(survey);
  const refusals = refused.get(proxy) ?? [];
  const same = ({ host, value }: TunnelRefusal): boolean => marksOf(asAnswer(value), host) === marksOf(answer, name);
  const alike = pageOf(answer, name) === '' ? undefined : refusals.find(same);
  if (alike !== undefined) return alike;
  const server = headerOf(answer, 'server');
  if (server === null || led.has(proxy) || headerOf(answer, 'via') !== null) return null;
  return (
    refusals.find(
      ({ value }) => notOfAProxy.has(value.status ?? 0) && headerOf(asAnswer(value), 'server') === server,
    ) ?? null
  );
}

/** Whether what is to be a proxy answers CONNECT with pages, and no session of the run went through it. */
export function isWebServer(survey: Survey, proxy: string): boolean {
  const { pages, sessions } = read(survey);
  return pages.has(proxy) && !sessions.has(proxy);
}

/** Whether a page by which this proxy refuses is known: another one is somebody else's. */
export const hasOwnPage = (survey: Survey, proxy: string): boolean =>
  (read(survey).refused.get(proxy) ?? []).some(({ value }) => (value.bodyExcerpt ?? '') !== '');
