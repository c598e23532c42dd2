/** Time, injected: nothing else in wayclear reads a clock. */
export interface Clock {
  /** Monotonic milliseconds; the system's own are never set back. */
  now(): number;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  wall(): number;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  wall: () => Date.now(),
};

/**
 * Acts when `ms` are over and what had arrived until then has been read: in a turn of the event loop timers come before
 * the network, so that a process that was kept busy, or got no processor, would call an answer late that lay there in time.
 * Returns what calls it off.
 */
export function timeUp(ms: number, act: () => void): () => void {
  let afterReading: NodeJS.Immediate | undefined;
  const timer = setTimeout(() => {
    afterReading = setImmediate(act);
  }, ms);
  return () => {
    clearTimeout(timer);
    clearImmediate(afterReading);
  };
}
