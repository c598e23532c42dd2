import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createPost } from '../../src/notify/post.ts';
import { filledBody, unknownPlaceholders } from '../../src/notify/template.ts';
import { createWebhook, keyOf, retryAfterMs, signatureOf } from '../../src/notify/webhook.ts';
import type { DocumentProxy } from '../../src/proxy/document-request.ts';
import { createCredentialGuard } from '../../src/proxy/lockout.ts';
import { account } from '../probe/tunnel/proxy-kit.ts';
import { outgoing } from './notices.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

interface Asked {
  readonly request: IncomingMessage;
  readonly body: string;
}

async function start(answer: (asked: Asked) => readonly [number, Readonly<Record<string, string>>]) {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => {
      body += part;
    });
    request.on('end', () => {
      asked.push({ request, body });
      const [status, headers] = answer({ request, body });
      response.writeHead(status, headers).end('x'.repeat(100_000));
    });
  });
  servers.push(server);
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  return { asked, port: (server.address() as AddressInfo).port };
}

const lookup: LookupFunction = (_host, { all }, done) =>
  all === true ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4);
const never = new AbortController().signal;

/** `user:pw`, as the guard has it. */
const accountAt = (url: string, guard = createCredentialGuard()): DocumentProxy['account'] => ({
  url: url.replace('//', '//user:pw@'),
  enter: (host, signal) => guard.enter(url, account('user', 'pw'), host, signal),
});

const hook = (port: number, more: { key?: Buffer | null; body?: unknown; proxy?: DocumentProxy } = {}) => {
  const { key = null, body, proxy = null } = more;
  const url = new URL(`http://hooks.example.com:${port}/secret-path`);
  const post = createPost({ url, proxyFor: async () => proxy, lookup, ca: undefined });
  return createWebhook({ name: 'ops', post, key, body, wall: () => 1_731_705_121_000 });
};

describe('webhooks', () => {
  it('are signed as Standard Webhooks has it', () => {
    // The example of the specification.
    const body = '{"event_type":"ping","data":{"success":true}}';
    const key = keyOf('whsec_plJ3nmyCDGBKInavdOK15jsl');
    expect(signatureOf(key, 'msg_loFOjxBNrRLzqYUf', 1_731_705_121, body)).toBe(
      'v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=',
    );
  });

  it('hold the notice, its id and the signature of just that body', async () => {
    const { asked, port } = await start(() => [204, {}]);
    const key = Buffer.from('k');
    await hook(port, { key }).send(outgoing(), never);
    const [{ request, body } = { request: { headers: {} }, body: '' }] = asked;
    expect(JSON.parse(body)).toMatchObject({ type: 'wayclear.incident.opened', data: { kind: 'opened' } });
    expect(request.headers).toMatchObject({
      'webhook-id': '4d1e2f3a-1',
      'webhook-signature': signatureOf(key, '4d1e2f3a-1', 1_731_705_121, body),
    });
  });

  it('follow no redirect, wait as long as they are told, and end for good at 410', async () => {
    const redirect = await start(() => [302, { location: '/elsewhere' }]);
    await expect(hook(redirect.port).send(outgoing(), never)).rejects.toMatchObject({
      message: 'status 302',
      isFinal: false,
    });
    expect(redirect.asked).toHaveLength(1);
    const busy = await start(() => [503, { 'retry-after': '120' }]);
    await expect(hook(busy.port).send(outgoing(), never)).rejects.toMatchObject({ waitMs: 120_000 });
    const gone = await start(() => [410, {}]);
    await expect(hook(gone.port).send(outgoing(), never)).rejects.toMatchObject({ isFinal: true });
  });

  it('go through a proxy, which gets the account only when it asks for it', async () => {
    const asks: (string | undefined)[] = [];
    const proxy = await start(({ request }) => {
      const account = request.headers['proxy-authorization'];
      asks.push(account);
      return account === undefined ? [407, { 'proxy-authenticate': 'Basic realm="x"' }] : [200, {}];
    });
    const url = `http://127.0.0.1:${proxy.port}`;
    await hook(80, { proxy: { url, account: accountAt(url) } }).send(outgoing(), never);
    expect(asks).toEqual([undefined, `Basic ${Buffer.from('user:pw').toString('base64')}`]);
    await expect(hook(80, { proxy: { url, account: null } }).send(outgoing(), never)).rejects.toMatchObject({
      name: 'Undelivered',
    });
  });

  it.each([200, 204, 410, 503])('believe no proxy that answers %i in place of a tunnel', async (status) => {
    const proxy = createServer();
    servers.push(proxy);
    proxy.on('connect', (_request, socket) => {
      socket.on('error', () => undefined);
      // With 200 a tunnel is there, which ends before TLS is.
      socket.end(`HTTP/1.1 ${status} Said\r\nretry-after: 86400\r\ncontent-length: 0\r\n\r\n`);
    });
    await new Promise<void>((done) => {
      proxy.listen(0, '127.0.0.1', done);
    });
    const way = { url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, account: null };
    const url = new URL('https://hooks.example.com/secret-path');
    const post = createPost({ url, proxyFor: async () => way, lookup, ca: undefined });
    const sender = createWebhook({ name: 'ops', post, key: null, body: undefined, wall: Date.now });
    const why: unknown = await sender.send(outgoing(), never).catch((error: unknown) => error);
    expect(why).toBeInstanceOf(Error);
    expect(why).not.toMatchObject({ isFinal: true });
    if (status !== 200) expect(why).toMatchObject({ message: `proxy-status ${status}`, waitMs: null });
  });

  it('read Retry-After as seconds or a date, and nothing else', () => {
    const now = Date.parse('2026-11-30T08:00:00Z');
    expect(retryAfterMs('30', now)).toBe(30_000);
    expect(retryAfterMs('Mon, 30 Nov 2026 08:01:00 GMT', now)).toBe(60_000);
    expect(retryAfterMs('999999999', now)).toBe(86_400_000);
    expect(retryAfterMs('soon', now)).toBeNull();
  });
});

describe('bodies that somebody wrote', () => {
  it('are JSON whatever fills them, and hold no live markup', () => {
    const hostile = outgoing({}, '"}, <!channel> @everyone [x](http://evil.example) www.evil.example \\');
    expect(filledBody({ text: 'a {title}', blocks: [{ n: 1, t: '{hosts}' }] }, hostile)).toEqual({
      text: 'a "}, ‹!channel› ＠everyone [x] (http[:]//evil.example) www[.]evil.example \\',
      blocks: [{ n: 1, t: 'manage.example.com:443' }],
    });
  });

  it('name the placeholders that nothing fills', () => {
    expect(unknownPlaceholders({ a: ['{title} {titel}'], b: '{x y}' })).toEqual(['titel']);
  });
});
