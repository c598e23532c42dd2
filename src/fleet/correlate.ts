/** Many machines' looks → the fewest explanations of what fails. Pure: the same looks, in whatever order, give the same answer. */
import { counted, grouped, groupedBy } from '../grouped.ts';
import type { Severity } from '../model/catalog.ts';
import { type CauseId, causes, type Owner } from '../model/causes.ts';
import type { Confidence, Verdict } from '../model/diagnosis.ts';
import type {
  FleetCause,
  FleetDiagnosis,
  FleetEndpoint,
  FleetFact,
  FleetReport,
  FleetScope,
  Look,
  Trait,
} from '../model/fleet.ts';
import { atOnce, type Pieces } from '../pieces.ts';
import { hostAndPort } from '../text-bounds.ts';
import { byCause, byText, EVERYBODY, familyOf, rootsFirst } from './attributes.ts';
import { piece } from './bundles.ts';
import type { Budget } from './cover.ts';
import { type Found, groupsOf } from './groups.ts';
import { placesOf, servicesOf } from './service.ts';
import { type Cell, type Tables, tablesOf } from './tables.ts';

/** Steps that the search for the very fewest groups may take in all; greedy choices stand where it ends. */
const exactSteps = 5_000_000;
/** Traits that are named beside the one that stands for the group. */
const mostAlike = 6;

const severities: readonly Severity[] = ['informational', 'warning', 'critical'];
const sureness: readonly Confidence[] = ['low', 'medium', 'high'];
const scopes: readonly FleetScope[] = ['machine', 'machines', 'group', 'everybody', 'service'];

const greatest = <T>(order: readonly T[], values: Iterable<T>): T => {
  let best = 0;
  for (const value of values) best = Math.max(best, order.indexOf(value));
  return order[best] as T;
};

/** By cause, its explanations; of one cause by what is shared and the endpoint. */
type Explained = ReadonlyMap<CauseId, ReadonlyMap<string, Found>>;

/** Takes the cells that an explanation of another cause makes symptoms of, and gives those that are left. */
function* withoutSymptoms(
  cause: CauseId,
  cells: readonly Cell[],
  explained: Explained,
  tables: Tables,
): Pieces<readonly Cell[]> {
  const roots = causes[cause].after.flatMap((root) => explained.get(root) ?? []);
  if (roots.length === 0) return cells;
  const left: Cell[] = [];
  for (const [place, cell] of cells.entries()) {
    if (place % piece === 0) yield;
    const traits = tables.traitsAt(cell.machine, cell.endpoint);
    const root = first(roots, (found) => first(traits, (trait) => found.get(`${trait} ${cell.endpoint}`)));
    if (root === undefined) left.push(cell);
    else root.cells.push(cell);
  }
  return left;
}

/** The first thing that is found. */
function first<T, F>(all: readonly T[], find: (one: T) => F | undefined): F | undefined {
  for (const one of all) {
    const found = find(one);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Cells of one cause and what tells two of it apart, causes that explain others first. */
function classesOf(cells: readonly Cell[]): readonly { readonly cause: CauseId; readonly cells: readonly Cell[] }[] {
  const byRoot = groupedBy(cells, ({ seen }) => seen.cause);
  return rootsFirst.flatMap((cause) =>
    [...groupedBy(byRoot.get(cause) ?? [], ({ seen: { signature, owner = '' } }) => `${signature}\n${owner}`)]
      .sort(([a], [b]) => byText(a, b))
      .map(([, own]) => ({ cause, cells: own })),
  );
}

/** Explanations of everything that fails. */
function* explanationsOf(tables: Tables): Pieces<readonly Found[]> {
  const budget: Budget = { left: exactSteps };
  const services = yield* servicesOf(tables);
  const done = new Set(services.flatMap(({ cells }) => cells));
  const all: Found[] = [...services];
  const explained = new Map<CauseId, Map<string, Found>>();
  const open = done.size === 0 ? tables.cells : tables.cells.filter((cell) => !done.has(cell));
  yield;
  for (const { cause, cells } of classesOf(open)) {
    yield;
    const left = yield* withoutSymptoms(cause, cells, explained, tables);
    const own = explained.get(cause) ?? new Map<string, Found>();
    explained.set(cause, own);
    for (const found of yield* groupsOf(cause, left, tables, budget)) {
      all.push(found);
      if (found.trait === null) continue;
      for (const endpoint of found.endpoints) own.set(`${found.trait} ${endpoint}`, found);
    }
  }
  return all;
}

function ownerOf({ cause, service, cells }: Found): Owner {
  if (service) return 'service';
  const owners = new Set<Owner | undefined>();
  for (const { seen } of cells) if (seen.cause === cause) owners.add(seen.owner);
  const [one, ...others] = owners;
  return others.length === 0 && one !== undefined ? one : causes[cause].owner;
}

function scopeOf(found: Found, machines: number): FleetScope {
  if (found.service) return 'service';
  if (found.trait === null) return machines === 1 ? 'machine' : 'machines';
  return found.trait === EVERYBODY ? 'everybody' : 'group';
}

/** What the figures say of an explanation, and how sure that makes it. */
interface Figures {
  readonly facts: readonly FleetFact[];
  readonly limit: Confidence;
}

function figuresOf(found: Found, scope: FleetScope, machines: ReadonlySet<number>, tables: Tables): Figures {
  const { cause, trait } = found;
  const fine = found.fine(EVERYBODY);
  const facts: FleetFact[] = [{ code: 'counted', args: { failing: machines.size, fine } }];
  let limit: Confidence = 'high';
  const shared = trait === null ? undefined : tables.traits[trait];
  if (scope === 'service') {
    const { count } = placesOf(machines, tables);
    const others = [...machines].filter((machine) => (tables.machines[machine]?.fine ?? 0) > 0).length;
    facts.push({ code: 'places', args: { count } }, { code: 'others-fine', args: { machines: others } });
    if (causes[cause].owner !== 'service') {
      facts.push({ code: 'one-policy', args: {} });
      limit = 'medium';
    }
  } else if (scope === 'group' && shared !== undefined && trait !== null) {
    const exceptions = found.fine(trait);
    const args: Trait = { attribute: shared.attribute, value: shared.value };
    if (fine > exceptions) facts.push({ code: 'only-there', args: { ...args, fine: fine - exceptions } });
    else facts.push({ code: 'no-outside', args });
    if (exceptions > 0) facts.push({ code: 'exceptions', args: { ...args, fine: exceptions } });
    if (exceptions > 0 || fine === exceptions) limit = 'medium';
  } else if (scope === 'everybody' && familyOf(cause) !== null) {
    const { count, isOne } = placesOf(machines, tables);
    if (count < 2) facts.push({ code: isOne ? 'one-place' : 'places-unknown', args: {} });
  }
  if (scope !== 'service' && causes[cause].owner === 'service' && fine > 0) {
    facts.push({ code: 'fine-elsewhere', args: { fine } });
    limit = 'medium';
  }
  if (found.stale > 0) {
    facts.push({ code: 'not-since', args: { machines: found.stale } });
    if (scope !== 'machine' && found.stale > machines.size && limit === 'high') limit = 'medium';
  }
  return { facts, limit };
}

/** What single machines call it, where that is not what it is called here. */
function seenAsOf({ cause, cells }: Found): FleetCause['seenAs'] {
  const by = new Map<CauseId, Set<number>>();
  for (const { seen, machine } of cells) {
    if (seen.cause === cause) continue;
    by.set(seen.cause, (by.get(seen.cause) ?? new Set()).add(machine));
  }
  return [...by]
    .map(([other, machines]) => ({ cause: other, machines: machines.size }))
    .sort((a, b) => b.machines - a.machines || byCause(a.cause, b.cause));
}

/** An explanation as it is told, without its number. */
function told(found: Found, tables: Tables): Omit<FleetCause, 'number'> {
  const { cause, trait, cells } = found;
  const machines = new Set(cells.map(({ machine }) => machine));
  const endpoints = new Set(cells.map(({ endpoint }) => endpoint));
  const scope = scopeOf(found, machines.size);
  const own = cells.filter(({ seen }) => seen.cause === cause);
  const figures = figuresOf(found, scope, machines, tables);
  const given = greatest(
    sureness,
    own.map(({ seen }) => seen.confidence),
  );
  const confidence = sureness[Math.min(sureness.indexOf(given), sureness.indexOf(figures.limit))] ?? 'low';
  const first = cells.reduce((a, b) => (b.since < a.since ? b : a));
  const others = new Set(confidence === 'high' ? [] : own.flatMap(({ seen }) => seen.alternatives));
  others.delete(cause);
  const seenAs = seenAsOf(found);
  const places = [...endpoints].flatMap((endpoint) => tables.endpoints[endpoint] ?? []);
  const surest = own.find(({ seen }) => seen.confidence === given);
  const shown = (one: number): readonly Trait[] => {
    const value = tables.traits[one];
    return value === undefined || (value.attribute === 'proxy' && value.value === 'direct') ? [] : [value];
  };
  return {
    cause,
    severity: greatest(
      severities,
      cells.map(({ seen }) => seen.severity),
    ),
    confidence,
    owner: ownerOf(found),
    scope,
    shared: scope === 'group' && trait !== null ? (tables.traits[trait] ?? null) : null,
    alike: found.alike.flatMap(shown).slice(0, mostAlike),
    machines: [...machines].sort((a, b) => a - b).map((machine) => tables.machines[machine]?.name ?? ''),
    endpoints: places
      .map(({ key }) => key)
      .filter((key) => key !== '')
      .sort(byText),
    targets: [...new Set(places.flatMap(({ targets }) => [...targets]))].sort(byText),
    since: first.since,
    fineUntil: first.fineUntil,
    seenAs,
    facts: [...figures.facts, ...seenAs.map((args): FleetFact => ({ code: 'seen-as', args }))],
    seen: surest?.seen.evidence ?? [],
    ...(surest?.seen.facts === undefined ? {} : { seenFacts: surest.seen.facts }),
    alternatives: [...others].sort(byText),
  };
}

const inOrder = (a: Omit<FleetCause, 'number'>, b: Omit<FleetCause, 'number'>): number =>
  severities.indexOf(b.severity) - severities.indexOf(a.severity) ||
  b.machines.length - a.machines.length ||
  b.endpoints.length - a.endpoints.length ||
  byCause(a.cause, b.cause) ||
  byText(
    JSON.stringify([a.shared, a.machines[0], a.endpoints[0]]),
    JSON.stringify([b.shared, b.machines[0], b.endpoints[0]]),
  );

const none = { reachable: 0, degraded: 0, unreachable: 0, untested: 0 };

/** Every endpoint of the last looks, the failing ones first. */
function endpointsOf(tables: Tables, explanations: readonly FleetCause[]): readonly FleetEndpoint[] {
  const by = grouped(explanations.flatMap((one) => one.endpoints.map((endpoint) => [endpoint, one] as const)));
  const verdicts = new Map<string, Record<Verdict, number>>();
  for (const [list, machines] of counted(tables.machines.map(({ look }) => look.endpoints))) {
    for (const { host, port, verdict } of list) {
      const key = hostAndPort(host, port);
      const counts = verdicts.get(key) ?? { ...none };
      verdicts.set(key, counts);
      counts[verdict] += machines;
    }
  }
  return tables.endpoints
    .filter(({ key }) => key !== '')
    .map(({ key, host, port, targets: ids }): FleetEndpoint => {
      const counts = verdicts.get(key) ?? none;
      const own = by.get(key) ?? [];
      const since = own.reduce<string | null>(
        (least, one) => (least === null || one.since < least ? one.since : least),
        null,
      );
      const scope =
        own.length === 0
          ? null
          : greatest(
              scopes,
              own.map((one) => one.scope),
            );
      const numbers = own.map(({ number }) => number);
      return { host, port, targets: [...ids].sort(byText), scope, machines: counts, since, explanations: numbers };
    })
    .sort(
      (a, b) =>
        Number(a.scope === null) - Number(b.scope === null) ||
        b.machines.unreachable - a.machines.unreachable ||
        byText(a.host, b.host) ||
        a.port - b.port,
    );
}

/** Each owner once, whoever has most to mend first. */
function requestsOf(explanations: readonly FleetCause[]): FleetReport['requests'] {
  return [...grouped(explanations.map(({ owner, number }) => [owner, number] as const))].map(([owner, numbers]) => ({
    owner,
    explanations: numbers,
  }));
}

/**
 * Groups machines by what they share and explains what fails in them by as few causes as do: one machine, those that share
 * something, everybody, the service itself. Time and memory grow with the rows (endpoints of machines) times the traits of
 * a machine, which are bounded; the search for fewer groups than a greedy choice gives ends after a fixed number of steps.
 * Looks whose `endpoints` are one and the same list take the time of one list.
 */
export const correlateFleet = (looks: readonly Look[]): FleetDiagnosis => atOnce(correlating(looks));

/** Whether a look says that all is well: one that tested nothing, or not all, does not. */
export const isFine = ({ causes: own, complete, endpoints }: Look): boolean =>
  own.length === 0 && complete && endpoints.some(({ verdict }) => verdict !== 'untested');

/** {@link correlateFleet} in pieces. */
export function* correlating(looks: readonly Look[]): Pieces<FleetDiagnosis> {
  const tables = yield* tablesOf(looks);
  const explained: Omit<FleetCause, 'number'>[] = [];
  for (const found of yield* explanationsOf(tables)) {
    yield;
    explained.push(told(found, tables));
  }
  const causesFound = explained.sort(inOrder).map((cause, index): FleetCause => ({ number: index + 1, ...cause }));
  yield;
  const last = tables.machines.map(({ look }) => look);
  yield;
  return {
    from: tables.read.reduce((least, { at }) => (at < least ? at : least), tables.read[0]?.at ?? ''),
    to: tables.read.reduce((most, { at }) => (at > most ? at : most), ''),
    reports: {
      read: looks.length,
      twice: tables.copies,
      nameless: tables.read.filter(({ name }) => name === null).length,
    },
    machines: {
      all: last.length,
      fine: last.filter(isFine).length,
      incomplete: last.filter(({ complete }) => !complete).length,
    },
    causes: causesFound,
    requests: requestsOf(causesFound),
    endpoints: endpointsOf(tables, causesFound),
  };
}
