/** What all of Windows' places for proxy settings have in common: their parts, and the binary form. */
import { trimEndOf } from '../../text-bounds.ts';
import { parseRegistry } from '../../windows/registry.ts';
import { lintBypass } from '../no-proxy.ts';
import { readNamedProxy } from '../proxy-url.ts';
import {
  type Exec,
  emptySetting,
  type Mistake,
  type NamedProxy,
  type ProxySetting,
  unreadSetting,
} from '../setting.ts';
import { pacUrlOf } from './pac-url.ts';

/** Below HKLM, HKCU or `HKU\SID`. */
export const internetSettings = '\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings';

type WindowsSource = 'winhttp' | 'wininet-system' | 'wininet-user';

/**
 * A source of which the key gave nothing: it says nothing where the key is not there, as the nearest one above shows that
 * can be read, else nobody knows what it says.
 */
export async function withoutKey(exec: Exec, source: WindowsSource, key: string): Promise<ProxySetting> {
  for (let path = key; path.includes('\\'); path = path.slice(0, path.lastIndexOf('\\'))) {
    const at = path.lastIndexOf('\\');
    const above = await exec('reg', ['query', path.slice(0, at)]);
    if (above === null) continue;
    const name = path.slice(at).toLowerCase();
    const isThere = parseRegistry(above).some((one) => one.path.toLowerCase().endsWith(name));
    return isThere ? unreadSetting(source) : emptySetting(source);
  }
  return unreadSetting(source);
}

/** The parts that all of Windows' stores have in common. `proxy` and `pacUrl` are empty where switched off. */
export interface WindowsParts {
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
