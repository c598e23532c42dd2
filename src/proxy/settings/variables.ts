import { lintBypass } from '../no-proxy.ts';
import { readNamedProxy } from '../proxy-url.ts';
import { emptySetting, type Mistake, type NamedProxy, type ProxySetting } from '../setting.ts';

/** The first of both spellings that holds something; lower case wins, as in curl and proxy-from-env. */
function variable(env: Readonly<Record<string, string | undefined>>, name: string): readonly [string, string] | null {
  for (const spelling of [name.toLowerCase(), name]) {
    const value = env[spelling]?.trim();
    if (value !== undefined && value !== '') return [spelling, value];
  }
  return null;
}

/** A value out of a file with Windows' line ends: taken off here, and part of the value for others. */
function lineEnd(env: Readonly<Record<string, string | undefined>>, name: string): readonly Mistake[] {
  if (!/[\r\n]/.test(env[name] ?? '')) return [];
  return [{ code: 'line-end', level: 'portability', name, entry: '', dialects: ['curl', 'go', 'proxy-from-env'] }];
}

/** A proxy for one scheme, and nothing said of the other: its addresses go past that proxy. */
function oneScheme(
  { http, https }: ProxySetting['proxies'],
  env: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  const unset = (name: string): boolean => variable(env, name) === null;
  if (!unset('ALL_PROXY')) return [];
  if (https !== null && unset('HTTP_PROXY')) return ['https-alone'];
  return http !== null && unset('HTTPS_PROXY') ? ['http-alone'] : [];
}

/**
 * The proxy variables of an environment: HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY in both spellings.
 * In a CGI process (REQUEST_METHOD is set) HTTP_PROXY in capitals comes from a request header and is not read
 * (CVE-2016-5385, «httpoxy»). Credentials leave the text here.
 */
export function readEnvironmentSetting(env: Readonly<Record<string, string | undefined>>): ProxySetting {
  const cgi = env['REQUEST_METHOD'] !== undefined && env['HTTP_PROXY'] !== undefined;
  const mistakes: Mistake[] = [];
  const proxy = (name: string): NamedProxy | null => {
    const [spelling, value] = variable(env, name) ?? [];
    if (spelling === undefined || value === undefined || (cgi && spelling === 'HTTP_PROXY')) return null;
    const read = readNamedProxy(value, spelling);
    mistakes.push(...lineEnd(env, spelling), ...read.mistakes);
    return read.proxy;
  };
  const proxies = { http: proxy('HTTP_PROXY'), https: proxy('HTTPS_PROXY'), all: proxy('ALL_PROXY') };
  const [name, text] = variable(env, 'NO_PROXY') ?? [];
  const bypass = name === undefined || text === undefined ? null : { name, text, dialect: 'environment' as const };
  return {
    ...emptySetting('environment'),
    proxies,
    bypass,
    mistakes: [...mistakes, ...(bypass === null ? [] : [...lineEnd(env, bypass.name), ...lintBypass(bypass)])],
    notes: [...(cgi ? ['cgi'] : []), ...oneScheme(proxies, env)],
  };
}
