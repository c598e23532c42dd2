import { describe, expect, it } from 'vitest';
import { hopOf, leadsInside } from '../../src/probe/redirect.ts';

describe('hopOf', () => {
  const base = 'https://start.example.com/a/b?c=d';
  it.each([
    ['/next', { scheme: 'https', host: 'start.example.com', port: 443, url: 'https://start.example.com/next' }],
    [
      'http://Other.Example.com:8080/x#top',
      { scheme: 'http', host: 'other.example.com', port: 8080, url: 'http://other.example.com:8080/x' },
    ],
    ['//cdn.example.net', { scheme: 'https', host: 'cdn.example.net', port: 443, url: 'https://cdn.example.net/' }],
    ['https://[2001:db8::1]/', { scheme: 'https', host: '2001:db8::1', port: 443, url: 'https://[2001:db8::1]/' }],
    ['javascript:alert(1)', null],
    ['ms-appx://x', null],
    ['https://user:secret@example.com/', null],
    ['https://[broken', null],
  ])('%s', (location, expected) => {
    expect(hopOf(location, base)).toEqual(expected);
  });
});

describe('leadsInside', () => {
  it.each([
    [['20.1.2.3'], ['169.254.169.254'], true],
    [['20.1.2.3'], ['192.168.0.1'], true],
    [['20.1.2.3'], ['40.1.2.3'], false],
    [['127.0.0.1'], ['127.0.0.1'], false],
    [['10.0.0.1'], ['10.0.0.2'], false],
  ])('from %s to %s: %s', (from, to, expected) => {
    expect(leadsInside(from, to)).toBe(expected);
  });
});
