import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import type { Store } from '../../src/store/store.ts';
import { type Host, type LoopSettings, watchOn, watchOnce } from '../../src/watch/loop.ts';
import { tellSilence } from '../../src/watch/record.ts';
import { parseWindow } from '../../src/watch/windows.ts';
import { temporaryFolder } from '../real/parts.ts';
import { hour, minute, reportOf, type State, start } from './made.ts';

const day = 24 * hour;

interface Played {
  readonly told: readonly string[];
  readonly looks: readonly number[];
  readonly troubles: number;
}

/** A watch in simulated time; `at` says what a look finds, `sleep` what the clock does meanwhile. */
async function play(
  until: number,
  settings: Partial<LoopSettings>,
  at: (now: number) => State,
  more: {
    readonly sleep?: (now: number, ms: number) => number;
    readonly store?: (store: Store) => Store;
    /** Runs of the loop, each with its own end. */
    readonly stops?: readonly number[];
  } = {},
): Promise<Played> {
  const folder = temporaryFolder();
  const opened = await openStore(join(folder.path, 'store.db'));
  let now = start;
  let sleeps = 0;
  const told: string[] = [];
  const looks: number[] = [];
  let troubles = 0;
  const host: Host = {
    clock: { now: () => now, wall: () => now },
    store: more.store?.(opened) ?? opened,
    stopped: () => sleeps > 200_000 || now - start >= until,
    async sleep(ms) {
      sleeps += 1;
      now = more.sleep?.(now, ms) ?? now + ms;
    },
    async look(targets) {
      if (targets === null) looks.push(now - start);
      return { report: reportOf({ a: at(now - start) }, {}, new Date(now).toISOString()), facts: [] };
    },
    changes: async () => [],
    deliver: async () => null,
    async tell(event) {
      if (event.kind === 'trouble') troubles += 1;
      const notices = event.kind === 'looked' ? event.recorded.notices : event.kind === 'told' ? event.notices : [];
      for (const { kind, incident, incidents, since } of notices) {
        const what = incident?.cause ?? incidents.map(({ cause, state }) => `${cause} ${state}`).join(', ');
        told.push(`${Math.round((now - start) / minute)} ${kind} ${since ?? what}`.trim());
      }
    },
  };
  const all: LoopSettings = {
    ...{ name: 'M1', holder: 'me', isGone: () => false, machineId: 'machine-7', routes: ['log'], confirm: 2 },
    ...{ everyMs: hour, windows: [], keepMs: null, keepBytes: null, ...settings },
  };
  await watchOn(host, all);
  await opened.close();
  folder.close();
  return { told, looks, troubles };
}

const always = (): State => 'ok';
const windowOf = (text: string) => {
  const window = parseWindow(text, 'UTC');
  if (window === null) throw new Error(text);
  return window;
};

describe('a watch', () => {
  it('looks at once, then in its own step', async () => {
    const { looks, told } = await play(5 * hour, {}, always);
    expect(looks).toHaveLength(6);
    expect(looks[0]).toBe(0);
    const steps = looks.slice(2).map((at, index) => at - (looks[index + 1] ?? 0));
    expect(steps.every((step) => Math.abs(step - hour) <= 1000)).toBe(true);
    expect(told).toEqual([]);
  });

  it('that slept for a week looks once when it wakes, and says since when nobody looked', async () => {
    let slept = false;
    const sleep = (now: number, ms: number): number => {
      const wakes = !slept && now - start >= 2 * hour;
      slept ||= wakes;
      return now + (wakes ? 7 * day : ms);
    };
    const { looks, told } = await play(7 * day + 4 * hour, {}, always, { sleep });
    expect(looks.filter((at) => at > 2 * hour && at < 7 * day + 2 * hour + 5 * minute)).toHaveLength(1);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/ silent 2026-11-01T/);
  });

  it('goes on when its clock is set back a year and forth again, and closes nothing by that', async () => {
    const year = 365 * day;
    const sleep = (now: number, ms: number): number => {
      const at = now - start;
      if (at > 3 * hour && at < 3 * hour + minute) return now - year;
      return at > -year + 6 * hour && at < 0 ? now + year : now + ms;
    };
    const { looks, told } = await play(9 * hour, {}, () => 'tcp.dropped', { sleep });
    expect(looks.filter((at) => at < 0).length).toBeGreaterThanOrEqual(3);
    expect(looks.filter((at) => at > 3 * hour).length).toBeGreaterThanOrEqual(3);
    expect(told.filter((text) => text.includes('closed'))).toEqual([]);
    expect(told.filter((text) => text.includes('opened'))).toHaveLength(1);
  });

  it('keeps what a store that is full for a while could not take, and records it in order', async () => {
    let failing = true;
    const store = (opened: Store): Store => ({
      ...opened,
      transaction: (work) => {
        if (failing) return Promise.reject(new Error('full'));
        return opened.transaction(work);
      },
    });
    const sleep = (now: number, ms: number): number => {
      if (now - start > 3 * hour) failing = false;
      return now + ms;
    };
    const { looks, told, troubles } = await play(6 * hour, {}, () => 'tcp.dropped', { store, sleep });
    expect(troubles).toBeGreaterThan(0);
    expect(looks.length).toBeGreaterThanOrEqual(5);
    expect(told.filter((text) => text.includes('opened'))).toHaveLength(1);
  });

  it('holds notices back in a window and tells once what is open at its end', async () => {
    const windows = [windowOf('2026-11-01T02:00/4h')];
    const broken = (now: number): State => (now > 3 * hour ? 'tcp.dropped' : 'ok');
    const { told } = await play(8 * hour, { windows, everyMs: 30 * minute }, broken);
    expect(told).toEqual(['360 maintenance-ended tcp.dropped open']);
  });

  it('tells of a window neither what came and went in it nor anything else twice', async () => {
    const windows = [windowOf('2026-11-01T02:00/4h')];
    const during = (now: number): State => (now > 3 * hour && now < 4 * hour ? 'tcp.dropped' : 'ok');
    expect((await play(8 * hour, { windows, everyMs: 30 * minute }, during)).told).toEqual([]);
    const before = (now: number): State => (now > hour && now < 3 * hour ? 'tcp.dropped' : 'ok');
    const { told } = await play(8 * hour, { windows, everyMs: 30 * minute }, before);
    expect(told.map((text) => text.replace(/^\d+ /, ''))).toEqual([
      'opened tcp.dropped',
      'maintenance-ended tcp.dropped closed',
    ]);
  });
});

describe('on one store', () => {
  it('two watches of a machine are one, and another machine that is silent is told once', async () => {
    const folder = temporaryFolder();
    const store = await openStore(join(folder.path, 'store.db'));
    const host = (name: string, now: number): readonly [Host, LoopSettings] => [
      {
        ...{ clock: { now: () => now, wall: () => now }, store, stopped: () => true, sleep: async () => {} },
        look: async () => ({ report: reportOf({ a: 'ok' }, {}, new Date(now).toISOString()), facts: [] }),
        ...{ changes: async () => [], deliver: async () => null, tell: async () => {} },
      },
      {
        ...{ name, holder: `${name} ${now}`, isGone: () => false, machineId: name, routes: ['log'], confirm: 2 },
        ...{ everyMs: hour, windows: [], keepMs: null, keepBytes: null },
      },
    ];
    await store.takeLock('watch:M1', 'other', start, 60_000);
    expect(await watchOnce(...host('M1', start))).toBe('overlap');
    expect(await watchOn(...host('M1', start))).toBe(false);
    expect(await store.count()).toBe(0);
    expect(await watchOnce(...host('M1', start + 2 * minute))).not.toBe('overlap');
    await watchOnce(...host('M2', start));
    expect(await tellSilence(store, 'M2', ['log'], start + 2 * hour)).toEqual([]);
    const silent = await tellSilence(store, 'M2', ['log'], start + 5 * hour);
    expect(silent).toMatchObject([{ kind: 'silent', since: '2026-11-01T00:02:00.000Z', machine: { name: 'M1' } }]);
    expect(await tellSilence(store, 'M2', ['log'], start + 9 * hour)).toEqual([]);
    await store.close();
    folder.close();
  });
});
