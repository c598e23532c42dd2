const waiting = new WeakMap<AbortSignal, Set<() => void>>();

/** Who waits for a signal, behind one listener: the platform searches all it has at each coming and going, and thousands of stages wait for one run. */
function wakesOf(signal: AbortSignal): Set<() => void> {
  const wakes = waiting.get(signal) ?? new Set();
  if (waiting.has(signal)) return wakes;
  waiting.set(signal, wakes);
  const wakeAll = (): void => {
    for (const wake of wakes) wake();
  };
  signal.addEventListener('abort', wakeAll, { once: true });
  return wakes;
}

/** Calls `wake` once when the signal aborts; returns what takes that back. */
export function onAbort(signal: AbortSignal, wake: () => void): () => void {
  const wakes = wakesOf(signal).add(wake);
  return () => {
    wakes.delete(wake);
  };
}
