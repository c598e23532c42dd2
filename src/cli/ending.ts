import type { Clock } from '../clock.ts';

/**
 * The one thing that ends the program before its work is done: the deadline, which counts from the start of the process, or
 * a signal. Whatever waits is given `work`.
 */
export interface Ending {
  /** Aborted once, with `deadline` or `interrupted` as its reason. */
  readonly work: AbortSignal;
  /** Whether a signal came, before the deadline or after it. */
  interrupted(): boolean;
  /** Milliseconds from the start of the process, in place of the deadline that held so far. */
  setDeadline(ms: number): void;
  /** From now on there is no deadline, and a signal is no interruption: the work goes on until somebody stops it. */
  leaveOpen(): void;
  isOpen(): boolean;
  /** What happens in here moves the deadline by as long as it takes: somebody types. */
  pause<T>(meanwhile: () => Promise<T>): Promise<T>;
  /** The work is to end, as by a signal. */
  interrupt(): void;
  /** To be done if the process ends without coming back to whoever works. */
  addTidying(tidy: () => void): void;
  /** Does what was added, once. Never throws. */
  tidy(): void;
}

/** Milliseconds until the deadline that holds before anybody said one: `--deadline`'s default. */
export const defaultDeadlineMs = 120_000;

/** `clock.now()` is to count from the start of the process. Timers keep no process alive. */
export function createEnding(clock: Clock): Ending {
  const controller = new AbortController();
  const tidyings: (() => void)[] = [];
  let interrupted = false;
  let deadlineMs = defaultDeadlineMs;
  let pausedMs = 0;
  let open = false;
  let timer: NodeJS.Timeout | undefined;

  const arm = (): void => {
    clearTimeout(timer);
    if (controller.signal.aborted || open) return;
    const left = deadlineMs + pausedMs - clock.now();
    if (left <= 0) controller.abort('deadline');
    else timer = setTimeout(arm, Math.ceil(left)).unref();
  };
  arm();
  return {
    work: controller.signal,
    interrupted: () => interrupted,
    setDeadline(ms) {
      deadlineMs = ms;
      arm();
    },
    leaveOpen() {
      open = true;
      clearTimeout(timer);
    },
    isOpen: () => open,
    async pause(meanwhile) {
      const since = clock.now();
      clearTimeout(timer);
      try {
        return await meanwhile();
      } finally {
        pausedMs += clock.now() - since;
        arm();
      }
    },
    interrupt() {
      interrupted = true;
      controller.abort('interrupted');
    },
    addTidying: (tidy) => tidyings.push(tidy),
    tidy() {
      for (const tidy of tidyings.splice(0)) {
        try {
          tidy();
        } catch {
          // The process is ending: there is nobody left to tell.
        }
      }
    },
  };
}
