import { trimEndOf } from '../../text-bounds.ts';
import { lintBypass } from '../no-proxy.ts';
import { readNamedProxy } from '../proxy-url.ts';
import { type Exec, emptySetting, type Mistake, type NamedProxy, type ProxySetting } from '../setting.ts';
import { pacUrlOf } from './pac-url.ts';

type WindowsSource = 'winhttp' | 'wininet-system' | 'wininet-user';

/** The parts that all of Windows' stores have in common. `proxy` and `pacUrl` are empty where switched off. */
interface WindowsParts {
  readonly proxy: string;
  readonly bypass: string;
  readonly pacUrl: string;
  readonly autoDetect: boolean;
}

/**
 * One of Windows' stores as a setting. `proxy` is `host:port` for all, or `http=…;https=…;socks=…` (also separated by
 * blanks); `socks=` means SOCKS 4 there. An `ftp=` part is left out.
 */
export function windowsSetting(
  source: WindowsSource,
  parts: WindowsParts,
  names: readonly [string, string],
): ProxySetting {
  const mistakes: Mistake[] = [];
  const servers = new Map<string, NamedProxy>();
  for (const part of parts.proxy.slice(0, 4096).split(/[;\s]+/)) {
    const [, kind = '', address = ''] = /^(?:([a-z]+)=)?(.*)$/i.exec(part) ?? [];
    const slot = kind === '' ? 'both' : kind.toLowerCase();
    if (address === '' || !['both', 'http', 'https', 'socks'].includes(slot) || servers.has(slot)) continue;
    const scheme = address.includes('://') ? '' : slot === 'socks' ? 'socks4://' : 'http://';
    const read = readNamedProxy(`${scheme}${address}`, names[0]);
    mistakes.push(...read.mistakes);
    if (read.proxy !== null) servers.set(slot, read.proxy);
  }
  const both = servers.get('both') ?? null;
  const pac = pacUrlOf(parts.pacUrl, 'AutoConfigURL');
  const bypass = parts.bypass.trim();
  const list = bypass === '' ? null : { text: bypass, dialect: 'windows' as const, name: names[1] };
  return {
    ...emptySetting(source),
    proxies: {
      http: servers.get('http') ?? both,
      https: servers.get('https') ?? both,
      all: servers.get('socks') ?? null,
    },
    bypass: list,
    pacUrl: pac.url,
    autoDetect: parts.autoDetect,
    mistakes: [...mistakes, ...pac.mistakes, ...(list === null ? [] : lintBypass(list))],
  };
}

const nothing: WindowsParts = { proxy: '', bypass: '', pacUrl: '', autoDetect: false };

/**
 * `netsh winhttp show proxy` in any language of Windows, by its structure: a heading, then either one indented sentence
 * (direct) or indented `label : value` lines, the servers first and the bypass list second. A value in parentheses
 * (`(none)`, `(なし)`) is no value. Null if it has neither.
 */
export function parseNetshProxy(output: string): ProxySetting | null {
  const lines = output
    .slice(0, 65_536)
    .split(/\r?\n/)
    .map((line) => line.trim());
  const body = lines.filter((line) => line !== '');
  if (body.length < 2) return null;
  const values = body.slice(1).flatMap((line) => {
    const [, value] = /^[^:：]+[:：]\s*(\S.*)$/.exec(line) ?? [];
    return value === undefined ? [] : [/^[(（].*[)）]$/.test(value) ? '' : value];
  });
  const [proxy = '', bypass = ''] = values;
  return windowsSetting('winhttp', { ...nothing, proxy, bypass }, ['WinHTTP', 'WinHTTP']);
}

function property(object: Readonly<Record<string, unknown>>, name: string): unknown {
  const key = Object.keys(object).find((candidate) => candidate.toLowerCase() === name);
  return key === undefined ? undefined : object[key];
}

/**
 * `netsh winhttp show advproxy`: a heading and a JSON object (Windows 11, Server 2022). `ProxyIsEnabled` and
 * `AutoConfigIsEnabled` are left out by some builds; then a value that is there counts. Null without JSON.
 */
export function parseNetshAdvancedProxy(output: string): ProxySetting | null {
  const text = output.slice(0, 65_536);
  let object: unknown;
  try {
    object = JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1));
  } catch {
    return null;
  }
  if (typeof object !== 'object' || object === null || Array.isArray(object)) return null;
  const read = (name: string): unknown => property(object as Readonly<Record<string, unknown>>, name);
  const string = (name: string): string => {
    const value = read(name);
    return typeof value === 'string' ? value : '';
  };
  const setting = windowsSetting(
    'winhttp',
    {
      proxy: read('proxyisenabled') === false ? '' : string('proxy'),
      bypass: string('proxybypass'),
      pacUrl: read('autoconfigisenabled') === false ? '' : string('autoconfigurl'),
      autoDetect: read('autodetect') === true,
    },
    ['Proxy', 'ProxyBypass'],
  );
  return read('peruserproxysettings') === false ? { ...setting, notes: ['per-machine'] } : setting;
}

/** `name → value` of one key in the output of `reg query`: four blanks, name, type and data, which no language changes. */
function parseRegQuery(output: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const line of output.slice(0, 262_144).split(/\r?\n/)) {
    const [, name = '', data = ''] = /^ {4}(\S.{0,255}?) {4}REG_[A-Z_]{1,40}(?: {4}(.*))?$/.exec(line) ?? [];
    if (name !== '') values.set(name.toLowerCase(), data);
  }
  return values;
}

/** The WinINET values of an `Internet Settings` key. */
export function parseInternetSettings(output: string, source: 'wininet-system' | 'wininet-user'): ProxySetting {
  const values = parseRegQuery(output);
  const on = (name: string): boolean => Number(values.get(name) ?? 0) === 1;
  return windowsSetting(
    source,
    {
      proxy: on('proxyenable') ? (values.get('proxyserver') ?? '') : '',
      bypass: on('proxyenable') ? (values.get('proxyoverride') ?? '') : '',
      pacUrl: values.get('autoconfigurl') ?? '',
      autoDetect: on('autodetect'),
    },
    ['ProxyServer', 'ProxyOverride'],
  );
}

/**
 * `WinHttpSettings` and `DefaultConnectionSettings` (REG_BINARY, undocumented; read the same way by several public
 * tools): little-endian version, counter and flags (2 proxy, 4 automatic configuration URL, 8 discovery), then
 * length-prefixed byte strings: servers, bypass list and, from version 0x3C on, the automatic configuration URL.
 * Null if it is cut short or no such structure.
 */
export function parseConnectionSettings(hex: string): WindowsParts | null {
  if (!/^(?:[0-9a-f]{2}){12,}$/i.test(hex) || hex.length > 131_072) return null;
  const bytes = Buffer.from(hex, 'hex');
  const version = bytes.readUInt32LE(0);
  if (version < 0x18 || version > 0x46) return null;
  const flags = bytes.readUInt32LE(8);
  let offset = 12;
  const next = (): string | null => {
    if (offset + 4 > bytes.length) return null;
    const end = offset + 4 + bytes.readUInt32LE(offset);
    if (end > bytes.length) return null;
    const text = trimEndOf(bytes.toString('latin1', offset + 4, end), '\0');
    offset = end;
    return text;
  };
  const proxy = next();
  const bypass = next();
  if (proxy === null || bypass === null) return null;
  const pacUrl = version >= 0x3c ? next() : '';
  if (pacUrl === null) return null;
  return {
    proxy: (flags & 2) === 0 ? '' : proxy,
    bypass: (flags & 2) === 0 ? '' : bypass,
    pacUrl: (flags & 4) === 0 ? '' : pacUrl,
    autoDetect: (flags & 8) !== 0,
  };
}

const internetSettings = '\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings';

/** One account's WinINET settings: the blob decides where it is readable, as in Windows itself, else the plain values. */
function winInet(
  plain: string | null,
  blob: string | null,
  source: 'wininet-system' | 'wininet-user',
): ProxySetting | null {
  const hex = blob === null ? undefined : parseRegQuery(blob).get('defaultconnectionsettings');
  const parts = hex === undefined ? null : parseConnectionSettings(hex);
  if (parts !== null) return windowsSetting(source, parts, ['DefaultConnectionSettings', 'DefaultConnectionSettings']);
  return plain === null ? null : parseInternetSettings(plain, source);
}

/** WinHTTP's settings: the advanced ones where this Windows has them, then the registry, then the text of netsh. */
async function winHttp(exec: Exec): Promise<ProxySetting | null> {
  const advanced = await exec('netsh', ['winhttp', 'show', 'advproxy', 'setting-scope=machine']);
  const json = advanced === null ? null : parseNetshAdvancedProxy(advanced);
  if (json !== null) return json;
  const query = await exec('reg', ['query', `HKLM${internetSettings}\\Connections`, '/v', 'WinHttpSettings']);
  const hex = query === null ? undefined : parseRegQuery(query).get('winhttpsettings');
  const parts = hex === undefined ? null : parseConnectionSettings(hex);
  if (parts !== null) return windowsSetting('winhttp', parts, ['WinHttpSettings', 'WinHttpSettings']);
  const text = await exec('netsh', ['winhttp', 'show', 'proxy']);
  return text === null ? null : parseNetshProxy(text);
}

/**
 * What Windows says, in the order in which the role's own service would see it: WinHTTP (services), WinINET of the
 * Local System account, WinINET of this user. With the policy ProxySettingsPerUser = 0 the machine's WinINET values
 * under HKLM stand for every account. A source that can't be read is left out.
 */
export async function readWindowsSettings(exec: Exec): Promise<readonly ProxySetting[]> {
  const query = (root: string, path = ''): Promise<string | null> =>
    exec('reg', ['query', `${root}${internetSettings}${path}`]);
  const policy = await exec('reg', [
    'query',
    'HKLM\\Software\\Policies\\Microsoft\\Windows\\CurrentVersion\\Internet Settings',
    '/v',
    'ProxySettingsPerUser',
  ]);
  const perUser = policy === null ? undefined : parseRegQuery(policy).get('proxysettingsperuser');
  const perMachine = perUser !== undefined && Number(perUser) === 0;
  const accounts = [
    ['wininet-system', 'HKU\\S-1-5-18'],
    ['wininet-user', 'HKCU'],
  ] as const;
  const winInets = await Promise.all(
    accounts.map(async ([source, account]) => {
      const root = perMachine ? 'HKLM' : account;
      const setting = winInet(await query(root), await query(root, '\\Connections'), source);
      return setting === null || !perMachine ? setting : { ...setting, notes: [...setting.notes, 'per-machine'] };
    }),
  );
  return [await winHttp(exec), ...winInets].filter((setting) => setting !== null);
}
