/** What is read of Windows, run for real under Wine: registry, stores, resolver, proxy settings, code pages. */

import { writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAuthority } from '../../src/demo/pki.ts';
import type { Environment } from '../../src/model/observations.ts';
import type { Report } from '../../src/model/report.ts';
import { decodeOutput } from '../../src/windows/code-pages.ts';
import { numberOf, parseRegistry, textOf, valuesOf } from '../../src/windows/registry.ts';
import { type Folder, temporaryFolder } from './parts.ts';
import { noWine, startWine, type Wine } from './wine.ts';

const settings = 'Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings';
const hex = (bytes: Buffer): string => `hex:${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(',')}`;
const multi = (...texts: readonly string[]): string =>
  `hex(7):${hex(Buffer.from(`${texts.join('\0')}\0\0`, 'utf16le')).slice(4)}`;
/** WinHttpSettings as `netsh winhttp set proxy` writes it: version, counter, flags, then two strings with their lengths. */
function winHttpSettings(proxy: string, bypass: string): Buffer {
  const head = Buffer.from('280000000000000003000000', 'hex');
  const strings = [proxy, bypass].flatMap((text) => {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(text.length);
    return [length, Buffer.from(text, 'latin1')];
  });
  return Buffer.concat([head, ...strings]);
}
/** A store's entry: one record, property 32 (the certificate). */
function blob(der: Buffer): Buffer {
  const head = Buffer.alloc(12);
  head.writeUInt32LE(32, 0);
  head.writeUInt32LE(1, 4);
  head.writeUInt32LE(der.length, 8);
  return Buffer.concat([head, der]);
}

const thumbprint = 'AB'.repeat(20);
const seed = (root: Buffer): string => `[HKEY_LOCAL_MACHINE\\${settings}\\Connections]
"WinHttpSettings"=${hex(winHttpSettings('winhttp.corp.example:8080', '*.corp.example;<local>'))}

[HKEY_LOCAL_MACHINE\\${settings}\\WinHttp]
"DisableWpad"=dword:00000001

[HKEY_USERS\\S-1-5-18\\${settings}]
"ProxyEnable"=dword:00000001
"ProxyServer"="system.corp.example:3128"
"ProxyOverride"="z\u00fcrich.example;<local>"
"AutoDetect"=dword:00000001

[HKEY_CURRENT_USER\\${settings}]
"ProxyEnable"=dword:00000000
"AutoConfigURL"="http://pac.corp.example/proxy.pac"

[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters]
"SearchList"="corp.example,emea.corp.example"
"DataBasePath"="C:\\\\moved"

[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters\\Interfaces\\{0a1b2c3d-0000-4000-8000-000000000001}]
"DhcpNameServer"="192.0.2.53 192.0.2.54"

[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\Dnscache\\Parameters\\DnsPolicyConfig\\{0a1b2c3d-0000-4000-8000-000000000009}]
"Version"=dword:00000002
"Name"=${multi('.corp.example', 'host.other.example')}
"GenericDNSServers"="192.0.2.99"
"ConfigOptions"=dword:00000008

[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\SMS\\Setup]
"Installation Directory"="C:\\\\ConfigMgr"

[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\SystemCertificates\\AuthRoot]
"DisableRootAutoUpdate"=dword:00000001

[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\SystemCertificates\\Disallowed\\Certificates\\${thumbprint}]
"Blob"=${hex(blob(root))}

[HKEY_CURRENT_USER\\SOFTWARE\\Microsoft\\SystemCertificates\\Root\\Certificates\\${thumbprint}]
"Blob"=${hex(blob(root))}
`;

describe.skipIf(noWine !== null)('under Wine', { timeout: 600_000 }, () => {
  let folder: Folder;
  let wine: Wine;
  let environment: Environment;

  beforeAll(() => {
    folder = temporaryFolder();
    wine = startWine(folder.path);
    wine.register(seed(createAuthority({ name: 'Example Inspection Root' }).der));
    writeFileSync(wine.drive('moved/hosts'), '192.0.2.80 only-here.example\r\n');
    writeFileSync(wine.drive('ConfigMgr/Logs/Dmpuploader.log'), '');
    ({ environment } = JSON.parse(wine.wayclear(['doctor', '--json'])) as { readonly environment: Environment });
  }, 600_000);
  afterAll(() => {
    wine?.close();
    folder?.close();
  });

  it('reads proxy settings of services, of Local System and of this account', () => {
    const told = (environment.proxySources ?? []).map(({ source, proxies, pacUrl, bypass, autoDetect, notes }) => ({
      source,
      proxy: proxies[0]?.proxy ?? pacUrl,
      list: bypass?.list ?? null,
      autoDetect,
      notes,
    }));
    expect(told.slice(1)).toEqual([
      {
        ...{ source: 'winhttp', proxy: 'http://winhttp.corp.example:8080', list: '*.corp.example;<local>' },
        ...{ autoDetect: false, notes: [] },
      },
      {
        ...{ source: 'wininet-system', proxy: 'http://system.corp.example:3128', list: 'z\u00fcrich.example;<local>' },
        ...{ autoDetect: false, notes: ['wpad-disabled'] },
      },
      {
        ...{ source: 'wininet-user', proxy: 'http://pac.corp.example/proxy.pac', list: null },
        ...{ autoDetect: false, notes: [] },
      },
    ]);
  });

  it('reads how the DNS client is set up', () => {
    expect(environment.naming?.windows).toMatchObject({
      rules: [{ names: ['.corp.example', 'host.other.example'], servers: ['192.0.2.99'], from: 'local' }],
      suffixes: ['corp.example', 'emea.corp.example'],
    });
    expect(environment.naming?.windows?.adapters).toContainEqual(
      expect.objectContaining({ servers: ['192.0.2.53', '192.0.2.54'], from: 'dhcp' }),
    );
  });

  it('reads stores, distrust and policy', () => {
    expect(environment.rootAutoUpdate).toBe('off');
    const of = (name: string) =>
      environment.trustStores.filter((store) => store.name === name).map(({ count }) => count);
    expect(of('distrusted')).toEqual([1, 0]);
    expect(of('account')).toEqual([1]);
    expect(of('machine')[0]).toBeGreaterThan(50);
  });

  it('finds the logs of the role by the registry, and says that Windows never saw this', () => {
    expect(environment.windows).toMatchObject({
      account: 'unknown',
      roleLogs: { folder: 'C:\\ConfigMgr\\Logs', from: 'registry' },
    });
    expect(environment.windows?.roleLogs.files.filter(({ there }) => there).map(({ name }) => name)).toEqual([
      'Dmpuploader.log',
    ]);
    expect(wine.wayclear(['doctor'])).toMatch(/nothing here ever ran on Windows itself/);
  });

  it.each([
    ['C.UTF-8', 437],
    ['de_DE.UTF-8', 850],
    ['ja_JP.UTF-8', 932],
  ])('with the locale %s programs write code page %i, and it is read', (locale, codePage) => {
    const key = 'HKCU\\Software\\wayclear';
    const text = codePage === 932 ? '\u306a\u3057' : 'Z\u00fcrich';
    const env = { LC_ALL: locale };
    wine.register(`[HKEY_CURRENT_USER\\Software\\wayclear]\n"Text"="${text}"\n`);
    const page = wine.run(
      'reg.exe',
      ['query', 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Nls\\CodePage', '/v', 'OEMCP'],
      env,
    );
    expect(Number(textOf(valuesOf(page.toString('latin1')), 'oemcp'))).toBe(codePage);
    const written = wine.run('reg.exe', ['query', key], env);
    expect(written.toString('utf8')).not.toContain(text);
    expect(textOf(valuesOf(decodeOutput(written, codePage)), 'text')).toBe(text);
  });

  it('prints as the fixtures have it', () => {
    const printed = wine.run('reg.exe', [
      'query',
      'HKLM\\SYSTEM\\CurrentControlSet\\Services\\Dnscache\\Parameters\\DnsPolicyConfig',
      '/s',
    ]);
    const [rule] = parseRegistry(printed.toString('latin1')).slice(-1);
    expect(rule?.values.get('name')).toEqual({ type: 'REG_MULTI_SZ', data: '.corp.example\\0host.other.example' });
    expect(rule === undefined ? null : numberOf(rule.values, 'configoptions')).toBe(8);
  });

  it('asks the system for names, and tells what only the hosts file has', () => {
    const targets = [`http://${hostname()}:9/`, 'http://only-here.example:9/'];
    const output = wine.wayclear([
      ...['check', ...targets, '--proxy', 'direct', '--no-experiments', '--deadline', '250s', '--json'],
      ...['--fail-on', 'never'],
    ]);
    const { observations } = JSON.parse(output) as Report;
    const [here, there] = observations.probes.map(({ dns }) => dns);
    expect(here).toMatchObject({ status: 'passed' });
    expect(here?.status === 'passed' ? here.value.system?.addresses.length : 0).toBeGreaterThan(0);
    expect(there).toMatchObject({ status: 'passed', value: { from: 'hosts-file', hostsFile: ['192.0.2.80'] } });
  });
});
