import { type Clock, timeUp } from '../../clock.ts';
import type { SkipReason, StageName, StageResult } from '../../model/observations.ts';
import type { Keep } from '../../secrets/secrets.ts';
import { type ConnectionEnd, classify } from './failure.ts';
import type { Room } from './kept-answer.ts';
import type { Pace } from './pace.ts';
import { onAbort } from './stop.ts';

/** What every stage of one attempt shares. */
export interface StageContext {
  readonly clock: Clock;
  /** `clock.now()` when the run started; `at` counts from here. */
  readonly startedAt: number;
  /** Per stage, milliseconds. */
  readonly timeoutMs: number;
  /** The run's own signal. Its reason is `'deadline'` or `'interrupted'`. */
  readonly signal: AbortSignal;
  /** The door for every text that the other side chose. */
  readonly keep: Keep;
  /** For text of the answers to the question that is asked. */
  readonly room: Room;
  /** When connections may start; left out: at once. */
  readonly pace?: Pace;
}

/** What a stage tells while it runs, for the case that it fails. */
export interface Step<V> {
  /** What has been learned; asked for if the stage fails. */
  partial: (() => Partial<V>) | null;
  /** Asked for when an error is classified. */
  ended: (() => ConnectionEnd) | null;
  /** Called once if the stage is stopped: by its timeout, or because the run ends. */
  stop: (() => void) | null;
  /** The same as a signal, made when it is first asked for. */
  readonly signal: AbortSignal;
  /** Waits for another stage's end: that time is not this stage's, and its bound stands still. The run's end ends it all the same. */
  readonly hold: <T>(wait: Promise<T>) => Promise<T>;
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
 * `run` lets go of its sockets when it is stopped, by the stage's timeout or with the run. A `run` that resolves on
 * being stopped has something to show, and that counts.
 */
export function stage<V>(
  name: StageName,
  context: StageContext,
  run: (step: Step<V>) => Promise<V>,
): Promise<StageResult<V>> {
  const { clock, startedAt, timeoutMs, signal } = context;
  if (signal.aborted) return Promise.resolve({ status: 'skipped', because: skipReason(signal) });
  const began = clock.now();
  return new Promise((resolve) => {
    let held = 0;
    let stopped: Error | null = null;
    let controller: AbortController | null = null;
    let ending: NodeJS.Immediate | undefined;
    const step: Step<V> = {
      partial: null,
      ended: null,
      stop: null,
      get signal() {
        controller ??= new AbortController();
        if (stopped !== null) controller.abort(stopped);
        return controller.signal;
      },
      hold: async (wait) => {
        forgetTime();
        const from = clock.now();
        try {
          return await wait;
        } finally {
          const now = clock.now();
          held += now - from;
          if (stopped === null) forgetTime = timeUp(Math.max(0, timeoutMs - (now - began - held)), late);
        }
      },
    };
    const over = (): { readonly at: number; readonly ms: number } => {
      forgetTime();
      clearImmediate(ending);
      forget();
      return { at: rounded(began - startedAt), ms: rounded(clock.now() - began - held) };
    };
    const passed = (value: V): void => {
      const { at, ms } = over();
      resolve({ status: 'passed', at, ms, value });
    };
    const failed = (thrown: unknown): void => {
      const { at, ms } = over();
      if (stopped !== null && signal.aborted) resolve({ status: 'skipped', because: skipReason(signal) });
      else {
        const failure = classify(name, stopped ?? thrown, step.ended?.(), context.keep);
        resolve({ status: 'failed', at, ms, failure, partial: step.partial?.() ?? null });
      }
    };
    const stop = (error: Error): void => {
      if (stopped !== null) return;
      stopped = error;
      step.stop?.();
      controller?.abort(error);
      // One turn of the event loop for a run that answers this with a value.
      ending = setImmediate(failed, error);
    };
    const late = (): void =>
      stop(new DOMException(`no end of the ${name} stage after ${timeoutMs} ms`, 'TimeoutError'));
    let forgetTime = timeUp(timeoutMs, late);
    const forget = onAbort(signal, () => stop(new DOMException('the run ended', 'AbortError')));
    (async () => run(step))().then(passed, failed);
  });
}
