import { describe, expect, it } from 'vitest';
import { evaluateBypass, intendedBypass, lintBypass } from '../../src/proxy/no-proxy.ts';
import type { BypassDialect } from '../../src/proxy/setting.ts';

function bypass(text: string, host: string, port = 443, dialect: BypassDialect = 'environment') {
  return evaluateBypass({ text, dialect }, { host, port, scheme: 'https' });
}

describe('NO_PROXY', () => {
  it.each([
    ['contoso.com', 'contoso.com', 'contoso.com'],
    ['contoso.com', 'www.contoso.com', 'contoso.com'],
    ['contoso.com', 'notcontoso.com', null],
    ['contoso.com', 'contoso.com.example', null],
    ['.contoso.com', 'www.contoso.com', '.contoso.com'],
    ['.contoso.com', 'contoso.com', '.contoso.com'],
    ['*.contoso.com', 'www.contoso.com', '*.contoso.com'],
    ['*contoso.com', 'www.contoso.com', null],
    ['www.*.com', 'www.contoso.com', null],
    ['*', 'anything.example', '*'],
    [' * ', 'anything.example', '*'],
    ['a.example,*', 'anything.example', null],
    ['CONTOSO.com.', 'www.contoso.com', 'CONTOSO.com.'],
    ['a.example, b.example ,c.example', 'b.example', 'b.example'],
    ['a.example b.example\tc.example', 'c.example', 'c.example'],
    ['a.example,,b.example', 'b.example', 'b.example'],
    ['', 'a.example', null],
    ['.', 'a.example', null],
    ['contoso.com:443', 'www.contoso.com', 'contoso.com:443'],
    ['contoso.com:80', 'www.contoso.com', null],
    ['10.0.0.0/8', '10.1.2.3', '10.0.0.0/8'],
    ['10.0.0.0/8', '11.1.2.3', null],
    ['10.0.0.0/8', '10.example', null],
    ['10.0.0.0/33', '10.1.2.3', null],
    ['10.1.2.3', '10.1.2.3', '10.1.2.3'],
    ['10.1.2.3:443', '10.1.2.3', '10.1.2.3:443'],
    ['1.2.3', '10.1.2.3', null],
    ['2001:db8::/32', '2001:db8::7', '2001:db8::/32'],
    ['2001:0DB8::7', '2001:db8::7', '2001:0DB8::7'],
    ['[2001:db8::7]', '2001:db8::7', '[2001:db8::7]'],
    ['[2001:db8::7]:443', '2001:db8::7', '[2001:db8::7]:443'],
    ['[2001:db8::7]:80', '2001:db8::7', null],
    ['<local>', 'intranet', null],
    ['https://contoso.com', 'contoso.com', null],
  ])('%j for %s: %j', (list, host, entry) => {
    expect(bypass(list, host)).toMatchObject({ bypass: entry !== null, entry });
  });

  it.each([
    ['contoso.com', 'contoso.com', []],
    ['contoso.com', 'www.contoso.com', ['proxy-from-env']],
    ['.contoso.com', 'contoso.com', ['proxy-from-env', 'go']],
    ['.contoso.com', 'www.contoso.com', []],
    ['*.contoso.com', 'www.contoso.com', ['curl']],
    ['*.contoso.com', 'contoso.com', ['curl', 'proxy-from-env', 'go']],
    ['*contoso.com', 'www.contoso.com', ['proxy-from-env']],
    ['contoso.com:443', 'contoso.com', ['curl']],
    ['10.0.0.0/8', '10.1.2.3', ['proxy-from-env', 'undici']],
    ['a.example,*', 'b.example', ['proxy-from-env', 'go']],
    ['a.example b.example', 'b.example', ['go']],
    ['other.example', 'localhost', ['go']],
    ['', 'localhost', []],
  ])('%j for %s is answered otherwise by %j', (list, host, dialects) => {
    const answer = bypass(list, host);
    expect(answer.differs).toEqual(dialects.map((dialect) => ({ dialect, answer: !answer.bypass })));
  });

  it('is bounded: what lies beyond is not read', () => {
    expect(bypass(`${'x,'.repeat(40_000)}a.example`, 'a.example').bypass).toBe(false);
    expect(bypass(`${'x'.repeat(5_000_000)}`, 'a.example').bypass).toBe(false);
  });

  it('shows the entry without controls', () => {
    expect(bypass('a.\u202eexample', 'a.\u202eexample').entry).toBe('a.\\u{202e}example');
  });
});

describe('a Windows bypass list', () => {
  it.each([
    ['*.contoso.com', 'www.contoso.com', true],
    ['*.contoso.com', 'contoso.com', false],
    ['contoso.com', 'www.contoso.com', false],
    ['contoso.com', 'contoso.com', true],
    ['*contoso.com', 'www.contoso.com', true],
    ['10.*', '10.1.2.3', true],
    ['10.*.3', '10.1.2.3', true],
    ['10.0.0.0/8', '10.1.2.3', false],
    ['<local>', 'intranet', true],
    ['<local>', 'www.contoso.com', false],
    ['<LOCAL>', '2001:db8::1', false],
    ['a.example;b.example', 'b.example', true],
    ['a.example b.example', 'b.example', true],
    ['a.example,b.example', 'b.example', false],
    ['https://a.example', 'a.example', true],
    ['http://a.example', 'a.example', false],
    ['a.example:443', 'a.example', true],
    ['a.example:80', 'a.example', false],
    ['[2001:db8::1]', '2001:db8::1', true],
    ['*', 'a.example', true],
  ])('%j for %s: %s', (list, host, expected) => {
    expect(bypass(list, host, 443, 'windows')).toMatchObject({ bypass: expected, differs: [] });
  });

  it('with many stars ends', () => {
    expect(bypass(`${'*a'.repeat(2_000)}b`, 'a'.repeat(253), 443, 'windows').bypass).toBe(false);
  });
});

describe('exceptions of macOS and GNOME', () => {
  it.each([
    ['macos', '*.local,169.254/16', 'printer.local', true],
    ['macos', '*.local,169.254/16', '169.254.7.7', true],
    ['macos', '*.local,169.254/16', '169.255.7.7', false],
    ['macos', '10/8', '10.1.2.3', true],
    ['macos', '<local>', 'intranet', true],
    ['gnome', 'localhost,127.0.0.0/8,::1,*.contoso.com', 'www.contoso.com', true],
    ['gnome', 'localhost,127.0.0.0/8,::1,*.contoso.com', '::1', true],
    ['gnome', 'localhost,127.0.0.0/8,::1,*.contoso.com', 'a.example', false],
  ] as const)('%s: %j for %s: %s', (dialect, list, host, expected) => {
    expect(bypass(list, host, 443, dialect).bypass).toBe(expected);
  });
});

describe('mistakes', () => {
  it.each([
    ['environment', 'localhost,127.0.0.1,::1', []],
    ['environment', '*', []],
    ['environment', 'a.example,,b', ['missing-dot', 'empty-entry']],
    ['environment', 'localhost,', []],
    ['environment', '*contoso.com', ['star-without-dot']],
    ['environment', 'localhost,*', ['star-in-list']],
    ['environment', '10.*', ['star-inside']],
    ['environment', '*.contoso.com', ['star-dot']],
    ['environment', '.contoso.com', ['leading-dot']],
    ['environment', 'contoso.com', ['missing-dot']],
    ['environment', '10.0.0.0/8', ['cidr-for-names']],
    ['environment', '10.0.0.0/33', ['cidr-invalid']],
    ['environment', '<local>', ['local-token']],
    ['environment', 'https://contoso.com', ['url-entry']],
    ['environment', 'contoso.com/path', ['path-entry']],
    ['environment', 'localhost:443', ['port']],
    ['environment', 'a;b', ['wrong-separator']],
    ['environment', 'localhost intranet', ['space-separator']],
    ['windows', '*.contoso.com;10.*;<local>;http://a.example', []],
    ['windows', 'a.example,b.example', ['wrong-separator']],
    ['windows', '10.0.0.0/8', ['cidr-for-names']],
    ['windows', 'a.example/path', ['path-entry']],
    ['windows', 'a.example;;b.example', ['empty-entry']],
    ['macos', '*.local,169.254/16,<local>', []],
    ['gnome', 'localhost,127.0.0.0/8,::1', []],
    ['gnome', '*contoso.com', ['star-without-dot']],
  ] as const)('in %s %j: %j', (dialect, text, codes) => {
    expect(lintBypass({ text, dialect, name: 'X' }).map(({ code }) => code)).toEqual(codes);
  });

  it('say where, what and who reads it otherwise', () => {
    expect(lintBypass({ text: '*contoso.com', dialect: 'environment', name: 'no_proxy' })).toEqual([
      {
        code: 'star-without-dot',
        level: 'no-effect',
        name: 'no_proxy',
        entry: '*contoso.com',
        dialects: ['proxy-from-env'],
      },
    ]);
  });

  it('never repeat an entry that could be a proxy with its password', () => {
    const mistakes = lintBypass({
      text: 'http://user:s3cr3t@proxy.example:8080',
      dialect: 'environment',
      name: 'NO_PROXY',
    });
    expect(mistakes.map(({ code, entry }) => [code, entry])).toEqual([['url-entry', '']]);
  });

  it('are a hundred at most', () => {
    expect(lintBypass({ text: '10.*,'.repeat(5_000), dialect: 'environment', name: 'X' })).toHaveLength(100);
    expect(lintBypass({ text: 'x'.repeat(1_000_000), dialect: 'environment', name: 'X' })[0]?.code).toBe('too-long');
  });
});

describe('an entry that was meant', () => {
  it.each([
    ['localhost;127.0.0.1;.corp.example', 'mp01.corp.example', '.corp.example'],
    ['a.example | *.corp.example', 'mp01.corp.example', '*.corp.example'],
    ['"localhost,.corp.example"', 'mp01.corp.example', '.corp.example'],
    ['*corp.example', 'mp01.corp.example', '*corp.example'],
    ['mp*.corp.example', 'mp01.corp.example', 'mp*.corp.example'],
    ['https://mp01.corp.example/path', 'mp01.corp.example', 'https://mp01.corp.example/path'],
    ['<local>', 'mp01', '<local>'],
    ['10.*', '10.1.2.3', '10.*'],
    ['localhost;.corp.example', 'www.contoso.com', null],
    ['10.0.0.0/8', 'mp01.corp.example', null],
  ])('in %j for %s', (text, host, entry) => {
    expect(intendedBypass({ text }, { host, port: 443 })).toBe(entry);
  });
});
