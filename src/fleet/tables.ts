/** Looks → tables of numbers: machines as they are now, endpoints, traits, and each failure as a cell of them. Pure. */
import { groupedBy } from '../grouped.ts';
import type { Look, SeenCause, Trait } from '../model/fleet.ts';
import { hostAndPort } from '../text-bounds.ts';
import { byText } from './attributes.ts';

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

export interface Tables {
  readonly machines: readonly Machine[];
  readonly endpoints: readonly Endpoint[];
  /** The first is what everybody shares. */
  readonly traits: readonly Trait[];
  readonly cells: readonly Cell[];
  /** Traits at a cell: those of the machine, and its route there. */
  traitsAt(machine: number, endpoint: number): readonly number[];
  /** How many that have a trait find nothing wrong with an endpoint. */
  fine(trait: number, endpoint: number): number;
  /** How many have a trait. */
  having(trait: number): number;
  readonly copies: number;
  readonly read: readonly Look[];
}

export const EVERYBODY = 0;

/** Each look once, those of a machine together, the earliest first. */
function byMachine(looks: readonly Look[]): readonly (readonly Look[])[] {
  const once = new Map<string, Look>();
  for (const look of looks) if (!once.has(look.id)) once.set(look.id, look);
  const machines = groupedBy(once.values(), ({ machine }) => machine);
  for (const own of machines.values()) own.sort((a, b) => byText(a.at, b.at) || byText(a.id, b.id));
  const nameOf = ([look]: readonly Look[]): string => look?.name ?? '\uffff';
  return [...machines]
    .sort(([keyA, a], [keyB, b]) => byText(nameOf(a), nameOf(b)) || byText(keyA, keyB))
    .map(([, own]) => own);
}

const keysOf = ({ cause, signature, endpoints }: SeenCause): readonly string[] =>
  (endpoints.length === 0 ? [''] : endpoints).map((endpoint) => `${cause} ${signature}\n${endpoint}`);

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

/** Numbers for texts, in the order in which they come. */
function numbers<T>(keyOf: (value: T) => string): { readonly all: T[]; of(value: T): number } {
  const known = new Map<string, number>();
  const all: T[] = [];
  return {
    all,
    of(value) {
      const key = keyOf(value);
      const number = known.get(key);
      if (number !== undefined) return number;
      known.set(key, all.length);
      all.push(value);
      return all.length - 1;
    },
  };
}

/** Time and memory grow with the rows of the looks (endpoints of machines) times the traits of a machine, which are bounded. */
export function tablesOf(looks: readonly Look[]): Tables {
  const groups = byMachine(looks);
  const traits = numbers<Trait>(({ attribute, value }) => `${attribute}\n${value}`);
  traits.of({ attribute: '', value: '' });
  const endpoints = numbers<Endpoint>(({ key }) => key);
  const cells: Cell[] = [];
  const fineRows: { readonly machine: number; readonly endpoint: number }[] = [];
  const routes: Map<number, number>[] = [];
  let nameless = 0;
  const machines = groups.map((own, machine): Machine => {
    const look = own.at(-1) as Look;
    const said = history(own);
    const route = new Map<number, number>();
    routes.push(route);
    const broken = new Set(look.causes.flatMap((cause) => cause.endpoints));
    let fine = 0;
    for (const { host, port, targets, verdict, route: way } of look.endpoints) {
      const key = hostAndPort(host, port);
      const endpoint = endpoints.of({ key, host, port, targets: new Set() });
      for (const id of targets) endpoints.all[endpoint]?.targets.add(id);
      route.set(endpoint, traits.of({ attribute: 'proxy', value: way }));
      if (verdict === 'untested' || broken.has(key)) continue;
      fineRows.push({ machine, endpoint });
      fine += 1;
    }
    for (const seen of look.causes) {
      for (const key of keysOf(seen)) {
        const at = key.slice(key.indexOf('\n') + 1);
        const endpoint = endpoints.of({ key: at, host: at, port: 0, targets: new Set() });
        cells.push({ machine, endpoint, seen, ...(said.get(key) ?? { since: look.at, fineUntil: null }) });
      }
    }
    if (look.name === null) nameless += 1;
    return { name: look.name ?? `#${nameless}`, look, traits: look.traits.map((trait) => traits.of(trait)), fine };
  });
  const traitsAt = (machine: number, endpoint: number): readonly number[] => {
    const way = routes[machine]?.get(endpoint);
    const own = machines[machine]?.traits ?? [];
    return way === undefined ? [EVERYBODY, ...own] : [EVERYBODY, ...own, way];
  };
  const failing = new Set(cells.map(({ endpoint }) => endpoint));
  const width = endpoints.all.length + 1;
  const fine = new Map<number, number>();
  for (const { machine, endpoint } of fineRows) {
    if (!failing.has(endpoint)) continue;
    for (const trait of traitsAt(machine, endpoint)) {
      const at = trait * width + endpoint;
      fine.set(at, (fine.get(at) ?? 0) + 1);
    }
  }
  const having = new Map<number, number>([[EVERYBODY, machines.length]]);
  for (const { traits: own } of machines) for (const trait of own) having.set(trait, (having.get(trait) ?? 0) + 1);
  const ids = new Set(looks.map(({ id }) => id));
  return {
    machines,
    endpoints: endpoints.all,
    traits: traits.all,
    cells,
    traitsAt,
    fine: (trait, endpoint) => fine.get(trait * width + endpoint) ?? 0,
    having: (trait) => having.get(trait) ?? 0,
    copies: looks.length - ids.size,
    read: groups.flat(),
  };
}
