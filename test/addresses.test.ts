import { describe, expect, it } from 'vitest';
import { addressClass, inPrefix } from '../src/addresses.ts';

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
