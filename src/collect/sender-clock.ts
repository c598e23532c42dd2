/** What the clock of a sender says, of which nobody knows that it is right. Pure. */
import type { PostHead, ReportHead } from '../model/message.ts';

export interface Coming {
  readonly now: number;
  /** Who posted, and when by that one's clock; null where the post says nothing of it. */
  readonly cover: Pick<PostHead, 'key' | 'at'> | null;
}

/** No clock that a Date can't hold. */
const latest = 8.64e15;

function instantOf(text: string): number | null {
  const at = Date.parse(text);
  return Number.isFinite(at) && Math.abs(at) <= latest ? at : null;
}

/**
 * The clock of who wrote a message less the collector's, null where nothing tells it: only a post is as young as it looks, a
 * message may have waited, on a disk or in somebody's pocket. One from times to come can't have been written later than it came.
 */
export function skewOf({ key, at }: Pick<ReportHead, 'key' | 'at'>, { now, cover }: Coming): number | null {
  const posted = cover?.key === key ? instantOf(cover.at) : null;
  if (posted !== null) return posted - now;
  const written = instantOf(at);
  return written !== null && written > now ? written - now : null;
}

/** Posts of one sender that are on their way come within it in any order. */
const onTheWayMs = 60_000;

/**
 * Whether a message was written after that time, by the collector's clock, for sure. What a post carries is older than the post
 * by what one clock says of both, right or wrong.
 */
export function isWrittenAfter(
  { key, at }: Pick<ReportHead, 'key' | 'at'>,
  { now, cover }: Coming,
  time: number,
): boolean {
  const written = instantOf(at);
  const posted = cover?.key === key ? instantOf(cover.at) : now;
  if (written === null || posted === null || written > posted) return false;
  return now - (posted - written) > time + onTheWayMs;
}
