import { describe, expect, it } from 'vitest';
import { parseProxyUrl, readProxyUrl } from '../../src/proxy/proxy-url.ts';
import { UsageError } from '../../src/usage-error.ts';

describe('a proxy URL', () => {
  it.each([
    ['http://proxy.example:8080', 'http proxy.example 8080'],
    ['http://proxy.example', 'http proxy.example 80'],
    ['https://proxy.example', 'https proxy.example 443'],
    ['socks4://p', 'socks4 p 1080'],
    ['socks4a://p:1', 'socks4a p 1'],
    ['socks5://p', 'socks5 p 1080'],
    ['socks5h://p', 'socks5h p 1080'],
    ['socks://p', 'socks5h p 1080'],
    ['HTTP://PROXY.Example.:3128/', 'http proxy.example 3128'],
    [' http://10.1.2.3:3128 ', 'http 10.1.2.3 3128'],
    ['http://[2001:DB8::1]:3128', 'http 2001:db8::1 3128'],
    ['http://pr\u00f6xy.example:80', 'http xn--prxy-6qa.example 80'],
    ['proxy.example:8080', 'http proxy.example 8080'],
    ['proxy.example', 'http proxy.example 80'],
  ])('%s', (text, expected) => {
    const { proxy } = parseProxyUrl(text);
    expect(`${proxy.protocol} ${proxy.host} ${proxy.port}`).toBe(expected);
  });

  it('says when it assumed the port', () => {
    expect([parseProxyUrl('http://p').portAssumed, parseProxyUrl('http://p:80').portAssumed]).toEqual([true, false]);
  });

  it.each([
    ['http://user:pass@p:1', 'user', 'pass'],
    ['http://user@p:1', 'user', ''],
    ['http://us%3Aer:p%40ss%25@p:1', 'us:er', 'p@ss%'],
    ['http://CORP\\user:pass@p:1', 'CORP\\user', 'pass'],
    ['http://CORP%5Cuser:pass@p:1', 'CORP\\user', 'pass'],
    ['http://j%C3%B6rg:p%C3%A4ss@p:1', 'j\u00f6rg', 'p\u00e4ss'],
    ['http://j\u00f6rg:p\u00e4ss@p:1', 'j\u00f6rg', 'p\u00e4ss'],
    ['http://user@corp.example:a:b@c@p:1', 'user@corp.example', 'a:b@c'],
  ])('%s gives its account away', (text, user, password) => {
    const found = parseProxyUrl(text).credentials;
    expect([found?.user, found?.password.reveal()]).toEqual([user, password]);
  });

  it.each(['http://p:1', 'http://@p:1', 'http://:@p:1'])('%s has no account', (text) => {
    expect(parseProxyUrl(text).credentials).toBeNull();
  });

  it.each([
    [''],
    ['http://'],
    ['constructor://p:1'],
    ['http://user:s3cr3t@'],
    ['http://user:s3cr3t@p:0'],
    ['http://user:s3cr3t@p:99999'],
    ['http://user:s3cr3t@p:port'],
    ['http://user:s3cr3t/more@p:1'],
    ['http://user:s3cr3t#more@p:1'],
    ['http://user:s3cr3t%zz@p:1'],
    ['http://user:s3cr3t%ff@p:1'],
    ['http://us%0d%0aer:s3cr3t@p:1'],
    ['http://user:s3cr3t%00@p:1'],
    ['gopher://user:s3cr3t@p:1'],
    ['http://user:s3cr3t@p q:1'],
    ['http://user:s3cr3t@[::g]:1'],
    ['http://user:s3cr3t@=:1'],
    [`http://user:s3cr3t@${'a'.repeat(5_000)}:1`],
  ])('%.40j is refused without a word of the password', (text) => {
    const failure = (() => {
      try {
        return parseProxyUrl(text);
      } catch (error) {
        return error;
      }
    })();
    expect(failure).toBeInstanceOf(UsageError);
    const { message, hint } = failure as UsageError;
    expect(`${message} ${hint}`).not.toMatch(/s3cr3t|user:/);
    expect('problem' in readProxyUrl(text, 'x')).toBe(true);
  });
});
