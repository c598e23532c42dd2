import { describe, expect, it } from 'vitest';
import { parseProxyChoice } from '../../src/proxy/choice.ts';
import type { ProxySettings } from '../../src/proxy/deciding.ts';
import { pacEvaluation } from '../../src/proxy/pac/candidates.ts';
import { emptySetting, type ProxySetting } from '../../src/proxy/setting.ts';
import { readEnvironmentSetting } from '../../src/proxy/settings/variables.ts';
import { windowsSetting } from '../../src/proxy/settings/windows-parts.ts';
import { type ChosenRoutes, chooseRoutes, withPacAnswer } from '../../src/routes/choose.ts';
import { sourceFacts } from '../../src/routes/route-facts.ts';

const environment = (env: Record<string, string>): ProxySetting => readEnvironmentSetting(env);
const windows = windowsSetting(
  'winhttp',
  { proxy: 'win.example:8080', bypass: '*.corp.example;<local>', pacUrl: '', autoDetect: false },
  ['WinHTTP', 'WinHTTP'],
);
const withPac: ProxySetting = { ...windows, pacUrl: 'http://wpad.example/p.pac', autoDetect: true };

const settingsOf = (part: Partial<ProxySettings>): ProxySettings => ({
  choice: { kind: 'auto' },
  chosenBy: 'flag',
  noProxy: null,
  environment: null,
  system: [],
  ...part,
});

function choose(part: Partial<ProxySettings>, url = 'https://a.example/'): ChosenRoutes {
  const { protocol, hostname, port } = new URL(url);
  const scheme = protocol === 'http:' ? 'http' : protocol === 'https:' ? 'https' : 'tcp';
  const host = hostname.replace(/^\[|\]$/g, '');
  const standard = scheme === 'http' ? 80 : 443;
  return chooseRoutes({ scheme, host, port: port === '' ? standard : Number(port), url }, settingsOf(part));
}

/** `source why: first route | …` */
function shown({ routes, reasons, pacUrls }: ChosenRoutes): string {
  const [first] = routes;
  const ways = routes.map((route) =>
    route.kind === 'direct' ? 'direct' : `${route.protocol}://${route.host}:${route.port}`,
  );
  return [
    ...(first === undefined ? ['nothing'] : [`${first.source} ${first.why}: ${ways.join(' | ')}`]),
    ...(reasons.bypass === undefined ? [] : [`by ${reasons.bypass}`]),
    ...(pacUrls.length === 0 ? [] : [`after ${pacUrls.map((url) => url ?? 'wpad').join(', ')}`]),
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
      'flag --no-proxy: direct by a.example',
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
      { choice: parseProxyChoice('http://f:1'), chosenBy: 'config' },
      'https://a.example/',
      'config --proxy: http://f:1',
    ],
    [
      'a PAC file',
      { choice: parseProxyChoice('pac+http://w/p.pac') },
      'https://a.example/',
      'nothing after http://w/p.pac',
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
    expect(shown(choose(inputs as Partial<ProxySettings>, url))).toBe(expected);
  });

  it('says who would go another way, and what is wrong with the setting that won', () => {
    const environmental = { environment: environment({ HTTPS_PROXY: 'e:1', NO_PROXY: '*.corp.example' }) };
    const [facts] = sourceFacts(settingsOf(environmental));
    expect(facts?.mistakes.map(({ code, name }) => [name, code])).toEqual([
      ['HTTPS_PROXY', 'scheme-missing'],
      ['NO_PROXY', 'star-dot'],
    ]);
    expect(choose(environmental, 'https://b.corp.example/').reasons).toEqual({
      bypass: '*.corp.example',
      differs: [{ dialect: 'curl', bypass: false }],
    });
  });

  it('shows no account', () => {
    const chosen = choose({ environment: environment({ HTTPS_PROXY: 'http://user:s3cr3t@e:1' }) });
    expect(JSON.stringify(chosen)).not.toMatch(/s3cr3t|user"/);
  });
});

describe('a PAC answer', () => {
  const pending = choose({ system: [withPac] });

  it('decides with its candidates in their order', () => {
    const decided = withPacAnswer(pending, pacEvaluation('PROXY p:1; SOCKS5 s:2; DIRECT'), 'http://w/wpad.dat');
    expect(shown(decided)).toBe('pac http://w/wpad.dat: http://p:1 | socks5h://s:2 | direct');
    expect(decided.routes.every(({ source, why }) => source === 'pac' && why === 'http://w/wpad.dat')).toBe(true);
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
    expect(withPacAnswer(asked, null, 'http://w/p.pac')).toMatchObject({ routes: [], pacUrls: [] });
  });
});
