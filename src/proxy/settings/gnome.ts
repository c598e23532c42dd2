import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hostAndPort } from '../../text-bounds.ts';
import { usableCredentials } from '../credentials.ts';
import { lintBypass } from '../no-proxy.ts';
import { readNamedProxy } from '../proxy-url.ts';
import { type Exec, emptySetting, type Mistake, type NamedProxy, type ProxySetting } from '../setting.ts';
import { pacUrlOf } from './pac-url.ts';

/** A GVariant string literal: single or double quotes, backslash escapes. Anything else as it stands. */
function unquote(text: string): string {
  const [, , inner] = /^(['"])(.*)\1$/s.exec(text.trim()) ?? [];
  return inner === undefined ? text.trim() : inner.replace(/\\(.)/gs, '$1');
}

function stringsOf(array: string): readonly string[] {
  const literals: string[] = [];
  let start = -1;
  for (let at = 0; at < array.length; at += 1) {
    const character = array[at];
    if (start < 0) {
      if (character === "'" || character === '"') start = at;
    } else if (character === '\\') at += 1;
    else if (character === array[start]) {
      literals.push(unquote(array.slice(start, at + 1)));
      start = -1;
    }
  }
  return literals;
}

/**
 * `gsettings list-recursively org.gnome.system.proxy`: `schema key value` a line, values as GVariant text.
 * Mode `none` says nothing, `auto` is a PAC file or, without an address, discovery, `manual` the proxies.
 * An empty array is written `@as []`. Null if no line is of that schema.
 */
export function parseGnomeProxy(output: string): ProxySetting | null {
  const values = new Map<string, string>();
  for (const line of output.slice(0, 65_536).split(/\r?\n/)) {
    const [, schema = '', key = '', value = ''] = /^org\.gnome\.system\.proxy(\.\w+)? ([\w-]+) (.*)$/.exec(line) ?? [];
    if (key !== '') values.set(`${schema.slice(1)}/${key}`, value);
  }
  if (values.size === 0) return null;
  const text = (key: string): string => unquote(values.get(key) ?? '');
  const mode = text('/mode');
  if (mode === 'auto') {
    const pac = pacUrlOf(text('/autoconfig-url'), 'autoconfig-url');
    const autoDetect = pac.url === null && pac.mistakes.length === 0;
    return { ...emptySetting('gnome'), pacUrl: pac.url, autoDetect, mistakes: pac.mistakes };
  }
  if (mode !== 'manual') return emptySetting('gnome');

  const mistakes: Mistake[] = [];
  const proxy = (kind: string, protocol: string): NamedProxy | null => {
    const host = text(`${kind}/host`);
    const port = Number(values.get(`${kind}/port`) ?? 0);
    if (host === '') return null;
    const read = readNamedProxy(`${protocol}://${port > 0 ? hostAndPort(host, port) : host}`, `${kind} host`);
    mistakes.push(...read.mistakes);
    return read.proxy;
  };
  const user = values.get('http/use-authentication') === 'true' ? text('http/authentication-user') : '';
  const account = user === '' ? null : usableCredentials(user, text('http/authentication-password'), 'system');
  const unusable = user !== '' && account === null;
  // As with a URL that holds such an account.
  const http = unusable ? null : proxy('http', 'http');
  if (unusable)
    mistakes.push({ code: 'proxy-invalid', level: 'no-effect', name: 'authentication-user', entry: '', dialects: [] });
  const bypass = stringsOf(values.get('/ignore-hosts') ?? '').join(',');
  const list = bypass === '' ? null : { text: bypass, dialect: 'gnome' as const, name: 'ignore-hosts' };
  return {
    ...emptySetting('gnome'),
    proxies: {
      http: http === null ? null : { ...http, credentials: account },
      https: proxy('https', 'http'),
      all: proxy('socks', 'socks5h'),
    },
    bypass: list,
    mistakes: [...mistakes, ...(list === null ? [] : lintBypass(list))],
    notes: account === null ? [] : ['gnome-authentication'],
  };
}

const schemas = '/usr/share/glib-2.0/schemas';
const variables = ['DCONF_PROFILE', 'GSETTINGS_BACKEND', 'GSETTINGS_SCHEMA_DIR', 'XDG_DATA_DIRS'];
const profiles = ['/etc/dconf/profile', '/usr/share/dconf/profile', '/usr/local/share/dconf/profile', '/run/dconf'];

/**
 * Nobody has set anything in GSettings: this user has no database, no administrator names one (dconf(7)) or overrides
 * what the schemas say. As on any server, where starting the tool to hear so would take 25 ms.
 */
export function gnomeUntouched(env: Readonly<Record<string, string | undefined>>): boolean {
  const home = env['HOME'];
  if (!home || variables.some((name) => env[name])) return false;
  const config = env['XDG_CONFIG_HOME'] || join(home, '.config');
  if ([join(config, 'dconf'), join(config, 'glib-2.0'), ...profiles].some((path) => existsSync(path))) return false;
  try {
    const overrides = readdirSync(schemas).filter((name) => name.endsWith('.gschema.override'));
    const read = ['gschemas.compiled', ...overrides].map((name) => readFileSync(join(schemas, name), 'latin1'));
    // Without the schema the tool has nothing to say; an override of it has.
    return read.map((text) => text.includes('org.gnome.system.proxy')).lastIndexOf(true) === 0;
  } catch {
    return false;
  }
}

/** The desktop's settings of this user; null where there is no GNOME schema. */
export async function readGnomeSetting(exec: Exec): Promise<ProxySetting | null> {
  const output = await exec('gsettings', ['list-recursively', 'org.gnome.system.proxy']);
  return output === null ? null : parseGnomeProxy(output);
}
