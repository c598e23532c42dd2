/** What plain HTTP answers of unrelated domains have in common: where they lead, and what they demand. */

import { addTo } from '../../grouped.ts';
import type { Observation } from '../../model/observations.ts';
import { domainOf } from './host-names.ts';
import { redirectOf } from './http-answer.ts';
import { signInOf } from './vendors.ts';

/** Hosts that plain HTTP answers redirect to, and the domains that are sent there. */
export function redirectsOf(probes: readonly Observation[]): ReadonlyMap<string, ReadonlySet<string>> {
  const domains = new Map<string, Set<string>>();
  for (const { scheme, url, host, attempts } of probes) {
    if (scheme !== 'http') continue;
    for (const { http } of attempts) {
      const to = http.status === 'passed' ? redirectOf(url ?? `http://${host}/`, http.value) : null;
      if (to !== null) addTo(domains, to.host, domainOf(host));
    }
  }
  return domains;
}

/** Demands to sign in, and the domains that answer plain HTTP with each. */
export function signInsOf(probes: readonly Observation[]): ReadonlyMap<string, ReadonlySet<string>> {
  const domains = new Map<string, Set<string>>();
  for (const { scheme, host, attempts } of probes) {
    if (scheme !== 'http') continue;
    for (const { http } of attempts) {
      const asks = http.status === 'passed' ? signInOf(http.value) : null;
      if (asks !== null) addTo(domains, asks, domainOf(host));
    }
  }
  return domains;
}
