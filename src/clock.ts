/** Time, injected: nothing else in wayclear reads a clock. */
export interface Clock {
  /** Monotonic milliseconds; the system's own are never set back. */
  now(): number;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  wall(): number;
}

export const systemClock: Clock = {
  // performance.now() is the same clock, and loads the runtime's measuring with it (4 ms).
  now: () => {
    const [seconds, nanoseconds] = process.hrtime();
    return seconds * 1e3 + nanoseconds / 1e6;
  },
  wall: () => Date.now(),
};
