/** Endpoints that a person typed: addresses, patterns and networks. Knows no file and no catalog. */

import { isIP } from '../addresses.ts';
import { isPattern, type LocationProblem, readLocation } from '../catalog/pattern.ts';
import { harmless } from '../harmless.ts';
import type { Endpoint } from '../model/catalog.ts';
import { suggest } from '../suggest.ts';
import { hostAndPort } from '../text-bounds.ts';
import { type Refusal, refusal } from '../usage-error.ts';

/** Why a word is no address, and what to write; never holds what could be a secret. */
export interface AddressProblem {
  readonly problem: Refusal;
}

/** What stands beside a word that holds no port and no scheme itself, as in the columns of a list. */
export interface Beside {
  readonly ports: readonly number[];
  readonly protocol: 'tcp' | 'udp';
  /** What is spoken on ports that don't say so themselves, as 443 and 80 do. */
  readonly scheme: 'https' | 'http' | 'tcp';
}

const alone: Beside = { ports: [], protocol: 'tcp', scheme: 'tcp' };

/**
 * A URL, a host, `host:port`, a wildcard as documents write it (`*.example.com`, `.example.com`,
 * `https://*.example.com/*`), or a network (`10.0.0.0/8`, with a port behind it or without). Wildcards and networks have no probe.
 * @param features names that an unknown word may have been meant as
 */
export function readAddress(
  word: string,
  features: readonly string[] = [],
  beside: Beside = alone,
): readonly Endpoint[] | AddressProblem {
  const wildcard = readWildcard(word, beside);
  if (wildcard !== null) return wildcard;
  const network = readNetwork(word, beside);
  if (network !== null) return network;
  if (word.includes('://')) {
    // Documents mark «all below» with a star at the end.
    const location = readLocation(word.replace(/\/\*$/, '/'));
    if (typeof location === 'string') return refused(word, location);
    const { host, port, url } = location;
    return [adHoc(url ?? hostAndPort(host, port), host, port, url ?? `tcp://${hostAndPort(host, port)}`)];
  }
  if (word.includes('@')) return refused(word, 'credentials');
  if (/[/?#\s]/.test(word)) {
    const whole = /^[^/?#\s]+[/?#]\S*$/.test(word);
    const shown = harmless(word, 120);
    return {
      problem: refusal('target.no-address', { word: `"${shown}"`, address: whole ? `https://${shown}` : null }),
    };
  }
  return readHost(word, features, beside);
}

function readHost(word: string, features: readonly string[], beside: Beside): readonly Endpoint[] | AddressProblem {
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(word);
  const plain = isIP(word) === 6 ? [word, word, undefined] : /^([^:]*)(?::(.*))?$/.exec(word);
  const host = (bracketed ?? plain)?.[1];
  const port = (bracketed ?? plain)?.[2];
  if (host === undefined || (bracketed !== null && isIP(host) !== 6)) return refused(word, 'host');
  if (port !== undefined && !/^\d{1,5}$/.test(port)) return refused(word, 'port');
  const ports = port === undefined ? beside.ports : [...new Set([Number(port), ...beside.ports])];
  if (ports.length === 0 && !host.includes('.') && !host.includes(':') && host.toLowerCase() !== 'localhost') {
    const near = suggest(host, features);
    const shown = { word: `"${harmless(word, 80)}"`, near: near === null ? null : `"${near}"` };
    return { problem: refusal('target.feature', shown) };
  }
  const endpoints: Endpoint[] = [];
  for (const number of ports.length === 0 ? [443] : ports) {
    const scheme = number === 443 ? 'https' : number === 80 ? 'http' : beside.scheme;
    const location = readLocation(`${scheme}://${hostAndPort(host, number)}`);
    if (typeof location === 'string') return refused(word, location);
    const name = hostAndPort(location.host, location.port);
    const url = location.url ?? `tcp://${name}`;
    endpoints.push(adHoc(name, location.host, location.port, beside.protocol === 'udp' ? null : url, beside.protocol));
  }
  return endpoints;
}

/** Null for what is no wildcard. */
function readWildcard(word: string, beside: Beside): readonly Endpoint[] | AddressProblem | null {
  const [, scheme, name = '', port] =
    /^(?:(https?|tcp):\/\/)?([^/?#:@\s]+)(?::(\d{1,5}))?(?:\/[^\s]*)?$/i.exec(word) ?? [];
  const pattern = name.toLowerCase().replace(/^\.(?=[^.])/, '*.');
  if (!pattern.includes('*')) return null;
  const number = port === undefined ? null : Number(port);
  if (!isPattern(pattern) || number === 0 || (number !== null && number > 65_535)) return refused(word, 'pattern');
  const usual = scheme?.toLowerCase() === 'http' ? 80 : 443;
  const ports = number !== null ? [number] : scheme === undefined && beside.ports.length > 0 ? beside.ports : [usual];
  return ports.map((number) => adHoc(`${pattern}:${number}`, pattern, number, null, beside.protocol));
}

/** Null for what is no network. One that holds a single address is that address. */
function readNetwork(word: string, beside: Beside): readonly Endpoint[] | AddressProblem | null {
  const [, base = '', length = '', port] = /^\[?([0-9a-f.:]+)\]?\/(\d{1,3})(?::(\d{1,5}))?$/i.exec(word) ?? [];
  const bits = isIP(base) === 4 ? 32 : isIP(base) === 6 ? 128 : null;
  if (bits === null) return null;
  if (Number(length) > bits) return refused(word, 'network');
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65_535)) return refused(word, 'port');
  const ports = port === undefined ? beside.ports : [...new Set([Number(port), ...beside.ports])];
  if (Number(length) === bits) return readHost(base, [], { ...beside, ports });
  const network = `${base.toLowerCase()}/${Number(length)}`;
  if (ports.length === 0) return [adHoc(network, network, 443, null, beside.protocol)];
  return ports.map((port) => adHoc(`${network}:${port}`, network, port, null, beside.protocol));
}

/** Says of a word what it is not, and nothing that could be a secret. */
export function refused(word: string, problem: LocationProblem | 'pattern' | 'network'): AddressProblem {
  // Whatever stands before an @ could be a secret and is not shown.
  const shown = harmless(word.replace(/^(\w+:\/\/)?.*@/s, '$1…@'), 120);
  return { problem: refusal(`target.${problem}`, { word: `"${shown}"` }) };
}

/** What is known of the TLS of an address that no document names. One object, however many targets hold it. */
const ofNobody: Endpoint['tls'] = { anchors: [], pinned: false, inspection: 'unstated' };

/** `url`: null for what has nothing to probe. */
function adHoc(
  id: string,
  pattern: string,
  port: number,
  url: string | null,
  protocol: Endpoint['protocol'] = 'tcp',
): Endpoint {
  return {
    id,
    pattern,
    ports: [port],
    protocol,
    importance: 'critical',
    importanceReason: null,
    requirement: null,
    status: 'current',
    since: null,
    until: null,
    legacy: false,
    roles: ['all'],
    clouds: ['public', 'usgov', 'china'],
    probes: url === null ? [] : [{ url, method: 'GET', expect: null, basis: 'argument', note: null }],
    tls: ofNobody,
    source: null,
    moreSources: [],
    notes: null,
  };
}
