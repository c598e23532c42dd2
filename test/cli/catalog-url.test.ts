import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAuthority, issueCertificate } from '../../src/demo/pki.ts';
import { languages } from '../../src/words/language.ts';
import { forwarding, reply } from '../servers/proxies.ts';
import { type Written, wayclear } from './in-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'wayclear-catalog-url-'));
const authority = createAuthority({ name: 'Lab root' });
const { chainPem: cert, keyPem: key } = issueCertificate(authority, {
  ...{ dnsNames: ['catalog.real.test'], ipAddresses: ['127.0.0.1'] },
});
const asked: (string | undefined)[] = [];
let respond: (response: ServerResponse) => void = () => {};
const server = createServer({ cert, key }, (request, response) => {
  asked.push(request.url);
  response.on('error', () => {});
  respond(response);
});
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text, { mode: 0o600 });
  return join(folder, name);
};

interface Entry {
  readonly id: string;
  readonly port: number;
  readonly importance: 'critical' | 'non-critical';
}

/** A feature as a catalog file has it; nothing listens at its endpoints, on this machine. */
const feature = (entries: readonly Entry[], date = '2026-06-08'): object => ({
  ...{ schema: 1, feature: 'lab', title: 'Lab' },
  endpoints: entries.map(({ id, port, importance }) => ({
    ...{ id, pattern: '127.0.0.1', ports: [port], importance },
    source: { document: 'A document', date, url: 'https://docs.example/' },
  })),
});
const own: readonly Entry[] = [
  { id: 'a', port: 1, importance: 'critical' },
  { id: 'b', port: 2, importance: 'critical' },
  { id: 'c', port: 3, importance: 'non-critical' },
];
const changed: readonly Entry[] = [
  { id: 'a', port: 1, importance: 'critical' },
  { id: 'b', port: 2, importance: 'non-critical' },
  { id: 'd', port: 4, importance: 'critical' },
];
const json =
  (value: unknown, status = 200) =>
  (response: ServerResponse): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  };

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  file('root.pem', authority.pem);
  file('own.json', JSON.stringify(feature(own)));
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
  rmSync(folder, { recursive: true, force: true });
});

const port = (): number => (server.address() as AddressInfo).port;
let stores = 0;
/** One look of a watch that compares its catalog with the one there. */
function watch(store: string, ...more: readonly string[]): Promise<Written> {
  // The deadline counts from the start of this process.
  const options = [
    '--once',
    '--deadline',
    '1h',
    '--store',
    join(folder, store),
    '--catalog',
    join(folder, 'own.json'),
    '--no-bundled',
  ];
  const url = more.includes('--catalog-url') ? [] : ['--catalog-url', `https://127.0.0.1:${port()}/catalog.json`];
  const way = more.includes('--proxy') ? [] : ['--proxy', 'direct'];
  const trust = ['--ca-file', join(folder, 'root.pem'), '--state', join(folder, 'state')];
  return wayclear(['watch', 'lab', ...options, ...url, ...way, ...trust, ...more]);
}
const fresh = (): string => {
  stores += 1;
  return `${stores}.db`;
};
const changes = ({ stdout }: Written): readonly string[] =>
  stdout
    .split('\n')
    .filter((line) => line.includes('the documents ask for'))
    .map((line) => line.replace(/^.*the documents ask for lab: /, ''));
const news = [
  '127.0.0.1:2 critical → 127.0.0.1:2 non-critical',
  '127.0.0.1:3 non-critical → none',
  'none → 127.0.0.1:4 critical',
];

describe('another catalog', { timeout: 120_000 }, () => {
  it('is told of: what was changed, dropped and added, with what the role asks for, once', async () => {
    respond = json(feature(changed));
    const store = fresh();
    const first = await watch(store);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(changes(first)).toEqual(news);
    expect(first.stdout).toContain('restart SMS_EXECUTIVE');
    expect(changes(await watch(store))).toEqual([]);
    respond = json({}, 500);
    expect((await watch(store)).stderr).toContain("can't be had (status 500)");
    respond = json(feature(changed));
    expect(changes(await watch(store))).toEqual([]);
    // What is asked for stays what this machine's own catalog says.
    const { stdout } = await wayclear(['incidents', '--store', join(folder, store), '--json']);
    expect(stdout).toContain('127.0.0.1:3');
    expect(stdout).not.toContain('127.0.0.1:4');
  });

  it('is fetched through a proxy, which gets the account once it asks for it', async () => {
    respond = json(feature(changed));
    const proxy = await forwarding({}, ({ authorization }) =>
      authorization === null
        ? reply('407 Proxy Authentication Required', ['Proxy-Authenticate: Basic realm="x"'])
        : authorization === `Basic ${Buffer.from('user:password').toString('base64')}`
          ? null
          : reply('403 Forbidden'),
    );
    const account = ['--proxy-user', 'user', '--proxy-password-file', file('password', 'password\n')];
    // What fails past a proxy is tried through it, unless nothing is tried.
    const past = ['--no-proxy', '127.0.0.1', '--no-experiments'];
    const way = ['--proxy', `http://127.0.0.1:${proxy.port}`, ...past, ...account];
    const url = ['--catalog-url', `https://catalog.real.test:${port()}/catalog.json`];
    const through = await watch(fresh(), ...way, ...url);
    expect(through).toMatchObject({ code: 0, stderr: '' });
    expect(changes(through)).toEqual(news);
    expect(proxy.requests.map(({ method, target, authorization }) => [method, target, authorization !== null])).toEqual(
      [
        ['CONNECT', `catalog.real.test:${port()}`, false],
        ['CONNECT', `catalog.real.test:${port()}`, true],
      ],
    );
    await proxy.close();
  });

  it('that is older than the one here is told to be so, and nothing of it is news', async () => {
    respond = json(feature(changed, '2025-01-01'));
    const told = await watch(fresh());
    expect([told.code, changes(told)]).toEqual([0, []]);
    expect(told.stderr).toMatch(/^wayclear: the catalog at https:\/\/\S+ is older than the one here, .*: lab\n$/);
  });

  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  it.each<[string, typeof respond, RegExp]>([
    ['leads elsewhere', (response) => response.writeHead(302, { location: '/other.json' }).end(), /status 302/],
    ['is too much to ask for', json({}, 429), /asks to wait/],
    [
      'is larger than any',
      (response) => response.writeHead(200).end(Buffer.alloc(9 * 1024 * 1024, ' ')),
      /larger than 8 MiB/,
    ],
    [
      'never ends',
      (response) => {
        response.writeHead(200);
        const more = (): void => {
          while (!response.destroyed && response.write(' '.repeat(65_536)));
          if (!response.destroyed) response.once('drain', more);
        };
        more();
      },
      /larger than 8 MiB/,
    ],
    ['is no JSON', (response) => response.writeHead(200).end('{"schema":1,'), /expected JSON/],
    ['is nested without end', (response) => response.writeHead(200).end(deep), /catalog https/],
    ['is no text', (response) => response.writeHead(200).end(Buffer.from([0xff, 0xfe, 0xfd])), /not valid/],
    ['is no catalog', json({ schema: 1, feature: 'lab', endpoints: 'x' }), /\/endpoints: expected/],
    [
      'breaks off',
      (response) => response.writeHead(200, { 'content-length': '900' }).write('{') && response.destroy(),
      /can't be had/,
    ],
  ])('that %s is told in one line, costs no look, and changes nothing', async (_, hostile, line) => {
    respond = hostile;
    const store = fresh();
    const told = await watch(store);
    expect([told.code, changes(told)], told.stderr).toEqual([0, []]);
    expect(told.stderr).toMatch(line);
    expect(told.stderr.trim().split('\n')).toHaveLength(1);
    const { looks } = JSON.parse((await wayclear(['history', '--json', '--store', join(folder, store)])).stdout) as {
      readonly looks: readonly unknown[];
    };
    expect(looks).toHaveLength(1);
    expect(asked.filter((path) => path !== '/catalog.json')).toEqual([]);
  });

  it('of a server that nobody trusts here is not read', async () => {
    const before = asked.length;
    const other = file('other.pem', createAuthority({ name: 'Other root' }).pem);
    const told = await watch(fresh(), '--ca-file', other);
    expect(told.code).toBe(0);
    expect(asked.length).toBeGreaterThan(before);
    const alone = await wayclear([
      ...['watch', 'lab', '--once', '--store', join(folder, fresh()), '--catalog', join(folder, 'own.json')],
      ...['--no-bundled', '--proxy', 'direct', '--ca-file', other, '--catalog-url', `https://127.0.0.1:${port()}/x`],
    ]);
    expect(alone.stderr).toMatch(/can't be had \(.*certificate/);
    expect(asked).not.toContain('/x');
  });

  it.each(languages)('is told of in %s', async (lang) => {
    respond = json({}, 500);
    const { stderr } = await watch(fresh(), '--lang', lang);
    expect(stderr).toMatch(/^wayclear: .*https:\/\/127\.0\.0\.1.*500.*\n$/);
    if (lang !== 'en') expect(stderr).not.toContain("can't be had");
  });
});
