/** What is kept of answers, whatever peers send: one bound for all that one question brings. Lengths in UTF-16 code units. */
import type { HttpValue } from '../../model/observations.ts';
import type { Keep } from '../../secrets/secrets.ts';

/** Room for text of the answers to one question, from all its addresses and proxies. */
export interface Room {
  /** How much of `most` is free; never less than what tells who answered. */
  free(most: number): number;
  take(length: number): void;
}

const bounds = {
  question: 16_384,
  least: 256,
  block: 4096,
  headers: 64,
  name: 100,
  value: 1024,
  location: 2048,
  others: 512,
  excerpt: 4096,
} as const;

export function createRoom(): Room {
  let left: number = bounds.question;
  return {
    free: (most) => Math.max(bounds.least, Math.min(most, left)),
    take: (length) => {
      left -= length;
    },
  };
}

/** Of a string that is part of a longer one, the engine would keep the whole. */
const alone = (text: string): string => Buffer.from(text).toString();

/** Bytes of a body that are looked at: more than is kept, since what begins before a bound is known by how it goes on. */
export const mostExcerptBytes = 2 * bounds.excerpt;

/** The longest value that lets all values together stay within `room`, if each longer one is cut to it. */
function longestOf(lengths: readonly number[], room: number): number {
  let left = room;
  for (const [index, length] of lengths.toSorted((a, b) => a - b).entries()) {
    const share = Math.floor(left / (lengths.length - index));
    if (length > share) return share;
    left -= length;
  }
  return bounds.value;
}

/**
 * The headers of an answer: where they are too much together, the long values are cut, so that those that tell most, short ones,
 * stay. Where a redirect leads is kept whole before all others: cut, it would lead somewhere else.
 */
export function keptHeaders(
  headers: readonly (readonly [name: string, value: string])[],
  keep: Keep,
  room: Room,
): HttpValue['headers'] {
  const all = headers.slice(0, bounds.headers);
  const free = room.free(bounds.block);
  const longestName = longestOf(
    all.map(([name]) => Math.min(name.length, bounds.name)),
    free / 2,
  );
  const names = all.map(([name]) => keep(name, Math.max(1, Math.min(bounds.name, longestName))));
  const left = free - names.join('').length;
  const leading = all.findIndex(([name]) => name === 'location');
  // Who answered is told by the others.
  const mostOfIt = Math.floor(left - Math.min(left / 2, bounds.others));
  const location = Math.min(all[leading]?.[1].length ?? 0, bounds.location, mostOfIt);
  const longest = longestOf(
    all.map(([, value], index) => (index === leading ? 0 : Math.min(value.length, bounds.value))),
    left - location,
  );
  const kept = all.map(([, value], index): readonly [string, string] => {
    const most = index === leading ? location : Math.min(bounds.value, longest);
    return [alone(names[index] ?? ''), alone(keep(value, Math.max(1, most)))];
  });
  room.take(kept.flat().join('').length);
  return kept;
}

/** The start of a body as one line of text. `isCut`: it went on. */
export function keptExcerpt(body: Buffer, isCut: boolean, keep: Keep, room: Room): string {
  const text = body
    .subarray(0, mostExcerptBytes)
    .toString('utf8')
    .replace(/[\r\n\t]+/g, ' ');
  const kept = alone(keep(text, room.free(bounds.excerpt), isCut));
  room.take(kept.length);
  return kept;
}
