import { describe, expect, it } from 'vitest';
import { credentials, secret } from '../../src/proxy/credentials.ts';
import { pacEvaluation } from '../../src/proxy/pac/candidates.ts';
import { readProxyUrl } from '../../src/proxy/proxy-url.ts';
import { emptySetting, type ProxySetting } from '../../src/proxy/setting.ts';
import { readEnvironmentSetting } from '../../src/proxy/settings/environment.ts';
import { windowsSetting } from '../../src/proxy/settings/windows.ts';
import {
  chooseRoute,
  parseProxyChoice,
  parseProxyUrl,
  type RouteDecision,
  type RouteInputs,
  withPacAnswer,
  wpadUrls,
} from '../../src/routes/choose.ts';
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

describe('--proxy', () => {
  it.each(['auto', 'env', 'system', 'direct'] as const)('%s is a choice', (word) => {
    expect(parseProxyChoice(word)).toEqual({ kind: word });
  });

  it('takes a proxy, or a PAC file by its address', () => {
    expect(parseProxyChoice('socks5h://p:9')).toMatchObject({
      kind: 'proxy',
      proxy: { protocol: 'socks5h', host: 'p', port: 9, name: '--proxy' },
    });
    expect(parseProxyChoice('pac+http://wpad.example/proxy.pac')).toEqual({
      kind: 'pac',
      url: 'http://wpad.example/proxy.pac',
    });
    expect(parseProxyChoice('pac+file:///etc/proxy.pac')).toEqual({ kind: 'pac', url: 'file:///etc/proxy.pac' });
  });

  it.each(['pac+', 'pac+proxy.pac', 'pac+pac+http://a/', 'pac+ftp://a/b', 'pac+http://u:s3cr3t@a/b'])(
    'does not take %s',
    (text) => {
      expect(() => parseProxyChoice(text)).toThrow(UsageError);
      expect(() => parseProxyChoice(text)).not.toThrow(/s3cr3t/);
    },
  );
});

const environment = (env: Record<string, string>): ProxySetting => readEnvironmentSetting(env);
const windows = windowsSetting(
  'winhttp',
  { proxy: 'win.example:8080', bypass: '*.corp.example;<local>', pacUrl: '', autoDetect: false },
  ['WinHTTP', 'WinHTTP'],
);
const withPac: ProxySetting = { ...windows, pacUrl: 'http://wpad.example/p.pac', autoDetect: true };

function choose(inputs: Partial<RouteInputs>, url = 'https://a.example/'): RouteDecision {
  const { protocol, hostname, port } = new URL(url);
  const scheme = protocol === 'http:' ? 'http' : protocol === 'https:' ? 'https' : 'tcp';
  const host = hostname.replace(/^\[|\]$/g, '');
  return chooseRoute(
    { scheme, host, port: port === '' ? (scheme === 'http' ? 80 : 443) : Number(port) },
    { choice: { kind: 'auto' }, noProxy: null, environment: null, system: [], ...inputs },
  );
}

/** `source why: first candidate | …` */
function shown({ source, why, candidates, bypassEntry, pac }: RouteDecision): string {
  const ways = candidates.map(({ route }) =>
    route.kind === 'direct' ? 'direct' : `${route.protocol}://${route.host}:${route.port}`,
  );
  return [
    `${source} ${why}: ${ways.join(' | ')}`,
    ...(bypassEntry === null ? [] : [`by ${bypassEntry}`]),
    ...(pac.length === 0 ? [] : [`after ${pac.map(({ from, url }) => url ?? from).join(', ')}`]),
  ].join(' ');
}

describe('a route', () => {
  it.each([
    ['nothing anywhere', {}, 'https://a.example/', 'default default: direct'],
    [
      'the environment',
      { environment: environment({ HTTPS_PROXY: 'http://e:1' }), system: [windows] },
      'https://a.example/',
      'environment HTTPS_PROXY: http://e:1',
    ],
    [
      'the environment for http',
      { environment: environment({ http_proxy: 'http://e:1' }) },
      'http://a.example/',
      'environment http_proxy: http://e:1',
    ],
    [
      'a source decides as a whole',
      { environment: environment({ http_proxy: 'http://e:1' }), system: [windows] },
      'https://a.example/',
      'environment environment: direct',
    ],
    [
      'ALL_PROXY',
      { environment: environment({ ALL_PROXY: 'socks5://e:1', http_proxy: 'http://h:1' }) },
      'https://a.example/',
      'environment ALL_PROXY: socks5://e:1',
    ],
    [
      'a bare port goes where https goes',
      { environment: environment({ HTTPS_PROXY: 'http://e:1' }) },
      'tcp://a.example:1433',
      'environment HTTPS_PROXY: http://e:1',
    ],
    [
      'NO_PROXY',
      { environment: environment({ HTTPS_PROXY: 'http://e:1', NO_PROXY: 'example' }) },
      'https://a.example/',
      'environment NO_PROXY: direct by example',
    ],
    [
      'NO_PROXY alone says nothing',
      { environment: environment({ NO_PROXY: 'example' }), system: [windows] },
      'https://a.example/',
      'system WinHTTP: http://win.example:8080',
    ],
    [
      'the system',
      { environment: environment({}), system: [emptySetting('winhttp'), windows] },
      'https://a.example/',
      'system WinHTTP: http://win.example:8080',
    ],
    ['the system\u2019s list', { system: [windows] }, 'https://intranet/', 'system WinHTTP: direct by <local>'],
    [
      '--no-proxy instead of the source\u2019s list',
      { system: [windows], noProxy: 'other.example' },
      'https://b.corp.example/',
      'system WinHTTP: http://win.example:8080',
    ],
    [
      '--no-proxy',
      { system: [windows], noProxy: 'a.example' },
      'https://a.example/',
      'system --no-proxy: direct by a.example',
    ],
    ['--proxy env', { choice: { kind: 'env' }, system: [windows] }, 'https://a.example/', 'default default: direct'],
    [
      '--proxy system',
      { choice: { kind: 'system' }, environment: environment({ HTTPS_PROXY: 'http://e:1' }), system: [windows] },
      'https://a.example/',
      'system WinHTTP: http://win.example:8080',
    ],
    [
      '--proxy direct',
      { choice: { kind: 'direct' }, environment: environment({ HTTPS_PROXY: 'http://e:1' }), system: [windows] },
      'https://a.example/',
      'flag --proxy: direct',
    ],
    [
      '--proxy URL',
      { choice: parseProxyChoice('https://f:1'), environment: environment({ HTTPS_PROXY: 'http://e:1' }) },
      'https://a.example/',
      'flag --proxy: https://f:1',
    ],
    [
      '--proxy URL with NO_PROXY, as curl',
      { choice: parseProxyChoice('http://f:1'), environment: environment({ no_proxy: 'a.example' }) },
      'https://a.example/',
      'flag no_proxy: direct by a.example',
    ],
    [
      'the configuration file',
      { choice: parseProxyChoice('http://f:1'), configured: true },
      'https://a.example/',
      'config --proxy: http://f:1',
    ],
    [
      'a PAC file',
      { choice: parseProxyChoice('pac+http://w/p.pac') },
      'https://a.example/',
      'flag --proxy:  after http://w/p.pac',
    ],
    [
      'a PAC file and --no-proxy',
      { choice: parseProxyChoice('pac+http://w/p.pac'), noProxy: 'a.example' },
      'https://a.example/',
      'flag --no-proxy: direct by a.example',
    ],
    [
      'discovery, PAC file, then the proxy',
      { system: [withPac] },
      'https://a.example/',
      'system WinHTTP: http://win.example:8080 after wpad, http://wpad.example/p.pac',
    ],
    [
      'a bypass list behind a PAC file',
      { system: [withPac] },
      'https://intranet/',
      'system WinHTTP: direct by <local> after wpad, http://wpad.example/p.pac',
    ],
    [
      'a proxy that can not be read is not passed over in silence',
      { environment: environment({ HTTPS_PROXY: 'http://e:port' }), system: [windows] },
      'https://a.example/',
      'environment environment: direct',
    ],
  ] as const)('%s', (_, inputs, url, expected) => {
    expect(shown(choose(inputs as Partial<RouteInputs>, url))).toBe(expected);
  });

  it('carries the mistakes of the setting that won, and who would go another way', () => {
    const decision = choose(
      { environment: environment({ HTTPS_PROXY: 'e:1', NO_PROXY: '*.corp.example' }) },
      'https://b.corp.example/',
    );
    expect(decision.mistakes.map(({ code, name }) => [name, code])).toEqual([
      ['HTTPS_PROXY', 'scheme-missing'],
      ['NO_PROXY', 'star-dot'],
    ]);
    expect(decision.differs).toEqual([{ dialect: 'curl', answer: false }]);
  });

  it('carries the account apart, and shows it nowhere', () => {
    const decision = choose({ environment: environment({ HTTPS_PROXY: 'http://user:s3cr3t@e:1' }) });
    expect(decision.candidates[0]?.credentials?.password.reveal()).toBe('s3cr3t');
    expect(JSON.stringify(decision)).not.toMatch(/s3cr3t|user"/);
  });
});

describe('a PAC answer in a decision', () => {
  const pending = choose({ system: [withPac] });

  it('decides with its candidates in their order', () => {
    const decision = withPacAnswer(pending, pacEvaluation('PROXY p:1; SOCKS5 s:2; DIRECT'), 'http://w/wpad.dat');
    expect(shown(decision)).toBe('pac http://w/wpad.dat: http://p:1 | socks5h://s:2 | direct');
    expect(decision.candidates.every(({ route }) => route.source === 'pac' && route.why === 'http://w/wpad.dat')).toBe(
      true,
    );
  });

  it.each([
    ['was not found', null],
    ['says nonsense', pacEvaluation('nonsense')],
    ['says nothing', pacEvaluation(undefined)],
  ])('leaves what stands after it where the file %s', (_, evaluation) => {
    const one = withPacAnswer(pending, evaluation, 'http://w/wpad.dat');
    expect(shown(one)).toBe('system WinHTTP: http://win.example:8080 after http://wpad.example/p.pac');
    expect(shown(withPacAnswer(one, evaluation, 'x'))).toBe('system WinHTTP: http://win.example:8080');
  });

  it('leaves nothing where the user named the file', () => {
    const asked = choose({ choice: parseProxyChoice('pac+http://w/p.pac') });
    expect(withPacAnswer(asked, null, 'http://w/p.pac')).toMatchObject({ candidates: [], pac: [] });
  });
});

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

describe('an account made elsewhere', () => {
  it('is what a candidate carries', () => {
    const account = credentials('u', secret('p'), 'option');
    const choice = parseProxyChoice('http://f:1');
    if (choice.kind !== 'proxy') throw new Error('no proxy');
    const decision = choose({ choice: { ...choice, proxy: { ...choice.proxy, credentials: account } } });
    expect(decision.candidates[0]?.credentials).toBe(account);
  });
});
