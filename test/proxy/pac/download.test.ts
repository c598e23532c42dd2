import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fetchPac, type PacFetchOptions, pacBound } from '../../../src/proxy/pac/download.ts';
import { boundedExec, readSystemSettings } from '../../../src/proxy/settings/system.ts';

const servers: { close(): unknown }[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function serve(listener: RequestListener): Promise<string> {
  const server: Server = createServer(listener);
  servers.push({ close: () => server.close().closeAllConnections() });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://pac.example:${(server.address() as AddressInfo).port}`;
}

const options: PacFetchOptions = {
  dns: async (host) => (host === 'pac.example' ? ['127.0.0.1'] : []),
  deadlineMs: 10_000,
};

describe('a PAC file is fetched', () => {
  it('from the address that the probe\u2019s own resolver gives', async () => {
    const origin = await serve((request, response) =>
      response.end(`${request.method} ${request.url} ${request.headers.host} \u00e4`),
    );
    expect(await fetchPac(`${origin}/p.pac?x`, options)).toEqual({
      text: `GET /p.pac?x ${origin.slice(7)} \u00e4`,
      url: `${origin}/p.pac?x`,
    });
  });

  it('over three redirects, and says where it was', async () => {
    const origin = await serve((request, response) => {
      const hop = Number(request.url?.slice(1));
      if (hop === 3) response.end('text');
      else response.writeHead(302, { location: `/${hop + 1}` }).end();
    });
    expect(await fetchPac(`${origin}/0`, options)).toEqual({ text: 'text', url: `${origin}/3` });
  });

  it.each<readonly [string, RequestListener, string, string | null]>([
    ['redirects for ever', (_, response) => response.writeHead(302, { location: '/' }).end(), 'redirects', null],
    [
      'redirects to a file',
      (_, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
      'redirects',
      'file:',
    ],
    [
      'redirects to nowhere',
      (_, response) => response.writeHead(302, { location: 'http://' }).end(),
      'redirects',
      null,
    ],
    ['is not there', (_, response) => response.writeHead(404).end('no'), 'status', '404'],
    ['wants credentials', (_, response) => response.writeHead(407).end(), 'status', '407'],
    [
      'is endless',
      (_, response) => {
        const timer = setInterval(() => response.write(Buffer.alloc(pacBound / 4)), 1);
        response.on('close', () => clearInterval(timer));
      },
      'too-large',
      null,
    ],
    [
      'breaks off',
      (_, response) => {
        response.writeHead(200, { 'content-length': 100 });
        response.write('half');
        setImmediate(() => response.destroy());
      },
      'unreachable',
      'ECONNRESET',
    ],
  ])('but not one that %s', async (_, listener, problem, detail) => {
    const origin = await serve(listener);
    expect(await fetchPac(`${origin}/`, options)).toMatchObject({ problem, detail });
  });

  /** A server that leads to `location`, and what a trap on the same port of this machine is asked. */
  async function led(location: (port: number) => string, dns: Readonly<Record<string, readonly string[]>> = {}) {
    const asked: (string | undefined)[] = [];
    const origin = await serve((request, response) => {
      asked.push(request.url);
      const { port } = new URL(`http://${request.headers.host}`);
      if (request.url === '/p.pac') response.writeHead(302, { location: location(Number(port)) }).end();
      else response.end('text');
    });
    const names: typeof dns = { 'pac.example': ['127.0.0.1'], ...dns };
    const file = await fetchPac(`${origin}/p.pac`, { ...options, dns: async (host) => names[host] ?? [] });
    return { asked: asked.slice(1), file };
  }

  it.each([
    ['a private address', () => 'http://10.255.255.1/admin', '10.255.255.1'],
    ['a name with a private address', () => 'http://inside.example/admin', 'inside.example'],
    ['the metadata of a cloud', () => 'http://169.254.169.254/latest', '169.254.169.254'],
    ['another port', () => 'http://pac.example:6379/', 'port 6379'],
    ['an account', (port: number) => `http://me:pw@pac.example:${port}/x`, 'an account'],
  ])('but not over a redirect to %s', async (_, location, detail) => {
    const { asked, file } = await led(location, { 'inside.example': ['10.255.255.1', '127.0.0.1'] });
    expect(file).toMatchObject({ problem: 'redirects', detail });
    expect(asked).toEqual([]);
  });

  it('over a redirect in the range that the server lives in', async () => {
    expect(await led((port) => `http://localhost:${port}/x`, { localhost: ['127.0.0.1'] })).toMatchObject({
      asked: ['/x'],
      file: { text: 'text' },
    });
    expect((await led((port) => `http://127.0.0.1:${port}/x`)).asked).toEqual(['/x']);
  });

  it('but not from a server that is silent, dripping or closed', async () => {
    const silent = createTcpServer((socket) => socket.resume());
    servers.push(silent);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    expect(await fetchPac(`http://pac.example:${port}/`, { ...options, deadlineMs: 100 })).toMatchObject({
      problem: 'timeout',
    });
    const drip = await serve((_, response) => {
      const timer = setInterval(() => response.write('x'), 5);
      response.on('close', () => clearInterval(timer));
    });
    expect(await fetchPac(`${drip}/`, { ...options, deadlineMs: 150 })).toMatchObject({ problem: 'timeout' });
    await new Promise((resolve) => silent.close(resolve));
    expect(await fetchPac(`http://pac.example:${port}/`, options)).toMatchObject({
      problem: 'unreachable',
      detail: 'ECONNREFUSED',
    });
  });

  it.each([
    ['no address', async () => []],
    ['a resolver that fails', async () => Promise.reject(new Error('no'))],
  ])('but not with %s', async (_, dns) => {
    expect(await fetchPac('http://none.example/', { ...options, dns })).toHaveProperty('problem');
  });

  it('from a file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'wayclear-pac-'));
    try {
      const url = pathToFileURL(join(folder, 'a b.pac')).href;
      writeFileSync(new URL(url), 'text');
      expect(await fetchPac(url, options)).toEqual({ text: 'text', url });
      writeFileSync(new URL(url), Buffer.alloc(pacBound + 1));
      expect(await fetchPac(url, options)).toMatchObject({ problem: 'too-large' });
      expect(await fetchPac(`${url}.none`, options)).toMatchObject({ problem: 'not-found', detail: 'ENOENT' });
      expect(await fetchPac(pathToFileURL(folder).href, options)).toMatchObject({
        problem: 'not-found',
        detail: 'EISDIR',
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('programs of the system', () => {
  const node = process.execPath;

  it('give their output', async () => {
    expect(await boundedExec(20_000)(node, ['-e', "process.stdout.write('a b')"])).toBe('a b');
  });

  it('are not tried where the search path does not lead to them', async () => {
    const parameters = ['-e', "process.stdout.write('a b')"];
    vi.stubEnv('PATH', dirname(node));
    expect(await boundedExec(20_000, `/nowhere:${dirname(node)}`)(basename(node), parameters)).toBe('a b');
    expect(await boundedExec(20_000, '/nowhere')(basename(node), parameters)).toBeNull();
    vi.unstubAllEnvs();
  });

  it.each([
    ['is missing', 'no-such-program-of-any-system', [] as string[], 20_000],
    ['fails', node, ['-e', 'process.exitCode = 3'], 20_000],
    ['never ends', node, ['-e', 'setInterval(() => {}, 1000)'], 200],
    ['never stops talking', node, ['-e', "for (;;) process.stdout.write('x'.repeat(65536))"], 20_000],
  ])('one that %s gives nothing', async (_, program, parameters, timeoutMs) => {
    expect(await boundedExec(timeoutMs)(program, parameters)).toBeNull();
  });

  it.each([
    ['win32', ['reg', 'netsh'], ['winhttp', 'wininet-system', 'wininet-user']],
    ['darwin', ['/usr/sbin/scutil'], ['macos']],
    ['linux', ['gsettings'], []],
  ])('on %s are %j, and say of %j that nobody can read it', async (platform, programs, unread) => {
    const asked = new Set<string>();
    const settings = await readSystemSettings(platform, async (program) => {
      asked.add(program);
      return null;
    });
    expect(settings.map(({ source, notes }) => [source, ...notes])).toEqual(unread.map((source) => [source, 'unread']));
    expect([...asked].sort()).toEqual([...programs].sort());
  });
});
