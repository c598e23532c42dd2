import { expect, it } from 'vitest';
import { measuredAt } from '../../src/collect/sender-clock.ts';

const hour = 3_600_000;
const now = Date.parse('2026-11-30T08:00:00Z');
const ago = (hours: number): string => new Date(now - hours * hour).toISOString();

it.each([
  ['as old as its clock says', ago(73), 0, null, now - 73 * hour],
  ['as old as its clock says, less what that is ahead', ago(70), 3 * hour, null, now - 73 * hour],
  ['as old as a clock of 1970 says that was 1970 as it came', '1970-01-01T00:00:00.000Z', hour - now, null, now - hour],
  ['no younger than its coming', ago(-2), 0, null, now],
  ['as old as its coming, where it says that it is older than any spool keeps', ago(32 * 24), 0, null, now],
  ['as old as its coming, where nobody can read what it says', '1970-13-45T99:00:00Z', 0, null, now],
  ['no older than the look before it', ago(73), 0, now - 70 * hour, now - 70 * hour + 1],
  ['as old as its clock says, where the look before it is of days to come', ago(73), 0, now + hour, now - 73 * hour],
] as const)('a look is %s', (_, startedAt, skewMs, before, at) => {
  expect(measuredAt(startedAt, skewMs, now, before)).toBe(at);
});
