import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import type { Store } from '../../src/store/store.ts';
import { type Host, type LoopSettings, watchOn, watchOnce } from '../../src/watch/loop.ts';
import { planOf, tellSilence } from '../../src/watch/record.ts';
import { scopeOf } from '../../src/watch/scope.ts';
import { parseWindow } from '../../src/watch/windows.ts';
import { temporaryFolder } from '../real/parts.ts';
import { hour, minute, reportOf, type State, start } from './made.ts';

const day = 24 * hour;
/** Of reports that were asked for nothing. */
const scope = scopeOf({ options: {} });

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
    changes: async () => null,
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
    ...{ name: 'M1', scope, holder: 'me', isGone: () => false, machineId: 'machine-7', routes: ['log'], confirm: 2 },
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
    // Seconds before somebody looked; how long ago, a clock that was set does not know.
    expect(told.filter((text) => text.includes('silent'))).toEqual([]);
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
        ...{ changes: async () => null, deliver: async () => null, tell: async () => {} },
      },
      {
        ...{ name, scope, holder: `${name} ${now}`, isGone: () => false, machineId: name, routes: ['log'], confirm: 2 },
        ...{ everyMs: hour, windows: [], keepMs: null, keepBytes: null },
      },
    ];
    await store.takeLock('watch:M1', 'other', start, 60_000);
    expect(await watchOnce(...host('M1', start))).toBe('overlap');
    expect(await watchOn(...host('M1', start))).toBe(false);
    expect(await store.count()).toBe(0);
    expect(await watchOnce(...host('M1', start + 2 * minute))).not.toBe('overlap');
    await watchOnce(...host('M2', start));
    expect(await tellSilence(store, { name: 'M2', scope }, ['log'], start + 2 * hour)).toEqual([]);
    const silent = await tellSilence(store, { name: 'M2', scope }, ['log'], start + 5 * hour);
    expect(silent).toMatchObject([{ kind: 'silent', since: '2026-11-01T00:02:00.000Z', machine: { name: 'M1' } }]);
    expect(await tellSilence(store, { name: 'M2', scope }, ['log'], start + 9 * hour)).toEqual([]);
    await store.close();
    folder.close();
  });

  it('two watches of a machine that look at other things look each in its time, and one that is silent is told once', async () => {
    const folder = temporaryFolder();
    const store = await openStore(join(folder.path, 'store.db'));
    const looks: string[] = [];
    const told: string[] = [];
    const next: number[] = [];
    let sleeps = 0;
    const run = async (what: string, at: number): Promise<void> => {
      const now = start + at;
      sleeps = 0;
      const host: Host = {
        ...{ clock: { now: () => now, wall: () => now }, store, stopped: () => sleeps > 0 },
        sleep: async () => {
          sleeps += 1;
        },
        async look() {
          looks.push(`${at / hour} ${what}`);
          return { report: reportOf({ [what]: 'ok' }, { what }, new Date(now).toISOString()), facts: [] };
        },
        ...{ changes: async () => null, deliver: async () => null },
        async tell(event) {
          if (event.kind === 'waiting') next.push(event.next - start);
          const notices = event.kind === 'looked' ? event.recorded.notices : event.kind === 'told' ? event.notices : [];
          for (const one of notices) told.push(`${at / hour} ${one.kind} ${one.what}`);
        },
      };
      await watchOn(host, {
        ...{ name: 'M1', scope: scopeOf({ options: { what: [what] } }), holder: 'me', isGone: () => true },
        ...{ machineId: 'm', routes: ['log'], confirm: 2, everyMs: day, windows: [], keepMs: null, keepBytes: null },
      });
    };
    await run('a', 0);
    await run('a', hour);
    await run('b', hour);
    await run('b', 25 * hour);
    expect(told).toEqual([]);
    await run('b', 49 * hour);
    await run('b', 73 * hour);
    expect(looks).toEqual(['0 a', '1 b', '25 b', '49 b', '73 b']);
    expect(next).toHaveLength(1);
    expect(told).toEqual(['49 silent a']);
    await store.close();
    folder.close();
  });

  it('a look that was broken off is recorded, closes nothing, and is still to come', async () => {
    const folder = temporaryFolder();
    const store = await openStore(join(folder.path, 'store.db'));
    const kinds: string[] = [];
    const once = async (at: number, states: Readonly<Record<string, State>>, interrupted: boolean): Promise<void> => {
      const now = start + at;
      const host: Host = {
        ...{ clock: { now: () => now, wall: () => now }, store, stopped: () => interrupted, sleep: async () => {} },
        look: async () => ({
          ...{
            report: reportOf(states, { complete: !interrupted }, new Date(now).toISOString()),
            facts: [],
            interrupted,
          },
        }),
        ...{ changes: async () => null, deliver: async () => null },
        async tell(event) {
          if (event.kind === 'looked') kinds.push(...event.recorded.notices.map(({ kind }) => kind));
        },
      };
      await watchOnce(host, {
        ...{ name: 'M1', scope, holder: 'me', isGone: () => true, machineId: 'm', routes: [], confirm: 1 },
        ...{ everyMs: day, windows: [], keepMs: null, keepBytes: null },
      });
    };
    await once(0, { a: 'tcp.dropped', b: 'ok' }, false);
    const before = await planOf(store, 'M1', scope);
    for (const at of [1, 2, 3]) await once(at * hour, { a: 'untested', b: 'ok' }, true);
    expect(kinds).toEqual(['opened']);
    expect(await store.count()).toBe(4);
    expect(await planOf(store, 'M1', scope)).toEqual(before);
    await store.close();
    folder.close();
  });
});
