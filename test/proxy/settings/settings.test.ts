import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { type Exec, type ProxySetting, saysSomething } from '../../../src/proxy/setting.ts';
import { gnomeUntouched, parseGnomeProxy, readGnomeSetting } from '../../../src/proxy/settings/gnome.ts';
import { parseScutilProxy, readMacosSetting } from '../../../src/proxy/settings/macos.ts';
import { readEnvironmentSetting } from '../../../src/proxy/settings/variables.ts';
import { readWindowsSettings } from '../../../src/proxy/settings/windows.ts';
import { parseConnectionSettings, windowsSetting } from '../../../src/proxy/settings/windows-parts.ts';
import { parseNetshAdvancedProxy, parseNetshProxy } from '../../../src/proxy/settings/winhttp.ts';
import { parseInternetSettings } from '../../../src/proxy/settings/wininet.ts';
import { leaks } from '../../secrets/spellings.ts';

const fixture = (name: string): string =>
  readFileSync(join(import.meta.dirname, '..', '..', 'fixtures', 'proxy', name), 'utf8');

/** The proxies of a setting as text: `http http://proxy:80`. */
function proxiesOf(setting: ProxySetting | null): readonly string[] {
  return Object.entries(setting?.proxies ?? {}).flatMap(([slot, proxy]) =>
    proxy === null ? [] : [`${slot} ${proxy.protocol}://${proxy.host}:${proxy.port}`],
  );
}

describe('the environment', () => {
  it.each([
    [{}, []],
    [{ HTTPS_PROXY: 'http://p:3128' }, ['https http://p:3128']],
    [{ https_proxy: 'http://p:1', HTTPS_PROXY: 'http://q:2' }, ['https http://p:1']],
    [{ https_proxy: ' ', HTTPS_PROXY: 'http://q:2' }, ['https http://q:2']],
    [{ HTTP_PROXY: 'http://p', http_proxy: 'http://q' }, ['http http://q:80']],
    [{ ALL_PROXY: 'socks5h://p' }, ['all socks5h://p:1080']],
    [{ all_proxy: 'socks://p:9' }, ['all socks5h://p:9']],
    [{ HTTP_PROXY: 'http://p', REQUEST_METHOD: 'GET' }, []],
    [{ http_proxy: 'http://p', REQUEST_METHOD: 'GET' }, ['http http://p:80']],
  ])('%j names %j', (env, expected) => {
    expect(proxiesOf(readEnvironmentSetting(env))).toEqual(expected);
  });

  it.each([
    [{ HTTPS_PROXY: 'proxy.example:8080' }, [['scheme-missing', 'HTTPS_PROXY']]],
    [{ https_proxy: '"http://proxy.example:8080"' }, [['quoted', 'https_proxy']]],
    [{ http_proxy: 'http://proxy.example/path' }, [['path-ignored', 'http_proxy']]],
    [{ http_proxy: 'gopher://proxy.example' }, [['proxy-invalid', 'http_proxy']]],
    [{ https_proxy: 'http://u:p@ss#1@proxy.example:8080' }, [['proxy-unencoded', 'https_proxy']]],
    [{ https_proxy: 'http=proxy.example:80;https=proxy.example:443' }, [['proxy-list', 'https_proxy']]],
    [{ https_proxy: 'http://a.example:80 http://b.example:80' }, [['proxy-list', 'https_proxy']]],
    [{ https_proxy: 'http://u:p@ss@proxy.example:8080' }, [['account-unencoded', 'https_proxy']]],
    [{ https_proxy: 'http://proxy.example:8080\r' }, [['line-end', 'https_proxy']]],
    [{ no_proxy: 'a.example/x' }, [['path-entry', 'no_proxy']]],
    [{ HTTP_PROXY: 'http://p', NO_PROXY: '<local>' }, [['local-token', 'NO_PROXY']]],
  ])('%j has the mistakes %j', (env, expected) => {
    expect(readEnvironmentSetting(env).mistakes.map(({ code, name }) => [code, name])).toEqual(expected);
  });

  it.each([
    [{ HTTPS_PROXY: 'http://p:1' }, ['https-alone']],
    [{ http_proxy: 'http://p:1' }, ['http-alone']],
    [{ HTTPS_PROXY: 'http://p:1', http_proxy: 'http://p:1' }, []],
    [{ HTTPS_PROXY: 'http://p:1', ALL_PROXY: 'http://p:1' }, []],
    [{ HTTPS_PROXY: 'http://p:1', HTTP_PROXY: 'gopher://p' }, []],
    [{ HTTPS_PROXY: 'gopher://p' }, []],
    [{ HTTP_PROXY: 'http://p:1', REQUEST_METHOD: 'GET' }, ['cgi']],
    [{}, []],
  ])('%j has the notes %j', (env, expected) => {
    expect(readEnvironmentSetting(env).notes).toEqual(expected);
  });

  it('loses credentials from its text at once', () => {
    const user = 'CORP\\us er@x';
    const password = 'p@ss:w%rd/#?';
    const url = `http://${encodeURIComponent(user)}:${encodeURIComponent(password)}@proxy.example:8080`;
    const setting = readEnvironmentSetting({ HTTPS_PROXY: url, http_proxy: `socks4a:${url}`, no_proxy: url });
    expect(setting.proxies.https?.credentials).toMatchObject({ user, source: 'url' });
    expect(setting.proxies.https?.credentials?.password.reveal()).toBe(password);
    const shown = JSON.stringify({ ...setting, bypass: null }) + inspect({ ...setting, bypass: null }, { depth: 9 });
    expect(leaks(shown, password)).toEqual([]);
  });
});

describe('Windows', () => {
  it.each([
    [
      'netsh-proxy-en.txt',
      ['http http://proxy.contoso.com:8080', 'https http://proxy.contoso.com:8080'],
      'localhost;*.contoso.com',
    ],
    ['netsh-direct-en.txt', [], null],
    ['netsh-proxy-de.txt', ['http http://proxy.contoso.com:8080', 'https http://proxy.contoso.com:8080'], null],
    [
      'netsh-proxy-ja.txt',
      ['http http://proxy.contoso.com:8080', 'https http://proxy.contoso.com:8080'],
      '10.*.*.*;*.update.microsoft.com;<local>',
    ],
    ['netsh-direct-ja.txt', [], null],
    ['netsh-proxy-zh.txt', ['all socks4://127.0.0.1:1080'], null],
  ])('%s of netsh is read by its structure', (file, proxies, list) => {
    const setting = parseNetshProxy(fixture(file));
    expect(proxiesOf(setting)).toEqual(proxies);
    expect(setting?.bypass?.text ?? null).toBe(list);
    expect(setting?.source).toBe('winhttp');
  });

  it.each(['', '\r\n', 'The following command was not found: winhttp show proxy.', '\u0000'.repeat(100)])(
    '%j is no output of it',
    (text) => {
      expect(parseNetshProxy(text)).toBeNull();
    },
  );

  it('has advanced WinHTTP settings as JSON', () => {
    const setting = parseNetshAdvancedProxy(fixture('netsh-advproxy.txt'));
    expect(proxiesOf(setting)).toEqual([
      'http http://http-proxy.com:8080',
      'https http://https-proxy.com:8081',
      'all socks4://socks-proxy.com:8083',
    ]);
    expect(setting).toMatchObject({ autoDetect: true, pacUrl: null, bypass: null, mistakes: [] });
  });

  it.each([
    [
      '{"Proxy":"p:1","ProxyBypass":"<local>","AutoconfigUrl":"http://w/p.pac","AutoDetect":false}',
      ['http http://p:1', 'https http://p:1'],
      'http://w/p.pac',
    ],
    ['{"ProxyIsEnabled":false,"Proxy":"p:1","AutoConfigIsEnabled":false,"AutoConfigUrl":"http://w/p.pac"}', [], null],
    [
      '{"Proxy":"127.0.0.1:7892","AutoconfigUrl":" ","PerUserProxySettings":false}',
      ['http http://127.0.0.1:7892', 'https http://127.0.0.1:7892'],
      null,
    ],
    ['{}', [], null],
  ])('%s is read with what its build leaves out', (json, proxies, pacUrl) => {
    const setting = parseNetshAdvancedProxy(`\r\nHeading:\r\n\r\n${json}\r\n`);
    expect(proxiesOf(setting)).toEqual(proxies);
    expect(setting?.pacUrl).toBe(pacUrl);
  });

  it.each(['', 'The following command was not found', '{', '[]', '{"Proxy":', 'null'])(
    '%j is no advanced setting',
    (text) => {
      expect(parseNetshAdvancedProxy(text)).toBeNull();
    },
  );

  it('has WinINET values in the registry', () => {
    const setting = parseInternetSettings(fixture('reg-internet-settings.txt'), 'wininet-system');
    expect(proxiesOf(setting)).toEqual(['http http://proxy.contoso.com:8080', 'https http://proxy.contoso.com:8443']);
    expect(setting).toMatchObject({
      source: 'wininet-system',
      pacUrl: 'http://wpad.contoso.com/proxy.pac',
      autoDetect: false,
      bypass: { text: '*.contoso.com;10.*;<local>', dialect: 'windows', name: 'ProxyOverride' },
      mistakes: [],
    });
  });

  it('leaves out a proxy that is switched off', () => {
    const text = fixture('reg-internet-settings.txt').replace('0x1', '0x0');
    expect(parseInternetSettings(text, 'wininet-user')).toMatchObject({
      proxies: { http: null, https: null },
      bypass: null,
    });
  });

  it.each([
    ['1800000000000000010000000000000000000000', { proxy: '', bypass: '', pacUrl: '', autoDetect: false }],
    ['2800000000000000010000000000000000000000', { proxy: '', bypass: '', pacUrl: '', autoDetect: false }],
    [
      '28000000000000000300000004000000613A3432040000002A2E3432',
      { proxy: 'a:42', bypass: '*.42', pacUrl: '', autoDetect: false },
    ],
    [
      '3C0000003A0000000900000000000000000000000000000000000000000000000000000000000000000000000000000000000000',
      { proxy: '', bypass: '', pacUrl: '', autoDetect: true },
    ],
    [
      '46000000400000000F0000000D000000676F6F676C652E636F6D3A34320B0000004C6F6C3B3C6C6F63616C3E11000000687474703A2F2F676F6F676C652E66722F0000000000000000000000000000000000000000000000000000000000000000',
      { proxy: 'google.com:42', bypass: 'Lol;<local>', pacUrl: 'http://google.fr/', autoDetect: true },
    ],
    [
      '4600000044000000010000000D000000676F6F676C652E636F6D3A34320B0000004C6F6C3B3C6C6F63616C3E11000000687474703A2F2F676F6F676C652E66722F00',
      { proxy: '', bypass: '', pacUrl: '', autoDetect: false },
    ],
    [
      '460000004400000005000000000000000000000008000000687474703A2F2F77',
      { proxy: '', bypass: '', pacUrl: 'http://w', autoDetect: false },
    ],
    [
      '460000004400000009000000000000000000000008000000687474703A2F2F77',
      { proxy: '', bypass: '', pacUrl: '', autoDetect: true },
    ],
  ])('has the connection settings %s', (hex, expected) => {
    expect(parseConnectionSettings(hex)).toEqual(expected);
  });

  it.each([
    '',
    'zz',
    '28000000',
    '280000000000000003000000ffffffff',
    '28000000000000000300000004000000613A',
    '2800000000000000030000000100000061ff00000062',
    'ff0000000000000003000000000000000000000000000000',
    '4600000044000000010000000000000000000000',
    '28'.repeat(100_000),
  ])('does not read the broken connection settings %.40s', (hex) => {
    expect(parseConnectionSettings(hex)).toBeNull();
  });

  it.each([
    ['proxy:8080', ['http http://proxy:8080', 'https http://proxy:8080']],
    ['proxy', ['http http://proxy:80', 'https http://proxy:80']],
    ['https=a:1', ['https http://a:1']],
    ['https=https://a:1', ['https https://a:1']],
    ['http=a:1 https=b:2', ['http http://a:1', 'https http://b:2']],
    ['socks=a', ['all socks4://a:1080']],
    ['ftp=a:1', []],
    [';;=', []],
  ])('reads the servers %j', (proxy, expected) => {
    const parts = { proxy, bypass: '', pacUrl: '', autoDetect: false };
    expect(proxiesOf(windowsSetting('winhttp', parts, ['x', 'y']))).toEqual(expected);
  });

  const asked = (answers: Readonly<Record<string, string>>): { exec: Exec; log: string[] } => {
    const log: string[] = [];
    const exec: Exec = async (program, parameters) => {
      const line = [program, ...parameters].join(' ');
      log.push(line);
      return Object.entries(answers).find(([key]) => line.includes(key))?.[1] ?? null;
    };
    return { exec, log };
  };

  it('is asked for services first, then for Local System and for this user', async () => {
    const { exec, log } = asked({
      'HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\Connections': fixture('reg-winhttp.txt'),
      'HKU\\S-1-5-18\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\Connections': '',
      'HKU\\S-1-5-18': fixture('reg-internet-settings.txt'),
      'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\Connections':
        fixture('reg-connections.txt'),
      HKCU: '',
    });
    const settings = await readWindowsSettings(exec);
    expect(settings.map((setting) => [setting.source, ...proxiesOf(setting)])).toEqual([
      ['winhttp', 'http http://a:42', 'https http://a:42'],
      ['wininet-system', 'http http://proxy.contoso.com:8080', 'https http://proxy.contoso.com:8443'],
      ['wininet-user', 'http http://google.com:42', 'https http://google.com:42'],
    ]);
    expect(log.every((line) => /^(netsh winhttp show|reg query)/.test(line))).toBe(true);
  });

  it('reads the machine\u2019s values for every account where policy says so', async () => {
    const { exec } = asked({
      ProxySettingsPerUser:
        '\r\nHKEY_LOCAL_MACHINE\\Software\\Policies\r\n    ProxySettingsPerUser    REG_DWORD    0x0\r\n',
      'HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\Connections': '',
      'HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings': fixture('reg-internet-settings.txt'),
    });
    const settings = await readWindowsSettings(exec);
    expect(settings.map(({ source, notes }) => [source, notes])).toEqual([
      ['winhttp', []],
      ['wininet-system', ['per-machine']],
      ['wininet-user', ['per-machine']],
    ]);
    expect(settings.slice(1).every((setting) => setting.proxies.http?.host === 'proxy.contoso.com')).toBe(true);
  });

  it('has no discovery where the machine forbids it', async () => {
    const { exec } = asked({
      DisableWpad: '\r\nHKEY_LOCAL_MACHINE\\Software\r\n    DisableWpad    REG_DWORD    0x1\r\n',
      'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\Connections': '',
      HKCU: '\r\nHKEY_CURRENT_USER\\Software\r\n    AutoDetect    REG_DWORD    0x1\r\n',
    });
    expect((await readWindowsSettings(exec)).at(-1)).toMatchObject({ autoDetect: false, notes: ['wpad-disabled'] });
  });

  it('falls back to the text of netsh, and says of each source that it can not be read', async () => {
    const { exec } = asked({ 'show proxy': fixture('netsh-proxy-ja.txt') });
    const notesOf = async (given: Exec) =>
      (await readWindowsSettings(given)).map(({ source, notes }) => [source, ...notes].join(' '));
    const others = ['wininet-system unread', 'wininet-user unread'];
    expect(await notesOf(exec)).toEqual(['winhttp', ...others]);
    expect(await notesOf(async () => null)).toEqual(['winhttp unread', ...others]);
  });

  it('knows a key that is not there from one that nobody may read', async () => {
    const listed: Readonly<Record<string, readonly string[]>> = {
      HKU: ['HKEY_USERS\\S-1-5-18'],
      HKCU: ['HKEY_CURRENT_USER\\Software'],
      'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion': ['HKEY_CURRENT_USER\\Software\\X\\Internet Settings'],
      'HKLM\\Software\\Microsoft': ['HKEY_LOCAL_MACHINE\\Software\\Microsoft\\Other'],
    };
    const exec: Exec = async (_, [, key = '', ...more]) =>
      more.length > 0 || listed[key] === undefined ? null : listed[key].join('\r\n');
    expect((await readWindowsSettings(exec)).map(({ source, notes }) => [source, ...notes])).toEqual([
      ['winhttp'],
      ['wininet-system', 'unread'],
      ['wininet-user', 'unread'],
    ]);
  });
});

describe('macOS', () => {
  it('has one dictionary', () => {
    const setting = parseScutilProxy(fixture('scutil-proxy.txt'));
    expect(proxiesOf(setting)).toEqual([
      'http http://10.0.0.5:8080',
      'https http://proxy.contoso.com:8443',
      'all socks5h://::1:1080',
    ]);
    expect(setting).toMatchObject({
      source: 'macos',
      bypass: { text: '*.local,169.254/16,<local>', dialect: 'macos' },
      pacUrl: 'http://wpad.contoso.com/wpad.dat',
      autoDetect: false,
    });
  });

  it('leaves out what is switched off', () => {
    const setting = parseScutilProxy(fixture('scutil-none.txt'));
    expect(setting !== null && saysSomething(setting)).toBe(false);
  });

  it.each(['', 'command not found', '{}'])('%j is no dictionary', (text) => {
    expect(parseScutilProxy(text)).toBeNull();
  });

  it('is read through scutil', async () => {
    expect(
      await readMacosSetting(async (program, [flag]) =>
        program.endsWith('scutil') && flag === '--proxy' ? fixture('scutil-none.txt') : null,
      ),
    ).not.toBeNull();
    expect(await readMacosSetting(async () => null)).toBeNull();
  });
});

describe('GNOME', () => {
  it('has manual proxies with an account', () => {
    const setting = parseGnomeProxy(fixture('gsettings-manual.txt'));
    expect(proxiesOf(setting)).toEqual(['http http://10.0.0.1:3128', 'https http://proxy.contoso.com:8443']);
    expect(setting?.bypass?.text).toBe('localhost,127.0.0.0/8,::1,*.contoso.com');
    expect(setting?.proxies.http?.credentials?.user).toBe('CORP\\user');
    expect(setting?.proxies.http?.credentials?.password.reveal()).toBe("s3cr3t 'quoted' %21");
    expect(JSON.stringify(setting) + inspect(setting, { depth: 9 })).not.toContain('s3cr3t');
  });

  it('has a PAC file or discovery in mode auto, and no left-over proxy', () => {
    const text = fixture('gsettings-auto.txt');
    expect(parseGnomeProxy(text)).toMatchObject({
      pacUrl: 'http://wpad.contoso.com/proxy.pac',
      autoDetect: false,
      proxies: { http: null },
    });
    expect(parseGnomeProxy(text.replace(/autoconfig-url '.*'/, "autoconfig-url ''"))).toMatchObject({
      pacUrl: null,
      autoDetect: true,
    });
  });

  it('says nothing in mode none', () => {
    const setting = parseGnomeProxy(fixture('gsettings-manual.txt').replace("'manual'", "'none'"));
    expect(setting !== null && saysSomething(setting)).toBe(false);
  });

  it('is null without the schema', async () => {
    expect(parseGnomeProxy('No such schema \u201corg.gnome.system.proxy\u201d')).toBeNull();
    expect(await readGnomeSetting(async () => null)).toBeNull();
    expect(await readGnomeSetting(async () => fixture('gsettings-auto.txt'))).not.toBeNull();
  });

  it('may say something where this user, an administrator or a variable may have set it', () => {
    const home = mkdtempSync(join(tmpdir(), 'wayclear-home-'));
    try {
      const bare = gnomeUntouched({ HOME: home });
      for (const name of ['DCONF_PROFILE', 'GSETTINGS_BACKEND', 'GSETTINGS_SCHEMA_DIR', 'XDG_DATA_DIRS'])
        expect(gnomeUntouched({ HOME: home, [name]: 'x' })).toBe(false);
      expect(gnomeUntouched({})).toBe(false);
      mkdirSync(join(home, 'elsewhere', 'dconf'), { recursive: true });
      expect(gnomeUntouched({ HOME: home, XDG_CONFIG_HOME: join(home, 'elsewhere') })).toBe(false);
      expect(gnomeUntouched({ HOME: home })).toBe(bare);
      mkdirSync(join(home, '.config', 'dconf'), { recursive: true });
      expect(gnomeUntouched({ HOME: home })).toBe(false);
    } finally {
      rmSync(home, { recursive: true });
    }
  });
});
