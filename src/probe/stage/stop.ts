/**
 * What ends a wait early: as much of an AbortController as waiting needs. A controller and its signal cost as much as a
 * timer, a socket's listeners and their removal together, and each name and each stage takes one.
 */
export class Stop {
  stopped = false;
  readonly #waiting = new Set<() => void>();

  /** Wakes everybody who waits, once. */
  stop(): void {
    if (this.stopped) return;
    this.stopped = true;
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }

  /** Calls `wake` once when this is stopped; returns what takes that back. */
  onStop(wake: () => void): () => void {
    this.#waiting.add(wake);
    return () => this.#waiting.delete(wake);
  }
}

/**
 * Thousands of stages wait for one signal: one listener on it calls them all, so that neither
 * listeners pile up (`MaxListenersExceededWarning`) nor does removing one search a list.
 */
const stops = new WeakMap<AbortSignal, Stop>();

/** Calls `wake` once when the signal aborts; returns what takes that back. */
export function onAbort(signal: AbortSignal, wake: () => void): () => void {
  let all = stops.get(signal);
  if (all === undefined) {
    const created = new Stop();
    signal.addEventListener('abort', () => created.stop(), { once: true });
    stops.set(signal, created);
    all = created;
  }
  return all.onStop(wake);
}
