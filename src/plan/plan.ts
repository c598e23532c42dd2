import { isIP } from '../addresses.ts';
import { fillParameters, isParameter, parametersOf, readLocation } from '../catalog/pattern.ts';
import { harmless } from '../harmless.ts';
import type { Anchor, Catalog, Endpoint, Feature, Importance, ProbeSpec } from '../model/catalog.ts';
import type { PlannedFeature, Target, UnroutedPlan, UnroutedTarget, UntestedReason } from '../model/plan.ts';
import { suggest } from '../suggest.ts';
import { globMatches } from '../text-bounds.ts';
import { UsageError } from '../usage-error.ts';
import { adHocEndpoints, choose, type Selection, serviceConnectionPoint } from './select.ts';

export type { Selection } from './select.ts';

/** How a run measures, and for how long. Times in milliseconds. */
export interface PlanSettings {
  readonly timeoutMs: number;
  readonly deadlineMs: number;
  /** Null: chosen from the plan. */
  readonly concurrency: number | null;
  readonly families: readonly (4 | 6)[];
  readonly dnsServers: readonly string[];
  readonly tlsHello: 'classic' | 'large';
  /** The client name of all requests; null: wayclear's own. */
  readonly userAgent: string | null;
  readonly offline: boolean;
  readonly experiments: boolean;
  /** Looks at what fails or flickers; null: ten at what flickers. */
  readonly repeat: number | null;
}

/** What counts where nothing was said. */
export const planDefaults: PlanSettings = {
  timeoutMs: 10_000,
  deadlineMs: 120_000,
  concurrency: null,
  families: [4, 6],
  dnsServers: [],
  tlsHello: 'classic',
  userAgent: null,
  offline: false,
  experiments: true,
  repeat: null,
};
const emptySelection: Selection = {
  what: [],
  targets: [],
  role: null,
  cloud: 'public',
  includeLegacy: false,
  only: [],
  skip: [],
  set: {},
};

const mostTargets = 50_000;
const mostAtOnce = 1024;

/**
 * The exact probes of a run, in the order of the catalog, arguments that are no feature last; `planRoutes` decides how
 * they are reached. What is left out is as on the command line without a flag. The same arguments give the same plan. Throws UsageError for words, roles, parameters and filters
 * that can't be meant.
 */
export function makePlan(
  catalog: Catalog,
  wanted: Partial<Selection> = {},
  limits: Partial<PlanSettings> = {},
): UnroutedPlan {
  const selection: Selection = { ...emptySelection, ...wanted };
  const settings: PlanSettings = { ...planDefaults, ...limits };
  checkParameters(catalog, selection.set);
  const adHoc = adHocEndpoints(catalog, selection.what, selection.targets);
  const { chosen, leftOut } = choose(catalog, selection, adHoc.length > 0);
  const planned = [
    ...chosen.flatMap(({ feature, endpoint }) => targetsOf(feature, endpoint, selection.set, settings)),
    ...adHoc.flatMap((endpoint) => targetsOf(null, endpoint, {}, settings)).map(knownBy(catalog, adHoc)),
  ];
  if (planned.length > mostTargets) {
    throw new UsageError('plan.too-many', { targets: planned.length, most: mostTargets });
  }
  const targets = filtered(planned, selection);
  const probed = targets.filter((target) => target.untested === null).length;
  return {
    targets,
    features: featuresOf(targets, catalog),
    leftOut,
    anchors: anchorsOf(targets, new Set(chosen.map(({ feature }) => feature))),
    families: settings.families,
    dnsServers: settings.dnsServers,
    tlsHello: settings.tlsHello,
    ...(settings.userAgent === null ? {} : { userAgent: settings.userAgent }),
    limits: {
      timeoutMs: settings.timeoutMs,
      deadlineMs: settings.deadlineMs,
      concurrency: settings.concurrency ?? concurrencyFor(probed),
    },
    offline: settings.offline,
    experiments: settings.experiments,
    ...(settings.repeat === null ? {} : { repeat: settings.repeat }),
  };
}

/**
 * Targets in flight, where nobody says how many: all at once where it can be. A network that drops everything then costs one
 * timeout, not a multiple of it.
 */
export const concurrencyFor = (probed: number): number => Math.min(Math.max(probed, 1), mostAtOnce);

/** So many wildcards are looked up in the catalog; a longer list is somebody's own. */
const mostLookedUp = 100;

/** Says of a wildcard that somebody typed which features know hosts of it. */
function knownBy({ features }: Catalog, typed: readonly Endpoint[]): (target: UnroutedTarget) => UnroutedTarget {
  const wildcards = typed.filter(({ pattern }) => pattern.includes('*'));
  if (wildcards.length === 0 || wildcards.length > mostLookedUp) return (target) => target;
  const known = features.flatMap(({ feature, endpoints }) =>
    endpoints.flatMap(({ pattern, probes }) =>
      probes.map(({ url }) => ({ feature, pattern, host: url.split('/')[2]?.replace(/:\d+$/, '') ?? '' })),
    ),
  );
  return (target) => {
    const { pattern, untested } = target;
    if (untested?.code !== 'no-witness' || !pattern.includes('*')) return target;
    // Those that the wildcard is documented for; else those that have a host in it.
    const same = known.filter((one) => one.pattern === pattern);
    const all = same.length > 0 ? same : known.filter(({ host }) => globMatches(pattern, host));
    if (all.length === 0) return target;
    return { ...target, untested: { ...untested, features: [...new Set(all.map(({ feature }) => feature))] } };
  };
}

/** A download of which a range and the whole are documented is asked for twice: a range says nothing of a hash. */
function requestsOf(probe: ProbeSpec): readonly ProbeSpec[] {
  const { content } = probe;
  if (content === undefined || content.range === null || content.sha256 === null) return [probe];
  return [
    { ...probe, content: { ...content, sha256: null } },
    { ...probe, content: { ...content, range: null } },
  ];
}

/**
 * One target a probe (of an address that a person typed: `feature` null), and one that says why it is untested for each documented port that no probe leads to: each documented
 * (pattern, port) pair has a target.
 */
function targetsOf(
  feature: Feature | null,
  endpoint: Endpoint,
  set: Readonly<Record<string, string>>,
  settings: PlanSettings,
): readonly UnroutedTarget[] {
  const probes = endpoint.protocol === 'udp' ? [] : endpoint.probes.flatMap(requestsOf);
  const name = feature?.feature ?? 'ad-hoc';
  const pattern = fillParameters(endpoint.pattern, set);
  const nth = (index: number): string => `${name}/${endpoint.id}${index === 0 ? '' : `#${index + 1}`}`;
  const probed = probes.map((probe, index) => addressOf(probe, set, nth(index)));
  const ports = new Set(probed.map(({ port }) => port));
  const unprobed = endpoint.ports.filter((port) => !ports.has(port)).map((port) => unprobedPort(endpoint, port, set));
  return [...probed, ...unprobed].map((address, index) => {
    const probe = probes[index] ?? null;
    return {
      id: nth(index),
      feature: name,
      endpoint: endpoint.id,
      pattern,
      witness: endpoint.pattern.includes('*') && address.host !== '',
      host: address.host,
      ...(isParameter(endpoint.pattern) && address.host === pattern.toLowerCase() ? { givenHost: true as const } : {}),
      port: address.port,
      scheme: address.scheme,
      url: address.url,
      method: probe?.method ?? 'GET',
      importance: importanceOf(endpoint, probe?.basis ?? null),
      ...(isOutsideRole(endpoint, feature) ? { outsideRole: true as const } : {}),
      expect: probe?.expect ?? null,
      ...(probe?.content === undefined ? {} : { content: probe.content }),
      tls: endpoint.tls,
      ...(endpoint.source === null ? {} : { source: endpoint.source }),
      ...(endpoint.importanceReason === null ? {} : { importanceReason: endpoint.importanceReason }),
      untested: address.untested ?? untestedHere(address.host, settings),
    };
  });
}

interface ProbeAddress extends Pick<Target, 'scheme' | 'host' | 'port' | 'url'> {
  readonly untested: UntestedReason | null;
}

function addressOf(probe: ProbeSpec, set: Readonly<Record<string, string>>, id: string): ProbeAddress {
  const url = fillParameters(probe.url, set);
  const parameters = parametersOf(url);
  if (parameters.length > 0) {
    // The port is known even while the host is not.
    const shape = readLocation(url.replace(/\{[A-Za-z0-9]+\}/g, 'x'));
    const { port, scheme } = typeof shape === 'string' ? { port: 443, scheme: 'https' as const } : shape;
    return { scheme, host: '', port, url: null, untested: { code: 'parameter', parameters } };
  }
  const location = readLocation(url);
  if (typeof location === 'string') {
    const names = parametersOf(probe.url);
    throw new UsageError('plan.values', { names, id, url: harmless(url, 200) });
  }
  return { ...location, untested: null };
}

/** A documented port that no probe leads to: no document says what answers there. */
function unprobedPort(endpoint: Endpoint, port: number, set: Readonly<Record<string, string>>): ProbeAddress {
  const pattern = fillParameters(endpoint.pattern, set);
  const scheme = endpoint.protocol === 'udp' ? 'tcp' : schemeOf(port);
  const network = pattern.includes('/');
  const host = network || pattern.includes('*') || pattern.includes('{') ? '' : pattern.toLowerCase();
  const parameters = parametersOf(pattern);
  const untested: UntestedReason =
    endpoint.protocol === 'udp'
      ? { code: 'udp', protocol: 'udp' }
      : parameters.length > 0 && !pattern.includes('*')
        ? { code: 'parameter', parameters }
        : { code: 'no-witness', ...(host === '' ? {} : { port }), ...(network ? { network } : {}) };
  return { scheme, host, port, url: null, untested };
}

function schemeOf(port: number): Target['scheme'] {
  return port === 443 ? 'https' : port === 80 ? 'http' : 'tcp';
}

function untestedHere(host: string, settings: PlanSettings): UntestedReason | null {
  const family = isIP(host);
  if (family !== 0 && !settings.families.some((enabled) => enabled === family)) return { code: 'family' };
  return settings.offline ? { code: 'offline' } : null;
}

/** Where a witness of a wildcard is known from when no document of the vendor names it today: it may be gone for good. */
const hearsay = ['third-party', 'user-report', 'well-known', 'historic-doc', 'inferred'];

/** What documents disagree on, or no document names, or calls doubtful or dead, is never critical. */
function importanceOf(endpoint: Endpoint, basis: string | null): Importance {
  const unnamed = endpoint.pattern.includes('*') && hearsay.includes(basis ?? '');
  const unsure =
    endpoint.status === 'conflict' || endpoint.status === 'doubtful' || endpoint.status === 'reported-dead';
  return unnamed || unsure ? 'non-critical' : endpoint.importance;
}

/** Its role decides, or, for what is for every role, whether its feature is one of the default run. */
const isOutsideRole = ({ roles }: Endpoint, feature: Feature | null): boolean =>
  !roles.includes(serviceConnectionPoint) && !(roles.includes('all') && feature?.default === true);

function filtered(targets: readonly UnroutedTarget[], selection: Selection): readonly UnroutedTarget[] {
  const matches = (pattern: string, target: UnroutedTarget): boolean => {
    const glob = pattern.toLowerCase();
    const names = [target.id.toLowerCase(), target.pattern.toLowerCase(), ...(target.host === '' ? [] : [target.host])];
    return names.some((name) => globMatches(glob, name));
  };
  for (const pattern of [...selection.only, ...selection.skip]) {
    if (pattern === '' || pattern.length > 300) {
      throw new UsageError('plan.glob');
    }
  }
  const left = targets
    .filter((target) => selection.only.length === 0 || selection.only.some((pattern) => matches(pattern, target)))
    .filter((target) => !selection.skip.some((pattern) => matches(pattern, target)));
  if (left.length > 0) return left;
  if (targets.length > 0) {
    const example = targets[0];
    throw new UsageError('plan.filtered', {
      ...{ targets: targets.length, feature: example?.feature ?? '' },
      id: example?.id ?? '',
    });
  }
  throw new UsageError('plan.nothing');
}

function featuresOf(targets: readonly UnroutedTarget[], { features }: Catalog): readonly PlannedFeature[] {
  const named = new Set(targets.map(({ feature }) => feature));
  return features.flatMap(({ feature, title, why }) => (named.has(feature) ? [{ feature, title, why }] : []));
}

function anchorsOf(targets: readonly UnroutedTarget[], features: ReadonlySet<Feature>): readonly Anchor[] {
  const named = new Set(targets.flatMap((target) => target.tls.anchors));
  const anchors = new Map<string, Anchor>();
  for (const feature of features) {
    for (const entry of feature.anchors) {
      if (named.has(entry.sha256) && (anchors.get(entry.sha256)?.pem ?? null) === null)
        anchors.set(entry.sha256, entry);
    }
  }
  return [...anchors.values()];
}

/** Names that `--set` may give, in alphabetical order. */
export function parameterNames(catalog: Catalog): readonly string[] {
  const texts = catalog.features.flatMap((feature) =>
    feature.endpoints.flatMap((endpoint) => [endpoint.pattern, ...endpoint.probes.map((probe) => probe.url)]),
  );
  return [...new Set(texts.flatMap(parametersOf))].sort();
}

function checkParameters(catalog: Catalog, set: Readonly<Record<string, string>>): void {
  const given = Object.entries(set);
  if (given.length === 0) return;
  const names = parameterNames(catalog);
  for (const [name, value] of given) {
    if (!names.includes(name)) {
      const near = suggest(name, names);
      const shown = { name: `"${harmless(name, 80)}"`, near: near === null ? null : `"${near}"` };
      throw new UsageError('plan.parameter', { ...shown, names });
    }
    if (/[{}]/.test(value)) {
      throw new UsageError('plan.braces', { name });
    }
    if (value.length > 253 || !/^[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?$/.test(value)) {
      throw new UsageError('plan.host-part', { name, value: `"${harmless(value, 80)}"` });
    }
  }
}
