import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createEnding, defaultDeadlineMs } from '../../src/cli/ending.ts';
import { planDefaults } from '../../src/plan/plan.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A process that began as the clock's zero. */
function begun() {
  const zero = Date.now();
  return createEnding({ now: () => Date.now() - zero, wall: () => 0 });
}

it('the work of a process ends by the usual deadline', () => {
  const ending = begun();
  expect(defaultDeadlineMs).toBe(planDefaults.deadlineMs);
  vi.advanceTimersByTime(defaultDeadlineMs - 1);
  expect(ending.work.aborted).toBe(false);
  vi.advanceTimersByTime(1);
  expect([ending.work.reason, ending.interrupted()]).toEqual(['deadline', false]);
});

it('a deadline counts from the start of the process, whenever it is set', () => {
  const ending = begun();
  vi.advanceTimersByTime(1500);
  ending.setDeadline(2000);
  vi.advanceTimersByTime(499);
  expect(ending.work.aborted).toBe(false);
  vi.advanceTimersByTime(1);
  expect(ending.work.reason).toBe('deadline');
});

it('a deadline that is over when it is set ends the work at once', () => {
  const ending = begun();
  vi.advanceTimersByTime(300);
  ending.setDeadline(200);
  expect(ending.work.reason).toBe('deadline');
});

it('what somebody takes to type is added to the deadline', async () => {
  const ending = begun();
  ending.setDeadline(1000);
  const typed = ending.pause(() => new Promise((resolve) => setTimeout(resolve, 60_000, 'word')));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await typed).toBe('word');
  expect(ending.work.aborted).toBe(false);
  await vi.advanceTimersByTimeAsync(1000);
  expect(ending.work.reason).toBe('deadline');
});

it('an interruption ends the work once, and is told after a deadline too', () => {
  const [early, late] = [begun(), begun()];
  early.interrupt();
  vi.advanceTimersByTime(defaultDeadlineMs);
  late.interrupt();
  expect([early.work.reason, early.interrupted()]).toEqual(['interrupted', true]);
  expect([late.work.reason, late.interrupted()]).toEqual(['deadline', true]);
});

it('tidies once, past whatever throws', () => {
  const ending = begun();
  const tidied: string[] = [];
  ending.addTidying(() => {
    throw new Error('disk');
  });
  ending.addTidying(() => tidied.push('file'));
  ending.tidy();
  ending.tidy();
  expect(tidied).toEqual(['file']);
});
