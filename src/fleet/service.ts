/** Endpoints that fail alike from places that have nothing in common: the service itself is down. Pure. */
import { type AddressClass, addressClass, addressToBigInt } from '../addresses.ts';
import { counted, groupedBy } from '../grouped.ts';
import type { CauseId } from '../model/causes.ts';
import type { Pieces } from '../pieces.ts';
import { byCause, EVERYBODY, familyOf } from './attributes.ts';
import { countSince } from './fine.ts';
import { type Found, fineAt } from './groups.ts';
import type { Cell, Tables } from './tables.ts';

/** As of groups: of so many failing one may find nothing wrong. */
const manyFailing = 10;

const oneOf = (tables: Tables, machine: number, attribute: string): string | null => {
  const trait = tables.machines[machine]?.look.traits.find((one) => one.attribute === attribute);
  return trait?.value ?? null;
};

/** What a collector that stands inside, or behind something that forwards, sees: it says nothing of the way out. */
const inside: ReadonlySet<AddressClass> = new Set<AddressClass>([
  ...(['private', 'shared', 'loopback', 'unique-local', 'link-local', 'unspecified', 'reserved', 'multicast'] as const),
]);

/**
 * The network by which a machine's way leaves, null where that is not known. Not the address: where nothing translates
 * them, machines behind one firewall have one each. A site has a /24 of IPv4 and a /48 of IPv6 as a rule.
 */
function wayOutOf(tables: Tables, machine: number): string | null {
  const egress = oneOf(tables, machine, 'egress');
  const parsed = egress === null || inside.has(addressClass(egress)) ? null : addressToBigInt(egress);
  return parsed === null ? null : `${parsed.family} ${parsed.value >> (parsed.family === 4 ? 8n : 80n)}`;
}

interface Place {
  readonly site: string | null;
  readonly wayOut: string | null;
}

/** How many of them have neither this nor the other thing in common, as far as the other one is known. */
function apart(places: readonly Place[], mine: keyof Place, other: keyof Place): number {
  const own = new Set(places.map((place) => place[mine]));
  const others = new Set(places.map((place) => place[other] ?? `of ${mine} ${place[mine]}`));
  return Math.min(own.size, others.size);
}

export interface Places {
  /** Of which no two have a site or a way out in common; machines that say neither are nowhere. */
  readonly count: number;
  /** All machines have one site or one way out. */
  readonly isOne: boolean;
}

/**
 * In how many places machines are. Sites tell places apart where machines say theirs, ways out where the collector sees
 * them, and each has a veto: one site may have several ways out, and several sites one. Two subnets may share one
 * firewall, so they are no two places.
 */
export function placesOf(machines: Iterable<number>, tables: Tables): Places {
  const all = Array.from(machines, (machine) => ({
    site: oneOf(tables, machine, 'label:site'),
    wayOut: wayOutOf(tables, machine),
  }));
  const named = all.filter(({ site }) => site !== null);
  // A site of both families leaves by one network of each: only those of one family tell places apart.
  const seen = [...groupedBy(all, ({ wayOut }) => wayOut?.slice(0, 1) ?? null)].flatMap(([family, own]) =>
    family === null ? [] : [apart(own, 'wayOut', 'site')],
  );
  const isSame = (what: keyof Place): boolean => new Set(all.map((place) => place[what] ?? place)).size === 1;
  return {
    count: Math.max(apart(named, 'site', 'wayOut'), ...seen),
    isOne: all.length > 1 && (isSame('site') || isSame('wayOut')),
  };
}

/** Whether nothing on their ways is known to be common to all: not the place, not one proxy, for names not one resolver. */
function areIndependent(cells: readonly Cell[], family: string, tables: Tables): boolean {
  if (placesOf(new Set(cells.map(({ machine }) => machine)), tables).count < 2) return false;
  const routes = new Set(
    cells.map(({ machine, endpoint }) => tables.traitsAt(machine, endpoint).findLast((trait) => trait !== EVERYBODY)),
  );
  const [only] = routes;
  if (routes.size === 1 && only !== undefined && tables.traits[only]?.value !== 'direct') return false;
  if (family !== 'name') return true;
  const [first, ...rest] = cells.map(
    ({ machine }) =>
      new Set(
        (tables.machines[machine]?.look.traits ?? []).flatMap(({ attribute, value }) =>
          attribute === 'resolver' ? [value] : [],
        ),
      ),
  );
  const common = [...(first ?? [])].filter((server) => rest.every((own) => own.has(server)));
  return common.length === 0;
}

/** The cause that most of them give, the first of the contract where several are as many. */
function mostGiven(cells: readonly Cell[]): CauseId {
  const counts = counted(cells.map(({ seen }) => seen.cause));
  const [most] = [...counts].sort(([a, countA], [b, countB]) => countB - countA || byCause(a, b));
  return most?.[0] ?? 'undetermined';
}

/** Of machines, since when each fails. */
function sinceOf(cells: readonly Cell[]): ReadonlyMap<number, number> {
  const all = new Map<number, number>();
  for (const { machine, since } of cells) {
    all.set(machine, Math.min(all.get(machine) ?? Number.POSITIVE_INFINITY, Date.parse(since)));
  }
  return all;
}

/**
 * Since when nobody, or next to nobody, who looks finds the service well. What fails for longer has another reason, and a
 * look from before says nothing against it. Null where it is well for somebody at any time.
 */
function outageSince(since: ReadonlyMap<number, number>, others: readonly number[]): number | null {
  const began = [...since.values()].sort((a, b) => a - b);
  for (const [older, at] of began.entries()) {
    const failing = began.length - older;
    if (failing < 2) return null;
    const against = countSince(others, at);
    if (against === 0 || (failing >= manyFailing && against * manyFailing <= failing)) return at;
  }
  return null;
}

/** The failures at one endpoint that a service explains which is down; null where none is. */
function outageOf(endpoint: number, cells: readonly Cell[], tables: Tables): readonly Cell[] | null {
  // A machine that reaches nothing says nothing of one service.
  const seeing = cells.filter(({ machine }) => (tables.machines[machine]?.fine ?? 0) > 0);
  const families = groupedBy(seeing, ({ seen }) => familyOf(seen.cause) ?? '');
  const [largest] = [...families].sort(([, a], [, b]) => b.length - a.length);
  if (largest === undefined) return null;
  const [family, alike] = largest;
  if (!areIndependent(alike, family, tables)) return null;
  const since = sinceOf(alike);
  const differing = new Set(seeing.flatMap(({ machine }) => (since.has(machine) ? [] : [machine])));
  const looks = [...differing].map((machine) => Date.parse(tables.machines[machine]?.look.at ?? ''));
  const began = outageSince(
    since,
    [...tables.looksAt(endpoint), ...looks].sort((a, b) => a - b),
  );
  if (began === null) return null;
  const own = cells.filter(
    (cell) => familyOf(cell.seen.cause) === family && (since.get(cell.machine) ?? Date.parse(cell.since)) >= began,
  );
  return areIndependent(own, family, tables) ? own : null;
}

/** Explanations of cells by services that are down, one for each cause that they are seen as. */
export function* servicesOf(tables: Tables): Pieces<readonly Found[]> {
  // What each machine has to itself is no service of theirs.
  const down = tables.cells.filter(({ seen }) => familyOf(seen.cause) !== null && seen.owner !== 'machine');
  const found = new Map<CauseId, Cell[]>();
  for (const [endpoint, cells] of groupedBy(down, (cell) => cell.endpoint)) {
    yield;
    if (tables.endpoints[endpoint]?.key === '') continue;
    const own = outageOf(endpoint, cells, tables);
    if (own === null) continue;
    const cause = mostGiven(own);
    found.set(cause, [...(found.get(cause) ?? []), ...own]);
  }
  return [...found].map(([cause, cells]) => {
    const endpoints = new Set(cells.map(({ endpoint }) => endpoint));
    return { cause, trait: EVERYBODY, alike: [], service: true, cells, endpoints, ...fineAt(cells, tables) };
  });
}
