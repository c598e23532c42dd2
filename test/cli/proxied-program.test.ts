import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Origin, tcpOrigin } from '../../src/demo/listen.ts';
import { answer, httpOrigin, httpsOrigin } from '../../src/demo/origins-http.ts';
import { resetting } from '../../src/demo/origins-tcp.ts';
import { createAuthority, issueCertificate } from '../../src/demo/pki.ts';
import type { Report } from '../../src/model/report.ts';
import { closing } from '../servers/broken-tcp.ts';
import { forwarding, reply, replying } from '../servers/proxies.ts';
import { type Ended, ensureBuilt, wayclear } from './program.ts';

const closers: (() => unknown)[] = [];
const kept = <T extends { close(): unknown }>(thing: T): T => {
  closers.push(() => thing.close());
  return thing;
};
let folder = '';
beforeAll(() => {
  ensureBuilt();
  folder = mkdtempSync(join(tmpdir(), 'wayclear-program-'));
});
afterAll(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  rmSync(folder, { recursive: true, force: true });
});

let files = 0;
const file = (name: string, text: string, mode = 0o600): string => {
  files += 1;
  const path = join(folder, `${files}-${name}`);
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
};

const quick = ['--no-bundled', '--timeout', '20s', '--dns-server', '127.0.0.1:1', '--format', 'json'] as const;
/** The built program, in a process of its own. */
const check = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> =>
  wayclear(['check', ...quick, ...args], { env });
const reported = async (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Report> => {
  const { stdout, stderr } = await check(args, env);
  expect(stderr).toBe('');
  return JSON.parse(stdout) as Report;
};
const seen = ({ targets }: Report): readonly string[] =>
  targets.map(({ verdict, findings }) => [verdict, ...findings.map(({ cause }) => cause)].join(' '));

describe.concurrent('an https proxy whose certificate comes from a private authority', () => {
  const root = createAuthority({ name: 'Example Corp Proxy Root' });
  const leaf = issueCertificate(root, { commonName: 'proxy', ipAddresses: ['127.0.0.1'] });
  const other = createAuthority({ name: 'Another Root' });

  /** A proxy behind TLS, the origin behind the proxy, and what the proxy was asked. */
  async function behindTls() {
    const asked: string[] = [];
    const proxy = kept(
      await httpsOrigin({ certificate: { chainPem: leaf.pem, keyPem: leaf.keyPem } }, (peer, request) => {
        asked.push(`${request.method} ${request.path}`);
        answer({ body: 'the origin' })(peer, request);
      }),
    );
    return { asked, address: `https://127.0.0.1:${proxy.port}` };
  }

  it('is used with --proxy-ca', async () => {
    const { asked, address } = await behindTls();
    const report = await reported(['http://a.test/', '--proxy', address, '--proxy-ca', file('root.pem', root.pem)]);
    expect(seen(report)).toEqual(['reachable']);
    expect(report.targets[0]?.route).toBe(address.replace('https://', 'proxy:'));
    expect(asked).toEqual(['GET http://a.test/']);
  });

  it.each([
    ['without it', () => []],
    ['with the wrong one', () => ['--proxy-ca', file('other.pem', other.pem)]],
  ])('is sent nothing %s', async (_name, extra) => {
    const { asked, address } = await behindTls();
    const { stdout, code } = await check(['http://a.test/', 'https://b.test/', '--proxy', address, ...extra()]);
    const report = JSON.parse(stdout) as Report;
    expect([code, ...seen(report)]).toEqual([1, ...Array(2).fill('unreachable proxy.tls-failed')]);
    expect(report.rootCauses.map(({ targets }) => targets.length)).toEqual([2]);
    expect(JSON.stringify(report.rootCauses[0]?.evidence)).toContain('CN=Example Corp Proxy Root');
    expect(asked).toEqual([]);
  });

  it.each([
    ['missing', () => join(folder, 'nowhere.pem'), /--proxy-ca/],
    ['no certificate', () => file('text.pem', 'hello'), /--proxy-ca: no certificate in the file/],
    ['a certificate that is damaged', () => file('cut.pem', root.pem.replace(/^M.*$/m, 'MIIA')), /no certificate/],
  ])('a file that is %s is a mistake, and nothing is sent', async (_name, path, text) => {
    const { asked, address } = await behindTls();
    const { code, stderr } = await check(['http://a.test/', '--proxy', address, '--proxy-ca', path()]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(text)]);
    expect(asked).toEqual([]);
  });
});

describe.concurrent('a PAC file', () => {
  const find = (body: string): string => `function FindProxyForURL(url, host) { ${body} }`;

  it.each([
    ['loops for ever', find('while (true) {}'), /timeout/],
    ['loops for ever before it defines anything', `while (true) {}\n${find('return "DIRECT"')}`, /timeout/],
    ['calls itself for ever', find('return FindProxyForURL(url, host)'), /threw/],
    ['throws a secret page long', find('throw new Error("x".repeat(1e6))'), /threw/],
    ['answers a number', find('return 8080'), /nonsense/],
    ['answers ten thousand proxies of no kind', find('return "CARRIER PIGEON; ".repeat(1e4)'), /nonsense/],
    ['is too large', `//${'x'.repeat(1_100_000)}\n${find('return "DIRECT"')}`, /too-large/],
    ['has no function', 'var x = 1;', /./],
    ['is empty', '', /./],
  ])(
    'that %s ends the run with one cause, and nothing is sent',
    async (_name, script, detail) => {
      const origin = kept(await httpOrigin({}, answer()));
      const pac = kept(await httpOrigin({}, answer({ body: script })));
      const urls = ['a', 'b', 'c', 'd'].map((host) => `http://${host}.test:${origin.port}/`);
      const report = await reported([...urls, '--proxy', `pac+http://127.0.0.1:${pac.port}/x.pac`]);
      expect(seen(report)).toEqual(Array(4).fill('unreachable proxy.pac-invalid'));
      expect(report.rootCauses).toHaveLength(1);
      const said = JSON.stringify(report.rootCauses[0]?.evidence);
      expect(said).toMatch(detail);
      expect(said.length).toBeLessThan(1000);
      expect([origin.counts.connections, pac.counts.requests]).toEqual([0, 1]);
    },
    60_000,
  );

  it('that only the proxy could give, which it names, is one that nobody gets', async () => {
    const inside = kept(await httpOrigin({}, answer({ body: find('return "PROXY 127.0.0.1:9"') })));
    const proxy = kept(await forwarding());
    const report = await reported(['http://a.test/', '--proxy', `pac+http://inside.test:${inside.port}/x.pac`], {
      http_proxy: `http://127.0.0.1:${proxy.port}`,
    });
    expect(seen(report)).toEqual(['unreachable proxy.pac-unreachable']);
    expect([proxy.requests.length, inside.counts.connections]).toEqual([0, 0]);
  });

  it('that redirects to itself for ever is fetched a few times', async () => {
    const pac = kept(await httpOrigin({}, answer({ status: 302, headers: [['Location', '/x.pac']] })));
    const report = await reported(['http://a.test/', '--proxy', `pac+http://127.0.0.1:${pac.port}/x.pac`]);
    expect(seen(report)).toEqual(['unreachable proxy.pac-unreachable']);
    expect(pac.counts.requests).toBeLessThanOrEqual(6);
  });
});

describe.concurrent('a proxy that closes 10,000 times', () => {
  const challenge = reply('407 Auth', ['Proxy-Authenticate: Digest realm="x", nonce="n", qop="auth"']);
  const account = ['--proxy-user', 'u', '--proxy-password-file'] as const;

  it.each<[string, () => Promise<Origin>, boolean]>([
    ['at once', () => tcpOrigin({}, (socket) => socket.destroy()), false],
    ['at the request', () => closing({ at: 'hello' }), false],
    ['with a reset', () => resetting({ at: 'hello' }), false],
    ['after asking for credentials', () => replying({}, challenge, 'close'), true],
    ['calling each answer stale', () => replying({}, challenge.replace('nonce=', 'stale=true, nonce='), 'close'), true],
    [
      'after asking for credentials, which it says',
      () => replying({}, challenge.replace('\r\n', '\r\nConnection: close\r\n'), 'close'),
      true,
    ],
    ['after each leg of NTLM', () => replying({}, reply('407 Auth', ['Proxy-Authenticate: NTLM']), 'close'), true],
  ])('%s is connected to at most twice an attempt', async (_name, start, login) => {
    const proxy = kept(await start());
    const urls = ['a', 'b', 'c'].flatMap((host) => [`https://${host}.test/`, `http://${host}.test/`]);
    const extra = login ? [...account, file('password', 'secret\n')] : [];
    const { stdout } = await check([...urls, '--proxy', `http://127.0.0.1:${proxy.port}`, ...extra]);
    const { observations, targets } = JSON.parse(stdout) as Report;
    expect(targets.map(({ verdict }) => verdict)).toEqual(Array(6).fill('unreachable'));
    const attempts = [
      ...observations.probes,
      ...observations.experiments.map(({ observation }) => observation),
    ].flatMap((one) => one.attempts);
    expect(proxy.counts.connections).toBeGreaterThanOrEqual(6);
    expect(proxy.counts.connections).toBeLessThanOrEqual(attempts.length * (login ? 2 : 1));
  });
});

describe.concurrent('an account for the proxy', () => {
  const users = ['alice@corp.example', 'CORP\\alice', '100%alice', 'al%40ice', 'J\u00f6rg', '\u5c71\u7530', 'a:b'];
  const password = 'p:@%\\\u00fc\u5c71 x';

  /** What the proxy was sent for a user, by option and by URL. */
  async function sent(user: string, challenge: string): Promise<readonly (string | null)[]> {
    const proxy = kept(await replying({}, reply('407 Auth', [`Proxy-Authenticate: ${challenge}`])));
    const address = `http://127.0.0.1:${proxy.port}`;
    const inside = address.replace('//', `//${encodeURIComponent(user)}:${encodeURIComponent(password)}@`);
    const ways = [
      ['--proxy', address, '--proxy-user', user, '--proxy-password-file', file('password', `${password}\n`)],
      ['--proxy', inside],
    ];
    const ended = await Promise.all(ways.map((way, index) => check([`https://way${index}.test/`, ...way])));
    for (const { stdout, stderr } of ended) {
      expect(stderr).toBe('');
      expect(stdout).not.toContain(password);
    }
    return ways.map((_, index) => {
      const own = proxy.requests.filter(({ target }) => target === `way${index}.test:443`);
      expect(own.length).toBeGreaterThan(0);
      return own.flatMap(({ authorization }) => authorization ?? [])[0] ?? null;
    });
  }

  it.each(users.filter((user) => !user.includes(':')))('%s goes by Basic in UTF-8', async (user) => {
    const expected = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
    expect(await sent(user, 'Basic realm="x", charset="UTF-8"')).toEqual([expected, expected]);
  });

  it('with a colon in its name is not sent by Basic, where it would be another one', async () => {
    expect(await sent('a:b', 'Basic realm="x"')).toEqual([null, null]);
  });

  it.each(users)('%s goes by Digest', async (user) => {
    const headers = await sent(user, 'Digest realm="x", nonce="n", qop="auth", charset=UTF-8');
    for (const header of headers) {
      const [, plain] = /username="((?:[^"\\]|\\.)*)"/.exec(header ?? '') ?? [];
      const [, extended] = /username\*=UTF-8''([^,]*)/.exec(header ?? '') ?? [];
      expect(extended === undefined ? plain?.replace(/\\(.)/g, '$1') : decodeURIComponent(extended)).toBe(user);
    }
  });

  it.each([
    ['CORP\\alice', 'CORP', 'alice'],
    ['alice@corp.example', '', 'alice@corp.example'],
    ['J\u00f6rg', '', 'J\u00f6rg'],
    ['a:b', '', 'a:b'],
  ])('%s goes by NTLM as domain %j and user %j', async (user, domain, name) => {
    const flags = 0xa2898205;
    const message = Buffer.alloc(56);
    message.write('NTLMSSP\0', 'latin1');
    message.writeUInt32LE(2, 8);
    message.writeUInt32LE(56, 16);
    message.writeUInt32LE(flags, 20);
    message.write('challeng', 24, 'latin1');
    message.writeUInt32LE(56, 44);
    const proxy = kept(
      await replying({}, ({ authorization }) =>
        reply('407 Auth', [
          `Proxy-Authenticate: NTLM${authorization === null ? '' : ` ${message.toString('base64')}`}`,
        ]),
      ),
    );
    const extra = ['--proxy-user', user, '--proxy-password-file', file('password', 'p')];
    await check(['https://a.test/', '--proxy', `http://127.0.0.1:${proxy.port}`, ...extra]);
    const sentLast = Buffer.from(proxy.requests[2]?.authorization?.replace('NTLM ', '') ?? '', 'base64');
    const field = (at: number): string => {
      const [length, offset] = [sentLast.readUInt16LE(at), sentLast.readUInt32LE(at + 4)];
      return sentLast.toString('utf16le', offset, offset + length);
    };
    expect([field(28), field(36)]).toEqual([domain, name]);
    expect(new Set(proxy.requests.map(({ connection }) => connection)).size).toBe(1);
  });

  it.each([
    ['missing', () => join(folder, 'nowhere'), 2, /password file \(ENOENT\)/, null],
    ['empty', () => file('empty', ''), 2, /is empty/, null],
    ['a newline alone', () => file('newline', '\n'), 2, /is empty/, null],
    ['open to everybody', () => file('open', 'secret\n', 0o644), 1, /everybody on this machine can read/, 'u:secret'],
    ['one that ends in a newline', () => file('line', 'secret\n'), 1, /^$/, 'u:secret'],
    ['one that ends as Windows ends lines', () => file('crlf', 'secret\r\n'), 1, /^$/, 'u:secret'],
    ['one with a space at its end', () => file('space', 'secret \n'), 1, /^$/, 'u:secret '],
  ])('with a password file that is %s', async (_name, path, code, text, sentAs) => {
    const proxy = kept(await replying({}, reply('407 Auth', ['Proxy-Authenticate: Basic realm="x"'])));
    const ended = await check([
      ...['https://a.test/', '--proxy', `http://127.0.0.1:${proxy.port}`],
      ...['--proxy-user', 'u', '--proxy-password-file', path()],
    ]);
    expect([ended.code, ended.stderr]).toEqual([code, expect.stringMatching(text)]);
    const [header] = proxy.requests.flatMap(({ authorization }) => authorization ?? []);
    expect(header === undefined ? null : Buffer.from(header.slice(6), 'base64').toString()).toBe(sentAs);
    expect(ended.stdout + ended.stderr).not.toContain('secret');
  });
});
