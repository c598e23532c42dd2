import { describe, expect, it } from 'vitest';
import { wpadUrls } from '../../src/routes/pac-files.ts';

describe('discovery', () => {
  it.each([
    ['eu.corp.example', ['http://wpad.eu.corp.example/wpad.dat', 'http://wpad.corp.example/wpad.dat']],
    ['Corp.Example.', ['http://wpad.corp.example/wpad.dat']],
    ['example', []],
    ['', []],
    ['a..b', []],
    ['a b.example', []],
  ])('in %j asks %j', (domain, expected) => {
    expect(wpadUrls(domain)).toEqual(expected);
  });

  it('asks five names at most', () => {
    expect(wpadUrls('a.b.c.d.e.f.g.h.example')).toHaveLength(5);
  });
});
