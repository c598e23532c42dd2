/** Long work in pieces, between which others have their turn. */
import type { Clock } from './clock.ts';

/** Yields wherever it may rest: after a few milliseconds of work at the latest. */
export type Pieces<T> = Generator<undefined, T, undefined>;

/** All of it, without a rest. */
export function atOnce<T>(work: Pieces<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/** So long nobody else has a turn. */
const turnMs = 10;

/** What else waits has its turn: timers, and what came in. */
export const rest = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** All of it; whoever else wants to do something is kept waiting for no longer than a piece. */
export async function inPieces<T>(work: Pieces<T>, { now }: Pick<Clock, 'now'>): Promise<T> {
  for (let began = now(); ; ) {
    const step = work.next();
    if (step.done === true) return step.value;
    if (now() - began < turnMs) continue;
    await rest();
    began = now();
  }
}
