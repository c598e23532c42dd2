import { expect, it } from 'vitest';
import { countPerMinute, originOf } from '../../src/serve/rates.ts';

const counted = (most: number) => {
  const time = { now: 0 };
  return { time, counts: countPerMinute({ now: () => time.now, wall: () => 0 }, most) };
};

it('counts by name, for a minute', () => {
  const { time, counts } = counted(3);
  for (let times = 0; times < 3; times += 1) {
    expect(counts.isOver('a')).toBe(false);
    counts.count('a');
  }
  expect([counts.isOver('a'), counts.isOver('b')]).toEqual([true, false]);
  time.now = 60_000;
  expect(counts.isOver('a')).toBe(false);
});

it('shuts out nobody else, however many names one makes up or floods with', () => {
  const { counts } = counted(10);
  for (let name = 0; name < 60_000; name += 1) counts.count(`made up ${name}`);
  for (let name = 0; name < 1000; name += 1) for (let times = 0; times < 20; times += 1) counts.count(`flood ${name}`);
  const shut = Array.from({ length: 2000 }, (_, index) => counts.isOver(`somebody ${index}`)).filter(Boolean);
  // By chance one of a thousand.
  expect(shut.length).toBeLessThan(20);
  expect(counts.isOver('flood 7')).toBe(true);
});

it.each([
  ['192.0.2.9', '192.0.2.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::'],
  ['unknown', 'unknown'],
])('%s counts as %s', (address, origin) => expect(originOf(address)).toBe(origin));
