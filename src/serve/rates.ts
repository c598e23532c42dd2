import { createHash, randomBytes } from 'node:crypto';
import { isIPv6, networkPart } from '../addresses.ts';
import type { Clock } from '../clock.ts';

const minuteMs = 60_000;
/** All the memory that it takes, however many names come: as many as two bytes tell apart. */
const places = 65_536;

export interface Counts {
  isOver(name: string): boolean;
  /** `times` below nothing: what was counted in this minute did not happen after all. */
  count(name: string, times?: number): void;
}

/**
 * How often something happened in this minute, by name: in memory, of this process alone. Each name has two of a fixed number
 * of counters, which ones nobody outside can know, and is over where both are: a flood, of however many names, takes up its
 * own counters and shuts out nobody else.
 */
export function countPerMinute(clock: Clock, most: number): Counts {
  const counts = new Uint32Array(places);
  const drawn = randomBytes(32);
  let minute = 0;
  const placesOf = (name: string): readonly number[] => {
    const now = Math.floor(clock.now() / minuteMs);
    if (now !== minute) counts.fill(0);
    minute = now;
    const digest = createHash('sha256').update(drawn).update(name).digest();
    return [digest.readUInt16BE(0), digest.readUInt16BE(2)];
  };
  return {
    isOver: (name) => placesOf(name).every((place) => (counts[place] ?? 0) >= most),
    count(name, times = 1) {
      for (const place of new Set(placesOf(name))) counts[place] = Math.max(0, (counts[place] ?? 0) + times);
    },
  };
}

/** Who counts as one: an address, and of IPv6 the network in which a machine has as many as it likes. */
export const originOf = (address: string): string => (isIPv6(address) ? networkPart(address) : address);
