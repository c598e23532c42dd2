/** What certificates of the whole run have in common: who signed them, for which domains, at which addresses. */

import { addTo } from '../../grouped.ts';
import type { EndpointTls } from '../../model/catalog.ts';
import type { Observation, Observations } from '../../model/observations.ts';
import type { Target } from '../../model/plan.ts';
import { isAuthentic, pathDateProblem, type Trust, trustOf } from './chain-trust.ts';
import { domainOf, isAddress, type Nowhere, nowhereOf } from './host-names.ts';
import { isInside } from './inside-hosts.ts';

/** TLS settings of whoever is at `host`: the plan's own for it, or else the asking target's. */
export function tlsOf(
  { byHost }: { readonly byHost: ReadonlyMap<string, Target> },
  target: Target,
  host: string,
): EndpointTls {
  if (host === target.host) return target.tls;
  return (byHost.get(host) ?? target).tls;
}

export interface Handshakes {
  readonly authorities: ReadonlyMap<string, ReadonlySet<string>>;
  readonly signedHosts: ReadonlyMap<string, ReadonlySet<string>>;
  readonly home: Set<Nowhere>;
  /** Servers of the inside that proved to be those that were meant, by an authority of their own. */
  readonly inside: Set<string>;
  readonly wrong: ReadonlyMap<string, ReadonlySet<string>>;
  readonly right: ReadonlyMap<string, ReadonlySet<string>>;
  readonly wrongDates: Set<string>;
  readonly rightDates: Set<string>;
}

export function handshakesOf(
  observations: Observations,
  { targets, byHost }: { readonly targets: ReadonlyMap<string, Target>; readonly byHost: ReadonlyMap<string, Target> },
  probes: readonly Observation[],
): Handshakes {
  const authorities = new Map<string, Set<string>>();
  const signedHosts = new Map<string, Set<string>>();
  const wrong = new Map<string, Set<string>>();
  const right = new Map<string, Set<string>>();
  const home = new Set<Nowhere>();
  const inside = new Set<string>();
  const wrongDates = new Set<string>();
  const rightDates = new Set<string>();
  const note = (host: string, address: string | null, trust: Trust): void => {
    const domain = domainOf(host);
    const [legitimate] = trust.legitimate;
    // Servers of the inside have an authority of their own, and one that they share does not open the way to others.
    if (
      legitimate === undefined &&
      trust.leaf !== null &&
      !trust.byName &&
      (!trust.leaf.selfSigned || trust.sent.length > 1) &&
      !isInside(observations, host)
    ) {
      addTo(authorities, trust.authority, domain);
      addTo(signedHosts, trust.authority, host);
    }
    if (trust.inside && isAuthentic(trust)) {
      inside.add(host);
      return;
    }
    if (legitimate !== undefined && trust.nameMatches) {
      const late = pathDateProblem(observations, legitimate, observations.startedAt) !== null;
      (late ? wrongDates : rightDates).add(domain);
    }
    if (address === null) return;
    const place = nowhereOf(address);
    if (isAuthentic(trust)) {
      addTo(right, address, domain);
      if (place !== null && place !== 'unspecified' && !isAddress(host)) home.add(place);
    } else if (trust.leaf !== null && !trust.nameMatches) addTo(wrong, address, domain);
  };
  for (const { target, host, attempts } of probes) {
    const asking = targets.get(target);
    if (asking === undefined) continue;
    for (const { address, tls } of attempts) {
      if (tls.status !== 'passed') continue;
      note(host, address, trustOf(observations, tlsOf({ byHost }, asking, host), host, tls.value));
    }
  }
  return { authorities, signedHosts, home, inside, wrong, right, wrongDates, rightDates };
}
