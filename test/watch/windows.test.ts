import { describe, expect, it } from 'vitest';
import { openUntil, parseWindow, quietUntil } from '../../src/watch/windows.ts';

const at = (iso: string): number => Date.parse(iso);
const windowOf = (text: string, zone = 'UTC') => {
  const window = parseWindow(text, zone);
  if (window === null) throw new Error(text);
  return window;
};
const until = (text: string, iso: string, zone?: string): string | null => {
  const end = openUntil(windowOf(text, zone), at(iso));
  return end === null ? null : new Date(end).toISOString();
};

describe('a window', () => {
  it.each([
    ['22:00/8h', '2026-11-01T23:00:00Z', '2026-11-02T06:00:00.000Z'],
    ['22:00/8h', '2026-11-02T05:59:59Z', '2026-11-02T06:00:00.000Z'],
    ['22:00/8h', '2026-11-02T06:00:00Z', null],
    ['22:00/8h', '2026-11-01T21:59:59Z', null],
    ['sat,sun 00:00/24h', '2026-11-01T12:00:00Z', '2026-11-02T00:00:00.000Z'],
    ['sat,sun 00:00/24h', '2026-11-02T12:00:00Z', null],
    ['fri-mon 20:00/10h', '2026-11-03T05:00:00Z', '2026-11-03T06:00:00.000Z'],
    ['fri-mon 20:00/10h', '2026-11-03T21:00:00Z', null],
    ['2026-12-24T18:00/3d', '2026-12-26T00:00:00Z', '2026-12-27T18:00:00.000Z'],
    ['2026-12-24T18:00/3d', '2027-12-25T00:00:00Z', null],
    ['2028-02-29T18:00/1d', '2028-02-29T19:00:00Z', '2028-03-01T18:00:00.000Z'],
    ['22:00/8h Asia/Tokyo', '2026-11-01T14:00:00Z', '2026-11-01T21:00:00.000Z'],
    ['22:00/8h America/New_York', '2026-11-02T03:30:00Z', '2026-11-02T11:00:00.000Z'],
    // The night in which Berlin sets its clocks back takes an hour longer on no clock but the wall's.
    ['22:00/8h Europe/Berlin', '2026-10-25T03:30:00Z', '2026-10-25T04:00:00.000Z'],
    // 02:30 is not there when they are set forward: 03:30 is, at the same moment.
    ['02:30/1h Europe/Berlin', '2026-03-29T01:45:00Z', '2026-03-29T02:30:00.000Z'],
  ])('%s at %s is open until %s', (text, now, end) => expect(until(text, now)).toBe(end));

  it('takes the zone that is given where it names none', () => {
    expect(until('22:00/1h', '2026-11-01T21:30:00Z', 'Europe/Paris')).toBe('2026-11-01T22:00:00.000Z');
  });

  it.each([
    '22:00',
    '25:00/1h',
    '22:00/0h',
    '22:00/25h',
    '22:00/1h Nowhere/Atall',
    'xyz 22:00/1h',
    'mon 2026-11-01T22:00/1h',
    '2026-13-01T22:00/1h',
    '2026-02-31T22:00/1h',
    '2026-02-29T22:00/1h',
    '2026-11-00T22:00/1h',
    '2026-11-01T22:00/32d',
    '22:00/1h; rm -rf /',
  ])('%s is none', (text) => expect(parseWindow(text, 'UTC')).toBeNull());

  it('that follows another one without a gap is one with it', () => {
    const windows = [windowOf('22:00/8h'), windowOf('06:00/2h')];
    expect(quietUntil(windows, at('2026-11-01T23:00:00Z'))).toBe(at('2026-11-02T08:00:00Z'));
    expect(quietUntil(windows, at('2026-11-02T09:00:00Z'))).toBeNull();
    expect(quietUntil([windowOf('00:00/24h')], at('2026-11-02T09:00:00Z'))).toBeGreaterThan(at('2026-11-10T00:00:00Z'));
  });
});
