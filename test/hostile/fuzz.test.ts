import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { attack, feed } from './attack.ts';
import { classes } from './classes.ts';

const corpus = join(import.meta.dirname, 'corpus');

afterAll(async () => {
  for (const { close } of classes) await close?.();
});

describe('inputs that somebody broke', () => {
  it.each(classes.map((target) => [target.name, target] as const))(
    'are taken or refused, in time, and leak nothing: %s',
    async (_, target) => {
      const { taken, refused, failures } = await attack(target, { seed: 12, count: target.rounds });
      expect(failures.map(({ why, input }) => `${why} by ${input.toString('base64').slice(0, 400)}`)).toEqual([]);
      // Mutants that are all alike to the reader would prove nothing.
      expect(taken).toBeGreaterThan(0);
      expect(taken + refused).toBe(target.rounds);
    },
    120_000,
  );
});

describe('an input that broke something once', () => {
  it.each(readdirSync(corpus))('is of a class that there is: %s', (name) => {
    expect(classes.map((target) => target.name)).toContain(name);
  });

  const inputs = classes.flatMap((target) => {
    const folder = join(corpus, target.name);
    const names = existsSync(folder) ? readdirSync(folder) : [];
    return names.map((name) => [`${target.name}/${name}`, target, readFileSync(join(folder, name))] as const);
  });
  it.each(inputs)('breaks nothing any more: %s', async (_, target, input) => {
    expect((await feed(target, input, 12)).is).not.toBe('failed');
  });
});

describe('what attacks', () => {
  it('tells a fault, a leak, and what takes too long', async () => {
    const samples = [Buffer.from('abc')];
    const base = { name: 'broken', rounds: 1, samples, make: () => Buffer.from('abc') };
    const broken = await Promise.all([
      attack({ ...base, feed: () => JSON.parse('') }, { seed: 1, count: 2 }),
      attack({ ...base, feed: () => ['a secret'], secrets: ['secret'] }, { seed: 1, count: 2 }),
    ]);
    expect(broken.map(({ failed, failures }) => [failed, failures.length])).toEqual([
      [2, 1],
      [2, 1],
    ]);
    const slow = (): unknown => {
      const end = process.cpuUsage().user + 3000;
      while (process.cpuUsage().user < end);
      return null;
    };
    expect((await attack({ ...base, mostMs: 1, feed: slow }, { seed: 1, count: 1 })).failures[0]?.why).toMatch(
      /^takes/,
    );
  });
});
