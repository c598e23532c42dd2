import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseWhoami, readAccount } from '../../src/windows/account.ts';
import { decodeOutput } from '../../src/windows/code-pages.ts';
import { parseDnsClient, readDnsClient } from '../../src/windows/dns-client.ts';
import { windowsProgram } from '../../src/windows/programs.ts';
import { listOf, numberOf, parseRegistry, textOf, valuesOf } from '../../src/windows/registry.ts';
import { readRoleLogs } from '../../src/windows/role-logs.ts';

const bytes = (name: string): Buffer => readFileSync(join(import.meta.dirname, '..', 'fixtures', 'windows', name));
const fixture = (name: string): string => bytes(name).toString('latin1');
const outputs = {
  machine: fixture('reg-tcpip.txt'),
  machine6: fixture('reg-tcpip6.txt'),
  policy: '',
  local: fixture('reg-nrpt-local.txt'),
};

describe('the output of reg.exe', () => {
  it('has keys and values, whatever language Windows speaks', () => {
    const keys = parseRegistry(outputs.machine);
    expect(keys).toHaveLength(6);
    expect(textOf(valuesOf(outputs.machine), 'databasepath')).toBe('%SystemRoot%\\System32\\drivers\\etc');
    expect(textOf(valuesOf(outputs.machine), 'searchlist')).toBe('');
    expect(numberOf(valuesOf(outputs.machine), 'forwardbroadcasts')).toBe(0);
    expect(listOf(parseRegistry(outputs.local)[0]?.values ?? new Map(), 'name')).toEqual([
      '.corp.example',
      'vpn.example',
    ]);
  });

  it.each([
    ['    DisableRootAutoUpdate    REG_DWORD    0x1\r\n', null],
    ['HKEY_X\r\n    DisableRootAutoUpdate    REG_DWORD    0x1\r\n', 1],
    ['HKEY_X\r\n    disablerootautoupdate    REG_DWORD    0x0\r\n', 0],
    ['HKEY_X\r\n    disablerootautoupdate    REG_SZ    0x1\r\n', null],
    ['HKEY_X\r\n    Other    REG_DWORD    0x1\r\n', null],
    ['FEHLER: Der Schl\u00fcssel wurde nicht gefunden.\r\n', null],
  ])('%j holds the number %s', (text, value) => {
    expect(numberOf(valuesOf(text), 'disablerootautoupdate')).toBe(value);
  });
});

describe('what programs of Windows write', () => {
  it.each<readonly [number, string, string]>([
    [437, '5a81726963682082', 'Zürich é'],
    [850, '5a81726963682082 b89b', 'Zürich é©ø'],
    [932, '816982c882b5816a', '（なし）'],
    [1252, 'e9', 'é'],
    [65001, 'c3a9', 'é'],
    [437, 'fffe5a00fc00', 'Zü'],
    [437, '5a00fc00', 'Zü'],
    [437, 'feff005a00fc', 'Zü'],
    [720, '5a82', 'Z\ufffd'],
  ])('in code page %i, the bytes %s are «%s»', (codePage, hex, text) => {
    expect(decodeOutput(Buffer.from(hex.replaceAll(' ', ''), 'hex'), codePage)).toBe(text);
  });

  it('is of the program in Windows\u2019 own folder, never of one in the working directory', () => {
    expect(windowsProgram('reg', { SystemRoot: 'D:\\Win' })).toBe('D:\\Win\\System32\\reg.exe');
    expect(windowsProgram('whoami.exe', {})).toBe('C:\\Windows\\System32\\whoami.exe');
    expect(windowsProgram('ssh', { SystemRoot: '' })).toBe('C:\\Windows\\System32\\OpenSSH\\ssh.exe');
    expect(windowsProgram('powershell.exe', {})).toMatch(/\\WindowsPowerShell\\v1\.0\\powershell\.exe$/);
  });
});

describe('the DNS client', () => {
  it('has rules, suffixes and adapters of its own', () => {
    expect(parseDnsClient(outputs)).toEqual({
      naming: {
        rules: [
          { names: ['.corp.example', 'vpn.example'], servers: ['10.8.0.1', 'fd00::1'], from: 'local' },
          { names: ['.direct.example'], servers: [], from: 'local' },
        ],
        suffixes: ['corp.example', 'branch.corp.example'],
        behindAll: false,
        adapters: [
          { servers: ['10.0.0.53', '10.0.1.53'], from: 'dhcp', suffix: 'branch.corp.example' },
          { servers: ['192.0.2.53', '192.0.2.54'], from: 'set', suffix: null },
          { servers: ['2001:db8::53', '2001:db8::54'], from: 'dhcp', suffix: null },
        ],
      },
      hostsFolder: '%SystemRoot%\\System32\\drivers\\etc',
    });
  });

  it('does what a group policy says: its rules alone, its suffixes behind every name', () => {
    const { naming } = parseDnsClient({ ...outputs, policy: fixture('reg-nrpt-policy.txt') });
    expect(naming.rules).toEqual([{ names: ['.'], servers: ['10.9.9.9'], from: 'policy' }]);
    expect(naming.suffixes).toEqual(['corp.example', 'emea.corp.example']);
    expect(naming.behindAll).toBe(true);
  });

  it('has no rule where the policy\u2019s key is there and empty', () => {
    const policy = '\r\nHKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\Windows NT\\DNSClient\\DnsPolicyConfig\r\n';
    expect(parseDnsClient({ ...outputs, policy }).naming.rules).toEqual([]);
  });

  it('takes the servers of a policy for every adapter', () => {
    const policy =
      'HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\Windows NT\\DNSClient\r\n    NameServer    REG_SZ    10.1.1.1 10.1.1.2\r\n';
    const { adapters } = parseDnsClient({ ...outputs, policy }).naming;
    expect(new Set(adapters.map(({ servers, from }) => `${from} ${servers.join()}`))).toEqual(
      new Set(['policy 10.1.1.1,10.1.1.2']),
    );
  });

  it('is unknown where reg.exe can not be run, and plain where no key is there', async () => {
    expect(await readDnsClient(async () => null)).toBeNull();
    expect((await readDnsClient(async () => ({ status: 1, stdout: '' })))?.naming).toEqual({
      rules: [],
      suffixes: [],
      behindAll: false,
      adapters: [],
    });
  });
});

describe('the account', () => {
  it.each([
    [fixture('whoami-system.txt'), 'local-system'],
    [decodeOutput(bytes('whoami-german.cp850'), 850), 'other'],
    ['"NT-AUTORIT\u00c4T\\NETZWERKDIENST","S-1-5-20"\r\n', 'network-service'],
    ['VM\\root\r\n', 'unknown'],
    ['', 'unknown'],
  ])('%j is %s', (output, account) => {
    expect(parseWhoami(output)).toBe(account);
  });

  it('shows by its profile where whoami does not tell', async () => {
    const profile = { USERPROFILE: 'C:\\Windows\\system32\\config\\systemprofile' };
    expect(await readAccount(async () => null, profile)).toBe('local-system');
    expect(await readAccount(async () => null, {})).toBe('unknown');
  });
});

describe('the logs of the role', () => {
  it('lie where the registry says, else in the documented folder', async () => {
    const key = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\SMS\\Setup';
    const stdout = `\r\n${key}\r\n    Installation Directory    REG_SZ    D:\\ConfigMgr\\\r\n`;
    const logs = await readRoleLogs(async (_, parameters) =>
      parameters[1]?.endsWith('Setup') === true ? { status: 0, stdout } : { status: 1, stdout: '' },
    );
    expect(logs).toMatchObject({ folder: 'D:\\ConfigMgr\\Logs', from: 'registry' });
    expect(logs.files.map(({ name }) => name)).toEqual([
      'EndpointConnectivityCheckWorker.log',
      'Dmpuploader.log',
      'Dmpdownloader.log',
    ]);
    const usual = { folder: 'C:\\Program Files\\Microsoft Configuration Manager\\Logs', from: 'default' };
    expect(await readRoleLogs(async () => null)).toMatchObject(usual);
  });
});
