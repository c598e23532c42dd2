/** Failures of one cause → the groups of machines that explain them. Pure. */
import type { CauseId } from '../model/causes.ts';
import { byText, nearness } from './attributes.ts';
import { type Budget, cover } from './cover.ts';
import { type Cell, EVERYBODY, type Tables } from './tables.ts';

/** A failure of many with a few exceptions is still theirs: one machine with a way of its own must not break a site into pieces. */
const manyFailing = 10;

/** One explanation of failures, as cells. */
export interface Found {
  readonly cause: CauseId;
  /** The trait of those affected; {@link EVERYBODY}; null where each machine stands for itself. */
  readonly trait: number | null;
  readonly alike: readonly number[];
  readonly service: boolean;
  readonly cells: Cell[];
  readonly endpoints: ReadonlySet<number>;
  /** How many that have a trait find nothing wrong there. */
  fine(trait: number): number;
}

interface Candidate {
  readonly trait: number;
  readonly cells: readonly number[];
  readonly pure: boolean;
  readonly nearness: number;
}

interface Candidates {
  readonly candidates: readonly Candidate[];
  fine(trait: number, endpoint: number): number;
}

/** The traits that explain a cause, each with the places of the cells that it covers. */
function candidatesOf(cells: readonly Cell[], cause: CauseId, tables: Tables): Candidates {
  const width = tables.endpoints.length + 1;
  const near = new Map<number, number | null>();
  const nearOf = (trait: number): number | null => {
    const known = near.get(trait);
    if (known !== undefined) return known;
    const shown = tables.traits[trait];
    const found = trait === EVERYBODY ? -1 : shown === undefined ? null : nearness(cause, shown);
    near.set(trait, found);
    return found;
  };
  const failing = new Map<number, number>();
  const traitsOf = cells.map(({ machine, endpoint }) => {
    const traits = tables.traitsAt(machine, endpoint).filter((trait) => nearOf(trait) !== null);
    for (const trait of traits) {
      const at = trait * width + endpoint;
      failing.set(at, (failing.get(at) ?? 0) + 1);
    }
    return traits;
  });
  // What no endpoint shows is fine wherever it was not found.
  const fineAt = (trait: number, endpoint: number): number =>
    tables.endpoints[endpoint]?.key === ''
      ? tables.having(trait) - (failing.get(trait * width + endpoint) ?? 0)
      : tables.fine(trait, endpoint);
  const covers = new Map<number, { cells: number[]; machines: number; last: number; pure: boolean }>();
  cells.forEach(({ machine, endpoint }, place) => {
    for (const trait of traitsOf[place] ?? []) {
      const count = failing.get(trait * width + endpoint) ?? 0;
      const fine = fineAt(trait, endpoint);
      if (fine > 0 && (count < manyFailing || fine * manyFailing > count)) continue;
      const group = covers.get(trait) ?? { cells: [], machines: 0, last: -1, pure: true };
      group.cells.push(place);
      if (group.last !== machine) group.machines += 1;
      group.last = machine;
      group.pure &&= fine === 0;
      covers.set(trait, group);
    }
  });
  const candidates = [...covers]
    .filter(([, { machines }]) => machines > 1)
    .map(([trait, { cells: own, pure }]) => ({ trait, cells: own, pure, nearness: nearOf(trait) ?? 0 }))
    .sort(
      (a, b) =>
        Number(b.pure) - Number(a.pure) ||
        a.nearness - b.nearness ||
        byText(textOf(tables, a.trait), textOf(tables, b.trait)),
    );
  return { candidates, fine: fineAt };
}

const textOf = ({ traits }: Tables, trait: number): string => {
  const { attribute = '', value = '' } = traits[trait] ?? {};
  return `${attribute}\n${value}`;
};

const sameCells = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((cell, index) => cell === b[index]);

/** Candidates that cover the same cells as one: the nearest, with the others beside it. */
function merged(candidates: readonly Candidate[]): readonly (Candidate & { readonly alike: readonly number[] })[] {
  const buckets = new Map<string, (Candidate & { alike: number[] })[]>();
  const all: (Candidate & { alike: number[] })[] = [];
  for (const candidate of candidates) {
    const { cells } = candidate;
    const key = `${cells.length} ${cells[0]} ${cells[cells.length >> 1]} ${cells.at(-1)}`;
    const bucket = buckets.get(key) ?? [];
    buckets.set(key, bucket);
    const same = bucket.find((other) => sameCells(other.cells, cells));
    if (same !== undefined) {
      if (same.pure === candidate.pure) same.alike.push(candidate.trait);
      continue;
    }
    const first = { ...candidate, alike: [] };
    bucket.push(first);
    all.push(first);
  }
  return all;
}

/** `cells` of one cause that nothing else explains, those of a machine together. */
export function groupsOf(cause: CauseId, cells: readonly Cell[], tables: Tables, budget: Budget): readonly Found[] {
  const { candidates: possible, fine: fineAt } = candidatesOf(cells, cause, tables);
  const candidates = merged(possible);
  const made = (trait: number | null, alike: readonly number[], own: Cell[]): Found => {
    const endpoints = new Set(own.map(({ endpoint }) => endpoint));
    const fine = (one: number): number => {
      let most = 0;
      for (const endpoint of endpoints) most = Math.max(most, fineAt(one, endpoint));
      return most;
    };
    return { cause, trait, alike, service: false, cells: own, endpoints, fine };
  };
  const chosen = cover(
    candidates,
    cells.map(({ machine }) => machine),
    budget,
  );
  const covered = new Set<number>();
  const found = chosen.flatMap((index): readonly Found[] => {
    const candidate = candidates[index];
    if (candidate === undefined) return [];
    for (const cell of candidate.cells) covered.add(cell);
    const own = candidate.cells.flatMap((cell) => cells[cell] ?? []);
    return [made(candidate.trait, candidate.alike, own)];
  });
  const left = cells.filter((_, place) => !covered.has(place));
  return left.length === 0 ? found : [...found, made(null, [], left)];
}
