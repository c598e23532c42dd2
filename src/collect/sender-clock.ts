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

/** No spool keeps a message for so long: what says that it is older, or of days to come, has a clock that is wrong. */
const farthestMs = 31 * 86_400_000;

/**
 * When a look began, by the collector's clock: what a sender delivers after days without a way is as old as it was, not as young
 * as its coming. Never later than it came, nor, as its messages are numbered, before the look before it. `skewMs`: its clock
 * less the collector's.
 */
export function measuredAt(startedAt: string, skewMs: number, now: number, before: number | null): number {
  const began = instantOf(startedAt);
  const at = began === null ? now : began - skewMs;
  const isBelieved = at >= now - farthestMs && at <= now;
  const earliest = before === null || before >= now ? Number.NEGATIVE_INFINITY : before + 1;
  return Math.max(isBelieved ? at : now, earliest);
}

/** Whether a time may stand in a report that is kept: not that of a clock which is years off. */
export function isNear(text: string, now: number): boolean {
  const at = instantOf(text);
  return at !== null && Math.abs(at - now) <= farthestMs;
}
