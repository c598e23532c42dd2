/** What a report asks of whom: root causes with their destinations, and what is not to be opened for them. Knows no layout. */
import { groupedBy } from '../grouped.ts';
import type { Importance, Source } from '../model/catalog.ts';
import { type CauseId, causes, type Owner } from '../model/causes.ts';
import type { Attempt, Observation, StageResult } from '../model/observations.ts';
import type { Target } from '../model/plan.ts';
import type { Report } from '../model/report.ts';
import type { RequestKind, Words } from '../words/contract.ts';
import { answerOf } from './answer.ts';

/** Causes for which its owner alone doesn't say what is asked for. */
const ownKinds: Readonly<Partial<Record<CauseId, RequestKind>>> = {
  'dns.hosts-file': 'settings',
  'tcp.ipv6-broken': 'path',
  'tcp.intercepted': 'path',
  'tcp.no-route': 'path',
  'tls.large-hello-dropped': 'path',
  'tls.mtu-black-hole': 'path',
  'tls.name-mismatch': 'path',
  'tls.version-mismatch': 'path',
  'tls.cipher-mismatch': 'path',
  'tls.not-tls': 'path',
  'http.malformed': 'path',
  'proxy.name-not-found': 'proxy',
  'proxy.unreachable': 'proxy',
  'proxy.auth-required': 'proxy',
  'proxy.auth-rejected': 'proxy',
  'proxy.auth-unsupported': 'proxy',
  'proxy.upstream-dns': 'proxy',
  'proxy.upstream-unreachable': 'proxy',
  'proxy.timeout': 'proxy',
  'proxy.tls-failed': 'proxy',
  'proxy.not-a-proxy': 'proxy',
  'proxy.required': 'settings',
  'proxy.bypass-mistake': 'settings',
  'proxy.pac-unreachable': 'settings',
  'proxy.pac-invalid': 'settings',
};

const kinds: Readonly<Record<Owner, RequestKind>> = {
  firewall: 'open',
  proxy: 'let-through',
  inspection: 'exempt',
  dns: 'resolve',
  machine: 'machine',
  service: 'service',
  unknown: 'unknown',
};

/** `owner`: who has to act, where that is not who mostly has to. */
export const requestKind = (cause: CauseId, owner: Owner = causes[cause].owner): RequestKind =>
  owner === causes[cause].owner ? (ownKinds[cause] ?? kinds[owner]) : kinds[owner];

export interface RequestRow {
  readonly host: string;
  /** As documented. */
  readonly pattern: string;
  readonly port: number;
  /** Seen at the time, by family; none where a proxy resolves the name. */
  readonly addresses: { readonly 4: readonly string[]; readonly 6: readonly string[] };
  /** `direct` or `proxy:HOST:PORT`. */
  readonly route: string;
  /** Titles of the features that it is for. */
  readonly features: readonly string[];
  readonly importance: Importance;
  readonly importanceReason: string | null;
  readonly exempt: boolean;
  readonly source: Source | null;
}

export interface RequestSection {
  readonly number: number;
  readonly root: Report['rootCauses'][number];
  readonly kind: RequestKind;
  readonly owner: Owner;
  readonly deciding: readonly string[];
  /** Each destination once. */
  readonly rows: readonly RequestRow[];
}

/** The proxy's policy is proven to refuse the documented wildcard, so that no list of single names would do. */
const isRefused = (report: Report, cause: CauseId, { pattern, port }: Target, route: string): boolean =>
  (cause === 'proxy.denied' || cause === 'proxy.socks-refused') &&
  (report.wildcards ?? []).some(
    (proof) =>
      proof.policy === 'refuses' &&
      proof.pattern === pattern &&
      proof.port === port &&
      route === `proxy:${proof.proxy}`,
  );

const fails = (stage: StageResult<unknown>): boolean => stage.status === 'failed';
const breaks = (attempt: Attempt): boolean => [attempt.tcp, attempt.tunnel, attempt.tls, attempt.http].some(fails);
/** Nothing got through. */
const isStopped = ({ dns, attempts }: Observation): boolean =>
  fails(dns) || (attempts.length > 0 && attempts.every(breaks));

function addressesOf(observations: readonly Observation[]): RequestRow['addresses'] {
  const seen = new Set(observations.flatMap(({ attempts }) => attempts.flatMap(({ address }) => address ?? [])));
  const all = [...seen];
  return { 4: all.filter((address) => !address.includes(':')), 6: all.filter((address) => address.includes(':')) };
}

/** The hops of each target, and the addresses in certificates that could not be fetched. */
interface Seen {
  readonly hops: ReadonlyMap<string, readonly Observation[]>;
  readonly revocation: readonly Observation[];
}

/** What a target could not get at: itself, the hop of a redirect that stops it, or what its certificates name. */
function stoppedAt(cause: CauseId, target: Target, { hops, revocation }: Seen): readonly Observation[] {
  const own = hops.get(target.id) ?? [];
  if (cause === 'http.redirect-blocked') return own.filter((hop) => hop.hop > 0 && isStopped(hop));
  if (cause === 'tls.revocation-unreachable') return revocation;
  return own.filter(({ hop }) => hop === 0);
}

function rowsOf(
  report: Report,
  section: Omit<RequestSection, 'rows'>,
  seen: Seen,
  titles: Titles,
): readonly RequestRow[] {
  const { cause } = section.root;
  const ids = new Set(section.root.targets);
  const failed = new Set(
    report.targets.flatMap(({ id, verdict }) => (verdict === 'unreachable' || verdict === 'degraded' ? [id] : [])),
  );
  const routes = new Map(report.targets.map(({ id, route }) => [id, route]));
  const rows = new Map<string, RequestRow>();
  const add = (row: RequestRow): void => {
    const key = JSON.stringify([row.host, row.port, row.route]);
    const other = rows.get(key);
    rows.set(
      key,
      other === undefined ? row : { ...other, features: [...new Set([...other.features, ...row.features])] },
    );
  };
  for (const target of report.observations.plan.targets) {
    if (!ids.has(target.id) || !failed.has(target.id)) continue;
    const route = routes.get(target.id) ?? 'direct';
    const common = {
      route,
      features: [titles(target.feature)],
      importance: target.importance,
      importanceReason: target.importanceReason ?? null,
      exempt: target.tls.pinned || target.tls.inspection === 'unsupported',
      source: target.source ?? null,
    };
    const nowhere = { 4: [], 6: [] };
    if (isRefused(report, cause, target, route))
      add({ ...common, host: target.pattern, pattern: target.pattern, port: target.port, addresses: nowhere });
    const places = stoppedAt(cause, target, seen);
    for (const { host, port } of places.length === 0 ? [target] : places) {
      const at = places.filter((place) => place.host === host && place.port === port);
      const isOwn = host === target.host && port === target.port;
      add({
        ...common,
        host: host === '' ? target.pattern : host,
        pattern: isOwn || host === '' ? target.pattern : host,
        port,
        addresses: addressesOf(at),
      });
    }
  }
  return [...rows.values()];
}

type Titles = (feature: string) => string;

/** Root causes with the failed destinations that each explains; those of the machine alone have none. */
export function requestsOf(report: Report, words: Words): readonly RequestSection[] {
  const { causes: answered, features } = answerOf(report, words);
  const names = new Map(features.map(({ feature, title }) => [feature, title]));
  const hops = groupedBy(report.observations.probes, ({ target }) => target);
  const revocation = report.observations.revocation.map(({ observation }) => observation).filter(isStopped);
  return answered.flatMap(({ number, root, owner, deciding }) => {
    const section = { number, root, kind: requestKind(root.cause, owner), owner, deciding };
    const rows = rowsOf(report, section, { hops, revocation }, (feature) => names.get(feature) ?? feature);
    return rows.length === 0 && section.kind !== 'machine' ? [] : [{ ...section, rows }];
  });
}
