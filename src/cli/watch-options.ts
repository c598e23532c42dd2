/** Options of what lasts: the store, and the watch that fills it. */
import { entryOf } from '../entry.ts';
import { isDay } from '../model/day.ts';
import { type Refusal, UsageError } from '../usage-error.ts';
import { leastEveryMs } from '../watch/schedule.ts';
import { parseWindow, type Window } from '../watch/windows.ts';
import { parseAddress } from './collect-options.ts';
import type { Parse, Readers } from './layers.ts';
import { filled, parseAmount, parseChoice, quoted } from './values.ts';

export const schedulers = ['systemd', 'task-scheduler', 'cron', 'kubernetes'] as const;
export type Scheduler = (typeof schedulers)[number];

export interface StoreOptions {
  /** As written: a file or postgres://…; null: none was named. */
  readonly store: string | null;
  /** Null: this one, or the only one. */
  readonly machine: string | null;
  /** Milliseconds of UTC; null: the newest look. */
  readonly at: number | null;
}

export interface WatchOptions {
  readonly everyMs: number;
  readonly once: boolean;
  readonly confirm: number;
  readonly windows: readonly Window[];
  readonly keepMs: number;
  readonly keepBytes: number;
  /** Null: the catalog is compared with none. */
  readonly catalogUrl: string | null;
  /** The file of the ways that notices take; null: nobody is told. */
  readonly notify: string | null;
  /** The log in the role's own format; null: there is none. */
  readonly cmtraceLog: string | null;
  /** Where the page is served; null: nowhere. */
  readonly listen: { readonly host: string; readonly port: number } | null;
  readonly passwordFile: string | null;
  /** In lower case. */
  readonly trustedHeader: string | null;
  /** Null: it is to watch. */
  readonly print: Scheduler | null;
}

const dayMs = 86_400_000;
const defaults = { everyMs: dayMs, confirm: 2, keepMs: 400 * dayMs, keepBytes: 2 * 1024 ** 3 };

/** Options of what lasts. */
export const lastingOptions = (readers: Readers): StoreOptions & { readonly watch: WatchOptions } => ({
  store: readers.value<string | null>('store', null, parseStore),
  machine: readers.text('machine'),
  at: readers.value<number | null>('at', null, parseTime),
  watch: watchOptions(readers),
});

function watchOptions({ on, value, list, amount, text }: Readers): WatchOptions {
  return {
    everyMs: value('every', defaults.everyMs, parseEvery),
    once: on('once'),
    confirm: amount('confirm', defaults.confirm),
    windows: list('maintenance', (where, given) => {
      // Asked for here: it loads the runtime's time zones, which takes as long as a tenth of a check.
      const window = parseWindow(given, Intl.DateTimeFormat().resolvedOptions().timeZone);
      if (window === null) throw new UsageError('watch.window', { where, text: quoted(given) });
      return window;
    }),
    keepMs: amount('keep', defaults.keepMs),
    keepBytes: value('keep-size', defaults.keepBytes, parseSize),
    catalogUrl: value<string | null>('catalog-url', null, parseHttps),
    notify: text('notify'),
    cmtraceLog: text('cmtrace-log'),
    listen: value<WatchOptions['listen']>('listen', null, parseAddress),
    passwordFile: text('password-file'),
    trustedHeader: value<string | null>('trusted-header', null, parseHeader),
    print: value<Scheduler | null>('print', null, (where, given) => parseChoice(where, given, schedulers)),
  };
}

const parseEvery: Parse<number> = (where, given) => {
  const ms = parseAmount('every')(where, given);
  if (ms < leastEveryMs) throw new UsageError('watch.every', { where, text: quoted(given) });
  return ms;
};

/** A file, or a database of PostgreSQL: an address of anything else is no file. */
export const parseStore: Parse<string> = (where, given) => {
  const store = filled(where, given);
  const [, scheme] = /^([a-z][a-z0-9+.-]{1,30}):\/\//i.exec(store) ?? [];
  if (scheme === undefined || /^postgres(?:ql)?$/i.test(scheme)) return store;
  throw new UsageError('store.scheme', { where, scheme });
};

const units: Readonly<Record<string, number>> = { K: 1024, M: 1024 ** 2, G: 1024 ** 3, T: 1024 ** 4 };

const parseSize: Parse<number> = (where, given) => {
  const [, digits, unit] = /^(\d{1,6})([KMGT])B?$/i.exec(given.trim()) ?? [];
  const bytes = Number(digits) * (entryOf(units, unit?.toUpperCase() ?? '') ?? Number.NaN);
  if (!(bytes > 0)) throw new UsageError('watch.size', { where, text: quoted(given) });
  return bytes;
};

/** A date counts whole; without a zone the machine's own is meant. */
export function parseTime(where: string | Refusal, given: string): number {
  const trimmed = given.trim();
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(trimmed);
  const isTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})?$/.test(trimmed);
  const at = isDate ? Date.parse(`${trimmed}T23:59:59.999`) : isTime ? Date.parse(trimmed) : Number.NaN;
  if (Number.isNaN(at) || !isDay(trimmed.slice(0, 10)))
    throw new UsageError('watch.time', { where, text: quoted(given) });
  return at;
}

const parseHttps: Parse<string | null> = (where, given) => {
  const url = URL.canParse(given.trim()) ? new URL(given.trim()) : null;
  if (url === null || url.protocol !== 'https:' || url.username !== '' || url.password !== '') {
    throw new UsageError('watch.url', { where, text: quoted(given) });
  }
  return url.href;
};

function parseHeader(where: string | Refusal, given: string): string {
  if (!/^[A-Za-z0-9-]{1,60}$/.test(given.trim())) throw new UsageError('watch.header', { where, text: quoted(given) });
  return given.trim().toLowerCase();
}
