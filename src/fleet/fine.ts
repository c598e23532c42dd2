/**
 * Who finds nothing wrong with an endpoint that fails elsewhere: counted by kinds of machines, of which there are few. A look
 * from before a failure began is no word on it: whoever has gone for good, or looks once a day, would deny each outage. Pure.
 */
import { addCount } from '../grouped.ts';
import type { Pieces } from '../pieces.ts';
import { EVERYBODY } from './attributes.ts';

/** Looks of one round of a fleet are of one time, whichever came first: machines take turns, and their clocks differ. */
const roundMs = 900_000;
/** Failures between two rests. */
const failuresAtOnce = 2000;

/** That a machine fails at an endpoint. */
interface Failure {
  readonly machine: number;
  readonly endpoint: number;
  readonly since: string;
}

/** Machines of one list of endpoints that find nothing wrong with the same of them. */
export interface Kind {
  /** By endpoint, the trait that the route there is. */
  readonly routes: ReadonlyMap<number, number>;
  readonly fine: readonly number[];
  /** When each of them looked, ascending; and of those that have a trait. */
  readonly looks: number[];
  readonly having: Map<number, number[]>;
}

export interface Fine {
  /** How many that have a trait find nothing wrong with an endpoint since it fails for others that have it. */
  fine(trait: number, endpoint: number): number;
  /** How many of these found nothing wrong there before, and have not looked since. */
  stale(trait: number, endpoint: number): number;
  /** How many that have a trait find nothing wrong with an endpoint, and have looked since a time; of that one on demand. */
  fineSince(trait: number, endpoint: number, since: number): number;
  /** When those looked that find nothing wrong with an endpoint, ascending. */
  looksAt(endpoint: number): readonly number[];
}

/** How many of these looks, ascending, are no older than what began at that time. */
export function countSince(looks: readonly number[], since: number): number {
  let [low, high] = [0, looks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((looks[middle] ?? 0) < since - roundMs) low = middle + 1;
    else high = middle;
  }
  return looks.length - low;
}

/** Kinds by those endpoints that fail for others. */
function* kindsAtOf(kinds: Iterable<Kind>, failing: ReadonlySet<number>): Pieces<ReadonlyMap<number, Kind[]>> {
  const all = new Map<number, Kind[]>();
  for (const kind of kinds) {
    yield;
    for (const endpoint of kind.fine) {
      if (!failing.has(endpoint)) continue;
      const own = all.get(endpoint);
      if (own === undefined) all.set(endpoint, [kind]);
      else own.push(kind);
    }
  }
  return all;
}

const looksOf = ({ looks, having, routes }: Kind, trait: number, endpoint: number): readonly number[] =>
  trait === EVERYBODY || routes.get(endpoint) === trait ? looks : (having.get(trait) ?? []);

/** `width`: more than there are endpoints. */
export function* fineOf(
  kinds: Iterable<Kind>,
  cells: readonly Failure[],
  traitsAt: (machine: number, endpoint: number) => readonly number[],
  width: number,
): Pieces<Fine> {
  const kindsAt = yield* kindsAtOf(kinds, new Set(cells.map(({ endpoint }) => endpoint)));
  const began = new Map<number, number>();
  for (const [place, { machine, endpoint, since }] of cells.entries()) {
    if (place % failuresAtOnce === 0) yield;
    if (!kindsAt.has(endpoint)) continue;
    const at = Date.parse(since);
    for (const trait of traitsAt(machine, endpoint)) {
      const key = trait * width + endpoint;
      if (at < (began.get(key) ?? Number.POSITIVE_INFINITY)) began.set(key, at);
    }
  }
  const fine = new Map<number, number>();
  const stale = new Map<number, number>();
  for (const [endpoint, own] of kindsAt) {
    for (const { looks, having, routes } of own) {
      yield;
      const count = (trait: number, some: readonly number[]): void => {
        const key = trait * width + endpoint;
        const since = began.get(key);
        // Nobody asks for a trait that none of those that fail has.
        if (since === undefined) return;
        const fresh = countSince(some, since);
        addCount(fine, key, fresh);
        addCount(stale, key, some.length - fresh);
      };
      count(EVERYBODY, looks);
      for (const [trait, some] of having) count(trait, some);
      const way = routes.get(endpoint);
      if (way !== undefined) count(way, looks);
    }
  }
  return {
    fine: (trait, endpoint) => fine.get(trait * width + endpoint) ?? 0,
    stale: (trait, endpoint) => stale.get(trait * width + endpoint) ?? 0,
    fineSince: (trait, endpoint, since) =>
      (kindsAt.get(endpoint) ?? []).reduce((sum, kind) => sum + countSince(looksOf(kind, trait, endpoint), since), 0),
    looksAt: (endpoint) => (kindsAt.get(endpoint) ?? []).flatMap(({ looks }) => looks).sort((a, b) => a - b),
  };
}
