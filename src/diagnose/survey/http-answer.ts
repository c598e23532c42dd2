import type { HttpValue, Observation } from '../../model/observations.ts';
import { domainOf } from './host-names.ts';

/** The first header of a name (lower case); null if there is none. */
export function headerOf(value: HttpValue, name: string): string | null {
  return value.headers.find(([header]) => header === name)?.[1] ?? null;
}

/** Whether the body is a web page, by its type or its first words. */
export function looksLikeHtml(value: HttpValue): boolean {
  const type = headerOf(value, 'content-type') ?? '';
  return /html/i.test(type) || /^\s*(<!doctype html|<html|<head|<title)/i.test(value.bodyExcerpt);
}

/** Answers that bear the same marks come from the same hand. */
export const handOf = (value: HttpValue): string =>
  JSON.stringify([value.status, ...['server', 'content-type', 'content-length'].map((name) => headerOf(value, name))]);

/** Where a 3xx answer to `base` leads, the address without its query; null for none or an unreadable one. */
export function redirectOf(base: string, value: HttpValue): { readonly host: string; readonly url: string } | null {
  const location = headerOf(value, 'location');
  if (location === null || value.status < 300 || value.status > 399 || !URL.canParse(location, base)) return null;
  const url = new URL(location, base);
  return { host: url.hostname.replace(/^\[(.*)\]$/, '$1'), url: `${url.protocol}//${url.host}${url.pathname}` };
}

export interface AddedHeader {
  readonly name: string;
  readonly value: string;
  /** Unrelated domains whose plain answers bear it. */
  readonly domains: number;
}

/** Headers by which whoever passes an answer on names itself (RFC 9110 section 7.6.3; the others are squid's). */
const passedOn = ['via', 'x-cache', 'x-cache-lookup'];
/** Unrelated domains that a content network in front of some of them doesn't explain. */
const UNRELATED = 3;

/**
 * The same word of an intermediary on every plain HTTP answer of unrelated domains, and on none over TLS. A proxy that was
 * asked to hand requests on may say so.
 */
export function addedHeaderOf(probes: readonly Observation[]): AddedHeader | null {
  // Nothing is read of thousands of sessions where no plain answer is there to compare them with.
  if (!probes.some(({ scheme }) => scheme === 'http')) return null;
  const values = (scheme: Observation['scheme'], name: string): readonly (readonly [string, string | null])[] =>
    probes.flatMap((probe) =>
      probe.scheme !== scheme
        ? []
        : probe.attempts.flatMap(({ http, proxy }) =>
            http.status === 'passed' && proxy === undefined
              ? [[domainOf(probe.host), headerOf(http.value, name)] as const]
              : [],
          ),
    );
  for (const name of passedOn) {
    const plain = values('http', name);
    const value = plain[0]?.[1] ?? null;
    if (value === null || plain.some(([, other]) => other !== value)) continue;
    const domains = new Set(plain.map(([domain]) => domain)).size;
    if (domains >= UNRELATED && !values('https', name).some(([, other]) => other === value))
      return { name, value, domains };
  }
  return null;
}
