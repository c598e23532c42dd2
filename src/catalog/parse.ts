import { certificateIn } from '../certificate.ts';
import { harmless } from '../harmless.ts';
import {
  type Anchor,
  type AnchorEntry,
  type CatalogFile,
  type Cloud,
  catalogFile,
  type Endpoint,
  type EndpointEntry,
  type EndpointStatus,
  type EndpointTls,
  type Feature,
  type ProbeEntry,
  type ProbeSpec,
} from '../model/catalog.ts';
import type { Expected, Fault, PlainExpected } from '../model/faults.ts';
import { faultAt, faultsOf } from '../reading/faults.ts';
import { refuseFaults, valueIn } from '../reading/shape-error.ts';
import { suggest } from '../suggest.ts';
import { hostAndPort } from '../text-bounds.ts';
import { UsageError } from '../usage-error.ts';
import { parseM365 } from './m365.ts';
import { isPattern, type LocationProblem, parametersOf, patternKind, readLocation } from './pattern.ts';

const legacyStatuses: readonly EndpointStatus[] = ['retired', 'removed', 'removed-from-docs', 'deprecated'];

/** Nesting that no catalog needs; deeper input is refused before it is parsed. */
const deepest = 32;

/**
 * Reads the text of a catalog file: one feature (contract section 6), or a list of endpoint sets as the
 * Microsoft 365 endpoint web service answers it. `file` is only for messages,
 * `cloud` is what a Microsoft 365 list is about, which the list itself does not say. Throws UsageError with
 * file, JSON pointer and what was expected.
 */
export function parseCatalogText(text: string, file: string, cloud: Cloud = 'public'): readonly Feature[] {
  const value = valueIn(
    read(file),
    text.replace(/^\ufeff/, ''),
    deepest,
    (why) => new UsageError('catalog.json', { file: harmless(file), ...why }),
  );
  return Array.isArray(value) ? parseM365(value, file, cloud) : [parseFeature(value, file)];
}

const read = (file: string) => ({ kind: 'catalog', file: harmless(file) }) as const;

/** What is wrong with values that have their shapes. */
type Tell = (path: readonly (string | number)[], expected: Expected | PlainExpected, value: unknown) => void;

/** Reads one feature. Throws UsageError with file, JSON pointer and what was expected. */
export function parseFeature(value: unknown, file: string): Feature {
  refuseFaults(read(file), faultsOf(catalogFile, value));
  const faults: Fault[] = [];
  const feature = featureOf(value as CatalogFile, file, (path, expected, got) => {
    faults.push(faultAt(path, expected, got));
  });
  refuseFaults(read(file), faults);
  return feature;
}

/** A text as it is kept: made harmless; null where it was left out. */
const kept = (text: string | null | undefined, most = 2048): string | null =>
  text === undefined || text === null ? null : harmless(text, most);

function featureOf(entry: CatalogFile, file: string, tell: Tell): Feature {
  const roles = entry.roles ?? ['all'];
  const clouds = entry.clouds ?? (['public'] as const);
  const anchors = (entry.anchors ?? []).map((anchor, index) => anchorOf(anchor, below(tell, 'anchors', index)));
  checkAddress(entry.docs, below(tell, 'docs'));
  return {
    feature: entry.feature,
    title: kept(entry.title, 200) ?? entry.feature,
    why: kept(entry.why, 4000),
    docs: kept(entry.docs),
    default: entry.default ?? roles.some((role) => role === 'all' || role === 'service-connection-point'),
    roles,
    clouds,
    anchors,
    endpoints: entry.endpoints.map((endpoint, index) =>
      endpointOf(endpoint, { roles, clouds, anchors }, below(tell, 'endpoints', index)),
    ),
    file,
  };
}

const below =
  (tell: Tell, ...above: readonly (string | number)[]): Tell =>
  (path, expected, value) =>
    tell([...above, ...path], expected, value);

function endpointOf(
  entry: EndpointEntry,
  inherited: Pick<Feature, 'roles' | 'clouds' | 'anchors'>,
  tell: Tell,
): Endpoint {
  const { id, ports, importance } = entry;
  const pattern = hostPattern(entry.pattern);
  if (pattern === null) tell(['pattern'], 'hostPattern', entry.pattern);
  const host = pattern ?? entry.pattern;
  const status = entry.status ?? 'current';
  const requirement = kept(entry.requirement, 100);
  const protocol = entry.protocol ?? 'tcp';
  const probes = entry.probes?.map((probe, index) => probeOf(probe, host, below(tell, 'probes', index)));
  return {
    ...{ id, pattern: host, ports, protocol, importance, requirement, status },
    importanceReason: kept(entry.importanceReason, 1000),
    since: kept(entry.since, 300),
    until: kept(entry.until, 300),
    legacy: entry.legacy ?? (legacyStatuses.includes(status) || requirement === 'legacy'),
    roles: entry.roles ?? inherited.roles,
    clouds: entry.clouds ?? inherited.clouds,
    probes: probes ?? (protocol === 'udp' ? [] : defaultProbes(host, ports)),
    tls: tlsOf(entry.tls, inherited.anchors, below(tell, 'tls', 'anchors')),
    source: entry.source ? sourceOf(entry.source, below(tell, 'source')) : null,
    moreSources: (entry.moreSources ?? []).map((more, index) => sourceOf(more, below(tell, 'moreSources', index))),
    notes: kept(entry.notes, 4000),
  };
}

/**
 * The probes of an endpoint that names none: one a port, HTTP where the port says so, TCP alone
 * elsewhere. A wildcard has no host to ask; a template has one as soon as its parameters are set.
 */
export function defaultProbes(pattern: string, ports: readonly number[]): readonly ProbeSpec[] {
  if (pattern.includes('*')) return [];
  const host = patternKind(pattern) === 'address' && pattern.includes(':') ? `[${pattern}]` : pattern;
  return ports.map((port) => ({
    url: port === 443 ? `https://${host}/` : port === 80 ? `http://${host}/` : `tcp://${hostAndPort(pattern, port)}`,
    method: 'GET',
    expect: null,
    basis: 'documented',
    note: null,
  }));
}

const locationProblems: Readonly<Record<LocationProblem, PlainExpected>> = {
  ...{ scheme: 'url', credentials: 'urlCredentials', host: 'urlHost', port: 'urlPort', path: 'urlPath' },
  length: 'urlLength',
};

function probeOf(entry: ProbeEntry, pattern: string, tell: Tell): ProbeSpec {
  const { expect, content } = entry;
  return {
    url: probeUrl(entry.url, pattern, below(tell, 'url')),
    method: entry.method ?? 'GET',
    expect: expect ? { status: expect.status ?? null, header: expect.header ? lowered(expect.header) : null } : null,
    ...(content
      ? {
          content: {
            range: content.range ?? null,
            startsWith: content.startsWith?.toLowerCase() ?? null,
            length: content.length ?? null,
            sha256: content.sha256?.toLowerCase() ?? null,
          },
        }
      : {}),
    basis: kept(entry.basis, 60) ?? 'documented',
    note: kept(entry.note, 1000),
  };
}

const lowered = <T extends { readonly name: string }>(header: T): T => ({ ...header, name: header.name.toLowerCase() });

/** Normalized, as far as it has no parameters. */
function probeUrl(url: string, pattern: string, tell: Tell): string {
  // Every parameter stands for a label or a path segment while the shape is judged.
  const names = parametersOf(url);
  const shape = url.replace(/\{[A-Za-z][A-Za-z0-9]{0,63}\}/g, 'x');
  const location = /[{}]/.test(shape) ? 'host' : readLocation(shape);
  if (typeof location === 'string') {
    tell([], locationProblems[location], url);
    return url;
  }
  const kind = patternKind(pattern);
  if ((kind === 'exact' || kind === 'address') && names.length === 0 && location.host !== pattern)
    tell([], { is: 'hostOf', pattern }, url);
  return names.length === 0 && location.url !== null ? location.url : url;
}

function tlsOf(entry: EndpointEntry['tls'], anchors: readonly Anchor[], tell: Tell): EndpointTls {
  const names = anchors.map(({ name }) => name);
  return {
    anchors: (entry?.anchors ?? []).flatMap((name, index) => {
      const anchor = anchors.find((candidate) => candidate.name === name);
      if (anchor === undefined) tell([index], { is: 'anchorName', near: suggest(name, names) }, name);
      return anchor === undefined ? [] : [anchor.sha256];
    }),
    pinned: entry?.pinned ?? false,
    inspection: entry?.inspection ?? 'unstated',
  };
}

function anchorOf(entry: AnchorEntry, tell: Tell): Anchor {
  const name = harmless(entry.name, 200);
  const stated = entry.sha256?.replaceAll(':', '').toLowerCase() ?? null;
  const pem = entry.pem ?? null;
  if (pem === null) return { name, sha256: stated ?? '', pem };
  const certificate = pem.split('-----BEGIN ').length === 2 ? certificateIn(pem) : null;
  if (certificate === null) {
    tell(['pem'], 'certificate', pem);
    return { name, sha256: stated ?? '', pem };
  }
  const sha256 = certificate.fingerprint256.replaceAll(':', '').toLowerCase();
  if (stated !== null && stated !== sha256) tell(['sha256'], { is: 'fingerprintOf', sha256 }, stated);
  return { name, sha256, pem: certificate.toString() };
}

function sourceOf(entry: NonNullable<EndpointEntry['source']>, tell: Tell): NonNullable<Endpoint['source']> {
  checkAddress(entry.url, below(tell, 'url'));
  return { document: harmless(entry.document, 500), date: entry.date ?? null, url: kept(entry.url) };
}

/** The fragment names the section, so an address is kept as written. */
function checkAddress(address: string | null | undefined, tell: Tell): void {
  if (address === undefined || address === null) return;
  const location = readLocation(address);
  if (typeof location === 'string' || location.url === null) tell([], 'webAddress', address);
}

/** In its one canonical form: lower case, punycode for international names; null for what is no pattern. */
function hostPattern(text: string): string | null {
  const pattern = text.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
  if (patternKind(pattern) === 'template') return isPattern(pattern) ? pattern : null;
  const lower = pattern.toLowerCase();
  const location = lower.includes('*')
    ? 'host'
    : readLocation(`https://${lower.includes(':') ? `[${lower}]` : lower}/`);
  const canonical = typeof location === 'string' ? lower : location.host;
  return isPattern(canonical) ? canonical : null;
}
