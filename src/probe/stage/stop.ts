import { setMaxListeners } from 'node:events';

/** Calls `wake` once when the signal aborts; returns what takes that back. */
export function onAbort(signal: AbortSignal, wake: () => void): () => void {
  // Thousands of stages may wait for one signal.
  setMaxListeners(0, signal);
  signal.addEventListener('abort', wake, { once: true });
  return () => signal.removeEventListener('abort', wake);
}
