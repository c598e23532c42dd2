import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { isFetched, loadCatalog } from '../../src/catalog/load.ts';
import { createAuthority, issueCertificate } from '../../src/demo/pki.ts';
import type { DocumentProxy } from '../../src/proxy/document-request.ts';
import { createCredentialGuard } from '../../src/proxy/lockout.ts';
import { UsageError } from '../../src/usage-error.ts';
import { account } from '../probe/tunnel/proxy-kit.ts';
import { forwarding } from '../servers/proxies.ts';

const folder = mkdtempSync(join(tmpdir(), 'wayclear-catalog-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const feature = (id: string, endpoints = 1): string =>
  JSON.stringify({
    schema: 1,
    feature: id,
    endpoints: Array.from({ length: endpoints }, (_, index) => ({
      id: `e${index}`,
      pattern: 'www.example.com',
      ports: [443],
      importance: 'critical',
    })),
  });
function put(name: string, text: string | Buffer): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  return path;
}
const ids = async (sources: readonly string[], bundled = false): Promise<readonly string[]> =>
  (await loadCatalog(sources, { bundled })).features.map((entry) => entry.feature);
async function refusal(loading: Promise<unknown>): Promise<UsageError> {
  const error: unknown = await loading.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof UsageError) return error;
  throw error ?? new Error('nothing was refused');
}

describe('loading a catalog', () => {
  it('gives the bundled features, sorted, and nothing else', async () => {
    const bundled = await ids([], true);
    expect(bundled).toHaveLength(39);
    expect(bundled).toEqual([...bundled].sort());
    expect(bundled).toContain('tenant-attach');
  });

  it('without the bundled one and without a source is empty', async () => {
    expect(await ids([])).toEqual([]);
  });

  it('adds files and the files of folders, whatever their order', async () => {
    const file = put('one/z.json', feature('zeta'));
    put('many/b.json', feature('beta'));
    put('many/a.json', feature('alpha'));
    put('many/README.md', 'not a catalog');
    put('many/schema.json', '{}');
    put('many/report.schema.json', '{}');
    put('many/anchors.json', '[]');
    put('many/deeper.json/c.json', feature('never-read'));
    expect(await ids([file, join(folder, 'many')])).toEqual(['alpha', 'beta', 'zeta']);
  });

  it('reads a folder that links to itself once', async () => {
    put('circle/a.json', feature('alpha'));
    symlinkSync('.', join(folder, 'circle', 'again'));
    expect(await ids([join(folder, 'circle')])).toEqual(['alpha']);
  });

  it('names both files of a feature that is there twice', async () => {
    const [one, two] = [put('twice/one.json', feature('same')), put('twice/two.json', feature('same'))];
    const error = await refusal(loadCatalog([one, two], { bundled: false }));
    expect(error.message).toBe(`catalog ${two}: feature "same" is in ${one} already`);
  });

  it('names the bundled file that a user catalog would replace', async () => {
    const own = put('own/mine.json', feature('tenant-attach'));
    const error = await refusal(loadCatalog([own], { bundled: true }));
    expect(error.message).toMatch(/feature "tenant-attach" is in .*endpoints.tenant-attach\.json already/);
    expect(error.hint).toContain('--no-bundled');
  });

  it('refuses more than 50,000 endpoints in all', async () => {
    const half = [put('huge/a.json', feature('half', 25_001)), put('huge/b.json', feature('other-half', 25_000))];
    expect((await refusal(loadCatalog(half, { bundled: false }))).message).toContain(
      'more than 50000 endpoints in all',
    );
  });

  it.each<readonly [string, () => string, string]>([
    ['a file that is not there', () => join(folder, 'nowhere.json'), 'cannot be read: no such file or folder'],
    [
      'a path through a file',
      () => join(put('plain.json', feature('plain')), 'x.json'),
      'a part of the path is no folder',
    ],
    ['a file larger than 8 MiB', () => put('large.json', Buffer.alloc(8 * 1024 * 1024 + 1, 0x20)), 'larger than 8 MiB'],
    ['a file that is not UTF-8', () => put('latin.json', Buffer.from([0x7b, 0xff, 0x7d])), 'expected UTF-8 text'],
    ['a file that is not JSON', () => put('words.json', 'feature: lab'), 'expected JSON'],
    ['a device that never ends', () => '/dev/zero', 'expected a file'],
    [
      'a folder without catalog files',
      () => join(put('empty/README.md', ''), '..'),
      'the folder holds no catalog file',
    ],
    [
      'a link that leads to itself',
      () => {
        symlinkSync('self.json', join(folder, 'self.json'));
        return join(folder, 'self.json');
      },
      'its links lead in a circle',
    ],
    [
      'a folder with a link that leads to itself',
      () => {
        mkdirSync(join(folder, 'looped'));
        symlinkSync('self.json', join(folder, 'looped', 'self.json'));
        return join(folder, 'looped');
      },
      'its links lead in a circle',
    ],
    [
      'a pipe that nobody writes to',
      () => {
        execFileSync('mkfifo', [join(folder, 'pipe.json')]);
        return join(folder, 'pipe.json');
      },
      'expected a file',
    ],
  ])('%s is refused', async (_name, make, message) => {
    const path = make();
    const error = await refusal(loadCatalog([path], { bundled: false }));
    expect(error.message).toContain(`catalog ${path}`);
    expect(error.message).toContain(message);
    expect(error.hint).not.toBeNull();
  });

  it('a file that may not be read is refused, unless the user may read everything', async () => {
    const path = put('sealed.json', feature('sealed'));
    chmodSync(path, 0);
    const outcome = await loadCatalog([path], { bundled: false }).then(
      (catalog) => catalog.features.map((entry) => entry.feature).join(),
      (error: unknown) => (error instanceof UsageError ? error.message : error),
    );
    expect(outcome).toBe(process.getuid?.() === 0 ? 'sealed' : `catalog ${path}: cannot be read: permission denied`);
  });
});

describe('the Microsoft 365 endpoint web service', () => {
  const authority = createAuthority({ name: 'Catalog Test Root' });
  const leaf = issueCertificate(authority, { dnsNames: ['localhost'], ipAddresses: ['127.0.0.1'] });
  const saved = readFileSync(join(import.meta.dirname, '..', 'fixtures', 'm365-worldwide.json'), 'utf8');
  let server: Server | null = null;
  const asked: string[] = [];
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
    asked.length = 0;
  });

  async function serving(answer: (response: ServerResponse) => void): Promise<string> {
    server = createServer({ key: leaf.keyPem, cert: leaf.pem }, (request, response) => {
      asked.push(request.url ?? '');
      answer(response);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
  const load = (name: string, base: string, more: { ca?: string; signal?: AbortSignal } = {}): Promise<unknown> =>
    loadCatalog([name], {
      bundled: false,
      service: { base, ca: more.ca ?? authority.pem },
      ...(more.signal === undefined ? {} : { signal: more.signal }),
    });

  it.each([
    ['m365:worldwide', 'Worldwide', 'public'],
    ['M365:USGovDoD', 'USGovDoD', 'usgov'],
    ['m365:usgovgcchigh', 'USGovGCCHigh', 'usgov'],
    ['m365:China', 'China', 'china'],
  ])('%s is asked as %s with a request id of its own', async (name, path, cloud) => {
    const base = await serving((response) => response.end(saved));
    const catalog = (await load(name, base)) as Awaited<ReturnType<typeof loadCatalog>>;
    expect(catalog.features.map((entry) => [entry.feature, entry.clouds])).toEqual([
      ['m365-common', [cloud]],
      ['m365-exchange', [cloud]],
      ['m365-skype', [cloud]],
    ]);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatch(new RegExp(`^/endpoints/${path}\\?ClientRequestId=[0-9a-f-]{36}$`));
  });

  const demandOf = (challenge: string): string =>
    `HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: ${challenge}\r\nContent-Length: 0\r\n\r\n`;
  const withAccount = (port: number): DocumentProxy => ({
    url: `http://127.0.0.1:${port}`,
    account: {
      url: `http://agent:s3cr%40t@127.0.0.1:${port}`,
      enter: (host, signal) => createCredentialGuard().enter('p', account('agent', 's3cr@t'), host, signal),
    },
  });

  it('is fetched through the proxy in force, with its account once that is asked for', async () => {
    const base = (await serving((response) => response.end(saved))).replace('127.0.0.1', 'localhost');
    const proxy = await forwarding({}, ({ authorization }) =>
      authorization === null ? demandOf('Negotiate, Basic realm="r"') : null,
    );
    const seen: string[] = [];
    const proxyFor = async (url: URL): Promise<DocumentProxy> => {
      seen.push(url.host);
      return withAccount(proxy.port);
    };
    const service = { base, ca: authority.pem };
    try {
      const catalog = await loadCatalog(['m365:worldwide'], { bundled: false, service, proxyFor });
      expect(catalog.features).toHaveLength(3);
      expect(seen).toEqual([new URL(base).host]);
      expect(proxy.requests.map(({ method, authorization }) => [method, authorization])).toEqual([
        ['CONNECT', null],
        ['CONNECT', `Basic ${Buffer.from('agent:s3cr@t').toString('base64')}`],
      ]);
    } finally {
      await proxy.close();
    }
  });

  it.each([
    ['Basic realm="r"', 2, 'the proxy refuses the account'],
    ['Digest realm="basic", nonce="n"', 1, 'the proxy asks for Digest, and catalogs are fetched with Basic alone'],
    ['NTLM', 1, 'the proxy asks for NTLM, and'],
    ['Bearer', 1, 'the proxy asks for an unknown scheme, and'],
  ])('is told to nobody who demands %s more than %i times, and says no secret', async (challenge, times, why) => {
    const proxy = await forwarding({}, () => demandOf(challenge));
    const proxyFor = async (): Promise<DocumentProxy> => withAccount(proxy.port);
    const service = { base: 'https://127.0.0.1:9', ca: authority.pem };
    try {
      const error = await refusal(loadCatalog(['m365:worldwide'], { bundled: false, service, proxyFor }));
      expect(error.message).toContain(`cannot be fetched from 127.0.0.1:9: ${why}`);
      expect(`${error.message} ${error.hint}`).not.toMatch(/s3cr/);
      expect(proxy.requests.map(({ authorization }) => authorization === null)).toEqual([true, false].slice(0, times));
    } finally {
      await proxy.close();
    }
  });

  it('is not asked for a saved answer', async () => {
    const file = join(import.meta.dirname, '..', 'fixtures', 'm365-worldwide.json');
    const [one, other] = [
      await loadCatalog([`m365:${file}`], { bundled: false }),
      await loadCatalog([file], { bundled: false }),
    ];
    expect(one).toEqual(other);
    expect(['m365:China', 'm365:./saved', 'm365:C:\\saved', 'saved.json'].map(isFetched)).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect((await refusal(loadCatalog(['m365:./nowhere.json'], { bundled: false }))).message).toContain('no such file');
  });

  it('suggests the instance that was meant, before any packet', async () => {
    const error = await refusal(loadCatalog(['m365:worldwid'], { bundled: false }));
    expect(error.message).toBe('catalog m365:worldwid: unknown instance; did you mean m365:worldwide?');
    expect(error.hint).toContain('m365:usgovdod');
  });

  it.each<readonly [string, (response: ServerResponse) => void, string]>([
    ['status 429', (response) => response.writeHead(429).end(), 'asks to wait an hour'],
    ['status 503', (response) => response.writeHead(503).end(), 'status 503'],
    ['a redirect', (response) => response.writeHead(302, { location: 'https://example.com/' }).end(), 'status 302'],
    ['a closed connection', (response) => response.destroy(), 'cannot be fetched from 127.0.0.1'],
    ['a block page', (response) => response.end('<html>'), 'expected JSON'],
    ['bytes that are no UTF-8', (response) => response.end(Buffer.from([0xff])), 'expected UTF-8 text'],
    [
      'an answer without end',
      (response) => {
        const pour = (): void => {
          while (response.write(Buffer.alloc(262_144, 0x20)));
          response.once('drain', pour);
        };
        pour();
      },
      'the answer is larger than 8 MiB',
    ],
  ])('%s is refused with a way out', async (_name, answer, message) => {
    const error = await refusal(load('m365:worldwide', await serving(answer)));
    expect(error.message).toContain('catalog m365:worldwide');
    expect(error.message).toContain(message);
  });

  it('does not trust a certificate of somebody else', async () => {
    const base = await serving((response) => response.end(saved));
    const error = await refusal(load('m365:worldwide', base, { ca: createAuthority({ name: 'Other' }).pem }));
    expect(error.message).toContain('cannot be fetched from 127.0.0.1');
    expect(error.hint).toContain("pass the file's path");
    expect(asked).toEqual([]);
  });

  it('ends with the signal while nothing is answered', async () => {
    const stop = new AbortController();
    const base = await serving(() => stop.abort());
    const error = await refusal(load('m365:worldwide', base, { signal: stop.signal }));
    expect(error.message).toContain('cannot be fetched');
  });
});
