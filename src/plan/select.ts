import { harmless } from '../harmless.ts';
import type { Catalog, Cloud, Endpoint, Feature } from '../model/catalog.ts';
import type { LeftOut } from '../model/plan.ts';
import { suggest } from '../suggest.ts';
import { UsageError } from '../usage-error.ts';
import { readAddress } from './ad-hoc.ts';
import { readTargetLines } from './target-lines.ts';

/** What the user wants checked. */
export interface Selection {
  /** Feature ids, URLs, `host`, `host:port`, `[v6]:port`, wildcards and networks. */
  readonly what: readonly string[];
  /** Lines of a targets file, first line first; see `readTargetLines`. */
  readonly targets: readonly string[];
  readonly role: string | null;
  readonly cloud: Cloud;
  readonly includeLegacy: boolean;
  /** Globs over target ids, hosts and documented patterns, case-insensitive; `*` is any run of characters. */
  readonly only: readonly string[];
  readonly skip: readonly string[];
  /** Values of the parameters of templates. */
  readonly set: Readonly<Record<string, string>>;
}

interface Chosen {
  readonly feature: Feature;
  readonly endpoint: Endpoint;
}

/** What a selection means, and what of the same features it leaves out. Both in the order of the catalog. */
interface Choice {
  readonly chosen: readonly Chosen[];
  readonly leftOut: readonly LeftOut[];
}

/** Legacy, or of no sure use: off unless `includeLegacy`, for its failure would say nothing. */
const isPast = ({ legacy, status }: Endpoint): boolean => legacy || status === 'doubtful' || status === 'reported-dead';

/** Why an endpoint of a feature in the run takes no part in it; null if it does. */
type Exclusion = (endpoint: Endpoint) => LeftOut['because'] | null;

/** The role whose features a run without a name checks, and whose status messages are raised. */
export const serviceConnectionPoint = 'service-connection-point';

/**
 * The endpoints that a selection means. Without a feature and without a role: the service connection point's current ones,
 * unless addresses were given instead (`addressesGiven`). A catalog without any feature of a default run means all of itself.
 */
export function choose(catalog: Catalog, selection: Selection, addressesGiven: boolean): Choice {
  const { role, cloud, includeLegacy } = selection;
  checkRole(catalog, role);
  const what = new Set(selection.what);
  const named = catalog.features.filter((feature) => what.has(feature.feature));
  if (named.length > 0) return split(named, (feature) => ofNamed(catalog, feature, selection));
  if (addressesGiven) return { chosen: [], leftOut: [] };
  if (role === null && !catalog.features.some((feature) => feature.default)) {
    return split(catalog.features, (feature) => {
      const inCloud = new Set(endpointsIn(feature, cloud));
      return (endpoint) =>
        !inCloud.has(endpoint) ? 'other-cloud' : isPast(endpoint) && !includeLegacy ? 'not-current' : null;
    });
  }
  const { chosen, leftOut } = split(catalog.features, (feature) => (endpoint) => {
    if (!endpoint.clouds.includes(cloud)) return 'other-cloud';
    // What is for everybody joins a run only with the features of the default run.
    const ofRole =
      endpoint.roles.includes(role ?? serviceConnectionPoint) || (endpoint.roles.includes('all') && feature.default);
    if (!ofRole) return 'other-role';
    if (isPast(endpoint)) return includeLegacy ? null : 'not-current';
    return role !== null || (feature.default && endpoint.status === 'current') ? null : 'not-current';
  });
  if (chosen.length === 0) refuseCloud(catalog, cloud);
  // A feature that the run does not speak of has nothing that it leaves out.
  const inRun = new Set(chosen.map(({ feature }) => feature.feature));
  for (const feature of catalog.features) if (feature.default && role === null) inRun.add(feature.feature);
  return { chosen, leftOut: leftOut.filter(({ feature }) => inRun.has(feature)) };
}

/** Throws where no endpoint of the run is in the cloud but the catalog has features that are. */
function refuseCloud(catalog: Catalog, cloud: Cloud): void {
  const there = catalog.features.filter(({ endpoints }) => endpoints.some(({ clouds }) => clouds.includes(cloud)));
  if (cloud === 'public' || there.length === 0) return;
  throw new UsageError('plan.cloud', { cloud, features: there.map(({ feature }) => harmless(feature, 80)) });
}

/** @throws UsageError for a role that nothing in the catalog is for */
export function checkRole(catalog: Catalog, role: string | null): void {
  const everyRole = new Set(catalog.features.flatMap(({ endpoints }) => endpoints.flatMap(({ roles }) => roles)));
  const roles = [...everyRole].filter((name) => name !== 'all').sort();
  if (role === null || roles.includes(role)) return;
  const near = suggest(role, roles);
  const shown = { role: `"${harmless(role, 80)}"`, near: near === null ? null : `"${near}"` };
  throw new UsageError('plan.role', { ...shown, roles });
}

function split(features: readonly Feature[], exclusionOf: (feature: Feature) => Exclusion): Choice {
  const chosen: Chosen[] = [];
  const leftOut: LeftOut[] = [];
  for (const feature of features) {
    const exclusion = exclusionOf(feature);
    const counts = new Map<LeftOut['because'], number>();
    for (const endpoint of feature.endpoints) {
      const because = exclusion(endpoint);
      if (because === null) chosen.push({ feature, endpoint });
      else counts.set(because, (counts.get(because) ?? 0) + 1);
    }
    for (const [because, endpoints] of counts) leftOut.push({ feature: feature.feature, because, endpoints });
  }
  return { chosen, leftOut };
}

/** A feature that exists in one cloud only is meant in that cloud, unless the user chose another one. */
function endpointsIn(feature: Feature, cloud: Cloud): readonly Endpoint[] {
  const here = feature.endpoints.filter(({ clouds }) => clouds.includes(cloud));
  return here.length === 0 && cloud === 'public' ? feature.endpoints : here;
}

function ofNamed(catalog: Catalog, feature: Feature, selection: Selection): Exclusion {
  const { cloud, role, includeLegacy } = selection;
  const inCloud = endpointsIn(feature, cloud);
  if (inCloud.length === 0) {
    const sibling = catalog.features.find((other) => other.feature === `${feature.feature}-${cloud}`);
    const clouds = [...new Set(feature.endpoints.flatMap((endpoint) => endpoint.clouds))];
    throw new UsageError('plan.feature-cloud', {
      ...{ feature: feature.feature, cloud, clouds },
      sibling: sibling?.feature ?? null,
    });
  }
  const isOfRole = ({ roles }: Endpoint): boolean => role === null || roles.includes(role) || roles.includes('all');
  if (!inCloud.some(isOfRole)) {
    const roles = [...new Set(inCloud.flatMap((endpoint) => endpoint.roles))];
    throw new UsageError('plan.feature-role', { feature: feature.feature, role: role ?? '', roles });
  }
  if (!includeLegacy && inCloud.filter(isOfRole).every(isPast)) {
    throw new UsageError('plan.legacy', { feature: feature.feature });
  }
  const here = new Set(inCloud);
  return (endpoint) => {
    if (!here.has(endpoint)) return 'other-cloud';
    if (!isOfRole(endpoint)) return 'other-role';
    return isPast(endpoint) && !includeLegacy ? 'not-current' : null;
  };
}

/**
 * Endpoints made from arguments that are no feature, and from the lines of a targets file; each address once. Throws
 * UsageError for what is neither, with the numbers of all such lines.
 */
export function adHocEndpoints(
  catalog: Catalog,
  what: readonly string[],
  lines: readonly string[],
): readonly Endpoint[] {
  const features = catalog.features.map((feature) => feature.feature);
  const typed = what
    .filter((word) => !features.includes(word))
    .flatMap((word) => {
      const reading = readAddress(word.trim(), features);
      if ('problem' in reading) throw UsageError.of(reading.problem);
      return reading;
    });
  const listed = readTargetLines(lines, features);
  if (lines.length > 0 && what.length === 0 && listed.length === 0) {
    throw new UsageError('plan.no-targets');
  }
  return [...new Map([...typed, ...listed].map((endpoint) => [endpoint.id, endpoint])).values()];
}
