/** When to look. By the clock on the wall, so that sleep and a clock that is set count; pure. */
import { createHash } from 'node:crypto';
import type { FollowUp } from './compare.ts';
import { graceMs } from './presence.ts';

/** What is kept of a watch: of a machine, and of what it looks at there. Times are milliseconds of UTC. */
export interface Plan {
  /** The words that say what it looks at. */
  readonly what: readonly string[];
  /** Null: a look is due. */
  readonly dueAt: number | null;
  /** Null: nothing is in doubt. */
  readonly again: FollowUp | null;
  readonly everyMs: number;
  /** When its last whole look began that came to its end; null: there was none. */
  readonly at: number | null;
  /** The latest beginning of any: later than `at` where the clock was set back since. */
  readonly latest: number | null;
}

/** Since when none looked though it should have; null: all is well, or the clock was set, and nobody knows how long it is ago. */
export function silentSince(
  { at, latest, everyMs }: Pick<Plan, 'at' | 'latest' | 'everyMs'>,
  now: number,
): number | null {
  if (at === null || now - at <= everyMs + graceMs) return null;
  const wasBack = latest !== null && at < latest && latest <= now;
  return wasBack ? null : at;
}

/** The shortest `--every`. */
export const leastEveryMs = 60_000;
/** Of the interval: machines that were started together don't stay together. */
const jitter = 0.1;

/** Always the same for a machine: 0 to less than 1, evenly over all machines. */
export const shareOf = (machineId: string): number =>
  createHash('sha256').update(machineId).digest().readUInt32BE(0) / 2 ** 32;

/** 0 to a tenth of the interval. */
export const jitterOf = (machineId: string, everyMs: number): number =>
  Math.floor(shareOf(machineId) * jitter * everyMs);

/** Whether a look is due. One that is further away than an interval was set before the clock was set back. */
export const isDue = (dueAt: number | null, now: number, everyMs: number): boolean =>
  dueAt === null || dueAt <= now || dueAt - now > everyMs;

/**
 * The time of the look after one that was due then, in the same step if that is still to come: looks that were missed are
 * not made up for. The first one comes at once, and the second one earlier by what this machine's part of the spread is.
 */
export function nextDue(dueAt: number | null, now: number, everyMs: number, machineId: string): number {
  if (dueAt === null) return now + everyMs - jitterOf(machineId, everyMs);
  const inStep = dueAt + everyMs;
  return inStep > now && inStep - now <= everyMs ? inStep : now + everyMs;
}
