import { describe, expect, it } from 'vitest';
import { atOnce, inPieces, type Pieces } from '../src/pieces.ts';

function* counting(steps: number, done: (step: number) => void): Pieces<string> {
  for (let step = 1; step <= steps; step += 1) {
    done(step);
    yield;
  }
  return 'all';
}

describe('work in pieces', () => {
  it('lets others have their turn whenever it has worked for ten milliseconds', async () => {
    let [time, steps] = [0, 0];
    const seen: number[] = [];
    let isOver = false;
    const other = (): void => {
      seen.push(steps);
      if (!isOver) setImmediate(other);
    };
    setImmediate(other);
    const work = counting(10, (step) => {
      steps = step;
      time += 4;
    });
    expect(await inPieces(work, { now: () => time })).toBe('all');
    isOver = true;
    expect([...new Set(seen)].filter((step) => step > 0)).toEqual([3, 6, 9]);
  });

  it('comes to the same at once', () => {
    const steps: number[] = [];
    expect(atOnce(counting(3, (step) => steps.push(step)))).toBe('all');
    expect(steps).toEqual([1, 2, 3]);
  });
});
