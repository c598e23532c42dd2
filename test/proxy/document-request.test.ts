import { once } from 'node:events';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, createServer, type LookupFunction, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createAuthority, issueCertificate } from '../../src/demo/pki.ts';
import { type DocumentProxy, requestDocument } from '../../src/proxy/document-request.ts';
import { createCredentialGuard } from '../../src/proxy/lockout.ts';
import { account } from '../probe/tunnel/proxy-kit.ts';
import { forwarding, httpProxy, type ProxyRequest } from '../servers/proxies.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const root = createAuthority({ name: 'Document Test Root' });
const leaf = issueCertificate(root, { dnsNames: ['localhost'] });
const lookup: LookupFunction = (_host, { all }, done) =>
  all === true ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4);
const demand = 'HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm="r"\r\nContent-Length: 0\r\n\r\n';

async function originSaying(status: number): Promise<URL> {
  const server = createSecureServer({ key: leaf.keyPem, cert: leaf.pem }, (_request, response) =>
    response.writeHead(status, { 'proxy-authenticate': 'Basic realm="o"' }).end(),
  );
  await once(server.listen(0, '127.0.0.1'), 'listening');
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return new URL(`https://localhost:${(server.address() as AddressInfo).port}/`);
}

async function kept<T extends { close(): unknown }>(starting: Promise<T>): Promise<T> {
  const thing = await starting;
  closers.push(() => thing.close());
  return thing;
}

const asked = async (port: number, guard = createCredentialGuard(), scheme = 'http'): Promise<DocumentProxy> => {
  const url = `${scheme}://127.0.0.1:${port}`;
  return {
    url,
    account: {
      url: url.replace('//', '//u:p@'),
      enter: (host, signal) => guard.enter(url, account('u', 'p'), host, signal),
    },
  };
};

/** Status, or why not. */
const get = async (url: URL, proxy: DocumentProxy): Promise<number | string | undefined> => {
  const request = { proxy, lookup, signal: AbortSignal.timeout(20_000), headers: {}, ca: root.pem };
  try {
    const { answer } = await requestDocument(url, request);
    answer.destroy();
    return answer.statusCode;
  } catch (error) {
    return (error as { why?: string; code?: string }).why ?? (error as { code?: string }).code;
  }
};

const withAccount = ({ requests }: { readonly requests: readonly ProxyRequest[] }): number =>
  requests.filter(({ authorization }) => authorization !== null).length;

describe('an account for documents and notices', () => {
  it.each<readonly [string, (socket: Socket) => unknown, string | undefined]>([
    ['asks again', (socket) => socket.write(demand), 'refused'],
    ['closes', (socket) => socket.end(), undefined],
    ['resets', (socket) => socket.resetAndDestroy(), 'ECONNRESET'],
  ])('goes out once to a proxy that %s', async (_name, act, why) => {
    const proxy = await kept(
      httpProxy({}, ({ authorization }, socket) => {
        if (authorization === null) socket.write(demand);
        else act(socket);
      }),
    );
    const way = await asked(proxy.port);
    const first = await get(new URL('https://localhost:9/'), way);
    if (why !== undefined) expect(first).toBe(why);
    expect(await get(new URL('https://localhost:9/'), way)).toBe('refused');
    expect(await get(new URL('http://localhost:9/'), way)).toBe('refused');
    expect(withAccount(proxy)).toBe(1);
  });

  it('that a proxy took stays good, whatever the host behind it does', async () => {
    const proxy = await kept(forwarding({}, ({ authorization }) => (authorization === null ? demand : null)));
    const guard = createCredentialGuard();
    const way = await asked(proxy.port, guard);
    // Nothing there speaks TLS.
    const mute = createServer((socket) => socket.destroy());
    await once(mute.listen(0, '127.0.0.1'), 'listening');
    closers.push(() => mute.close());
    await get(new URL(`https://localhost:${(mute.address() as AddressInfo).port}/`), way);
    expect(await get(await originSaying(200), way)).toBe(200);
    expect(withAccount(proxy)).toBe(2);
  });

  it('goes to no proxy because the host behind it asks for one', async () => {
    const proxy = await kept(forwarding());
    expect(await get(await originSaying(407), await asked(proxy.port))).toBe(407);
    expect(withAccount(proxy)).toBe(0);
  });

  it.each(['socks5', 'socks5h'])('goes out once to a server of %s that refuses it', async (scheme) => {
    const said: string[] = [];
    const server: Server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', (greeting) => {
        const isOffered = greeting.subarray(2).includes(2);
        socket.write(Buffer.from([5, isOffered ? 2 : 255]));
        socket.once('data', (login) => {
          said.push(login.toString('latin1'));
          socket.end(Buffer.from([1, 1]));
        });
      });
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    closers.push(() => server.close());
    const way = await asked((server.address() as AddressInfo).port, undefined, scheme);
    for (let time = 0; time < 3; time += 1) expect(await get(new URL('https://localhost:9/'), way)).toBe('refused');
    expect(said).toEqual(['\u0001\u0001u\u0001p']);
  });
});
