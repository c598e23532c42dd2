/**
 * Failures of one cause, those of a machine together that whatever explains one of them explains: where a name server or a
 * proxy fails, all endpoints of a machine are one bundle, and are counted once. Pure.
 */
import { addCount } from '../grouped.ts';
import type { Pieces } from '../pieces.ts';
import type { Cell, Tables } from './tables.ts';

/** Steps between two rests. */
export const piece = 2000;

export interface Bundle {
  readonly machine: number;
  /** One of its endpoints, which stands for all. */
  readonly endpoint: number;
  /** Of its cells, ascending. */
  readonly places: number[];
  /** What may explain it. */
  readonly traits: readonly number[];
}

export interface Counts {
  /** The endpoint that stands for those alike: the same machines fail there by the same ways, and of each trait as many are fine. */
  standsFor(endpoint: number): number;
  /** How many that have a trait fail at an endpoint. */
  failing(trait: number, endpoint: number): number;
  /** How many that have a trait find nothing wrong there. */
  fine(trait: number, endpoint: number): number;
  /** How many found nothing wrong there before, and have not looked since. */
  stale(trait: number, endpoint: number): number;
}

type TraitsAt = (machine: number, endpoint: number) => readonly number[];

/** By endpoint, who fails there, each machine followed by its way there. */
function* failuresAt(cells: readonly Cell[], tables: Tables): Pieces<ReadonlyMap<number, readonly number[]>> {
  const all = new Map<number, number[]>();
  for (const [place, { machine, endpoint }] of cells.entries()) {
    if (place % piece === 0) yield;
    const own = all.get(endpoint) ?? [];
    all.set(endpoint, own);
    own.push(machine, tables.wayAt(machine, endpoint) ?? -1);
  }
  return all;
}

export function* countsOf(cells: readonly Cell[], tables: Tables, traitsAt: TraitsAt): Pieces<Counts> {
  const failures = yield* failuresAt(cells, tables);
  const width = tables.endpoints.length + 1;
  /** Of the first endpoint at which the same ones fail. */
  const counts = new Map<number, number>();
  const first = new Map<number, number>();
  const failing = (trait: number, endpoint: number): number =>
    counts.get(trait * width + (first.get(endpoint) ?? endpoint)) ?? 0;
  // What no endpoint shows is fine wherever it was not found.
  const fine = (trait: number, endpoint: number): number =>
    tables.endpoints[endpoint]?.key === ''
      ? tables.having(trait) - failing(trait, endpoint)
      : tables.fine(trait, endpoint);
  const stale = (trait: number, endpoint: number): number =>
    tables.endpoints[endpoint]?.key === '' ? 0 : tables.stale(trait, endpoint);
  const bySame = new Map<string, { readonly endpoint: number; readonly traits: readonly number[] }>();
  const alike = new Map<string, number>();
  const standing = new Map<number, number>();
  for (const [endpoint, own] of failures) {
    yield;
    const name = own.join();
    let same = bySame.get(name);
    if (same === undefined) {
      const traits = yield* countTraits(own, endpoint, traitsAt, (trait) => addCount(counts, trait * width + endpoint));
      same = { endpoint, traits };
      bySame.set(name, same);
    }
    first.set(endpoint, same.endpoint);
    const figures = `${same.endpoint} ${same.traits.map((trait) => `${fine(trait, endpoint)}+${stale(trait, endpoint)}`).join()}`;
    if (!alike.has(figures)) alike.set(figures, endpoint);
    standing.set(endpoint, alike.get(figures) ?? endpoint);
  }
  return { standsFor: (endpoint) => standing.get(endpoint) ?? endpoint, failing, fine, stale };
}

/** Counts the traits of those that fail at an endpoint; each of them once. */
function* countTraits(
  failures: readonly number[],
  endpoint: number,
  traitsAt: TraitsAt,
  count: (trait: number) => void,
): Pieces<readonly number[]> {
  const traits = new Set<number>();
  for (let at = 0; at < failures.length; at += 2) {
    if (at % piece === 0) yield;
    for (const trait of traitsAt(failures[at] ?? 0, endpoint)) {
      count(trait);
      traits.add(trait);
    }
  }
  return [...traits];
}

export function* bundlesOf(
  cells: readonly Cell[],
  { standsFor }: Counts,
  traitsAt: TraitsAt,
): Pieces<readonly Bundle[]> {
  const bundles: Bundle[] = [];
  let own = new Map<number, Bundle>();
  let last = -1;
  for (const [place, { machine, endpoint: at }] of cells.entries()) {
    if (place % piece === 0) yield;
    if (machine !== last) own = new Map();
    last = machine;
    const endpoint = standsFor(at);
    const bundle = own.get(endpoint);
    if (bundle !== undefined) bundle.places.push(place);
    else {
      const made = { machine, endpoint, places: [place], traits: traitsAt(machine, endpoint) };
      own.set(endpoint, made);
      bundles.push(made);
    }
  }
  return bundles;
}
