/** WinHTTP's settings: those of services. */
import { textOf, valuesOf } from '../../windows/registry.ts';
import { type Exec, emptySetting, type ProxySetting, unreadSetting } from '../setting.ts';
import {
  internetSettings,
  parseConnectionSettings,
  type WindowsParts,
  windowsSetting,
  withoutKey,
} from './windows-parts.ts';

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
    const [, value] = /^[^:\uff1a]+[:\uff1a]\s*(\S.*)$/.exec(line) ?? [];
    return value === undefined ? [] : [/^[(\uff08].*[)\uff09]$/.test(value) ? '' : value];
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

/** The advanced ones where this Windows has them, then the registry, then the text of netsh. */
export async function readWinHttp(exec: Exec): Promise<ProxySetting> {
  const advanced = await exec('netsh', ['winhttp', 'show', 'advproxy', 'setting-scope=machine']);
  const json = advanced === null ? null : parseNetshAdvancedProxy(advanced);
  if (json !== null) return json;
  const key = `HKLM${internetSettings}\\Connections`;
  const query = await exec('reg', ['query', key]);
  const written = query === null ? '' : textOf(valuesOf(query), 'winhttpsettings');
  const parts = parseConnectionSettings(written);
  if (parts !== null) return windowsSetting('winhttp', parts, ['WinHttpSettings', 'WinHttpSettings']);
  const text = await exec('netsh', ['winhttp', 'show', 'proxy']);
  const told = text === null ? null : parseNetshProxy(text);
  if (told !== null) return told;
  if (query === null) return await withoutKey(exec, 'winhttp', key);
  return written === '' ? emptySetting('winhttp') : unreadSetting('winhttp');
}
