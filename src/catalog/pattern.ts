import { isIP } from '../addresses.ts';

/** What a documented host is: a name, an address, a name with `*` in it, or a name with `{parameters}`. */
type PatternKind = 'exact' | 'address' | 'wildcard' | 'template';

const parameter = /\{([A-Za-z][A-Za-z0-9]{0,63})\}/g;
const label = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;

/** A pattern with `*` and `{parameters}` is a template as long as a parameter is unset. */
export function patternKind(pattern: string): PatternKind {
  if (pattern.includes('{')) return 'template';
  if (pattern.includes('*')) return 'wildcard';
  return isIP(pattern) === 0 ? 'exact' : 'address';
}

/** Names of the `{parameters}` in a pattern or a URL, each once, in order of appearance. */
export function parametersOf(text: string): readonly string[] {
  return [...new Set([...text.matchAll(parameter)].map((match) => match[1] ?? ''))];
}

/** Whether a pattern is one parameter and nothing else, so that its value is the host. */
export const isParameter = (pattern: string): boolean => parametersOf(pattern).some((name) => pattern === `{${name}}`);

/** The text with every set parameter replaced, once: a value is never looked through for parameters again. */
export function fillParameters(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(parameter, (whole, name: string) => (Object.hasOwn(values, name) ? (values[name] ?? '') : whole));
}

/** A host name as the DNS takes it (RFC 1123, with the underscore that real names hold), in lower case. */
function isHostName(host: string): boolean {
  return host.length <= 253 && host.split('.').every((part) => label.test(part));
}

/**
 * A host pattern: a host name, an IP address, a host name with `*` for any part of a label or whole
 * labels, or with `{parameters}`. Lower case, except for the names of parameters.
 */
export function isPattern(pattern: string): boolean {
  if (pattern.length > 253 || !/[^*.]/.test(pattern)) return false;
  if (isIP(pattern) !== 0) return true;
  const plain = pattern.replace(parameter, 'x').replaceAll('*', 'x');
  return !/^[0-9.]+$/.test(plain) && isHostName(plain);
}

/** What an address of a probe or of an argument says. */
interface Location {
  readonly scheme: 'https' | 'http' | 'tcp';
  /** Lower case, punycode, no trailing dot; an IP address without brackets. */
  readonly host: string;
  readonly port: number;
  /** Normalized, without user name, password and fragment; null for `tcp`. */
  readonly url: string | null;
}

export type LocationProblem = 'scheme' | 'credentials' | 'host' | 'port' | 'path' | 'length';

/**
 * Reads `https://host[:port]/path`, `http://…` or `tcp://host:port`; answers what is wrong otherwise.
 * Internationalized names become punycode (WHATWG URL). A `tcp` address needs a port and has no path.
 */
export function readLocation(text: string): Location | LocationProblem {
  if (text.length > 2048) return 'length';
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme !== 'https' && scheme !== 'http' && scheme !== 'tcp') return 'scheme';
  if (/^[^/?#]*@/.test(text.slice(scheme.length + 3))) return 'credentials';
  let url: URL;
  try {
    // `tcp` is no special scheme, so its host would stay as written; port 80 must not vanish either.
    url = new URL(scheme === 'tcp' ? `https${text.slice(3)}` : text);
  } catch {
    const authority = /^[^/?#]*/.exec(text.slice(scheme.length + 3))?.[0] ?? '';
    return /:[^:\]]*$/.test(authority) && URL.canParse(`https://${authority.replace(/:[^:\]]*$/, '')}`)
      ? 'port'
      : 'host';
  }
  if (url.username !== '' || url.password !== '') return 'credentials';
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (isIP(host) === 0 && !isHostName(host)) return 'host';
  if (scheme === 'tcp') {
    const port = /:(\d{1,5})\/?$/.exec(text)?.[1];
    if (port === undefined || Number(port) < 1) return 'port';
    if (url.pathname !== '/' || url.search !== '' || url.hash !== '') return 'path';
    return { scheme, host, port: Number(port), url: null };
  }
  const port = url.port === '' ? (scheme === 'https' ? 443 : 80) : Number(url.port);
  if (port < 1) return 'port';
  url.hash = '';
  if (url.hostname.endsWith('.')) url.hostname = host;
  return { scheme, host, port, url: url.href };
}
