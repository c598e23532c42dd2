import { expect, it } from 'vitest';
import { isDue, jitterOf, nextDue } from '../../src/watch/schedule.ts';

const hour = 3_600_000;
const day = 24 * hour;
const now = Date.parse('2026-11-01T00:00:00Z');

it('spreads machines over a tenth of the interval, each always at the same place', () => {
  const all = Array.from({ length: 2000 }, (_, at) => jitterOf(`machine-${at}`, day));
  expect(Math.min(...all)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...all)).toBeLessThan(day / 10);
  expect(all.filter((ms) => ms < day / 20).length).toBeGreaterThan(900);
  expect(jitterOf('machine-1', day)).toBe(all[1]);
});

it('looks at once, then in its own step, and makes up for nothing that was missed', () => {
  expect(isDue(null, now, day)).toBe(true);
  const second = nextDue(null, now, day, 'm');
  expect(second).toBe(now + day - jitterOf('m', day));
  expect(isDue(second, second - 1, day)).toBe(false);
  expect(isDue(second, second, day)).toBe(true);
  expect(nextDue(second, second + 20_000, day, 'm')).toBe(second + day);
  const week = second + 7 * day;
  expect(nextDue(second, week, day, 'm')).toBe(week + day);
});

it('is not stopped by a clock that is set back a year, nor hurried by one that is set forth', () => {
  const due = now + day;
  const back = now - 365 * day;
  expect(isDue(due, back, day)).toBe(true);
  const next = nextDue(due, back, day, 'm');
  expect(next).toBe(back + day);
  expect(isDue(next, now, day)).toBe(true);
  expect(nextDue(next, now, day, 'm')).toBe(now + day);
});
