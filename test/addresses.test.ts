import * as net from 'node:net';
import { describe, expect, it } from 'vitest';
import { addressClass, inPrefix, isIP, isIPv6 } from '../src/addresses.ts';
import { randomFrom } from './hostile/random.ts';

describe('addressClass', () => {
  it.each([
    ['20.42.65.88', 'global'],
    ['0.0.0.0', 'unspecified'],
    ['10.1.2.3', 'private'],
    ['172.15.255.255', 'global'],
    ['172.16.0.1', 'private'],
    ['172.32.0.0', 'global'],
    ['192.168.1.1', 'private'],
    ['100.64.0.1', 'shared'],
    ['100.128.0.1', 'global'],
    ['127.8.9.10', 'loopback'],
    ['169.254.169.254', 'link-local'],
    ['192.0.2.1', 'documentation'],
    ['198.19.255.255', 'benchmarking'],
    ['239.1.1.1', 'multicast'],
    ['::', 'unspecified'],
    ['::1', 'loopback'],
    ['fe80::1%eth0', 'link-local'],
    ['fd12:3456::1', 'unique-local'],
    ['2603:1030::1', 'global'],
    ['2001:db8::1', 'documentation'],
    ['::ffff:10.0.0.1', 'private'],
    ['64:ff9b::192.168.0.1', 'private'],
    ['64:ff9b::1429:1', 'global'],
    ['not an address', 'reserved'],
  ])('%s is %s', (address, expected) => {
    expect(addressClass(address)).toBe(expected);
  });

  it('never matches across families', () => {
    expect(inPrefix('::1', '0.0.0.0', 0)).toBe(false);
  });
});

describe('isIP', () => {
  it.each([
    ...[
      '::',
      '::1',
      '1::',
      '1:2:3:4:5:6:7::',
      '::2:3:4:5:6:7:8',
      '1::3:4:5:6:7:8',
      '1:2:3:4:5:6:7:8',
      'fe80::1%eth0',
      '::1%a%b',
    ],
    ...[
      '1:2:3:4:5:6:1.2.3.4',
      '::ffff:1.2.3.4',
      '::1.2.3',
      '::1.2.3.04',
      '::256.1.1.1',
      '1:2:3:4:5:6:7:1.2.3.4',
      '::1%',
      '%eth0',
    ],
    ...[
      ':::',
      '1::2::3',
      '12345::',
      '[::1]',
      '::1]',
      '::1]:80/[',
      '::1/64',
      '::g',
      ':1',
      '1:',
      '',
      ' ::1',
      '::1\n',
      '::%e_0',
      '.',
      ':',
    ],
    ...['1.2.3.4', '1.2.3', '01.2.3.4', '1.2.3.4%eth0', '1.2.3.4:80', '0x7f.1', '127.1', '2130706433', 'a.example'],
  ])('takes %j as the runtime does', (text) => {
    expect([isIP(text), isIPv6(text)]).toEqual([net.isIP(text), net.isIPv6(text)]);
  });

  it('takes thousands of made-up texts as the runtime does', () => {
    const random = randomFrom(1);
    const pieces = [
      '::',
      ':',
      ':',
      '.',
      '%',
      '0',
      '1',
      'ff',
      'fe80',
      'abcde',
      '25',
      '255',
      '256',
      '10.0.0.1',
      '-',
      'g',
    ];
    const texts = Array.from({ length: 20_000 }, () =>
      Array.from({ length: 1 + random.below(12) }, () => random.of(pieces)).join(''),
    );
    expect(texts.filter((text) => isIPv6(text) !== net.isIPv6(text) || isIP(text) !== net.isIP(text))).toEqual([]);
    expect(texts.filter(isIPv6).length).toBeGreaterThan(100);
  });
});
