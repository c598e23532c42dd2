/** Failures of one cause → the groups of machines that explain them. Pure. */
import type { CauseId } from '../model/causes.ts';
import type { Pieces } from '../pieces.ts';
import { byText, EVERYBODY, nearness } from './attributes.ts';
import { type Bundle, bundlesOf, type Counts, countsOf, piece } from './bundles.ts';
import { type Budget, cover } from './cover.ts';
import type { Cell, Tables } from './tables.ts';

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
  /** How many that have a trait find nothing wrong there since it began. */
  fine(trait: number): number;
  /** How many found nothing wrong there before, and have not looked since. */
  readonly stale: number;
}

/** At most endpoints of cells: who is fine there since the first of these cells was not, and who was before. */
export function fineAt(cells: readonly Cell[], tables: Tables): Pick<Found, 'fine' | 'stale'> {
  const began = new Map<number, number>();
  for (const { endpoint, since } of cells) {
    began.set(endpoint, Math.min(began.get(endpoint) ?? Number.POSITIVE_INFINITY, Date.parse(since)));
  }
  const most = (count: (endpoint: number, since: number) => number): number =>
    [...began].reduce((least, [endpoint, since]) => Math.max(least, count(endpoint, since)), 0);
  const { fineSince } = tables;
  return {
    fine: (trait) => most((endpoint, since) => fineSince(trait, endpoint, since)),
    stale: most((at, since) => fineSince(EVERYBODY, at, Number.NEGATIVE_INFINITY) - fineSince(EVERYBODY, at, since)),
  };
}

interface Candidate {
  readonly trait: number;
  /** Places of bundles. */
  readonly cells: readonly number[];
  readonly pure: boolean;
  readonly nearness: number;
}

const nearnessOf = (cause: CauseId, trait: number, { traits }: Tables): number | null => {
  const shown = traits[trait];
  return trait === EVERYBODY ? -1 : shown === undefined ? null : nearness(cause, shown);
};

/** The traits of a machine at an endpoint that may explain a cause. */
function explaining(cause: CauseId, tables: Tables): (machine: number, endpoint: number) => readonly number[] {
  const near = new Map<number, boolean>();
  const isNear = (trait: number): boolean => {
    const known = near.get(trait);
    if (known !== undefined) return known;
    const found = nearnessOf(cause, trait, tables) !== null;
    near.set(trait, found);
    return found;
  };
  return (machine, endpoint) => tables.traitsAt(machine, endpoint).filter(isNear);
}

/** The traits that explain a cause, each with the bundles that it covers. */
function* candidatesOf(
  bundles: readonly Bundle[],
  cause: CauseId,
  { failing, fine: fineSince, stale }: Counts,
  tables: Tables,
): Pieces<readonly Candidate[]> {
  const covers = new Map<number, { cells: number[]; machines: number; last: number; pure: boolean }>();
  for (const [place, { machine, endpoint, traits }] of bundles.entries()) {
    if (place % piece === 0) yield;
    for (const trait of traits) {
      const count = failing(trait, endpoint);
      // As long as more have not looked again than fail, nobody knows whether it is all of them.
      if (stale(trait, endpoint) > count) continue;
      const fine = fineSince(trait, endpoint);
      if (fine > 0 && (count < manyFailing || fine * manyFailing > count)) continue;
      const group = covers.get(trait) ?? { cells: [], machines: 0, last: -1, pure: true };
      group.cells.push(place);
      if (group.last !== machine) group.machines += 1;
      group.last = machine;
      group.pure &&= fine === 0;
      covers.set(trait, group);
    }
  }
  return [...covers]
    .filter(([, { machines }]) => machines > 1)
    .map(([trait, { cells, pure }]) => ({ trait, cells, pure, nearness: nearnessOf(cause, trait, tables) ?? 0 }))
    .sort(
      (a, b) =>
        Number(b.pure) - Number(a.pure) ||
        a.nearness - b.nearness ||
        byText(textOf(tables, a.trait), textOf(tables, b.trait)),
    );
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

/**
 * `cells` of one cause that nothing else explains, those of a machine together. Against a cause that keeps all of them from
 * an endpoint speaks whoever can use it, be it not without trouble; against others who finds nothing wrong there.
 */
export function* groupsOf(
  cause: CauseId,
  cells: readonly Cell[],
  all: Tables,
  budget: Budget,
): Pieces<readonly Found[]> {
  const tables = cells.every(({ machine, endpoint }) => all.isDead(machine, endpoint))
    ? { ...all, ...all.usable }
    : all;
  const traitsAt = explaining(cause, tables);
  const counts = yield* countsOf(cells, tables, traitsAt);
  const bundles = yield* bundlesOf(cells, counts, traitsAt);
  const candidates = merged(yield* candidatesOf(bundles, cause, counts, tables));
  const made = (trait: number | null, alike: readonly number[], own: Cell[]): Found => {
    const endpoints = new Set(own.map(({ endpoint }) => endpoint));
    const [first] = endpoints;
    // What no endpoint shows is fine wherever it was not found.
    const seen =
      first !== undefined && tables.endpoints[first]?.key === ''
        ? { fine: (one: number) => counts.fine(one, first), stale: 0 }
        : fineAt(own, tables);
    return { cause, trait, alike, service: false, cells: own, endpoints, ...seen };
  };
  const chosen = yield* cover(
    candidates,
    bundles.map(({ machine, places }) => ({ machine, weight: places.length })),
    budget,
  );
  const covered = cells.map(() => false);
  const found: Found[] = [];
  for (const index of chosen) {
    const candidate = candidates[index];
    if (candidate === undefined) continue;
    yield;
    const places = candidate.cells.flatMap((bundle) => bundles[bundle]?.places ?? []).sort((a, b) => a - b);
    const own: Cell[] = [];
    for (const place of places) {
      const cell = cells[place];
      if (cell !== undefined) own.push(cell);
      covered[place] = true;
    }
    yield;
    found.push(made(candidate.trait, candidate.alike, own));
  }
  const left = cells.filter((_, place) => covered[place] !== true);
  return left.length === 0 ? found : [...found, made(null, [], left)];
}
