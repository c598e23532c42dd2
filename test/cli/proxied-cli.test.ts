import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { answer, httpOrigin } from '../../src/demo/origins-http.ts';
import { refusing } from '../../src/demo/origins-tcp.ts';
import type { Report } from '../../src/model/report.ts';
import { reporterNames } from '../../src/report/registry.ts';
import { account } from '../probe/tunnel/proxy-kit.ts';
import { spellings } from '../secrets/spellings.ts';
import { forwarding, reply, replying } from '../servers/proxies.ts';
import { wayclear as inProcess, type Written } from './in-process.ts';
import { ensureBuilt, wayclear } from './program.ts';

const closers: (() => unknown)[] = [];
const kept = <T extends { close(): unknown }>(thing: T): T => {
  closers.push(() => thing.close());
  return thing;
};
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wayclear-proxied-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The command line in this process. */
const run = (
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  askSecret?: () => Promise<string | null>,
): Promise<Written> => inProcess(args, { env, cwd: folder, platform: 'linux', askSecret });

const quick = ['--no-bundled', '--timeout', '2s', '--dns-server', '127.0.0.1:1', '--format', 'json'] as const;
const check = async (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Report> => {
  const { stdout, stderr } = await run(['check', ...quick, ...args], env);
  expect(stderr).toBe('');
  return JSON.parse(stdout) as Report;
};
const seen = ({ targets }: Report): readonly string[] =>
  targets.map(({ route, verdict, findings }) => [route, verdict, ...findings.map(({ cause }) => cause)].join(' '));

const file = (name: string, text: string, mode = 0o600): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
};

describe('the way of a target', () => {
  it('comes from the flag, the environment, or nowhere', async () => {
    const origin = kept(await httpOrigin({}, answer()));
    const proxy = kept(await forwarding());
    const url = `http://127.0.0.1:${origin.port}/`;
    const through = `proxy:127.0.0.1:${proxy.port}`;
    const address = `http://127.0.0.1:${proxy.port}`;
    const wanted: readonly (readonly [readonly string[], Readonly<Record<string, string>>, string])[] = [
      [['--proxy', address], {}, `${through} reachable`],
      [[], { http_proxy: address }, `${through} reachable`],
      [['--proxy', 'env'], { ALL_PROXY: address }, `${through} reachable`],
      [[], { HTTP_PROXY: address, NO_PROXY: '127.0.0.1' }, 'direct reachable'],
      [['--proxy', 'direct'], { HTTP_PROXY: address }, 'direct reachable'],
      [['--proxy', address, '--no-proxy', '127.0.0.0/8'], {}, 'direct reachable'],
      [['--proxy', 'env'], {}, 'direct reachable'],
    ];
    for (const [args, env, expected] of wanted) expect(seen(await check([url, ...args], env))).toEqual([expected]);
  });

  it('is told with the entry that matched and with who would go another way', async () => {
    const origin = kept(await httpOrigin({}, answer()));
    const env = { HTTP_PROXY: 'http://127.0.0.1:1', NO_PROXY: '127.0.0.0/8' };
    const report = await check([`http://127.0.0.1:${origin.port}/`], env);
    expect(report.observations.plan.targets[0]?.route).toEqual({
      kind: 'direct',
      source: 'environment',
      why: 'NO_PROXY',
      bypass: '127.0.0.0/8',
      differs: expect.arrayContaining([{ dialect: 'undici', bypass: false }]),
    });
    expect(report.environment.proxySources?.filter(({ won }) => won).map(({ source }) => source)).toEqual([
      'environment',
    ]);
  });

  it('is shown with what decided it, in a plan and in the details', async () => {
    const path = file('reasons.pac', 'function FindProxyForURL(url, host) { return "PROXY 127.0.0.1:1; DIRECT"; }');
    const env = { HTTPS_PROXY: 'http://127.0.0.1:1', NO_PROXY: 'a.test' };
    for (const command of ['plan', 'check']) {
      const args = [
        command,
        '--no-bundled',
        '--dns-server',
        '127.0.0.1:1',
        ...(command === 'plan' ? [] : ['--verbose']),
      ];
      const shown = async (more: readonly string[], others = {}): Promise<string> =>
        (await run([...args, ...more], others)).stdout.replace(/\s+/g, ' ');
      expect(await shown(['https://a.test/'], env)).toContain('a.test goes past the proxy by the entry a.test');
      expect(await shown(['https://b.a.test/'], env)).toMatch(
        /b\.a\.test goes past the proxy by a\.test; proxy-from-env/,
      );
      expect(await shown(['https://c.test/'], env)).not.toContain('goes past');
      expect(await shown(['https://c.test/', '--proxy', `pac+file://${path}`])).toContain(
        'The PAC file answers «PROXY 127.0.0.1:1; DIRECT» for c.test',
      );
    }
  });

  it('through a proxy that the environment names without a scheme is told, and costs nothing', async () => {
    const origin = kept(await httpOrigin({}, answer()));
    const proxy = kept(await forwarding());
    const args = [`http://a.test:${origin.port}/`];
    const through = `proxy:127.0.0.1:${proxy.port} reachable`;
    const report = await check(args, { http_proxy: `127.0.0.1:${proxy.port}` });
    expect(seen(report)).toEqual([through]);
    expect(report.rootCauses).toEqual([]);
    expect(report.checks.find(({ id }) => id === 'proxy-settings')?.detail).toMatch(/^http_proxy: without http/);
    expect(seen(await check([...args, '--proxy', `127.0.0.1:${proxy.port}`]))).toEqual([through]);
  });

  it('is asked of a PAC file over HTTP for each host, and the candidates are tried in order', async () => {
    const origin = kept(await httpOrigin({}, answer()));
    const proxy = kept(await forwarding());
    const dead = kept(await refusing());
    const script = `function FindProxyForURL(url, host) {
      if (host == 'b.test') return 'PROXY 127.0.0.1:${dead.port}; PROXY 127.0.0.1:${proxy.port}';
      return host == '127.0.0.1' ? 'DIRECT' : 'PROXY 127.0.0.1:${proxy.port}';
    }`;
    const pac = kept(await httpOrigin({}, answer({ body: script })));
    const report = await check([
      ...['a.test', 'b.test', '127.0.0.1'].map((host) => `http://${host}:${origin.port}/`),
      ...['--proxy', `pac+http://127.0.0.1:${pac.port}/proxy.pac`],
    ]);
    const through = `proxy:127.0.0.1:${proxy.port}`;
    expect(seen(report)).toEqual([`${through} reachable`, `${through} degraded proxy.unreachable`, 'direct reachable']);
    expect(report.observations.plan.targets.map(({ route }) => route.pac)).toEqual([
      `PROXY 127.0.0.1:${proxy.port}`,
      `PROXY 127.0.0.1:${dead.port}; PROXY 127.0.0.1:${proxy.port}`,
      'DIRECT',
    ]);
    expect(pac.counts.requests).toBe(1);
  });

  const find = (body: string): string => `function FindProxyForURL(url, host) { ${body} }`;
  it.each([
    ['is not there', answer({ status: 404 }), 'proxy.pac-unreachable'],
    ['is a web page', answer({ body: '<html>sign in</html>' }), 'proxy.pac-invalid'],
    ['is no script', answer({ body: 'function (' }), 'proxy.pac-invalid'],
    ['throws', answer({ body: find('throw new Error("no")') }), 'proxy.pac-invalid'],
    ['answers nonsense', answer({ body: find('return "HELLO"') }), 'proxy.pac-invalid'],
    [
      'is larger than a megabyte',
      answer({ body: `//${'x'.repeat(1_100_000)}\n${find('return "DIRECT"')}` }),
      'proxy.pac-invalid',
    ],
  ])('is broken where a PAC file %s: one cause, and nothing is sent', async (_name, respond, cause) => {
    const origin = kept(await httpOrigin({}, answer()));
    const pac = kept(await httpOrigin({}, respond));
    const urls = ['a', 'b'].map((host) => `http://${host}.test:${origin.port}/`);
    const report = await check([...urls, '--proxy', `pac+http://127.0.0.1:${pac.port}/x.pac`]);
    expect(seen(report)).toEqual(Array(2).fill(`direct unreachable ${cause}`));
    expect(report.rootCauses.map(({ targets, shared }) => [targets.length, shared])).toEqual([
      [2, { attribute: 'pac file', value: `http://127.0.0.1:${pac.port}/x.pac` }],
    ]);
    expect([origin.counts.connections, pac.counts.requests]).toEqual([0, 1]);
  });

  it('may lead back to who serves the PAC file: that is a proxy like any other', async () => {
    const pac = kept(
      await httpOrigin({}, (peer, request) => {
        const body = find(`return "PROXY 127.0.0.1:${pac.port}"`);
        answer(request.path === '/x.pac' ? { body } : { status: 403 })(peer, request);
      }),
    );
    const report = await check(['https://a.test/', '--proxy', `pac+http://127.0.0.1:${pac.port}/x.pac`]);
    expect(seen(report)).toEqual([`proxy:127.0.0.1:${pac.port} unreachable proxy.denied`]);
  });

  it('stays open in a plan where only a packet could tell, and a file is read', async () => {
    const path = file('local.pac', find('return "PROXY p.test:3128"'));
    const plan = async (proxy: string) =>
      JSON.parse(
        (await run(['plan', '--no-bundled', 'https://a.test/', '--format', 'json', '--proxy', proxy])).stdout,
      ) as {
        readonly targets: readonly {
          readonly route: { readonly kind: string; readonly undecided?: { readonly reason: string } };
        }[];
      };
    const pac = kept(await httpOrigin({}, answer()));
    expect((await plan(`pac+http://127.0.0.1:${pac.port}/x.pac`)).targets[0]?.route.undecided?.reason).toBe(
      'not-fetched',
    );
    const shown = await run([
      'plan',
      '--no-bundled',
      'https://a.test/',
      '--proxy',
      `pac+http://127.0.0.1:${pac.port}/x.pac`,
    ]);
    expect(shown.stdout.replace(/\s+/g, ' ')).toContain(
      `critical decided at run time, by the PAC file http://127.0.0.1:${pac.port}/x.pac`,
    );
    expect(pac.counts.connections).toBe(0);
    expect((await plan(`pac+file://${path}`)).targets[0]?.route).toMatchObject({
      kind: 'proxy',
      host: 'p.test',
      port: 3128,
    });
  });

  it('with --direct-too is measured directly as well', async () => {
    const origin = kept(await httpOrigin({}, answer()));
    const proxy = kept(await forwarding());
    const report = await check([
      `http://a.test:${origin.port}/`,
      '--proxy',
      `http://127.0.0.1:${proxy.port}`,
      '--direct-too',
    ]);
    expect(seen(report)).toEqual([`proxy:127.0.0.1:${proxy.port} reachable`]);
    expect(report.rootCauses).toEqual([]);
  });

  it('that --proxy direct asks for and a firewall closes: the configured proxy is what is missing', async () => {
    const origin = kept(await httpOrigin({}, answer()));
    const proxy = kept(await forwarding());
    const env = { HTTP_PROXY: `http://127.0.0.1:${proxy.port}` };
    const report = await check([`http://a.test:${origin.port}/`, '--proxy', 'direct'], env);
    expect(report.rootCauses.map(({ cause }) => cause)).toEqual(['proxy.required']);
  });
});

describe('a proxy that this machine knows and that a setting keeps a target from', () => {
  it.each([
    ['a list that names everything', { NO_PROXY: '*' }, 'http', 'proxy.bypass-mistake'],
    ['a setting for the other scheme alone', {}, 'https', 'proxy.required'],
  ])('is what is missing: %s', async (_name, env, scheme, cause) => {
    const origin = kept(await httpOrigin({}, answer()));
    const proxy = kept(await forwarding());
    const name = scheme === 'http' ? 'HTTP_PROXY' : 'HTTPS_PROXY';
    const report = await check([`http://a.test:${origin.port}/`], {
      [name]: `http://127.0.0.1:${proxy.port}`,
      ...env,
    });
    expect(report.targets.map(({ route, verdict }) => `${route} ${verdict}`)).toEqual(['direct unreachable']);
    expect(report.rootCauses.map((root) => root.cause)).toEqual([cause]);
  });

  it('is not asked where the target is reached without it', async () => {
    const origin = kept(await httpOrigin({}, answer()));
    const proxy = kept(await forwarding());
    const report = await check([`http://127.0.0.1:${origin.port}/`], {
      HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
    });
    expect(seen(report)).toEqual(['direct reachable']);
    expect(proxy.requests).toEqual([]);
  });
});

describe('the password', () => {
  const own = account('alice', 'S3cret-lab+%/&<pass>"x');
  const forms = Object.values(spellings(own.password.reveal()));
  const challenge: Readonly<Record<string, string>> = {
    basic: 'Basic realm="Lab"',
    digest: 'Digest realm="Lab", nonce="abc", qop="auth", algorithm=SHA-256',
    ntlm: 'NTLM',
  };
  const secretFile = (): string => file('password', `${own.password.reveal()}\n`);

  it.each(Object.keys(challenge))('is in no output, whatever fails, with %s', async (scheme) => {
    const proxy = kept(
      await replying({}, ({ authorization, target }) =>
        authorization === null || scheme === 'ntlm'
          ? reply('407 Auth', [`Proxy-Authenticate: ${challenge[scheme]}`])
          : target.startsWith('http:')
            ? reply(`502 ${authorization}`, [`X-Echo: ${authorization}`], forms.join(' '))
            : reply(`403 ${authorization}`, [`X-Echo: ${authorization}`], forms.join(' ')),
      ),
    );
    const outputs = reporterNames.map((name) => [name, join(folder, `${scheme}.${name}`)] as const);
    const args = [
      ...['check', '--no-bundled', '--timeout', '2s', '--verbose', 'https://a.test/', 'http://b.test/'],
      ...['--proxy', `http://127.0.0.1:${proxy.port}`, '--proxy-auth', scheme, '--proxy-user', own.user],
      ...['--proxy-password-file', secretFile()],
      ...outputs.flatMap(([name, path]) => ['--format', `${name}=${path}`]),
    ];
    const { code, stdout, stderr } = await run(args, { WAYCLEAR_PROXY_PASSWORD: 'another' });
    expect(code).toBe(1);
    const all = [stdout, stderr, ...outputs.map(([, path]) => readFileSync(path, 'utf8'))].join('\n');
    expect(all).toContain('127.0.0.1');
    expect(forms.filter((form) => all.includes(form))).toEqual([]);
    expect(proxy.requests.some(({ authorization }) => authorization !== null)).toBe(true);
  });

  it('of a URL is in no output of the built program, nor in its errors', { timeout: 90_000 }, async () => {
    ensureBuilt();
    const proxy = kept(await replying({}, reply('407 Auth', ['Proxy-Authenticate: Basic realm="x"'])));
    const inside = `${own.user}:${encodeURIComponent(own.password.reveal())}`;
    const url = `http://${inside}@127.0.0.1:${proxy.port}`;
    const common = ['--no-bundled', '--timeout', '2s', 'https://a.test/'];
    const runs = await Promise.all([
      wayclear(['check', ...common, '--proxy', url, '--verbose']),
      wayclear(['check', ...common, '--format', 'json'], { env: { HTTPS_PROXY: url } }),
      wayclear(['plan', ...common, '--format', 'json'], { env: { HTTPS_PROXY: url } }),
      wayclear(['doctor', '--format', 'json'], { env: { HTTPS_PROXY: url, NO_PROXY: url } }),
      wayclear(['doctor'], { env: { HTTPS_PROXY: url, NO_PROXY: url } }),
      wayclear(['check', ...common, '--proxy', `${url}/x@y`]),
      wayclear(['check', ...common, '--proxy', `http://${own.user}:${own.password.reveal()}@`]),
      wayclear(['check', ...common, '--proxy', `pac+${url}`]),
      wayclear(['check', ...common, '--proxy', `ftp://${inside}@h`]),
    ]);
    expect(runs.map(({ code }) => code)).toEqual([1, 1, 0, 0, 0, 2, 2, 2, 2]);
    const all = runs.map(({ stdout, stderr }) => stdout + stderr).join('\n');
    expect(forms.filter((form) => all.includes(form))).toEqual([]);
    expect(proxy.requests.filter(({ authorization }) => authorization !== null)).toHaveLength(2);
  });

  it.each([null, ''])('is not waited for where nobody can be asked: standard input is %j', async (input) => {
    ensureBuilt();
    const proxy = kept(await replying({}, reply('407 Auth', ['Proxy-Authenticate: Basic realm="x"'])));
    const address = `http://127.0.0.1:${proxy.port}`;
    const args = ['check', ...quick, 'https://a.test/', '--proxy', address, '--proxy-user', 'u'];
    const { code, stdout, stderr } = await wayclear(args, { input });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(
      /^wayclear: --proxy-user names an account without a password.*\n.*--proxy-password-file.*\n$/,
    );
    expect(proxy.requests).toEqual([]);
  });

  const pac = (port: number): string =>
    `pac+file://${file('route.pac', `function FindProxyForURL() { return "PROXY 127.0.0.1:${port}"; }`)}`;
  it.each<[string, (port: number) => readonly string[], Readonly<Record<string, string>>, number]>([
    ['by the environment', () => [], { HTTPS_PROXY: 'http://127.0.0.1:PORT' }, 2],
    ['by a PAC file', (port) => ['--proxy', pac(port)], {}, 2],
    ['for a user beside that of the URL', (port) => ['--proxy', `http://v:w@127.0.0.1:${port}`], {}, 2],
    ['nobody gave, where the URL does', (port) => ['--proxy', `http://u:w@127.0.0.1:${port}`], {}, 1],
    ['with tickets alone', (port) => ['--proxy', `http://127.0.0.1:${port}`, '--proxy-auth', 'negotiate'], {}, 1],
    ['with no authentication', (port) => ['--proxy', `http://127.0.0.1:${port}`, '--proxy-auth', 'none'], {}, 1],
    ['with a version of SOCKS without one', (port) => ['--proxy', `socks4a://127.0.0.1:${port}`], {}, 1],
    ['with no proxy', () => ['--proxy', 'direct'], {}, 1],
    [
      'with a proxy only for what the direct way does not reach',
      () => ['--proxy', 'direct'],
      { HTTPS_PROXY: 'http://127.0.0.1:PORT' },
      1,
    ],
    ['where no packet leaves', (port) => ['--proxy', `http://127.0.0.1:${port}`, '--offline'], {}, 0],
  ])('that nobody gave is a mistake where it could be asked for: %s', async (_name, args, env, code) => {
    const proxy = kept(await replying({}, reply('407 Auth', ['Proxy-Authenticate: Basic realm="x"'])));
    const filled = Object.fromEntries(Object.entries(env).map(([k, v]) => [k, v.replace('PORT', String(proxy.port))]));
    const ran = await run(
      ['check', ...quick, 'https://127.0.0.1:1/', '--proxy-user', 'u', ...args(proxy.port)],
      filled,
    );
    expect([ran.code, ran.stderr.includes('--proxy-user names an account without')]).toEqual([code, code === 2]);
    const sent = proxy.requests.flatMap(({ authorization }) => authorization ?? []);
    expect(sent).toEqual(args(proxy.port).join().includes('u:w@') ? [`Basic ${btoa('u:w')}`] : []);
  });

  it('is sent once to a proxy that hangs up on it: more would lock the account', async () => {
    let sent = 0;
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.on('data', (bytes) => {
        if (/proxy-authorization/i.test(bytes.toString('latin1'))) {
          sent += 1;
          socket.destroy();
        } else socket.write('HTTP/1.1 407 Auth\r\nProxy-Authenticate: Basic realm="x"\r\nContent-Length: 0\r\n\r\n');
      });
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    kept(server);
    const { port } = server.address() as AddressInfo;
    const report = await check(['https://a.test/', '--proxy', `http://u:of-url@127.0.0.1:${port}`]);
    expect(report.rootCauses.map(({ cause }) => cause)).toEqual(['proxy.auth-rejected']);
    expect(sent).toBe(1);
  });

  it('comes from a file, the environment, the URL or a question, in this order', async () => {
    const proxy = kept(await replying({}, reply('407 Auth', ['Proxy-Authenticate: Basic realm="x"'])));
    const address = `http://127.0.0.1:${proxy.port}`;
    const used = async (args: readonly string[], env = {}, ask?: () => Promise<string>): Promise<string> => {
      const before = proxy.requests.length;
      await run(['check', ...quick, 'https://a.test/', ...args], env, ask);
      const [header] = proxy.requests.slice(before).flatMap(({ authorization }) => authorization ?? []);
      return Buffer.from(header?.replace('Basic ', '') ?? '', 'base64').toString();
    };
    const env = { WAYCLEAR_PROXY_PASSWORD: 'of-env' };
    const named = ['--proxy', address, '--proxy-user', 'u'];
    expect(await used([...named, '--proxy-password-file', file('p', 'of-file\n')], env)).toBe('u:of-file');
    expect(await used(named, env)).toBe('u:of-env');
    expect(await used(['--proxy', `http://v:of-url@127.0.0.1:${proxy.port}`])).toBe('v:of-url');
    expect(await used(named, {}, async () => 'typed')).toBe('u:typed');
    expect(await used(['--proxy', `http://DOM%5Cu%40x:a%3Ab%25@127.0.0.1:${proxy.port}`])).toBe('DOM\\u@x:a:b%');
  });

  it.each([
    ['missing', () => join(folder, 'nowhere'), 2, /password file \(ENOENT\)/],
    ['empty', () => file('empty', '\n'), 2, /is empty/],
    ['open to everybody', () => file('open', 'x', 0o644), 1, /everybody on this machine can read/],
  ])('in a file that is %s is told', async (_name, path, code, text) => {
    const proxy = kept(await refusing());
    const args = ['check', ...quick, 'https://a.test/', '--proxy', `http://127.0.0.1:${proxy.port}`];
    const ran = await run([...args, '--proxy-user', 'u', '--proxy-password-file', path()]);
    expect([ran.code, ran.stderr]).toEqual([code, expect.stringMatching(text)]);
  });
});

describe('doctor', () => {
  it('shows what each source says, which one decides, and what is mistaken', async () => {
    const env = { HTTPS_PROXY: 'proxy.test:8080', NO_PROXY: 'a.test,,b.test' };
    const { code, stdout } = await run(['doctor', '--proxy', 'http://other.test:3128'], env);
    expect(code).toBe(0);
    expect(stdout).toMatch(/command line\s+yes\s+all http:\/\/other\.test:3128/);
    expect(stdout).toMatch(/environment variables\s+no\s+https http:\/\/proxy\.test:8080 \(HTTPS_PROXY\)/);
    expect(stdout).toContain('NO_PROXY: an empty entry (two separators in a row) does nothing');
    expect(stdout).toContain('HTTPS_PROXY: without http:// some take another scheme');
  });

  it.each([
    ['fr', 'Paramètres de proxy', 'ligne de commande', 'sans http://'],
    ['ja', 'プロキシ設定', 'コマンド ライン', 'http:// がないと'],
    ['nl', 'Proxyinstellingen', 'opdrachtregel', 'zonder http://'],
  ])('says it in %s', async (lang, ...words) => {
    const env = { HTTPS_PROXY: 'proxy.test:8080' };
    const { stdout } = await run(['doctor', '--lang', lang, '--proxy', 'http://other.test:3128'], env);
    for (const word of words) expect(stdout).toContain(word);
    expect(stdout).not.toMatch(/command line|environment variables|without http/);
  });

  it('says that a PAC file decides, and fetches none', async () => {
    const pac = kept(await httpOrigin({}, answer()));
    const url = `http://127.0.0.1:${pac.port}/x.pac`;
    const { stdout } = await run(['doctor', '--proxy', `pac+${url}`]);
    expect(stdout.replace(/\s+/g, ' ')).toContain(`decided for each host by the PAC file ${url}`);
    expect(pac.counts.connections).toBe(0);
  });
});
