/** What plain answers of unrelated domains have in common: one page, by one way, is the work of one hand. */
import { addressClass, isIP } from '../../addresses.ts';
import { addTo, groupedBy } from '../../grouped.ts';
import type { Attempt, ExperimentObservation, HttpValue, Observation } from '../../model/observations.ts';
import { aliasOf } from './addresses.ts';
import { wayOf } from './failure-class.ts';
import { domainOf } from './host-names.ts';
import { handOf, headerOf, looksLikeHtml } from './http-answer.ts';
import { pageText } from './page-text.ts';
import type { Survey } from './survey.ts';
import { contentNetworkHeader } from './vendors.ts';

/** Characters of a page that are compared. */
const COMPARED = 1024;

/**
 * What a page is known again by, whatever it was asked for: its status and words, without the address, and without what
 * holds a digit (times, numbers of incidents). Null for what is no page, or has no words.
 */
export function pageMark(value: HttpValue, url: string): string | null {
  // A saved report may name an address that is none.
  if ((!looksLikeHtml(value) && value.status < 400) || !URL.canParse(url)) return null;
  const { hostname, pathname } = new URL(url);
  const words = pageText(value.bodyExcerpt.slice(0, 2 * COMPARED).replaceAll(hostname, ''));
  const bare = (pathname.length > 1 ? words.replaceAll(pathname, '') : words).split(' ');
  const text = bare.filter((word) => /\p{L}/u.test(word) && !/\d|:\/\//.test(word)).join(' ');
  return text === '' ? null : `${value.status} ${text.slice(0, COMPARED)}`;
}

/** A plain answer to a target itself, with the page that it brought, or that GET brought where HEAD was asked. */
interface PlainPage {
  readonly target: string;
  readonly probe: Observation;
  readonly attempt: Attempt;
  readonly value: HttpValue;
  readonly mark: string;
}

/** One page that unrelated domains gave by one way, the direct one or a proxy. */
export interface SharedPage {
  readonly mark: string;
  readonly domains: number;
  readonly members: readonly PlainPage[];
  readonly targets: ReadonlySet<string>;
  /** Only somebody on the way explains it: neither the software of a server nor a content network does. */
  readonly isNobodysOwn: boolean;
}

interface PlainPages {
  readonly of: ReadonlyMap<HttpValue, PlainPage>;
  readonly shared: ReadonlyMap<string, SharedPage>;
  /** Hands (see `handOf`) of answers without a body that unrelated domains have in common. */
  readonly hands: ReadonlySet<string>;
}

const cache = new WeakMap<Survey, PlainPages>();

const groupOf = ({ mark, attempt }: PlainPage): string => `${wayOf(attempt)} ${mark}`;
const handKey = (attempt: Attempt, value: HttpValue): string => `${wayOf(attempt)} ${handOf(value)}`;

/** An answer without a body that may stand for a page: a refusal or an error, or a page in place of something else. */
const mayBePage = (value: HttpValue): boolean =>
  value.bodyBytes === 0 && (value.status >= 400 || (value.status === 200 && looksLikeHtml(value)));

/** Pages that GET brought: by URL and way, and by the marks of the answer to HEAD. */
function fetchedPages(survey: Survey): ReadonlyMap<string, HttpValue> {
  const pages = new Map<string, HttpValue>();
  for (const { target, observation } of survey.experiments.byKind('body')) {
    const [attempt] = observation.attempts;
    if (attempt?.http.status !== 'passed') continue;
    pages.set(`${wayOf(attempt)} ${observation.url}`, attempt.http.value);
    const before = survey.probes.get(target)?.find(({ url }) => url === observation.url)?.attempts;
    const head = before?.find(({ address }) => address === attempt.address)?.http;
    if (head?.status === 'passed') pages.set(handKey(attempt, head.value), attempt.http.value);
  }
  return pages;
}

/** An answer to a plain request for a target itself. */
interface PlainAnswer {
  readonly target: string;
  readonly probe: Observation;
  readonly url: string;
  readonly attempt: Attempt;
  readonly answer: HttpValue;
}

/** Devices that somebody named by address, or by a name of the inside, have the page of their maker; no registry keeps them apart. */
const isUnrelated = ({ host }: Observation, { address }: Attempt): boolean =>
  host.includes('.') && isIP(host) === 0 && (address === null || addressClass(address) === 'global');

function plainAnswers(survey: Survey): readonly PlainAnswer[] {
  const answers: PlainAnswer[] = [];
  for (const [target, probes] of survey.probes) {
    for (const probe of probes) {
      const { scheme, hop, url } = probe;
      if (scheme !== 'http' || hop > 0 || url === null) continue;
      for (const attempt of probe.attempts) {
        const { http } = attempt;
        if (http.status !== 'passed' || !isUnrelated(probe, attempt)) continue;
        answers.push({ target, probe, url, attempt, answer: http.value });
      }
    }
  }
  return answers;
}

function read(survey: Survey): PlainPages {
  const cached = cache.get(survey);
  if (cached !== undefined) return cached;
  const fetched = fetchedPages(survey);
  const of = new Map<HttpValue, PlainPage>();
  const domains = new Map<string, Set<string>>();
  const hands = new Map<string, Set<string>>();
  for (const { target, probe, url, attempt, answer } of plainAnswers(survey)) {
    const hand = handKey(attempt, answer);
    if (mayBePage(answer)) addTo(hands, hand, domainOf(probe.host));
    const got = answer.bodyBytes > 0 ? answer : (fetched.get(`${wayOf(attempt)} ${url}`) ?? fetched.get(hand));
    const mark = got === undefined ? null : pageMark(got, url);
    if (mark === null || got === undefined) continue;
    const page: PlainPage = { target, probe, attempt, value: got, mark };
    of.set(answer, page);
    addTo(domains, groupOf(page), domainOf(probe.host));
  }
  const shared = new Map<string, SharedPage>();
  for (const [group, members] of groupedBy([...of.values()], groupOf)) {
    const found = domains.get(group)?.size ?? 0;
    const [first] = members;
    if (found < 2 || first === undefined) continue;
    const isNobodysOwn = !isCommonPage(first.mark) && !isOneNetwork(members);
    const targets = new Set(members.map(({ target }) => target));
    shared.set(group, { mark: first.mark, domains: found, members, targets, isNobodysOwn });
  }
  const common = new Set([...hands].flatMap(([hand, found]) => (found.size >= 2 ? [hand] : [])));
  const pages = { of, shared, hands: common };
  cache.set(survey, pages);
  return pages;
}

/** The pages that unrelated domains have in common. */
export const sharedPages = (survey: Survey): readonly SharedPage[] => [...read(survey).shared.values()];

/** The page of this plain answer that unrelated domains gave as well; null for a page of its own, or for none. */
export function sharedPageOf(survey: Survey, value: HttpValue): SharedPage | null {
  const { of, shared } = read(survey);
  const page = of.get(value);
  return page === undefined ? null : (shared.get(groupOf(page)) ?? null);
}

/** Whether unrelated domains gave an answer without a body that looks like this one: only their pages tell more. */
export const isSharedHand = (survey: Survey, attempt: Attempt, value: HttpValue): boolean =>
  mayBePage(value) && read(survey).hands.has(handKey(attempt, value));

/** The page of a plain answer as it is known again; null where none is known. */
export const markOf = (survey: Survey, value: HttpValue): string | null => read(survey).of.get(value)?.mark ?? null;

/** The page of a plain answer, which GET may have brought; the answer itself where none is known. */
export const pageOf = (survey: Survey, value: HttpValue): HttpValue => read(survey).of.get(value)?.value ?? value;

/** What an experiment with a made-up name got, as it is known again. */
export function madeUpMark({ observation }: ExperimentObservation): string | null {
  const [attempt] = observation.attempts;
  return attempt?.http.status === 'passed' && observation.url !== null
    ? pageMark(attempt.http.value, observation.url)
    : null;
}

/** Servers of content networks, by the names that they give themselves. */
const edges =
  /^(akamai|azion|bunny|cdn|cloudflare|cloudfront|ec(acc|d|s)\b|edgecast|fastly|front ?door|gse|gws|imperva|keycdn|sffe|tengine|varnish)/i;

/** Words of the pages that server software and content networks come with: any two hosts may have them. */
const stock: readonly RegExp[] = [
  /\b(nginx|openresty|apache|lighttpd|tomcat|jetty|caddy|litespeed|envoy|varnish|haproxy|iis|application-gateway)\b/i,
  /no server is available to handle this request|no healthy upstream|guru meditation/i,
  /the requested (url|resource) (is|was) not found|http error|http status|file or directory not found/i,
  /the resource you are looking for|the service is unavailable|request hostname is invalid|invalid url/i,
  /using the credentials that you supplied|additionally, a \S+ \S+ error was encountered/i,
  /you don'?t have permission to access (this resource|\S* ?on this server)|the server is temporarily unable to service/i,
  /it works!|default (web )?page|accessdenied|nosuch(key|bucket)|unknown domain|our services aren't available/i,
];

/** Words that statuses are told by. */
const ofStatus =
  /^(access|bad|busy|denied|error|forbidden|found|gateway|internal|is|method|moved|not|page|permanently|request|required|server|service|temporarily|timeout|unauthorized|unavailable|the|allowed|temporary|this|try|again|later|please|-|\u2013)[.!:,]?$/i;

/** Whether unrelated hosts may each have this page by themselves: it comes with a server's software, or says its status alone. */
function isCommonPage(mark: string): boolean {
  const text = mark.slice(4);
  return stock.some((pattern) => pattern.test(text)) || text.split(' ').every((word) => ofStatus.test(word));
}

/** Whether a content network answers for these domains: by its marks, or because their names lead to one network. */
function isOneNetwork(members: readonly PlainPage[]): boolean {
  const signed = ({ value }: PlainPage): boolean =>
    contentNetworkHeader(value) !== null || edges.test(headerOf(value, 'server') ?? '');
  const networks = members.map(({ probe }) => domainOf(aliasOf(probe.dns) ?? probe.host));
  const addresses = new Set(members.map(({ attempt }) => attempt.address));
  return members.some(signed) || new Set(networks).size < 2 || (addresses.size < 2 && !addresses.has(null));
}
