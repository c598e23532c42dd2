import type { Clock } from '../clock.ts';
import type { SkipReason, StageName, StageResult } from '../model.ts';
import { classify, type WireFacts } from './failure.ts';
import type { Pace } from './pace.ts';

/** What every stage of one attempt shares. */
export interface StageContext {
  readonly clock: Clock;
  /** `clock.now()` when the run started; `at` counts from here. */
  readonly startedAt: number;
  /** Per stage, milliseconds. */
  readonly timeoutMs: number;
  /** The run's own signal. Its reason is `'deadline'` or `'interrupted'`. */
  readonly signal: AbortSignal;
  /** When connections may start; left out: at once. */
  readonly pace?: Pace;
}

/** What a stage tells while it runs, for the case that it fails. */
export interface Step<V> {
  /** What has been learned; asked for if the stage fails. */
  partial: (() => Partial<V>) | null;
  /** Asked for when an error is classified. */
  seen: (() => WireFacts) | null;
  /** Waits for another stage's end: that time is not this stage's, and its bound stands still. The run's end ends it all the same. */
  readonly hold: <T>(wait: Promise<T>) => Promise<T>;
}

/**
 * Thousands of stages wait for one signal: one listener on it calls them all, so that neither
 * listeners pile up (`MaxListenersExceededWarning`) nor does removing one search a list.
 */
const waiting = new WeakMap<AbortSignal, Set<() => void>>();

/** Calls `wake` once when the signal aborts; returns what takes that back. */
export function onAbort(signal: AbortSignal, wake: () => void): () => void {
  let all = waiting.get(signal);
  if (all === undefined) {
    const created = new Set<() => void>();
    signal.addEventListener(
      'abort',
      () => {
        for (const call of created) call();
        created.clear();
      },
      { once: true },
    );
    waiting.set(signal, created);
    all = created;
  }
  const set = all;
  set.add(wake);
  return () => set.delete(wake);
}

/** Why nothing more is done once the run's signal has aborted. */
export function skipReason(signal: AbortSignal): Extract<SkipReason, 'deadline' | 'interrupted'> {
  return signal.reason === 'deadline' ? 'deadline' : 'interrupted';
}

/** Microsecond resolution: more digits say nothing and fill reports. */
const rounded = (ms: number): number => Math.round(ms * 1000) / 1000;

/**
 * Runs one stage: times it, bounds it, classifies what it throws. Never rejects.
 *
 * The signal that `run` gets aborts at the stage's timeout or with the run; `run` then lets go of
 * its sockets. A `run` that resolves on being aborted has something to show, and that counts.
 */
export async function stage<V>(
  name: StageName,
  context: StageContext,
  run: (signal: AbortSignal, step: Step<V>) => Promise<V>,
): Promise<StageResult<V>> {
  const { clock, startedAt, timeoutMs, signal } = context;
  if (signal.aborted) return { status: 'skipped', because: skipReason(signal) };
  const began = clock.now();
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let held = 0;
  let late = (): void => {};
  const step: Step<V> = {
    partial: null,
    seen: null,
    hold: async (wait) => {
      clearTimeout(timer);
      const from = clock.now();
      try {
        return await wait;
      } finally {
        const now = clock.now();
        held += now - from;
        if (!controller.signal.aborted) timer = setTimeout(late, Math.max(0, timeoutMs - (now - began - held)));
      }
    },
  };
  let forget = (): void => {};
  const stopped = new Promise<void>((resolve) => {
    const stop = (error: Error): void => {
      if (controller.signal.aborted) return;
      controller.abort(error);
      // One turn of the event loop for a run that answers the abort with a value.
      setImmediate(resolve);
    };
    late = () => stop(new DOMException(`no end of the ${name} stage after ${timeoutMs} ms`, 'TimeoutError'));
    timer = setTimeout(late, timeoutMs);
    forget = onAbort(signal, () => stop(new DOMException('the run ended', 'AbortError')));
  });
  const running = (async () => run(controller.signal, step))().then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  const outcome = (await Promise.race([running, stopped])) ?? null;
  clearTimeout(timer);
  forget();
  const at = rounded(began - startedAt);
  const ms = rounded(clock.now() - began - held);
  if (outcome !== null && 'value' in outcome) return { status: 'passed', at, ms, value: outcome.value };
  if (controller.signal.aborted && signal.aborted) return { status: 'skipped', because: skipReason(signal) };
  const error = controller.signal.aborted ? controller.signal.reason : outcome?.error;
  return { status: 'failed', at, ms, failure: classify(name, error, step.seen?.()), partial: step.partial?.() ?? null };
}
