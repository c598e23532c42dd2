import { describe, expect, it } from 'vitest';
import type { DnsValue, Naming, WindowsNaming } from '../../../src/model/observations.ts';
import { plainNaming } from '../../../src/probe/dns/programs.ts';
import type { SystemResolver } from '../../../src/probe/dns/system-resolver.ts';
import { ruleOf, serverGroups, suffixConf } from '../../../src/probe/dns/windows-naming.ts';
import { always, name, resolver, server, short } from './dns-kit.ts';

const plain: WindowsNaming = { rules: [], suffixes: [], behindAll: false, adapters: [] };
const rule = (names: readonly string[], servers: readonly string[]) => ({ names, servers, from: 'local' }) as const;
const naming = (windows: Partial<WindowsNaming>): Naming => ({ ...plainNaming, windows: { ...plain, ...windows } });
const four = { families: [4] } as const;

describe('the rule for a name', () => {
  const rules = [
    rule(['.'], ['10.0.0.1']),
    rule(['.example'], ['10.0.0.2']),
    rule(['.corp.example'], ['10.0.0.3']),
    rule(['www.corp.example'], ['10.0.0.4']),
    rule(['files'], ['10.0.0.5']),
    rule(['.open.corp.example'], []),
  ];
  it.each([
    ['other.test', '.'],
    ['a.example', '.example'],
    ['example', '.example'],
    ['badexample', '.'],
    ['a.corp.example', '.corp.example'],
    ['www.corp.example', 'www.corp.example'],
    ['files.test', 'files'],
    ['files', 'files'],
    ['x.open.corp.example', undefined],
  ])('%s is the nearest: %s', (host, expected) => {
    expect(ruleOf(host, { rules })?.name).toBe(expected);
  });
});

describe('suffixes', () => {
  it('stand behind names of one label, and behind others only by policy', () => {
    const suffixes = ['corp.example'];
    expect(suffixConf('files', { ...plain, suffixes }).search).toEqual(suffixes);
    expect(suffixConf('files.corp', { ...plain, suffixes }).search).toEqual([]);
    expect(suffixConf('files.corp', { ...plain, suffixes, behindAll: true }).search).toEqual(suffixes);
  });
});

describe('the servers of the adapters', () => {
  it('are one group each, of those that are connected', () => {
    const servers = ['10.0.0.1', '10.0.0.2', '10.8.0.1', '9.9.9.9'].map((address) => ({ address, port: 53 }));
    const adapters = [
      { servers: ['10.0.0.1', '10.0.0.2'], from: 'dhcp', suffix: null },
      { servers: ['10.8.0.1'], from: 'set', suffix: null },
      { servers: ['172.16.0.1'], from: 'dhcp', suffix: null },
    ] as const;
    const groups = serverGroups(servers, { adapters });
    expect(groups.map((group) => group.map(({ address }) => address))).toEqual([
      ['10.0.0.1', '10.0.0.2'],
      ['10.8.0.1'],
      ['9.9.9.9'],
    ]);
  });
});

describe.concurrent('on Windows', () => {
  it('a name that a rule covers is asked of the rule\u2019s servers, and of the others as evidence', async () => {
    const ordinary = await server({ [name]: { addresses: ['192.0.2.1'] } });
    const ruled = await server({ [name]: { addresses: ['10.9.9.9'] } });
    const rules = [rule(['.example.test'], [ruled.server])];
    const result = await resolver([ordinary], { ...four, naming: naming({ rules }) }).resolve(name, always);
    expect(short(result)).toMatchObject({ end: 'dns', addresses: ['10.9.9.9'] });
    const { answers = [], rule: told } = (result as { readonly value: DnsValue }).value;
    expect(told).toEqual({ name: '.example.test', servers: [ruled.server], from: 'local' });
    expect(new Set(answers.map((answer) => answer.server))).toEqual(new Set([ordinary.server, ruled.server]));
  });

  it('what the rule\u2019s servers don\u2019t know is not found, though the others know it', async () => {
    const ordinary = await server({ [name]: { addresses: ['192.0.2.1'] } });
    const ruled = await server({ [name]: { answer: 'nxdomain' } });
    const rules = [rule(['.'], [ruled.server])];
    const system: SystemResolver = {
      scope: 'every-name',
      lookup: async () => ({ addresses: [], error: 'ENOTFOUND' }),
      close: () => {},
    };
    const result = await resolver([ordinary], { ...four, system, naming: naming({ rules }) }).resolve(name, always);
    expect(short(result)).toMatchObject({ end: 'dns.not-found', addresses: [] });
  });

  it('a name that the first adapter\u2019s servers don\u2019t know is another\u2019s', async () => {
    const first = await server({ [name]: { answer: 'nxdomain' } }, { address: '127.0.0.2' });
    const second = await server({ [name]: { addresses: ['192.0.2.7'] } }, { address: '127.0.0.3' });
    const servers = [first, second];
    const adapters = servers.map(({ address }) => ({ servers: [address], from: 'dhcp', suffix: null }) as const);
    const asked = await resolver(servers, { ...four, naming: naming({ adapters }) }).resolve(name, always);
    expect(short(asked)).toMatchObject({ end: 'dns', addresses: ['192.0.2.7'] });
    // In order, as elsewhere, the first server's word would count.
    expect(short(await resolver(servers, four).resolve(name, always))).toMatchObject({ end: 'dns.not-found' });
  });
});
