import { describe, expect, it } from 'vitest';
import { shares } from '../src/probe/descriptors.ts';
import { createPace } from '../src/probe/pace.ts';

const running = new AbortController().signal;

/** How many of `count` turns start without a tick of the clock or the end of another. */
async function atOnce(turn: (index: number) => Promise<() => void>, count: number) {
  let started = 0;
  const turns = Array.from({ length: count }, (_, index) =>
    turn(index).then((over) => {
      started++;
      return over;
    }),
  );
  for (let turnOfLoop = 0; turnOfLoop < 20; turnOfLoop++) await Promise.resolve();
  return { started, turns };
}

const to = (host: string, address: string) => ({ host, address });

describe('the pace of connections', () => {
  it.each([
    ['60 in the first group', 200, (index: number) => to(`h${index}.example`, `192.0.2.${index}`), 60],
    ['32 to one address', 60, (index: number) => to(`h${index}.example`, '192.0.2.1'), 32],
    ['16 for one host', 60, (index: number) => to('h.example', `192.0.2.${index}`), 16],
    ['60 to a proxy, whatever the host', 70, () => null, 60],
  ])('is at most %s', async (_name, count, target, most) => {
    const pace = createPace(1000);
    const { started, turns } = await atOnce((index) => pace.turn(target(index), running), count);
    expect(started).toBe(most);
    const overs = [];
    for (const turn of turns.slice(0, most)) overs.push(await turn);
    for (const over of overs) over();
    for (const turn of turns.slice(most)) (await turn)();
  });

  it('is at most so many open in all', async () => {
    const pace = createPace(3);
    const { started, turns } = await atOnce((index) => pace.turn(to(`h${index}`, `a${index}`), running), 5);
    expect(started).toBe(3);
    for (const turn of turns) (await turn)();
  });

  it('lets nobody wait for a crowd elsewhere', async () => {
    const pace = createPace(1000);
    await atOnce(() => pace.turn(to('crowded.example', '192.0.2.1'), running), 40);
    const { started } = await atOnce(() => pace.turn(to('other.example', '192.0.2.2'), running), 1);
    expect(started).toBe(1);
  });

  it('keeps nobody waiting for a group when the run has ended', async () => {
    const pace = createPace(10_000);
    const ending = new AbortController();
    const { turns } = await atOnce((index) => pace.turn(to(`h${index}`, `a${index}`), ending.signal), 5000);
    ending.abort('deadline');
    expect(await Promise.all(turns)).toHaveLength(5000);
  });
});

describe('shares of the descriptors', () => {
  it.each([
    [256, 3000, { connections: 104, names: 34 }],
    [1024, 20, { connections: 488, names: 20 }],
    [null, 1024, { connections: 4072, names: 1024 }],
    [10, 1, { connections: 4, names: 1 }],
  ])('of %s are enough for %s targets', (limit, wanted, expected) => {
    expect(shares(limit, wanted)).toEqual(expected);
  });
});
