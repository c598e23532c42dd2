/** When to look. By the clock on the wall, so that sleep and a clock that is set count; pure. */
import { createHash } from 'node:crypto';

/** The shortest `--every`. */
export const leastEveryMs = 60_000;
/** Of the interval: machines that were started together don't stay together. */
const jitter = 0.1;

/** Always the same for a machine: 0 to a tenth of the interval. */
export function jitterOf(machineId: string, everyMs: number): number {
  const fraction = createHash('sha256').update(machineId).digest().readUInt32BE(0) / 2 ** 32;
  return Math.floor(fraction * jitter * everyMs);
}

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
