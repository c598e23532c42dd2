import { hostAndPort } from '../../text-bounds.ts';
import { readNamedProxy } from '../proxy-url.ts';
import { type Exec, emptySetting, type Mistake, type NamedProxy, type ProxySetting } from '../setting.ts';
import { pacUrlOf } from './pac-url.ts';

/**
 * `scutil --proxy`: one dictionary, `key : value` a line, arrays as `0 : value` between `<array> {` and `}`.
 * Keys are those of SystemConfiguration (kSCPropNetProxies…). Interface-scoped dictionaries are left out.
 */
export function parseScutilProxy(output: string): ProxySetting | null {
  const values = new Map<string, string>();
  const exceptions: string[] = [];
  let depth = 0;
  let array = '';
  for (const line of output.slice(0, 65_536).split(/\r?\n/)) {
    const at = line.indexOf(' : ');
    const key = line.slice(0, Math.max(at, 0)).trim();
    const value = at < 0 ? '' : line.slice(at + 3).trimEnd();
    if (/\{\s*$/.test(line)) {
      depth += 1;
      array = value.startsWith('<array>') ? key : '';
    } else if (/^\s*\}\s*$/.test(line)) {
      depth -= 1;
      array = '';
    } else if (depth === 1 && key !== '') values.set(key, value);
    else if (depth === 2 && array === 'ExceptionsList') exceptions.push(value);
  }
  if (!/^\s*<dictionary> \{/.test(output)) return null;

  const mistakes: Mistake[] = [];
  const proxy = (kind: string, protocol: string): NamedProxy | null => {
    const host = values.get(`${kind}Proxy`) ?? '';
    if (values.get(`${kind}Enable`) !== '1' || host === '' || host === '<NULL>') return null;
    const port = Number(values.get(`${kind}Port`) ?? 0);
    const read = readNamedProxy(`${protocol}://${port > 0 ? hostAndPort(host, port) : host}`, `${kind}Proxy`);
    mistakes.push(...read.mistakes);
    return read.proxy;
  };
  const proxies = { http: proxy('HTTP', 'http'), https: proxy('HTTPS', 'http'), all: proxy('SOCKS', 'socks5h') };
  const simple = values.get('ExcludeSimpleHostnames') === '1' ? ['<local>'] : [];
  const text = [...exceptions, ...simple].join(',');
  const pac = pacUrlOf(
    values.get('ProxyAutoConfigEnable') === '1' ? (values.get('ProxyAutoConfigURLString') ?? '') : '',
    'ProxyAutoConfigURLString',
  );
  return {
    ...emptySetting('macos'),
    proxies,
    bypass: text === '' ? null : { text, dialect: 'macos', name: 'ExceptionsList' },
    pacUrl: pac.url,
    autoDetect: values.get('ProxyAutoDiscoveryEnable') === '1',
    mistakes: [...mistakes, ...pac.mistakes],
  };
}

/** The settings of the active network service; null where they can't be read. */
export async function readMacosSetting(exec: Exec): Promise<ProxySetting | null> {
  const output = await exec('/usr/sbin/scutil', ['--proxy']);
  return output === null ? null : parseScutilProxy(output);
}
