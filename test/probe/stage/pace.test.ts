import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { shares } from '../../../src/probe/descriptors.ts';
import { createPace, type PacedPeer } from '../../../src/probe/stage/pace.ts';

const running = new AbortController().signal;
const plenty = { names: 10_000, connections: 10_000 };
/** A clock that goes by the fake timers, and on its own by `lag`: a tick then comes late. */
let lag = 0;
const clock = { now: () => performance.now() + lag, wall: () => 0 };

beforeEach(() => {
  lag = 0;
  vi.useFakeTimers({ toFake: ['setTimeout', 'setImmediate', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** When each of `count` turns came, by the clock, after so long. */
async function startsOf(count: number, turn: (index: number) => Promise<() => void>, ms: number) {
  const times: number[] = [];
  const overs: (() => void)[] = [];
  for (let index = 0; index < count; index++) {
    void turn(index).then((over) => {
      times.push(clock.now());
      overs.push(over);
    });
  }
  await vi.advanceTimersByTimeAsync(ms);
  return { times, overs };
}

/** Most of them within so many milliseconds. */
function mostWithin(ms: number, times: readonly number[]): number {
  let first = 0;
  return Math.max(
    ...times.map((time, index) => {
      while (time - (times[first] ?? 0) >= ms) first++;
      return index - first + 1;
    }),
  );
}

const to = (index: number): PacedPeer => ({ host: `h${index}.example`, address: `192.0.2.${index}` });

describe('the pace of a run', () => {
  it.each([
    ['connections', (pace: ReturnType<typeof createPace>) => (index: number) => pace.connection(to(index), running)],
    ['names', (pace: ReturnType<typeof createPace>) => () => pace.name(running)],
  ])('keeps the starts of %s below what detectors of scans take', async (_what, turns) => {
    const { times } = await startsOf(3000, turns(createPace(plenty, clock)), 3400);
    expect(times).toHaveLength(3000);
    // Junos tcp-sweep: 10 within 5 ms; FortiOS tcp_port_scan: 1,000 within a second.
    expect(mostWithin(5, times)).toBeLessThan(10);
    expect(mostWithin(1000, times)).toBeLessThan(1000);
  });

  it('is that fast when there is time for it', async () => {
    const pace = createPace(plenty, clock);
    const { times } = await startsOf(1000, (index) => pace.connection(to(index), running), 1100);
    expect(times).toHaveLength(1000);
  });

  it('does not make up for ticks that came late', async () => {
    const pace = createPace(plenty, clock);
    const { times } = await startsOf(100, (index) => pace.connection(to(index), running), 1);
    expect(times).toHaveLength(9);
    lag = 500;
    await vi.advanceTimersByTimeAsync(6);
    expect(times).toHaveLength(18);
  });

  it.each<[string, number, (index: number) => PacedPeer]>([
    ['16 for one host', 16, (index) => ({ host: 'h.example', address: `192.0.2.${index}` })],
    ['32 to one address', 32, (index) => ({ host: `h${index}.example`, address: '192.0.2.1' })],
    ['128 to one proxy', 128, () => ({ proxy: 'http://proxy.example:3128' })],
    ['200 that this machine can hold', 200, to],
  ])('opens at most %s at the same time', async (_name, most, destination) => {
    const pace = createPace({ names: 1, connections: 200 }, clock);
    const { times, overs } = await startsOf(300, (index) => pace.connection(destination(index), running), 1000);
    expect(times).toHaveLength(most);
    for (const over of overs.splice(0, 3)) over();
    await vi.advanceTimersByTimeAsync(100);
    expect(times).toHaveLength(most + 3);
  });

  it('asks for at most as many names at the same time as there are sockets for', async () => {
    const pace = createPace({ names: 5, connections: 5 }, clock);
    const { times } = await startsOf(20, () => pace.name(running), 1000);
    expect(times).toHaveLength(5);
  });

  it('lets nobody wait for a crowd elsewhere', async () => {
    const pace = createPace(plenty, clock);
    await startsOf(500, () => pace.connection({ host: 'crowded.example', address: '192.0.2.1' }, running), 100);
    await startsOf(500, () => pace.connection({ proxy: 'http://crowded.example:3128' }, running), 1000);
    const other = await startsOf(1, () => pace.connection(to(2), running), 10);
    expect(other.times).toHaveLength(1);
  });

  it('keeps nobody waiting for a tick when the run has ended', async () => {
    const pace = createPace(plenty, clock);
    const ending = new AbortController();
    const { times } = await startsOf(5000, (index) => pace.connection(to(index), ending.signal), 1);
    ending.abort('deadline');
    await vi.advanceTimersByTimeAsync(6);
    expect(times).toHaveLength(5000);
  });
});

describe('shares of the descriptors', () => {
  it.each([
    [256, 2, { connections: 104, names: 52 }],
    [256, 6, { connections: 104, names: 17 }],
    [1024, 2, { connections: 488, names: 244 }],
    [null, 2, { connections: 4072, names: 2036 }],
    [10, 6, { connections: 4, names: 1 }],
    [256, 0, { connections: 104, names: 104 }],
  ])('of %s descriptors where a name takes %s', (limit, socketsPerName, expected) => {
    expect(shares(limit, socketsPerName)).toEqual(expected);
  });
});
