/**
 * What changed while nothing failed: on the service's side (who signs a certificate, its root, how long it lasts, the
 * networks of a name, what the documents ask for) and on this machine's (proxy, resolvers). Pure.
 */
import { createHash } from 'node:crypto';
import { addressToBigInt } from '../addresses.ts';
import { entryOf } from '../entry.ts';
import type { Change, Notice } from '../model/incident.ts';
import type { Observation } from '../model/observations.ts';
import type { Report, ReportTarget } from '../model/report.ts';
import type { CertificateFacts } from '../model/trust.ts';
import { hostAndPort } from '../text-bounds.ts';
import type { Elsewhere, Look } from './compare.ts';
import { scopeOf, withScope } from './scope.ts';

/** Days before the end of a certificate at which it is told; not to one that lasts less than twice as long. */
const endDays: readonly number[] = [30, 7, 1];
/** What was seen in so many looks at a place is usual there. */
const usualLooks = 30;
/** Of a name that was seen less often nobody knows yet what is usual. */
const leastLooks = 3;
const mostChanges = 500;
const dayMs = 86_400_000;

type Names = Readonly<Record<string, string>>;

/** What looks up to now have seen, as JSON. */
export interface Baseline {
  /** By host and port: the name that tells it from others, with the look that saw it last and its text. */
  readonly issuers: Readonly<Record<string, Usual>>;
  readonly roots: Readonly<Record<string, Usual>>;
  /** By host and port: the end of the certificate, and the days before it that were told. */
  readonly ends: Readonly<Record<string, { readonly notAfter: string; readonly told: number | null }>>;
  /** By host: its networks. */
  readonly networks: Readonly<Record<string, Usual>>;
  readonly resolvers: string;
  /** Of each watch of the machine, by its scope. */
  readonly scopes: Readonly<Record<string, Scoped>>;
}

/** What the last look of a watch had, which another one of the machine has otherwise. */
interface Scoped {
  /** The endpoints of its plan: `PATTERN:PORT IMPORTANCE` by target id. */
  readonly asked: Names;
  readonly proxy: string;
  /** What differed in another catalog, each told once. */
  readonly others: readonly Change[];
}

interface Usual {
  /**
   * Looks that saw this place. Those of other watches of the machine don't count, nor those in which it failed: however many
   * they were, what was seen here last stays usual.
   */
  readonly times: number;
  /** By name: which of them saw it last. */
  readonly seen: Readonly<Record<string, number>>;
  /** As it was last. */
  readonly text: string;
}

const isGood = ({ verdict }: ReportTarget): boolean => verdict === 'reachable' || verdict === 'degraded';

/** The same but for a number: services take several authorities in turn (`… Issuing CA 03`, `… Issuing CA 04`). */
const family = (name: string): string => name.replace(/\d+/g, '#');

interface Served {
  readonly place: string;
  readonly leaf: CertificateFacts;
  readonly root: string | null;
}

/** The certificate of each reachable host and port. */
function servedOf({ targets, observations }: Report): readonly Served[] {
  const { chains, certificates, probes } = observations;
  const good = new Set(targets.filter(isGood).map(({ id }) => id));
  const served = new Map<string, Served>();
  for (const { target, host, port, hop, attempts } of probes) {
    if (hop !== 0 || !good.has(target)) continue;
    const place = hostAndPort(host, port);
    for (const { tls } of attempts) {
      if (tls.status !== 'passed' || served.has(place)) continue;
      const chain = entryOf(chains, tls.value.chain);
      const leaf = entryOf(certificates, chain?.certificates[0] ?? '');
      if (leaf !== undefined) served.set(place, { place, leaf, root: chain?.anchors[0]?.subject ?? null });
    }
  }
  return [...served.values()];
}

/** /16 of IPv4, /32 of IPv6: the size in which providers get and move addresses. */
function networkOf(address: string): string | null {
  const parsed = addressToBigInt(address);
  if (parsed === null) return null;
  if (parsed.family === 4) return `${address.split('.').slice(0, 2).join('.')}.0.0/16`;
  const [one, two] = [112n, 96n].map((shift) => ((parsed.value >> shift) & 0xffffn).toString(16));
  return `${one}:${two}::/32`;
}

function addressesOf({ dns }: Observation): readonly string[] {
  return dns.status === 'passed' && dns.value.from === 'dns' ? dns.value.addresses.map(({ address }) => address) : [];
}

/** What is usual after one more look; and whether none of what was seen now was usual before. */
function used(before: Usual | undefined, names: readonly string[], text: string) {
  const times = before?.times ?? 0;
  const look = times + 1;
  // Stores of before hold the looks of the whole machine there, which are more.
  const old = Object.entries(before?.seen ?? {})
    .map(([name, last]) => [name, Math.min(last, times)] as const)
    .filter(([, last]) => look - last <= usualLooks);
  const isNew = before !== undefined && !names.some((name) => old.some(([known]) => known === name));
  const seen = Object.fromEntries([...old, ...names.map((name) => [name, look] as const)]);
  return { isNew, usual: { times: look, seen, text } satisfies Usual };
}

interface Step<T> {
  readonly changes: readonly Change[];
  readonly next: Readonly<Record<string, T>>;
}

/** Issuers or roots of hosts. What this look did not see stays as it was. */
function signers(
  subject: 'issuer' | 'root',
  before: Readonly<Record<string, Usual>>,
  served: readonly Served[],
): Step<Usual> {
  const changes: Change[] = [];
  const next: Record<string, Usual> = { ...before };
  for (const { place, leaf, root } of served) {
    const text = subject === 'issuer' ? leaf.issuer : root;
    if (text === null) continue;
    const { isNew, usual } = used(before[place], [family(text)], text);
    if (isNew) changes.push({ subject, side: 'service', place, before: before[place]?.text ?? null, after: text });
    next[place] = usual;
  }
  return { changes, next };
}

function certificateEnds(
  before: Baseline['ends'],
  served: readonly Served[],
  now: number,
): Step<Baseline['ends'][string]> {
  const changes: Change[] = [];
  const next: Record<string, Baseline['ends'][string]> = { ...before };
  for (const { place, leaf } of served) {
    const { notBefore, notAfter } = leaf;
    const old = before[place]?.notAfter === notAfter ? before[place].told : null;
    const left = (Date.parse(notAfter) - now) / dayMs;
    const lasts = (Date.parse(notAfter) - Date.parse(notBefore)) / dayMs;
    const due = endDays.filter((days) => left <= days && lasts >= 2 * days).at(-1) ?? null;
    const isTold = due === null || (old !== null && old <= due);
    if (!isTold) {
      changes.push({
        ...{ subject: 'certificate-end', side: 'service', place },
        ...{ before: null, after: `${notAfter} (${Math.max(0, Math.floor(left))} d)` },
      });
    }
    next[place] = { notAfter, told: isTold ? old : due };
  }
  return { changes, next };
}

function networks(before: Baseline['networks'], report: Report): Step<Usual> {
  const good = new Set(report.targets.filter(isGood).map(({ id }) => id));
  const byHost = new Map<string, readonly string[]>();
  for (const probe of report.observations.probes) {
    const addresses = good.has(probe.target) ? addressesOf(probe) : [];
    if (addresses.length > 0) byHost.set(probe.host, addresses);
  }
  const changes: Change[] = [];
  const next: Record<string, Usual> = { ...before };
  for (const [place, addresses] of byHost) {
    const names = [...new Set(addresses.flatMap((address) => networkOf(address) ?? []))].sort();
    const text = names.join(', ');
    const { isNew, usual } = used(before[place], names, text);
    if (isNew && (before[place]?.times ?? 0) >= leastLooks) {
      changes.push({ subject: 'addresses', side: 'service', place, before: before[place]?.text ?? null, after: text });
    }
    next[place] = usual;
  }
  return { changes, next };
}

const askedOf = ({ targets }: Report): Names =>
  Object.fromEntries(
    targets.map(({ id, pattern, port, importance }) => [id, `${hostAndPort(pattern, port)} ${importance}`]),
  );

/** Endpoints that documents added, dropped or gave another importance. */
export function catalogChanges(before: Names, after: Names): readonly Change[] {
  const ids = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return ids
    .filter((id) => before[id] !== after[id])
    .map((id) => ({
      ...{ subject: 'catalog', side: 'service', place: id.split('/')[0] ?? id },
      ...{ before: before[id] ?? null, after: after[id] ?? null },
    }));
}

/** The proxy setting that decides; where nothing was said of that, the ways that were taken. */
function proxyOf({ environment, targets }: Report): string {
  const won = environment.proxySources?.find((source) => source.won);
  if (won === undefined) return [...new Set(targets.map(({ route }) => route))].sort().join(', ');
  const named = [...won.proxies.map(({ proxy }) => proxy), ...(won.pacUrl === null ? [] : [won.pacUrl])];
  return `${won.source}: ${[...new Set(named)].join(', ')}`;
}

const ofMachine = (subject: 'proxy' | 'resolver', before: string, after: string): readonly Change[] =>
  before === after ? [] : [{ subject, side: 'machine', place: subject, before, after }];

/** What differs in another catalog now; of what nobody could compare it stays as it was. */
function otherCatalog(before: readonly Change[], now: Elsewhere | undefined): readonly Change[] {
  if (now === undefined) return before;
  return [...before.filter(({ place }) => !now.features.includes(place)), ...now.changes];
}

/** What changed since the last look of the same watch; what another watch told already is no news. */
function changesOfScope(
  before: Baseline,
  scope: string,
  now: Scoped,
): Readonly<Record<'fresh' | 'rest', readonly Change[]>> {
  const all = Object.entries(before.scopes ?? {});
  const last = before.scopes?.[scope];
  const told = new Set(all.flatMap(([, { others }]) => others.map((change) => JSON.stringify(change))));
  const fresh = now.others.filter((change) => !told.has(JSON.stringify(change)));
  if (last === undefined) return { fresh, rest: [] };
  const isTold = all.some(([name, { proxy }]) => name !== scope && proxy === now.proxy);
  const proxy = isTold ? [] : ofMachine('proxy', last.proxy, now.proxy);
  return { fresh, rest: [...catalogChanges(last.asked, now.asked), ...proxy] };
}

/** Compares a full look with those before it; without any, it only remembers. */
export function changesOf(
  before: Baseline | null,
  { report, now, others: elsewhere }: Pick<Look, 'report' | 'now' | 'others'>,
): {
  readonly changes: readonly Change[];
  readonly baseline: Baseline;
} {
  const scope = scopeOf(report);
  const served = servedOf(report);
  const issuer = signers('issuer', before?.issuers ?? {}, served);
  const root = signers('root', before?.roots ?? {}, served);
  const end = certificateEnds(before?.ends ?? {}, served, now);
  const network = networks(before?.networks ?? {}, report);
  const scoped: Scoped = {
    ...{ asked: askedOf(report), proxy: proxyOf(report) },
    others: otherCatalog(before?.scopes?.[scope]?.others ?? [], elsewhere),
  };
  const baseline: Baseline = {
    ...{ issuers: issuer.next, roots: root.next, ends: end.next, networks: network.next },
    resolvers: [...report.environment.resolvers].sort().join(', '),
    scopes: withScope(before?.scopes ?? {}, scope, scoped),
  };
  const { fresh, rest } = before === null ? { fresh: scoped.others, rest: [] } : changesOfScope(before, scope, scoped);
  const resolvers = before === null ? [] : ofMachine('resolver', before.resolvers, baseline.resolvers);
  // What an authority signs anew is one change, not two.
  const moved = new Set(root.changes.map(({ place }) => place));
  const issuers = issuer.changes.filter(({ place }) => !moved.has(place));
  const changes = [...fresh, ...root.changes, ...issuers, ...end.changes, ...network.changes, ...rest, ...resolvers];
  return { changes: changes.slice(0, mostChanges), baseline };
}

/** One notice for all that a look changed; null for nothing. */
export function changeNotice(
  changes: readonly Change[],
  { machine, name, now }: Omit<Look, 'report' | 'full'>,
): Notice | null {
  if (changes.length === 0) return null;
  const id = createHash('sha256')
    .update(JSON.stringify([name, now, changes]))
    .digest('hex')
    .slice(0, 16);
  return {
    ...{ schema: 1, id: `${id}-1`, at: new Date(now).toISOString(), kind: 'changed', machine },
    ...{ incident: null, incidents: [], changes, since: null },
  };
}
