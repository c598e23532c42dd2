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
    ['https://portal.proxy.example/?cfru=aHR0', true],
    ['http://10.0.0.1:6082/php/uid.php?vsys=1', true],
    ['https://sso.corp.example:8443/start', true],
    // What was asked for stands in the address as well.
    ['https://block.example/deny.html?cat=12&url=login.contoso.com', false],
    ['https://filter.example/page?url=https://login.contoso.com/auth', false],
    ['https://block.example/blocked.html?user=unauthenticated&login=0', false],
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
