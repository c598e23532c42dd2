import { X509Certificate } from 'node:crypto';
import { harmless } from '../harmless.ts';
import { linearPattern } from '../linear-pattern.ts';
import type {
  Anchor,
  Cloud,
  ContentExpectation,
  Endpoint,
  EndpointStatus,
  EndpointTls,
  Feature,
  ProbeSpec,
  Source,
} from '../model/catalog.ts';
import { suggest } from '../suggest.ts';
import { UsageError } from '../usage-error.ts';
import { parseM365 } from './m365.ts';
import { hostAndPort, isPattern, parametersOf, patternKind, readLocation } from './pattern.ts';
import {
  below,
  boolean,
  choice,
  day,
  didYouMean,
  hint,
  integer,
  list,
  matching,
  nesting,
  type Place,
  record,
  refuse,
  required,
  text,
  unique,
  webAddress,
  words,
} from './values.ts';

const featureKeys = ['$schema', 'schema', 'feature', 'title', 'why', 'docs', 'default', 'roles', 'clouds', 'anchors'];
const endpointKeys = [
  ...['id', 'pattern', 'ports', 'protocol', 'importance', 'importanceReason', 'requirement', 'status', 'since'],
  ...['until', 'legacy', 'roles', 'clouds', 'probes', 'tls', 'source', 'moreSources', 'notes'],
];
const statuses: readonly EndpointStatus[] = [
  ...(['current', 'superseded', 'deprecated', 'feature-deprecated', 'retired', 'removed'] as const),
  ...(['removed-from-docs', 'conflict', 'doubtful', 'reported-dead'] as const),
];
const legacyStatuses: readonly EndpointStatus[] = ['retired', 'removed', 'removed-from-docs', 'deprecated'];

/** Nesting that no catalog needs; deeper input is refused before it is parsed. */
const deepest = 32;
const mostEndpoints = 50_000;

/**
 * Reads the text of a catalog file: one feature (contract section 6), or a list of endpoint sets as the
 * Microsoft 365 endpoint web service answers it. `file` is only for messages,
 * `cloud` is what a Microsoft 365 list is about, which the list itself does not say. Throws UsageError with
 * file, JSON pointer and what was expected.
 */
export function parseCatalogText(text: string, file: string, cloud: Cloud = 'public'): readonly Feature[] {
  const plain = text.replace(/^\ufeff/, '');
  if (nesting(plain) > deepest) {
    throw new UsageError(`catalog ${harmless(file)}: expected at most ${deepest} levels of nesting`, hint);
  }
  let value: unknown;
  try {
    value = JSON.parse(plain);
  } catch (error) {
    const why = error instanceof Error ? harmless(error.message, 160) : 'unreadable';
    throw new UsageError(`catalog ${harmless(file)}: expected JSON: ${why}`, hint);
  }
  if (Array.isArray(value)) return parseM365(value, file, cloud);
  return [parseFeature(value, file)];
}

/** Reads one feature. Throws UsageError with file, JSON pointer and what was expected. */
export function parseFeature(value: unknown, file: string): Feature {
  const root: Place = { file, pointer: '' };
  const object = record(value, root, [...featureKeys, 'endpoints'], 'an object with schema, feature and endpoints');
  if (object['schema'] !== 1) refuse(below(root, 'schema'), '1', object['schema']);
  const feature = matching(object['feature'], below(root, 'feature'), /^[a-z0-9][a-z0-9._-]{0,63}$/, 'a feature id');
  if (feature === 'ad-hoc') refuse(below(root, 'feature'), 'another id: ad-hoc is what arguments make', feature);
  const anchors = unique(list(object['anchors'], below(root, 'anchors'), 64, anchor), 'name', below(root, 'anchors'));
  const roles = words(object['roles'], below(root, 'roles')) ?? ['all'];
  const inherited = {
    roles,
    clouds: cloudList(object['clouds'], below(root, 'clouds')) ?? ['public' as const],
    anchors,
  };
  const place = below(root, 'endpoints');
  if (!Array.isArray(object['endpoints']) || object['endpoints'].length === 0) {
    refuse(place, 'a list of at least one endpoint', object['endpoints']);
  }
  const endpoints = list(object['endpoints'], place, mostEndpoints, (entry, at) => endpoint(entry, at, inherited));
  return {
    feature,
    title: text(object['title'], below(root, 'title'), 200) ?? feature,
    why: text(object['why'], below(root, 'why'), 4000),
    docs: webAddress(object['docs'], below(root, 'docs')),
    default:
      boolean(object['default'], below(root, 'default')) ??
      roles.some((role) => role === 'all' || role === 'service-connection-point'),
    roles,
    clouds: inherited.clouds,
    anchors,
    endpoints: unique(endpoints, 'id', place),
    file,
  };
}

interface Inherited {
  readonly roles: readonly string[];
  readonly clouds: readonly Cloud[];
  readonly anchors: readonly Anchor[];
}

function endpoint(value: unknown, place: Place, inherited: Inherited): Endpoint {
  const object = record(value, place, endpointKeys, 'an object with id, pattern, ports and importance');
  const at = (key: string): Place => below(place, key);
  const id = matching(object['id'], at('id'), /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/, 'letters, digits, dot, hyphen');
  const pattern = hostPattern(object['pattern'], at('pattern'));
  if (!Array.isArray(object['ports']) || object['ports'].length === 0) {
    refuse(at('ports'), 'a list of at least one port number', object['ports']);
  }
  const ports = list(object['ports'], at('ports'), 256, portNumber);
  ports.forEach((port, index) => {
    if (ports.indexOf(port) !== index) refuse(below(at('ports'), index), 'each port once', port);
  });
  const status = choice(object['status'], at('status'), statuses) ?? 'current';
  const requirement = text(object['requirement'], at('requirement'), 100);
  const protocol = choice(object['protocol'], at('protocol'), ['tcp', 'udp'] as const) ?? 'tcp';
  const given =
    object['probes'] === undefined || object['probes'] === null
      ? null
      : list(object['probes'], at('probes'), 256, (entry, where) => probe(entry, where, pattern));
  return {
    id,
    pattern,
    ports,
    protocol,
    importance: required(
      choice(object['importance'], at('importance'), ['critical', 'non-critical'] as const),
      at('importance'),
      '"critical" or "non-critical"',
    ),
    importanceReason: text(object['importanceReason'], at('importanceReason'), 1000),
    requirement,
    status,
    since: text(object['since'], at('since'), 300),
    until: text(object['until'], at('until'), 300),
    legacy: boolean(object['legacy'], at('legacy')) ?? (legacyStatuses.includes(status) || requirement === 'legacy'),
    roles: words(object['roles'], at('roles')) ?? inherited.roles,
    clouds: cloudList(object['clouds'], at('clouds')) ?? inherited.clouds,
    probes: given ?? (protocol === 'udp' ? [] : defaultProbes(pattern, ports)),
    tls: tls(object['tls'], at('tls'), inherited.anchors),
    source: object['source'] === undefined || object['source'] === null ? null : source(object['source'], at('source')),
    moreSources: list(object['moreSources'], at('moreSources'), 64, source),
    notes: text(object['notes'], at('notes'), 4000),
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

function probe(value: unknown, place: Place, pattern: string): ProbeSpec {
  const object = record(value, place, ['url', 'method', 'expect', 'content', 'basis', 'note'], 'an object with url');
  const url = matching(object['url'], below(place, 'url'), /^[^\s]{1,2048}$/, 'https://…, http://… or tcp://host:port');
  // Every parameter stands for a label or a path segment while the shape is judged.
  const names = parametersOf(url);
  const shape = url.replace(/\{[A-Za-z][A-Za-z0-9]{0,63}\}/g, 'x');
  const location = /[{}]/.test(shape) ? 'host' : readLocation(shape);
  if (typeof location === 'string') {
    const expected = {
      scheme: 'https://…, http://… or tcp://host:port',
      credentials: 'a URL without user name and password',
      host: 'a URL with a valid host name',
      port: 'a port number from 1 to 65535 after the host',
      path: 'tcp://host:port without a path',
      length: 'at most 2048 characters',
    };
    refuse(below(place, 'url'), expected[location], url);
  }
  const kind = patternKind(pattern);
  if ((kind === 'exact' || kind === 'address') && names.length === 0 && location.host !== pattern) {
    refuse(below(place, 'url'), `the host ${pattern}, which the pattern names`, url);
  }
  const expected = object['expect'];
  const headerPlace = below(below(place, 'expect'), 'header');
  let expect: ProbeSpec['expect'] = null;
  if (expected !== undefined && expected !== null) {
    const rules = record(expected, below(place, 'expect'), ['status', 'header'], 'an object with status or header');
    const status = rules['status'];
    expect = {
      status:
        status === undefined || status === null
          ? null
          : list(status, below(below(place, 'expect'), 'status'), 50, statusCode),
      header: rules['header'] === undefined || rules['header'] === null ? null : header(rules['header'], headerPlace),
    };
  }
  const content = contentOf(object['content'], below(place, 'content'));
  if (content !== null && (location.scheme === 'tcp' || object['method'] === 'HEAD'))
    refuse(below(place, 'content'), 'nothing: content is read by GET over http or https', object['content']);
  return {
    url: names.length === 0 && location.url !== null ? location.url : url,
    method: choice(object['method'], below(place, 'method'), ['GET', 'HEAD'] as const) ?? 'GET',
    expect,
    ...(content === null ? {} : { content }),
    basis: text(object['basis'], below(place, 'basis'), 60) ?? 'documented',
    note: text(object['note'], below(place, 'note'), 1000),
  };
}

/** Bytes of a range: enough for a signature, and no download. */
const mostRange = 65_536;
/** Bytes of an object of which the whole is fetched. */
const mostWhole = 16 * 1024 * 1024;

function contentOf(value: unknown, place: Place): ContentExpectation | null {
  if (value === undefined || value === null) return null;
  const keys = ['range', 'startsWith', 'length', 'sha256'];
  const object = record(value, place, keys, 'an object with range, startsWith, length or sha256');
  const given = (key: string): boolean => object[key] !== undefined && object[key] !== null;
  if (!keys.some(given)) refuse(place, 'an object with range, startsWith, length or sha256', value);
  const startsWith = given('startsWith')
    ? matching(object['startsWith'], below(place, 'startsWith'), /^(?:[0-9a-fA-F]{2}){1,64}$/, '1 to 64 bytes in hex')
    : null;
  const sha256 = given('sha256')
    ? matching(object['sha256'], below(place, 'sha256'), /^[0-9a-fA-F]{64}$/, '64 hexadecimal digits')
    : null;
  const length = given('length') ? contentLength(object['length'], below(place, 'length'), sha256 !== null) : null;
  const range = given('range') ? contentRange(object['range'], below(place, 'range')) : null;
  return { range, startsWith: startsWith?.toLowerCase() ?? null, length, sha256: sha256?.toLowerCase() ?? null };
}

function contentLength(value: unknown, place: Place, whole: boolean): number {
  const most = whole ? mostWhole : Number.MAX_SAFE_INTEGER;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0 && value <= most) return value;
  return refuse(
    place,
    whole ? `a number of bytes from 1 to ${most}, of which the hash is made` : 'a number of bytes',
    value,
  );
}

function contentRange(value: unknown, place: Place): readonly [number, number] {
  const [from, to] = Array.isArray(value) && value.length === 2 ? (value as readonly unknown[]) : [];
  const isByte = (byte: unknown): byte is number => typeof byte === 'number' && Number.isSafeInteger(byte) && byte >= 0;
  if (isByte(from) && isByte(to) && from <= to && to - from < mostRange) return [from, to];
  return refuse(place, `the first and the last byte of at most ${mostRange}`, value);
}

function header(value: unknown, place: Place): { readonly name: string; readonly pattern: string } {
  const object = record(value, place, ['name', 'pattern'], 'an object with name and pattern');
  const name = matching(object['name'], below(place, 'name'), /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, 'a header name');
  const pattern = matching(
    object['pattern'],
    below(place, 'pattern'),
    /^.{1,200}$/su,
    'a regular expression of 1 to 200 characters',
  );
  if (linearPattern(pattern) === null) {
    refuse(below(place, 'pattern'), 'a regular expression without what looks around or back', pattern);
  }
  return { name: name.toLowerCase(), pattern };
}

function tls(value: unknown, place: Place, anchors: readonly Anchor[]): EndpointTls {
  if (value === undefined || value === null) return { anchors: [], pinned: false, inspection: 'unstated' };
  const object = record(
    value,
    place,
    ['anchors', 'pinned', 'inspection'],
    'an object with anchors, pinned or inspection',
  );
  return {
    anchors: list(object['anchors'], below(place, 'anchors'), 16, (entry, at) => {
      const anchor = anchors.find(({ name }) => name === entry);
      if (anchor !== undefined) return anchor.sha256;
      const names = anchors.map(({ name }) => name);
      const near = typeof entry === 'string' ? suggest(entry, names) : null;
      return refuse(at, `the name of an anchor of this file${didYouMean(near)}`, entry);
    }),
    pinned: boolean(object['pinned'], below(place, 'pinned')) ?? false,
    inspection:
      choice(object['inspection'], below(place, 'inspection'), ['unsupported', 'tolerated', 'unstated'] as const) ??
      'unstated',
  };
}

function anchor(value: unknown, place: Place): Anchor {
  const object = record(value, place, ['name', 'sha256', 'pem'], 'an object with name and sha256 or pem');
  const name = required(text(object['name'], below(place, 'name'), 200), below(place, 'name'), 'a name');
  const given = object['sha256'];
  const stated =
    given === undefined || given === null
      ? null
      : matching(given, below(place, 'sha256'), /^[0-9a-f]{2}(?::?[0-9a-f]{2}){31}$/i, 'a SHA-256 fingerprint in hex')
          .replaceAll(':', '')
          .toLowerCase();
  const pem = object['pem'];
  if (pem === undefined || pem === null) {
    return { name, sha256: stated ?? refuse(place, 'sha256, pem or both', value), pem: null };
  }
  const certificate = certificateOf(pem, below(place, 'pem'));
  const sha256 = certificate.fingerprint256.replaceAll(':', '').toLowerCase();
  if (stated !== null && stated !== sha256) {
    refuse(below(place, 'sha256'), `${sha256}, the fingerprint of the certificate in pem`, stated);
  }
  return { name, sha256, pem: certificate.toString() };
}

function certificateOf(pem: unknown, place: Place): X509Certificate {
  const isSingle = typeof pem === 'string' && pem.length <= 32_768 && pem.split('-----BEGIN ').length === 2;
  try {
    if (isSingle) return new X509Certificate(pem);
  } catch {
    // Told below, as everything else that is no certificate.
  }
  return refuse(place, 'one certificate in PEM', pem);
}

function source(value: unknown, place: Place): Source {
  const object = record(value, place, ['document', 'date', 'url'], 'an object with document, date and url');
  const date = object['date'];
  return {
    document: required(text(object['document'], below(place, 'document'), 500), below(place, 'document'), 'a title'),
    date: date === undefined || date === null ? null : day(date, below(place, 'date')),
    url: webAddress(object['url'], below(place, 'url')),
  };
}

function hostPattern(value: unknown, place: Place): string {
  const expected = 'a host name, an IP address, *.wildcard or {template}';
  if (typeof value !== 'string' || value.length > 253) refuse(place, expected, value);
  let pattern = value.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
  if (patternKind(pattern) !== 'template') {
    pattern = pattern.toLowerCase();
    // Punycode for international names; an address in its one canonical form.
    const location = pattern.includes('*')
      ? 'host'
      : readLocation(`https://${pattern.includes(':') ? `[${pattern}]` : pattern}/`);
    if (typeof location !== 'string') pattern = location.host;
  }
  return isPattern(pattern) ? pattern : refuse(place, expected, value);
}

const clouds: readonly Cloud[] = ['public', 'usgov', 'china'];

function cloudList(value: unknown, place: Place): readonly Cloud[] | null {
  if (value === undefined || value === null) return null;
  const read = list(value, place, 3, (entry, at) => required(choice(entry, at, clouds), at, 'a cloud'));
  return read.length > 0 ? read : refuse(place, 'a list of at least one cloud', value);
}

function portNumber(value: unknown, place: Place): number {
  return integer(value, place, 1, 65_535, 'a port number from 1 to 65535');
}

function statusCode(value: unknown, place: Place): number {
  return integer(value, place, 100, 599, 'an HTTP status from 100 to 599');
}
