import { describe, expect, it } from 'vitest';
import { type Budget, cover, type Group } from '../../src/fleet/cover.ts';
import { atOnce } from '../../src/pieces.ts';

/** Numbers from a seed (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const costOf = (chosen: readonly number[], groups: readonly Group[], machineOf: readonly number[]): number => {
  const covered = new Set(chosen.flatMap((group) => groups[group]?.cells ?? []));
  return chosen.length + new Set(machineOf.filter((_, cell) => !covered.has(cell))).size;
};

function fewest(groups: readonly Group[], machineOf: readonly number[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (let choice = 0; choice < 1 << groups.length; choice++) {
    const chosen = [...groups.keys()].filter((group) => (choice & (1 << group)) !== 0);
    least = Math.min(least, costOf(chosen, groups, machineOf));
  }
  return least;
}

const chosenOf = (groups: readonly Group[], machineOf: readonly number[], budget: Budget): readonly number[] =>
  atOnce(
    cover(
      groups,
      machineOf.map((machine) => ({ machine, weight: 1 })),
      budget,
    ),
  );

const plenty = () => ({ left: 5_000_000 });

describe('a cover', () => {
  it('takes two groups where greed would take three', () => {
    const groups = [{ cells: [1, 2, 4, 5] }, { cells: [0, 1, 2] }, { cells: [3, 4, 5] }];
    const machines = [0, 1, 2, 3, 4, 5];
    expect([...chosenOf(groups, machines, plenty())].sort()).toEqual([1, 2]);
  });

  it('leaves a machine by itself that a group has to itself', () => {
    expect(chosenOf([{ cells: [0, 1] }], [0, 0], plenty())).toEqual([]);
  });

  it.each(Array.from({ length: 60 }, (_, index) => [index]))('is the smallest there is, seed %i', (seed) => {
    const next = random(seed);
    const machineOf = Array.from({ length: 12 }, (_, cell) => Math.floor(cell / (1 + Math.floor(next() * 2))));
    const groups = Array.from({ length: 8 }, () => ({
      cells: machineOf.flatMap((_, cell) => (next() < 0.3 ? [cell] : [])),
    })).filter(({ cells }) => cells.length > 0);
    const chosen = chosenOf(groups, machineOf, plenty());
    expect(costOf(chosen, groups, machineOf)).toBe(fewest(groups, machineOf));
  });

  it('stays with what greed gives where the budget for more is spent, and needs nothing that others cover', () => {
    const groups = [{ cells: [1, 2, 4, 5] }, { cells: [0, 1, 2] }, { cells: [3, 4, 5] }];
    const machines = [0, 1, 2, 3, 4, 5];
    const chosen = chosenOf(groups, machines, { left: 0 });
    expect(costOf(chosen, groups, machines)).toBeLessThanOrEqual(3);
  });
});
