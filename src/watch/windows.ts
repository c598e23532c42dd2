/** When nobody is to be disturbed: maintenance windows and quiet hours. Pure: the time is given, zones come from Intl. */

import { entryOf } from '../entry.ts';
import { isDay } from '../model/day.ts';

const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
const minuteMs = 60_000;
const dayMs = 86_400_000;
const longestDailyMs = dayMs;
const longestOnceMs = 31 * dayMs;

/** `[DAYS ]HH:MM/DURATION[ ZONE]`, again and again, or `YYYY-MM-DDTHH:MM/DURATION[ ZONE]`, once. */
export interface Window {
  readonly text: string;
  /** Of the week, 0 is Sunday; empty: each. */
  readonly days: readonly number[];
  /** Null: again and again. */
  readonly date: { readonly year: number; readonly month: number; readonly day: number } | null;
  readonly hour: number;
  readonly minute: number;
  readonly durationMs: number;
  /** IANA name. */
  readonly zone: string;
}

const form =
  /^(?:([a-z]{3}(?:[,-][a-z]{3})*)\s+)?(?:(\d{4})-(\d{2})-(\d{2})T)?(\d{2}):(\d{2})\/(\d{1,4})(m|h|d)(?:\s+([A-Za-z][A-Za-z0-9+_/-]{0,63}))?$/;
const units: Readonly<Record<string, number>> = { m: minuteMs, h: 60 * minuteMs, d: dayMs };

/** `sat,sun` or `mon-fri`; null for anything else. */
function daysOf(text: string | undefined): readonly number[] | null {
  const all: number[] = [];
  for (const part of text === undefined ? [] : text.split(',')) {
    const [first = -1, last = first] = part.split('-').map((name) => days.indexOf(name as (typeof days)[number]));
    if (first < 0 || last < 0 || part.split('-').length > 2) return null;
    for (let day = first; ; day = (day + 1) % 7) {
      all.push(day);
      if (day === last) break;
    }
  }
  return [...new Set(all)];
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).format(0) !== '';
  } catch {
    return false;
  }
}

/** Reads a window; null for what is none. `zone` holds where the text names none. */
export function parseWindow(text: string, zone: string): Window | null {
  const parts = form.exec(text.trim());
  if (parts === null) return null;
  const [, dayText, year, month, day, hourText, minuteText, count, unit = '', named = zone] = parts;
  const weekdays = daysOf(dayText);
  const date = year === undefined ? null : { year: Number(year), month: Number(month), day: Number(day) };
  const [hour, minute, durationMs] = [
    Number(hourText),
    Number(minuteText),
    Number(count) * (entryOf(units, unit) ?? 0),
  ];
  const longest = date === null ? longestDailyMs : longestOnceMs;
  if (weekdays === null || (date !== null && weekdays.length > 0) || !isZone(named)) return null;
  if (hour > 23 || minute > 59 || durationMs < minuteMs || durationMs > longest) return null;
  if (date !== null && !isDay(`${year}-${month}-${day}`)) return null;
  return { text: text.trim(), days: weekdays, date, hour, minute, durationMs, zone: named };
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** What a clock on the wall shows in a zone, as if it were UTC. */
function wallOf(at: number, zone: string): number {
  let format = formats.get(zone);
  if (format === undefined) {
    const numeric = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
    format = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
      ...{ ...numeric, second: 'numeric', hourCycle: 'h23', timeZone: zone },
    });
    formats.set(zone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** When a clock on the wall shows that; where it is set forward past it, as much later as it is set. */
function instantOf(wall: number, zone: string): number {
  const guess = wall - (wallOf(wall, zone) - wall);
  const shift = wall - wallOf(guess, zone);
  const better = guess + shift;
  return wallOf(better, zone) === wall ? better : Math.max(guess, better);
}

/** When the window that is open at a time ends; null: it is not open. */
export function openUntil(window: Window, at: number): number | null {
  const { date, hour, minute, durationMs, zone } = window;
  const time = (hour * 60 + minute) * minuteMs;
  const starts: number[] = [];
  if (date !== null) starts.push(instantOf(Date.UTC(date.year, date.month - 1, date.day) + time, zone));
  else {
    const today = Math.floor(wallOf(at, zone) / dayMs) * dayMs;
    // It may have begun yesterday; of a day that has not come yet there is nothing to know.
    for (const day of [today, today - dayMs]) {
      const isDay = window.days.length === 0 || window.days.includes(new Date(day).getUTCDay());
      if (isDay) starts.push(instantOf(day + time, zone));
    }
  }
  const ends = starts.filter((start) => start <= at && at < start + durationMs).map((start) => start + durationMs);
  return ends.length === 0 ? null : Math.max(...ends);
}

/** When it is over that nobody is to be disturbed; null: it is not so now. Windows that follow each other are one. */
export function quietUntil(windows: readonly Window[], at: number): number | null {
  let until: number | null = null;
  // Each round may find one that begins where the last ended; a week of them is enough to know.
  for (let round = 0; round < 16; round += 1) {
    const ends = windows.flatMap((window) => openUntil(window, until ?? at) ?? []);
    const last = Math.max(...ends);
    if (ends.length === 0 || last <= (until ?? at)) break;
    until = last;
  }
  return until;
}
