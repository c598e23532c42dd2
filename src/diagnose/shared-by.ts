/** What the targets of one root cause have in common, and the others don't. */

import { inPrefix, isIP } from '../addresses.ts';
import type { RootCause } from '../model/diagnosis.ts';
import type { SharedAttribute } from '../model/facts.ts';
import type { Target } from '../model/plan.ts';
import { domainOf, isAddress } from './survey/host-names.ts';

interface Common {
  readonly attribute: SharedAttribute;
  readonly value: string;
}

/** The one value of all; null if they differ or one has none. */
function sameOfAll(values: readonly (string | null)[]): string | null {
  const [first = null] = values;
  return first !== null && values.every((value) => value === first) ? first : null;
}

/** Lengths of prefixes that networks are given out and blocked in. */
const lengths: Readonly<Record<4 | 6, readonly number[]>> = { 4: [24, 16], 6: [48, 32] };

function prefixOf(addresses: readonly string[]): string | null {
  const [first] = addresses;
  if (first === undefined || addresses.length < 2 || new Set(addresses).size < 2) return null;
  const family = isIP(first);
  if (family !== 4 && family !== 6) return null;
  for (const bits of lengths[family]) {
    if (!addresses.every((address) => isIP(address) === family && inPrefix(address, first, bits))) continue;
    const parts = family === 4 ? first.split('.').slice(0, bits / 8) : first.split(':').slice(0, bits / 16);
    const rest = family === 4 ? '.0'.repeat(4 - parts.length) : '::';
    return `${parts.join(family === 4 ? '.' : ':')}${rest}/${bits}`;
  }
  return null;
}

/**
 * The narrowest attribute that all targets of a root cause share. One that a healthy target has as well explains
 * nothing, so it is left out. `addresses` are those that failed, if the cause is about addresses.
 */
export function commonOf(
  targets: readonly Target[],
  addresses: readonly string[],
  healthy: readonly Target[],
): RootCause['shared'] {
  const hosts = new Set(targets.map(({ host }) => host));
  if (targets.length < 2) return null;
  const [host] = hosts;
  if (hosts.size === 1 && host !== undefined) return { attribute: 'host', value: host };
  const prefix = prefixOf(addresses);
  if (prefix !== null) return { attribute: 'prefix', value: prefix };
  const candidates: readonly (readonly [SharedAttribute, (target: Target) => string | null])[] = [
    ['domain', (target) => (!isAddress(target.host) ? domainOf(target.host) : null)],
    ['feature', (target) => target.feature],
    ['port', (target) => String(target.port)],
  ];
  for (const [attribute, of] of candidates) {
    const value = sameOfAll(targets.map(of));
    if (value === null || healthy.some((target) => of(target) === value)) continue;
    // Where nothing else was tested, what they share tells nothing.
    if (attribute !== 'domain' && healthy.length === 0) continue;
    return { attribute, value } satisfies Common;
  }
  return null;
}
