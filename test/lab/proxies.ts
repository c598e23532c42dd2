/** The company's proxy, open or misbehaving in one chosen way. Speaks CONNECT and absolute-form HTTP, TLS in front of it, or SOCKS5. */
import { Resolver } from 'node:dns/promises';
import { createServer as createHttpServer, type Server as HttpServer, type IncomingMessage } from 'node:http';
import { connect, createServer, isIP, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createServer as createTlsServer } from 'node:tls';
import { type Authority, issueCertificate } from '../../src/demo/pki.ts';
import { HIDDEN_RESOLVER } from './network.ts';
import type { ProxyBehaviour } from './scenario.ts';
import { nameMatches } from './world.ts';

async function lookUp(host: string): Promise<string | null> {
  if (isIP(host) > 0) return host;
  const resolver = new Resolver({ timeout: 1_000, tries: 2 });
  resolver.setServers([HIDDEN_RESOLVER]);
  const four = await resolver.resolve4(host).catch(() => []);
  return four[0] ?? (await resolver.resolve6(host).catch(() => []))[0] ?? null;
}

function answer(
  socket: Duplex,
  status: number,
  reason: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): void {
  const lines = Object.entries({ ...headers, 'content-length': String(Buffer.byteLength(body)), connection: 'close' });
  socket.end(
    `HTTP/1.1 ${status} ${reason}\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`,
  );
}

const SQUID_LIKE = { server: 'squid/5.7', 'content-type': 'text/html' };

/** Connects to where the client asked for; the proxy's own failures come as squid words them. */
async function reach(client: Duplex, host: string, port: number, ready: (upstream: Socket) => void): Promise<void> {
  const address = await lookUp(host);
  if (address === null) {
    answer(client, 503, 'Service Unavailable', { ...SQUID_LIKE, 'x-squid-error': 'ERR_DNS_FAIL 0' }, '');
    return;
  }
  const upstream = connect({ host: address, port, timeout: 3_000 });
  let connected = false;
  const failed = (error: string) => {
    if (!connected) answer(client, 503, 'Service Unavailable', { ...SQUID_LIKE, 'x-squid-error': error }, '');
    else client.destroy();
    upstream.destroy();
  };
  upstream.on('connect', () => {
    connected = true;
    upstream.setTimeout(0);
    ready(upstream);
  });
  upstream.on('timeout', () => failed('ERR_CONNECT_FAIL 110'));
  upstream.on('error', () => failed('ERR_CONNECT_FAIL 111'));
  client.on('error', () => upstream.destroy());
  client.on('close', () => upstream.destroy());
}

/** Whether the behaviour refuses this request; it has answered then. */
function refuses(behaviour: ProxyBehaviour, request: IncomingMessage, host: string, socket: Duplex): boolean {
  if (behaviour.type === 'status') {
    if (behaviour.names !== undefined && !behaviour.names.some((pattern) => nameMatches(host, pattern))) return false;
    answer(socket, behaviour.status, behaviour.reason ?? 'Answer', behaviour.headers ?? {}, behaviour.body ?? '');
    return true;
  }
  if (behaviour.type === 'basic') {
    const right = `Basic ${Buffer.from(`${behaviour.user}:${behaviour.password}`).toString('base64')}`;
    if (request.headers['proxy-authorization'] === right) return false;
    answer(socket, 407, 'Proxy Authentication Required', { 'proxy-authenticate': 'Basic realm="Lab proxy"' }, '');
    return true;
  }
  if (behaviour.type === 'client-name') {
    if (request.headers['user-agent'] === behaviour.name) return false;
    answer(socket, 403, 'Forbidden', { server: 'gateway' }, '');
    return true;
  }
  if (behaviour.type === 'close') socket.destroy();
  if (behaviour.type === 'silent') return behaviour.names?.some((pattern) => nameMatches(host, pattern)) ?? true;
  return behaviour.type === 'close';
}

function httpProxy(behaviour: ProxyBehaviour): HttpServer {
  let tunnels = 0;
  const server = createHttpServer((request) => {
    const url = URL.canParse(request.url ?? '') ? new URL(request.url ?? '') : null;
    const socket = request.socket;
    if (url === null) return answer(socket, 400, 'Bad Request', SQUID_LIKE, '');
    if (refuses(behaviour, request, url.hostname, socket)) return;
    const port = url.port === '' ? 80 : Number(url.port);
    void reach(socket, url.hostname, port, (upstream) => {
      upstream.write(
        `${request.method} ${url.pathname}${url.search} HTTP/1.1\r\nhost: ${url.host}\r\nvia: 1.1 proxy.corp.example\r\nconnection: close\r\n\r\n`,
      );
      upstream.pipe(socket);
    });
  });
  server.on('connect', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const match = /^\[?([^\]]+)\]?:(\d+)$/.exec(request.url ?? '');
    if (!match) return answer(socket, 400, 'Bad Request', SQUID_LIKE, '');
    const [, host = '', port] = match;
    if (refuses(behaviour, request, host, socket)) return;
    if (behaviour.type === 'few-tunnels') {
      if (tunnels >= behaviour.most) return answer(socket, behaviour.status ?? 503, 'Refused', {}, 'too many tunnels');
      tunnels += 1;
      socket.once('close', () => {
        tunnels -= 1;
      });
    }
    if (behaviour.type === 'reset-in-tunnel') {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.once('data', () => (socket as Socket).resetAndDestroy());
      return;
    }
    if (behaviour.type === 'page-in-tunnel' && behaviour.names.some((pattern) => nameMatches(host, pattern))) {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.once('data', () => socket.end(behaviour.page));
      return;
    }
    void reach(socket, host, Number(port), (upstream) => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.write(head);
      socket.pipe(upstream).pipe(socket);
    });
  });
  server.on('clientError', (_error, socket) => socket.destroy());
  return server;
}

function tlsProxy(behaviour: Extract<ProxyBehaviour, { type: 'tls' }>, company: Authority | null, now: Date): Server {
  const days = (count: number): Date => new Date(now.getTime() + count * 86_400_000);
  const issued = issueCertificate(behaviour.certificate === 'self-signed' ? null : company, {
    commonName: 'proxy.corp.example',
    dnsNames: ['proxy.corp.example'],
    notBefore: days(-100),
    notAfter: days(behaviour.certificate === 'expired' ? -2 : 200),
  });
  const inner = httpProxy({ type: 'open' });
  return createTlsServer({ cert: issued.pem, key: issued.keyPem }, (socket) => {
    socket.on('error', () => socket.destroy());
    inner.emit('connection', socket);
  });
}

/** RFC 1928 without authentication. Every request gets `reply`; 0 connects. */
function socksProxy(reply: number): Server {
  return createServer((socket) => {
    socket.on('error', () => socket.destroy());
    let pending = Buffer.alloc(0);
    let greeted = false;
    const onData = (chunk: Buffer) => {
      pending = Buffer.concat([pending, chunk]);
      if (!greeted && pending.length >= 2 + (pending[1] ?? 0)) {
        pending = pending.subarray(2 + (pending[1] ?? 0));
        greeted = true;
        socket.write(Buffer.from([5, 0]));
      }
      if (!greeted || pending.length < 7) return;
      const kind = pending[3];
      const length = kind === 1 ? 4 : kind === 4 ? 16 : 1 + (pending[4] ?? 0);
      if (pending.length < 4 + length + 2) return;
      const bytes = pending.subarray(4, 4 + length);
      const host =
        kind === 1
          ? bytes.join('.')
          : kind === 4
            ? (bytes.toString('hex').match(/.{4}/g) ?? []).join(':')
            : bytes.toString('latin1', 1);
      const port = pending.readUInt16BE(4 + length);
      socket.off('data', onData);
      const say = (code: number) => socket.write(Buffer.from([5, code, 0, 1, 0, 0, 0, 0, 0, 0]));
      if (reply !== 0) {
        say(reply);
        socket.end();
        return;
      }
      void lookUp(host).then((address) => {
        if (address === null) {
          say(4);
          return socket.end();
        }
        const upstream = connect(port, address, () => {
          say(0);
          socket.pipe(upstream).pipe(socket);
        });
        upstream.on('error', () => socket.destroy());
        socket.on('close', () => upstream.destroy());
      });
    };
    socket.on('data', onData);
  });
}

/** A server that is not listening yet. `company` signs what `tls` needs; `now` is the internet's time. */
export function startProxy(behaviour: ProxyBehaviour, company: Authority | null, now: Date): Server {
  if (behaviour.type === 'tls') return tlsProxy(behaviour, company, now);
  if (behaviour.type === 'socks5') return socksProxy(behaviour.reply);
  if (behaviour.type === 'not-http')
    return createServer((socket) => void socket.on('error', () => undefined).end('SSH-2.0-OpenSSH_9.2\r\n'));
  return httpProxy(behaviour);
}
