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
