/** Looks → tables of numbers: machines as they are now, endpoints, traits, and each failure as a cell of them. Pure. */
import { addCount, groupedBy } from '../grouped.ts';
import type { Look, SeenCause, Trait } from '../model/fleet.ts';
import type { Pieces } from '../pieces.ts';
import { hostAndPort } from '../text-bounds.ts';
import { byText, EVERYBODY } from './attributes.ts';
import { type Fine, fineOf, type Kind } from './fine.ts';

/** One cause at one endpoint of one machine. */
export interface Cell {
  readonly machine: number;
  readonly endpoint: number;
  readonly seen: SeenCause;
  readonly since: string;
  readonly fineUntil: string | null;
}

interface Machine {
  readonly name: string;
  readonly look: Look;
  readonly traits: readonly number[];
  /** How many endpoints it reaches and finds nothing wrong with. */
  readonly fine: number;
}

export interface Endpoint {
  /** Empty where a cause has none. */
  readonly key: string;
  readonly host: string;
  readonly port: number;
  /** Ids of its targets, on whatever machine. */
  readonly targets: Set<string>;
}

export interface Tables extends Fine {
  readonly machines: readonly Machine[];
  readonly endpoints: readonly Endpoint[];
  /** The first is what everybody shares. */
  readonly traits: readonly Trait[];
  readonly cells: readonly Cell[];
  /** Traits at a cell: those of the machine, and its route there. */
  traitsAt(machine: number, endpoint: number): readonly number[];
  /** The trait that a machine's route to an endpoint is; undefined where it has none there. */
  wayAt(machine: number, endpoint: number): number | undefined;
  /** Whether a machine can't use an endpoint. */
  isDead(machine: number, endpoint: number): boolean;
  /** The same of those that can use an endpoint, with or without trouble: what keeps others from it they don't have. */
  readonly usable: Fine;
  /** How many have a trait. */
  having(trait: number): number;
  readonly copies: number;
  readonly read: readonly Look[];
}

/** Each look once, those of a machine together, the earliest first. */
function byMachine(looks: readonly Look[]): readonly (readonly Look[])[] {
  const once = new Map<string, Look>();
  for (const look of looks) if (!once.has(look.id)) once.set(look.id, look);
  const machines = groupedBy(once.values(), ({ machine }) => machine);
  for (const own of machines.values()) own.sort((a, b) => byText(a.at, b.at) || byText(a.id, b.id));
  return Array.from(machines, ([key, own]) => ({ key, own, name: own[0]?.name ?? '\uffff' }))
    .sort((a, b) => byText(a.name, b.name) || byText(a.key, b.key))
    .map(({ own }) => own);
}

/** Endpoints; an empty one of a cause that has none. */
const placesOf = ({ endpoints }: SeenCause): readonly string[] => (endpoints.length === 0 ? [''] : endpoints);

const keyOf = ({ cause, signature }: SeenCause, endpoint: string): string => `${cause} ${signature}\n${endpoint}`;

const keysOf = (seen: SeenCause): readonly string[] => placesOf(seen).map((endpoint) => keyOf(seen, endpoint));

const endpointOf = (key: string): string => key.slice(key.indexOf('\n') + 1);

/** What a look says itself of those before it. */
const toldBy = ({ causes }: Look): ReadonlyMap<string, Pick<Cell, 'since' | 'fineUntil'>> =>
  new Map(
    causes.flatMap((seen) =>
      (seen.since ?? []).map(([endpoint, since, fineUntil]) => [
        `${seen.cause} ${seen.signature}\n${endpoint}`,
        { since, fineUntil },
      ]),
    ),
  );

/**
 * The look with what it knows of those before it, by the one before: where only the last look of a machine is at hand, it
 * says since when as well.
 */
export function withHistory(before: Look | null, look: Look): Look {
  const said = history(before === null ? [look] : [before, look]);
  const causes = look.causes.map((seen) => ({
    ...seen,
    since: keysOf(seen).map((key) => {
      const { since, fineUntil } = said.get(key) ?? { since: look.at, fineUntil: null };
      return [endpointOf(key), since, fineUntil] as const;
    }),
  }));
  return { ...look, causes };
}

/** For each cause and endpoint of the last look: since when without a break, and when it was last found fine before. */
function history(looks: readonly Look[]): ReadonlyMap<string, Pick<Cell, 'since' | 'fineUntil'>> {
  const [last, ...earlier] = [...looks].reverse();
  const known = new Map<string, { since: string; fineUntil: string | null }>();
  if (last === undefined) return known;
  for (const seen of last.causes) {
    const said = new Map(seen.since?.map(([endpoint, since, fineUntil]) => [endpoint, { since, fineUntil }]));
    for (const key of keysOf(seen)) {
      known.set(key, { ...(said.get(endpointOf(key)) ?? { since: last.at, fineUntil: null }) });
    }
  }
  const open = new Set(known.keys());
  for (const look of earlier) {
    if (open.size === 0) break;
    const failing = new Set(look.causes.flatMap(keysOf));
    const broken = new Set(look.causes.flatMap(({ endpoints }) => endpoints));
    const tested = new Set(
      look.endpoints.flatMap(({ host, port, verdict }) => (verdict === 'untested' ? [] : [hostAndPort(host, port)])),
    );
    const told = toldBy(look);
    for (const key of open) {
      const state = known.get(key);
      if (state === undefined) continue;
      const endpoint = endpointOf(key);
      if (failing.has(key)) Object.assign(state, told.get(key) ?? { since: look.at });
      else if (endpoint === '' ? look.complete : tested.has(endpoint)) {
        if (!broken.has(endpoint)) state.fineUntil = look.at;
        open.delete(key);
      }
    }
  }
  return known;
}

interface EndpointNumbers {
  readonly all: Endpoint[];
  of(key: string, host?: string, port?: number): number;
}

function endpointNumbers(): EndpointNumbers {
  const known = new Map<string, number>();
  const all: Endpoint[] = [];
  return {
    all,
    // What only a cause names has no port of its own.
    of(key, host = key, port = 0) {
      const number = known.get(key);
      if (number !== undefined) return number;
      known.set(key, all.length);
      all.push({ key, host, port, targets: new Set() });
      return all.length - 1;
    },
  };
}

interface TraitNumbers {
  readonly all: Trait[];
  of(trait: Trait): number;
}

function traitNumbers(): TraitNumbers {
  const known = new Map<string, Map<string, number>>();
  const all: Trait[] = [];
  return {
    all,
    of(trait) {
      const values = known.get(trait.attribute) ?? new Map<string, number>();
      known.set(trait.attribute, values);
      const number = values.get(trait.value);
      if (number !== undefined) return number;
      values.set(trait.value, all.length);
      all.push(trait);
      return all.length - 1;
    },
  };
}

/** A list of endpoints in numbers: machines that share one list share this. */
interface Listed {
  readonly number: number;
  /** Those that were tested, as often as they are in the list. */
  readonly tested: readonly number[];
  /** Those that can't be used. */
  readonly dead: ReadonlySet<number>;
  /** By endpoint, the trait that the route there is. */
  readonly routes: ReadonlyMap<number, number>;
}

function listing(traits: TraitNumbers, endpoints: EndpointNumbers): (list: Look['endpoints']) => Listed {
  const known = new Map<Look['endpoints'], Listed>();
  return (list) => {
    const before = known.get(list);
    if (before !== undefined) return before;
    const tested: number[] = [];
    const dead = new Set<number>();
    const routes = new Map<number, number>();
    for (const { host, port, targets, verdict, route } of list) {
      const endpoint = endpoints.of(hostAndPort(host, port), host, port);
      for (const id of targets) endpoints.all[endpoint]?.targets.add(id);
      routes.set(endpoint, traits.of({ attribute: 'proxy', value: route }));
      if (verdict !== 'untested') tested.push(endpoint);
      if (verdict === 'unreachable') dead.add(endpoint);
    }
    const listed = { number: known.size, tested, dead, routes };
    known.set(list, listed);
    return listed;
  };
}

/** A kind that says as well which endpoints it can use, with or without trouble. */
type UsingKind = Kind & { readonly usable: readonly number[] };

/** Where nobody has trouble with what can be used, who is fine is who can use it. */
function* usableOf(
  kinds: readonly UsingKind[],
  fine: Fine,
  ...more: readonly [cells: Parameters<typeof fineOf>[1], traitsAt: Parameters<typeof fineOf>[2], width: number]
): Pieces<Fine> {
  if (kinds.every(({ fine: own, usable }) => own.length === usable.length)) return fine;
  return yield* fineOf(
    kinds.map((kind) => ({ ...kind, fine: kind.usable })),
    ...more,
  );
}

/** Machines between two rests. */
const machinesAtOnce = 50;

/**
 * Time and memory grow with the rows of the looks (endpoints of machines) times the traits of a machine, which are bounded;
 * looks that share one list of endpoints, the same object, take the time of one.
 */
export function* tablesOf(looks: readonly Look[]): Pieces<Tables> {
  const groups = byMachine(looks);
  yield;
  const traits = traitNumbers();
  traits.of({ attribute: '', value: '' });
  const endpoints = endpointNumbers();
  const listedOf = listing(traits, endpoints);
  const cells: Cell[] = [];
  const kinds = new Map<string, UsingKind>();
  const ofKinds: Kind[] = [];
  const ways: Listed[] = [];
  const machines: Machine[] = [];
  let nameless = 0;
  for (const [machine, own] of groups.entries()) {
    if (machine % machinesAtOnce === 0) yield;
    const look = own.at(-1) as Look;
    const listed = listedOf(look.endpoints);
    ways.push(listed);
    const broken = cellsOf(machine, own, endpoints, cells);
    const name = `${listed.number} ${[...broken].join(' ')}`;
    const kind = kinds.get(name) ?? {
      ...{ routes: listed.routes, looks: [], having: new Map<number, number[]>() },
      fine: listed.tested.filter((endpoint) => !broken.has(endpoint)),
      usable: listed.tested.filter((endpoint) => !broken.has(endpoint) || !listed.dead.has(endpoint)),
    };
    kinds.set(name, kind);
    const traitsOf = look.traits.map((trait) => traits.of(trait));
    ofKinds.push(kind);
    if (look.name === null) nameless += 1;
    machines.push({ name: look.name ?? `#${nameless}`, look, traits: traitsOf, fine: kind.fine.length });
  }
  const having = yield* haveLooked(machines, ofKinds);
  const read = groups.flat();
  const wayAt = (machine: number, endpoint: number): number | undefined => ways[machine]?.routes.get(endpoint);
  const traitsAt = (machine: number, endpoint: number): readonly number[] => {
    const way = wayAt(machine, endpoint);
    const own = machines[machine]?.traits ?? [];
    return way === undefined ? [EVERYBODY, ...own] : [EVERYBODY, ...own, way];
  };
  const fine = yield* fineOf(kinds.values(), cells, traitsAt, endpoints.all.length + 1);
  return {
    ...fine,
    usable: yield* usableOf([...kinds.values()], fine, cells, traitsAt, endpoints.all.length + 1),
    isDead: (machine, endpoint) => ways[machine]?.dead.has(endpoint) === true,
    machines,
    endpoints: endpoints.all,
    traits: traits.all,
    cells,
    wayAt,
    traitsAt,
    having: (trait) => having.get(trait) ?? 0,
    copies: looks.length - read.length,
    read,
  };
}

/** Puts down with its kind when each machine looked, by the traits of those that fail; how many have a trait. */
function* haveLooked(machines: readonly Machine[], ofKinds: readonly Kind[]): Pieces<ReadonlyMap<number, number>> {
  const having = new Map<number, number>([[EVERYBODY, machines.length]]);
  const inTime = machines
    .map(({ look, traits }, machine) => ({ at: Date.parse(look.at), traits, machine }))
    .sort((a, b) => a.at - b.at);
  const asked = new Set(machines.flatMap(({ look, traits }) => (look.causes.length === 0 ? [] : traits)));
  for (const [place, { at, traits, machine }] of inTime.entries()) {
    if (place % machinesAtOnce === 0) yield;
    const kind = ofKinds[machine];
    kind?.looks.push(at);
    for (const trait of traits) {
      addCount(having, trait);
      if (!asked.has(trait)) continue;
      const own = kind?.having.get(trait);
      if (own === undefined) kind?.having.set(trait, [at]);
      else own.push(at);
    }
  }
  return having;
}

/** Adds what fails on a machine; which endpoints its last look finds something wrong with. */
function cellsOf(
  machine: number,
  own: readonly Look[],
  endpoints: EndpointNumbers,
  cells: Cell[],
): ReadonlySet<number> {
  const broken = new Set<number>();
  const look = own.at(-1);
  if (look === undefined || look.causes.length === 0) return broken;
  const said = own.length === 1 && saysSince(look) ? null : history(own);
  for (const seen of look.causes) {
    const places = placesOf(seen);
    for (const [index, at] of places.entries()) {
      const endpoint = endpoints.of(at);
      const known = said?.get(keyOf(seen, at));
      const [, since = look.at, fineUntil = null] = seen.since?.[index] ?? [];
      cells.push({
        machine,
        endpoint,
        seen,
        since: known?.since ?? since,
        fineUntil: known === undefined ? fineUntil : known.fineUntil,
      });
      if (at !== '') broken.add(endpoint);
    }
  }
  return broken;
}

/** Whether each cause says of each of its endpoints, in their order, what there is to know of earlier looks. */
function saysSince({ causes }: Look): boolean {
  const names = new Set(causes.map((seen) => keyOf(seen, '')));
  return (
    names.size === causes.length &&
    causes.every((seen) => {
      const places = placesOf(seen);
      return seen.since?.length === places.length && seen.since.every(([at], index) => at === places[index]);
    })
  );
}
