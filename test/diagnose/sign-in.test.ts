import { describe, expect, it } from 'vitest';
import { byStatus } from '../../src/diagnose/rules/proxy-replies.ts';
import { isSignInAddress } from '../../src/diagnose/survey/vendors.ts';

describe('an address that a proxy sends CONNECT to', () => {
  it.each([
    ['https://gateway.proxy.example/auth?origurl=https%3A%2F%2Faka.ms', true],
    ['https://login.proxy.example/', true],
    ['https://idp.example/saml2/start', true],
    ['http://proxy.example/authenticate', true],
    ['http://blocked.proxy.example/page?category=7', false],
    ['https://catalogin.example/', false],
    ['', false],
  ])('%s: a page to sign in: %s', (url, expected) => {
    expect(isSignInAddress(url)).toBe(expected);
  });
});

describe('a proxy that gives up waiting', () => {
  it('is under load only where it leads to nobody', () => {
    expect([504, 408, 598].map((status) => byStatus(status, true)[0])).toEqual(
      Array(3).fill('proxy.upstream-unreachable'),
    );
    expect([504, 408, 598].map((status) => byStatus(status, false)[0])).toEqual(Array(3).fill('proxy.timeout'));
  });
});
