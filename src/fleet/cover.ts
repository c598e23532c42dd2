/**
 * The fewest groups that cover failures: greedy, with what turns out needless dropped, and exact where there are few
 * groups to choose from. Pure, and the same whatever the order of the cells' machines. Time grows with the number of
 * memberships (cells times groups of a cell); the exact search ends where its budget does.
 */
import type { Pieces } from '../pieces.ts';

/** A group of machines that may be one explanation, best first in the list that is given. */
export interface Group {
  /** Ascending places in the list of cells. */
  readonly cells: readonly number[];
}

/** Failures of one machine that the same groups cover. */
export interface Covered {
  readonly machine: number;
  /** How many. */
  readonly weight: number;
}

/** A budget that all searches of one fleet share. */
export interface Budget {
  left: number;
}

/** So many groups are tried in every combination. */
const mostExact = 12;
/** Between two rests. */
const choicesAtOnce = 16;

/** Which of the groups to take; what none of them covers is each machine's own. */
export function* cover(groups: readonly Group[], cells: readonly Covered[], budget: Budget): Pieces<readonly number[]> {
  const machineOf = cells.map(({ machine }) => machine);
  const weightOf = cells.map(({ weight }) => weight);
  yield;
  const greedily = yield* greedy(groups, machineOf, weightOf);
  const chosen = withoutNeedless(greedily, groups, weightOf);
  yield;
  return (yield* exact(groups, machineOf, chosen, budget)) ?? chosen;
}

const sizeOf = (group: Group | undefined, weightOf: readonly number[]): number =>
  group === undefined ? 0 : group.cells.reduce((sum, cell) => sum + (weightOf[cell] ?? 0), 0);

const machinesIn = (cells: readonly number[], machineOf: readonly number[], covered: readonly boolean[]): number =>
  new Set(cells.flatMap((cell) => (covered[cell] === true ? [] : [machineOf[cell]]))).size;

function* greedy(
  groups: readonly Group[],
  machineOf: readonly number[],
  weightOf: readonly number[],
): Pieces<readonly number[]> {
  const gain = groups.map((group) => sizeOf(group, weightOf));
  const member: number[][] = machineOf.map(() => []);
  groups.forEach(({ cells }, group) => {
    for (const cell of cells) member[cell]?.push(group);
  });
  const covered = machineOf.map(() => false);
  // Gains only fall: what a bucket will ever hold is there when its turn comes.
  const buckets: number[][] = [];
  const put = (group: number): void => {
    const size = gain[group] ?? 0;
    if (size === 0) return;
    const bucket = buckets[size] ?? [];
    buckets[size] = bucket;
    bucket.push(group);
  };
  for (const group of groups.keys()) put(group);
  const chosen: number[] = [];
  for (let size = buckets.length - 1; size > 0; size--) {
    for (const group of [...(buckets[size] ?? [])].sort((a, b) => a - b)) {
      if (gain[group] !== size) {
        put(group);
        continue;
      }
      const cells = groups[group]?.cells ?? [];
      // What only one machine is left of explains no more than that machine.
      if (machinesIn(cells, machineOf, covered) < 2) continue;
      chosen.push(group);
      yield;
      for (const cell of cells) {
        if (covered[cell] === true) continue;
        covered[cell] = true;
        for (const other of member[cell] ?? []) gain[other] = (gain[other] ?? 0) - (weightOf[cell] ?? 0);
      }
    }
  }
  return chosen;
}

/** Without those all of whose cells others cover too, the smallest first. */
function withoutNeedless(
  chosen: readonly number[],
  groups: readonly Group[],
  weightOf: readonly number[],
): readonly number[] {
  const times = weightOf.map(() => 0);
  const each = (group: number, step: number): void => {
    for (const cell of groups[group]?.cells ?? []) times[cell] = (times[cell] ?? 0) + step;
  };
  for (const group of chosen) each(group, 1);
  const kept = new Set(chosen);
  const size = (group: number): number => sizeOf(groups[group], weightOf);
  for (const group of [...chosen].sort((a, b) => size(a) - size(b) || b - a)) {
    if (!(groups[group]?.cells ?? []).every((cell) => (times[cell] ?? 0) > 1)) continue;
    kept.delete(group);
    each(group, -1);
  }
  return chosen.filter((group) => kept.has(group));
}

const bits = (mask: number): number => {
  let count = 0;
  for (let rest = mask; rest > 0; rest &= rest - 1) count += 1;
  return count;
};

/** A choice with fewer explanations (groups, and machines that none covers) than the given one; null if there is none, or it would take too long. */
function* exact(
  groups: readonly Group[],
  machineOf: readonly number[],
  given: readonly number[],
  budget: Budget,
): Pieces<readonly number[] | null> {
  if (groups.length < 2 || groups.length > mostExact) return null;
  const masks = machineOf.map(() => 0);
  groups.forEach(({ cells }, group) => {
    for (const cell of cells) masks[cell] = (masks[cell] ?? 0) | (1 << group);
  });
  const ofMachine = new Map<number, Set<number>>();
  machineOf.forEach((machine, cell) => {
    const own = ofMachine.get(machine) ?? new Set();
    ofMachine.set(machine, own.add(masks[cell] ?? 0));
  });
  const kinds = new Map<string, { readonly masks: readonly number[]; count: number }>();
  for (const own of ofMachine.values()) {
    const sorted = [...own].sort((a, b) => a - b);
    const kind = kinds.get(sorted.join());
    if (kind === undefined) kinds.set(sorted.join(), { masks: sorted, count: 1 });
    else kind.count += 1;
  }
  const work = (1 << groups.length) * kinds.size;
  if (work > budget.left) return null;
  budget.left -= work;
  const all = [...kinds.values()];
  const cost = (choice: number): number =>
    all.reduce((sum, kind) => sum + (kind.masks.some((mask) => (mask & choice) === 0) ? kind.count : 0), bits(choice));
  let best = given.reduce((choice, group) => choice | (1 << group), 0);
  let least = cost(best);
  const before = least;
  for (let choice = 0; choice < 1 << groups.length; choice++) {
    if (choice % choicesAtOnce === 0) yield;
    const sum = cost(choice);
    if (sum >= least) continue;
    [best, least] = [choice, sum];
  }
  return least < before ? [...groups.keys()].filter((group) => (best & (1 << group)) !== 0) : null;
}
