interface Waiting {
  readonly wakes: Set<() => void>;
  readonly wakeAll: () => void;
}

const waiting = new WeakMap<AbortSignal, Waiting>();

/** Who waits for a signal, behind one listener: the platform searches all it has at each coming and going, and thousands of stages wait for one run. */
function waitingFor(signal: AbortSignal): Waiting {
  const there = waiting.get(signal);
  if (there !== undefined) return there;
  const wakes = new Set<() => void>();
  const wakeAll = (): void => {
    for (const wake of wakes) wake();
  };
  const made = { wakes, wakeAll };
  waiting.set(signal, made);
  signal.addEventListener('abort', wakeAll, { once: true });
  return made;
}

/** Calls `wake` once when the signal aborts; returns what takes that back. */
export function onAbort(signal: AbortSignal, wake: () => void): () => void {
  const own = waitingFor(signal);
  own.wakes.add(wake);
  return () => {
    own.wakes.delete(wake);
    if (own.wakes.size > 0 || waiting.get(signal) !== own) return;
    waiting.delete(signal);
    signal.removeEventListener('abort', own.wakeAll);
  };
}
