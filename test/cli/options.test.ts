import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/cli/config-file.ts';
import type { Layer, Written } from '../../src/cli/layers.ts';
import { type Options, resolveOptions } from '../../src/cli/options.ts';
import { refusal } from '../../src/usage-error.ts';

type Values = Readonly<Record<string, Written>>;

function resolve(flags: Values, config: Values = {}, env: Readonly<Record<string, string>> = {}): Options {
  const layer = (source: 'flag' | 'config', values: Values): Layer => ({
    source,
    values,
    where: (name) => (source === 'flag' ? `--${name}` : `file: ${name}`),
  });
  return resolveOptions({
    command: 'check',
    what: [],
    flags: layer('flag', flags),
    configs: [layer('config', config)],
    env,
    formats: ['table', 'json', 'ndjson'],
  });
}

describe('options', () => {
  it('have the documented defaults', () => {
    expect(resolve({})).toMatchObject({
      bundled: true,
      cloud: 'public',
      proxy: { choice: { kind: 'auto' }, source: 'default', auth: 'auto', noProxy: null, directToo: false },
      families: [4, 6],
      tlsHello: 'classic',
      userAgent: null,
      timeoutMs: 10_000,
      deadlineMs: 120_000,
      concurrency: null,
      experiments: true,
      offline: false,
      formats: [{ name: 'table', file: null }],
      lang: 'en',
      failOn: 'critical',
      colour: null,
    });
  });

  const precedence: readonly (readonly [string, Values, Values, Readonly<Record<string, string>>, object])[] = [
    ['a flag beats the file', { timeout: '1s' }, { timeout: '2s' }, {}, { timeoutMs: 1000 }],
    ['the file beats the default', {}, { timeout: '2s' }, {}, { timeoutMs: 2000 }],
    ['lists are replaced, not joined', { only: ['a'] }, { only: ['b', 'c'] }, {}, { only: ['a'] }],
    ['NO_COLOR beats the file', {}, { 'no-color': false }, { NO_COLOR: '1' }, { colour: false }],
    ['a flag beats NO_COLOR', { 'no-color': false }, {}, { NO_COLOR: '1' }, { colour: null }],
    ['an empty NO_COLOR says nothing', {}, {}, { NO_COLOR: '' }, { colour: null }],
    ['the proxy of the file is marked so', {}, { proxy: 'direct' }, {}, { proxy: { source: 'config' } }],
    ['--ipv4 alone is one family', { ipv4: true }, {}, {}, { families: [4] }],
    ['--ipv6 alone is the other', { ipv6: true }, {}, {}, { families: [6] }],
    ['both together are both', { ipv4: true, ipv6: true }, {}, {}, { families: [4, 6] }],
  ];
  it.each(precedence)('%s', (_, flags, config, env, expected) => {
    expect(resolve(flags, config, env)).toMatchObject(expected);
  });

  const values: readonly (readonly [Values, object])[] = [
    [{ timeout: '500ms' }, { timeoutMs: 500 }],
    [{ timeout: '1.5s' }, { timeoutMs: 1500 }],
    [{ deadline: '2m' }, { deadlineMs: 120_000 }],
    [
      { 'dns-server': ['192.0.2.1', '192.0.2.1:5353', '[2001:db8::1]:53', '2001:db8::1'] },
      {
        dnsServers: ['192.0.2.1', '192.0.2.1:5353', '[2001:db8::1]:53', '2001:db8::1'],
      },
    ],
    [{ set: ['tenantId=a-b', 'x=1=2'] }, { parameters: { tenantId: 'a-b', x: '1=2' } }],
    [
      { format: ['json=a=b.json', 'table=-'] },
      {
        formats: [
          { name: 'json', file: 'a=b.json' },
          { name: 'table', file: null },
        ],
      },
    ],
    [
      { proxy: 'http://proxy.example:8080' },
      {
        proxy: {
          choice: { kind: 'proxy', proxy: { protocol: 'http', host: 'proxy.example', port: 8080 } },
          source: 'flag',
        },
      },
    ],
    [
      { proxy: 'socks5h://[2001:db8::9]' },
      {
        proxy: { choice: { proxy: { protocol: 'socks5h', host: '2001:db8::9', port: 1080 } } },
      },
    ],
    [
      { proxy: 'pac+http://pac.example/proxy.pac' },
      {
        proxy: { choice: { kind: 'pac', url: 'http://pac.example/proxy.pac' } },
      },
    ],
    [{ 'no-proxy': 'a.example,10.0.0.0/8' }, { proxy: { noProxy: 'a.example,10.0.0.0/8' } }],
    [{ 'no-proxy': '' }, { proxy: { noProxy: '' } }],
    [
      { repeat: '5', 'no-experiments': true },
      { repeat: 5, experiments: false },
    ],
  ];
  it.each(values)('%j means %j', (flags, expected) => {
    expect(resolve(flags)).toMatchObject(expected);
  });

  const wrong: readonly (readonly [Values, string])[] = [
    [{ timeout: '' }, '--timeout: "" is not a duration'],
    [{ timeout: '0s' }, '--timeout: "0s" is out of range'],
    [{ timeout: '2h' }, '--timeout: "2h" is out of range'],
    [{ timeout: '2w' }, '--timeout: "2w" is not a duration'],
    [{ timeout: '-1s' }, '--timeout: "-1s" is not a duration'],
    [{ timeout: '999999999m' }, '--timeout: "999999999m" is out of range'],
    [{ concurrency: '0' }, '--concurrency: "0" is not a whole number from 1 to 4096'],
    [{ concurrency: '1e3' }, '--concurrency: "1e3" is not a whole number from 1 to 4096'],
    [{ repeat: '1' }, '--repeat: "1" is not a whole number from 2 to 100'],
    [{ 'dns-server': ['192.0.2.1:0'] }, '--dns-server: "192.0.2.1:0" is not the address of a resolver'],
    [{ 'dns-server': ['192.0.2.300'] }, '--dns-server: "192.0.2.300" is not the address of a resolver'],
    [{ set: ['tenantId'] }, '--set: "tenantId" is not NAME=VALUE'],
    [{ set: ['a=1', 'a=2'] }, '--set: a is set to two values'],
    [{ set: ['a=\u001b[0m'] }, '--set: "a=\ufffd[0m" is not NAME=VALUE'],
    [{ format: ['json='] }, '--format: "json=" names no file'],
    [{ format: ['json=x', 'table=x'] }, '--format: two formats for the file "x"'],
    [{ 'tls-hello': 'huge' }, '--tls-hello: unknown value "huge"'],
    [{ 'user-agent': 'a\r\nb: c' }, '--user-agent: a client name has 1 to 256 printable ASCII characters'],
    [{ 'fail-on': 'error' }, '--fail-on: unknown value "error"'],
    [{ 'proxy-auth': 'kerberos' }, '--proxy-auth: unknown value "kerberos"'],
    [{ 'ca-file': [''] }, '--ca-file: an empty value'],
  ];
  it.each(wrong)('%j is refused', (flags, message) => {
    expect(() => resolve(flags)).toThrow(expect.objectContaining({ name: 'UsageError', message }));
  });

  it('name the place of a wrong value', () => {
    expect(() => resolve({}, { timeout: '1' })).toThrow('file: timeout: "1" is not a duration');
  });

  it('never show a password, whatever prints them', () => {
    const options = resolve(
      { proxy: 'http://user:hunter2@proxy.example:8080' },
      {},
      { WAYCLEAR_PROXY_PASSWORD: 'hunter3' },
    );
    const printed = [
      JSON.stringify(options),
      inspect(options, { depth: 20, showHidden: true }),
      String(options),
    ].join();
    expect(printed).not.toMatch(/hunter/);
    expect(options.used['proxy']).toBe('http://proxy.example:8080');
    const { choice, password } = options.proxy;
    expect(choice.kind === 'proxy' && choice.proxy.credentials?.password.reveal()).toBe('hunter2');
    expect(password !== null && 'secret' in password && password.secret.reveal()).toBe('hunter3');
  });

  it('as used can be written as flags again', () => {
    const { used } = resolve({ timeout: '90s', only: ['a/*'], set: ['t=x'] });
    expect(used).toMatchObject({ timeout: '90s', deadline: '2m', only: ['a/*'], set: ['t=x'], 'no-proxy': null });
  });
});

describe('a configuration file', () => {
  it('has the keys of the flags, texts, switches and lists', () => {
    const layer = parseConfig(
      '{"timeout": "5s", "concurrency": 4, "offline": true, "only": "a", "skip": ["b"]}',
      'x.json',
    );
    expect(layer.values).toEqual({ timeout: '5s', concurrency: '4', offline: true, only: ['a'], skip: ['b'] });
    expect(layer.where('timeout')).toEqual(refusal('file.key', { file: 'x.json', key: 'timeout' }));
  });

  it.each([
    ['{"__proto__": "x"}', '/__proto__: unknown key "__proto__"'],
    ['{"constructor": "x"}', '/constructor: unknown key "constructor"'],
    ['{"only": [[1]]}', '/only/0: expected a text, got a list'],
    ['{"timeout": null}', '/timeout: expected a duration such as 500ms, 10s or 2m, at most 1h, got null'],
    ['null', 'not a JSON object'],
    [`{"only": [${'"a",'.repeat(1000)}"a"]}`, '/only: expected at most 1000 entries, got 1001'],
    [
      `{"proxy": "user:hunter2@${'x'.repeat(100_000)}"}`,
      '/proxy: expected a text of at most 32768 characters, got 100013',
    ],
  ])('%s is refused', (text, message) => {
    expect(() => parseConfig(text, 'folder/x.json')).toThrow(`x.json: ${message}`);
  });
});
