import { describe, expect, it } from 'vitest';
import { readNsswitch, readResolvConf, searchNames, usedServers } from '../../../src/probe/dns/naming.ts';

const plain = { search: [], ndots: 1, rotate: false, overTcp: false, timeoutMs: 5000, attempts: 2 };

describe('resolv.conf', () => {
  it.each([
    ['that is empty leaves the defaults', '', plain],
    ['gives the search list', 'search a.example B.example.\n', { ...plain, search: ['a.example', 'b.example'] }],
    [
      'of several lists means the last',
      'search a.example\ndomain b.example c.example\n',
      { ...plain, search: ['b.example'] },
    ],
    [
      'gives options',
      'options ndots:5 timeout:1 attempts:1 rotate use-vc single-request edns0\n',
      { search: [], ndots: 5, rotate: true, overTcp: true, timeoutMs: 1000, attempts: 1 },
    ],
    [
      'has bounds',
      'options ndots:99 timeout:900 attempts:77\n',
      { ...plain, ndots: 15, timeoutMs: 30_000, attempts: 5 },
    ],
    ['has no odd values', 'options ndots: timeout:x attempts:0\n', { ...plain, attempts: 1 }],
    ['ends lines with CR', 'search a.example\r\noptions rotate\r\n', { ...plain, search: ['a.example'], rotate: true }],
  ])('%s', (_, text, conf) => {
    expect(readResolvConf(text, {}, 'machine')).toEqual(conf);
  });

  it('yields to the environment, and to the domain of the machine where it says nothing', () => {
    expect(readResolvConf('', {}, 'machine.Corp.example')).toMatchObject({ search: ['corp.example'] });
    const environment = { LOCALDOMAIN: 'c.example', RES_OPTIONS: 'ndots:3' };
    expect(readResolvConf('search a.example\noptions ndots:2\n', environment, 'm')).toMatchObject({
      search: ['c.example'],
      ndots: 3,
    });
  });

  it('has three servers that programs use', () => {
    expect(usedServers(['a', 'b', 'c', 'd'], { resolvConf: readResolvConf('', {}, 'x'), sources: [] })).toEqual([
      'a',
      'b',
      'c',
    ]);
  });
});

describe('nsswitch.conf', () => {
  const source = (name: string, ...stopsAt: string[]) => ({ name, stopsAt });
  it.each([
    ['that is absent means the hosts file and then DNS', null, [source('files'), source('dns')]],
    ['gives the order', 'passwd: files\nhosts: dns files # later\n', [source('dns'), source('files')]],
    [
      'gives what ends the search',
      'hosts: files mdns4_minimal [NOTFOUND=return] dns [!UNAVAIL=return SUCCESS=continue] myhostname\n',
      [
        source('files'),
        source('mdns4_minimal', 'notfound'),
        source('dns', 'notfound', 'tryagain'),
        source('myhostname'),
      ],
    ],
  ])('%s', (_, text, sources) => {
    expect(readNsswitch(text)).toEqual(sources);
  });
});

describe('the search list', () => {
  const conf = { search: ['a.example', 'b.example'], ndots: 2 };
  it.each([
    ['comes first for a name with fewer dots than ndots', 'www.test', ['www.test.a.example', 'www.test.b.example'], []],
    ['comes last for the others', 'www.corp.test', [], ['www.corp.test.a.example', 'www.corp.test.b.example']],
  ])('%s', (_, host, before, after) => {
    expect(searchNames(host, conf)).toEqual({ before, after });
  });
});
