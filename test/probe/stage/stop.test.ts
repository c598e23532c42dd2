import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { onAbort } from '../../../src/probe/stage/stop.ts';

test('wakes each that waits once, and none that went', () => {
  const run = new AbortController();
  const woken: string[] = [];
  onAbort(run.signal, () => woken.push('first'));
  onAbort(run.signal, () => woken.push('gone'))();
  onAbort(run.signal, () => woken.push('last'));
  run.abort();
  run.abort();
  expect(woken).toEqual(['first', 'last']);
});

test('has one listener for thousands that wait: the platform searches all it has at each coming and going', () => {
  const { signal } = new AbortController();
  const gone = Array.from({ length: 3000 }, () => onAbort(signal, () => {}));
  expect(getEventListeners(signal, 'abort')).toHaveLength(1);
  const [last, ...others] = gone;
  for (const forget of others) forget();
  expect(getEventListeners(signal, 'abort')).toHaveLength(1);
  last?.();
  last?.();
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('one that goes twice takes nothing from who came after', () => {
  const run = new AbortController();
  let woken = 0;
  const wake = (): void => {
    woken += 1;
  };
  const forget = onAbort(run.signal, () => {});
  forget();
  onAbort(run.signal, wake);
  forget();
  onAbort(run.signal, () => wake());
  expect(getEventListeners(run.signal, 'abort')).toHaveLength(1);
  run.abort();
  expect(woken).toBe(2);
});
