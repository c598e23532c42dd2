/**
 * The company's boxes on one host of the lab: a faulty resolver, a captive portal, transparent and inspecting
 * middleboxes, a proxy. Runs as a process of its own there; reads its configuration from standard input, says `ready`.
 * The router sends connections here unchanged, so a connection's local address is where the client wanted to go.
 */
import { readFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { connect as connectTls, createSecureContext, type SecureContext, TLSSocket } from 'node:tls';
import { type Authority, createAuthority, issueCertificate } from '../../src/demo/pki.ts';
import { type AuthorityFiles, readAuthority } from './authority-files.ts';
import { startNameServer } from './name-server.ts';
import { boxAnswerer, INTERNAL_ZONE, nameFaults } from './names.ts';
import { PROXY, RESOLVER } from './network.ts';
import { startProxy } from './proxies.ts';
import type { Fault } from './scenario.ts';
import { nameMatches } from './world.ts';

export interface BoxesConfiguration {
  readonly faults: readonly Fault[];
  /** Milliseconds to add to this machine's clock: the boxes live in the internet's time. */
  readonly skewMs: number;
  /** Authorities whose certificates the boxes sign. */
  readonly authorities: readonly AuthorityFiles[];
}

type Inspection = Extract<Fault, { kind: 'inspection' }>;

/** The server name of a ClientHello; '' without one, null until enough has arrived, undefined if it isn't TLS. */
function serverNameOf(bytes: Buffer): string | null | undefined {
  if (bytes.length > 0 && bytes[0] !== 0x16) return undefined;
  if (bytes.length < 9 || bytes.length < 5 + bytes.readUInt16BE(3)) return null;
  let offset = 5 + 4 + 2 + 32;
  offset += 1 + (bytes[offset] ?? 0);
  offset += 2 + bytes.readUInt16BE(offset);
  offset += 1 + (bytes[offset] ?? 0);
  if (offset + 2 > bytes.length) return '';
  const end = offset + 2 + bytes.readUInt16BE(offset);
  offset += 2;
  while (offset + 4 <= end && end <= bytes.length) {
    const length = bytes.readUInt16BE(offset + 2);
    if (bytes.readUInt16BE(offset) === 0) {
      return bytes.toString('latin1', offset + 9, offset + 9 + bytes.readUInt16BE(offset + 7)).toLowerCase();
    }
    offset += 4 + length;
  }
  return '';
}

/** Calls back once with the ClientHello's server name; what was read is put back. */
function afterHello(socket: Socket, act: (name: string | undefined) => void): void {
  let seen = Buffer.alloc(0);
  const onData = (chunk: Buffer) => {
    seen = Buffer.concat([seen, chunk]);
    const name = serverNameOf(seen);
    if (name === null && seen.length < 16_384) return;
    socket.off('data', onData);
    socket.pause();
    socket.unshift(seen);
    act(name ?? undefined);
  };
  socket.on('data', onData);
}

const destination = (socket: Socket): string => (socket.localAddress ?? '').replace(/^::ffff:/, '');

/** Passes a connection on to where the client wanted to go. */
function passOn(socket: Socket): void {
  const upstream = connect(socket.localPort ?? 443, destination(socket));
  upstream.on('error', () => socket.resetAndDestroy());
  socket.on('error', () => upstream.destroy());
  upstream.on('connect', () => socket.pipe(upstream).pipe(socket));
  upstream.on('close', () => socket.destroy());
}

function inspector(fault: Inspection, authority: Authority, now: () => Date): (socket: Socket) => void {
  const contexts = new Map<string, SecureContext>();
  const days = (count: number): Date => new Date(now().getTime() + count * 86_400_000);
  const signer =
    fault.ended === true
      ? createAuthority({
          name: 'Example Corp Gateway CA',
          issuer: authority,
          notBefore: days(-400),
          notAfter: days(-3),
        })
      : authority;
  const contextFor = (name: string): SecureContext => {
    const known = contexts.get(name);
    if (known) return known;
    const issued = issueCertificate(signer, {
      commonName: name,
      dnsNames: [name],
      notBefore: new Date(now().getTime() - 86_400_000),
      notAfter: new Date(now().getTime() + 30 * 86_400_000),
    });
    const cert = issued.chainPem + (fault.sendsRoot === true ? authority.pem : '');
    const made = createSecureContext({ cert, key: issued.keyPem });
    contexts.set(name, made);
    return made;
  };
  const open = (socket: Socket, name: string): void => {
    const near = new TLSSocket(socket, { isServer: true, secureContext: contextFor(name) });
    near.on('error', () => socket.destroy());
    const forward = (): void => {
      const far = connectTls({
        host: destination(socket),
        port: socket.localPort ?? 443,
        servername: name,
        rejectUnauthorized: false,
      });
      far.on('error', () => near.destroy());
      near.on('close', () => far.destroy());
      far.on('close', () => near.end());
      near.pipe(far).pipe(near);
    };
    const blocked = fault.blocked;
    if (!blocked?.names.some((pattern) => nameMatches(name, pattern))) {
      forward();
      return;
    }
    near.once('data', (chunk: Buffer) => {
      const path = /^[A-Z]+ (\S+)/.exec(chunk.toString('latin1'))?.[1] ?? '';
      if (!path.endsWith(blocked.suffix ?? '')) {
        near.pause().unshift(chunk);
        forward();
        return;
      }
      near.end(
        `HTTP/1.1 ${blocked.status} Blocked\r\ncontent-type: text/html\r\ncontent-length: ${Buffer.byteLength(blocked.body)}\r\nconnection: close\r\n\r\n${blocked.body}`,
      );
    });
  };
  return (socket) =>
    afterHello(socket, (name) => {
      const concerned = fault.names === undefined || fault.names.some((pattern) => nameMatches(name ?? '', pattern));
      if (name === undefined || !concerned) passOn(socket);
      else open(socket, name === '' ? 'unknown.invalid' : name);
    });
}

function transparent(fault: Extract<Fault, { kind: 'transparent' }>): (socket: Socket) => void {
  return (socket) =>
    afterHello(socket, (name) => {
      if (name === undefined || !fault.blocked.some((pattern) => pattern === '*' || nameMatches(name, pattern)))
        passOn(socket);
      else if (fault.how === 'reset') socket.resetAndDestroy();
      else socket.resume();
    });
}

const PORTAL_PAGE =
  '<html><head><title>Sign in to the guest network</title></head><body><form action="/login" method="post">Accept the terms to get online</form></body></html>\n';

function portalHttp(to = 'http://portal.hotspot.example/login'): (socket: Socket) => void {
  const server = createHttpServer((request, response) => {
    if (request.headers.host === new URL(to).host) {
      response.writeHead(200, { 'content-type': 'text/html', connection: 'close' }).end(PORTAL_PAGE);
      return;
    }
    const from = encodeURIComponent(`http://${request.headers.host ?? ''}${request.url ?? '/'}`);
    response.writeHead(302, { location: `${to}?from=${from}`, connection: 'close' }).end();
  });
  return (socket) => void server.emit('connection', socket);
}

function portalTls(now: () => Date): (socket: Socket) => void {
  const issued = issueCertificate(null, {
    commonName: 'portal.hotspot.example',
    dnsNames: ['portal.hotspot.example'],
    notBefore: new Date(now().getTime() - 86_400_000),
    notAfter: new Date(now().getTime() + 300 * 86_400_000),
  });
  const secureContext = createSecureContext({ cert: issued.pem, key: issued.keyPem });
  const http = portalHttp();
  return (socket) => {
    const secure = new TLSSocket(socket, { isServer: true, secureContext });
    secure.on('error', () => socket.destroy());
    http(secure);
  };
}

/** A transparent proxy for plain HTTP: lower-cases header names, adds Via, and stamps every body. */
function tamperer(): (socket: Socket) => void {
  const server = createHttpServer((request, response) => {
    const upstream = connect(80, destination(request.socket));
    upstream.on('error', () => response.destroy());
    const headers = Object.entries(request.headers)
      .filter(([name]) => name !== 'connection')
      .map(([name, value]) => `${name}: ${String(value)}\r\n`)
      .join('');
    upstream.write(
      `${request.method} ${request.url} HTTP/1.1\r\n${headers}via: 1.1 cache\r\nconnection: close\r\n\r\n`,
    );
    const parts: Buffer[] = [];
    upstream.on('data', (part) => parts.push(part));
    upstream.on('end', () => {
      const text = Buffer.concat(parts).toString('latin1');
      const [head = '', body = ''] = [
        text.slice(0, text.indexOf('\r\n\r\n')),
        text.slice(text.indexOf('\r\n\r\n') + 4),
      ];
      const stamped = `${body}<!-- served by the company cache -->\n`;
      const kept = head.replace(/\r\ncontent-length: \d+/i, '').replace(/\r\nconnection: \w+/i, '');
      request.socket.end(
        `${kept}\r\nvia: 1.1 cache\r\ncontent-length: ${stamped.length}\r\nconnection: close\r\n\r\n${stamped}`,
        'latin1',
      );
    });
  });
  return (socket) => void server.emit('connection', socket);
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, backlog: 4096 }, () => resolve());
  });
}

/** What takes over connections to a port; the first fault that wants the port gets it. */
function takers(configuration: BoxesConfiguration, authority: (id: AuthorityFiles['id']) => Authority) {
  const now = (): Date => new Date(Date.now() + configuration.skewMs);
  const byPort = new Map<number, (socket: Socket) => void>();
  const take = (port: number, act: (socket: Socket) => void) => {
    if (!byPort.has(port)) byPort.set(port, act);
  };
  for (const fault of configuration.faults) {
    if (fault.kind === 'portal') {
      take(80, portalHttp(fault.to));
      if (fault.https === 'own-certificate') take(443, portalTls(now));
    } else if (fault.kind === 'transparent') take(443, transparent(fault));
    else if (fault.kind === 'inspection' && fault.by === 'box')
      take(443, inspector(fault, authority(fault.authority), now));
    else if (fault.kind === 'http-tamper') take(80, tamperer());
  }
  return byPort;
}

async function main(): Promise<void> {
  const configuration = JSON.parse(readFileSync(0, 'utf8')) as BoxesConfiguration;
  const now = new Date(Date.now() + configuration.skewMs);
  const authority = (id: AuthorityFiles['id']): Authority => {
    const files = configuration.authorities.find((row) => row.id === id);
    if (files === undefined) throw new Error(`no authority ${id}`);
    return readAuthority(files);
  };
  const { box } = nameFaults(configuration.faults);
  if (box.length > 0) await startNameServer([RESOLVER[4], RESOLVER[6]], boxAnswerer(box));
  for (const [port, act] of takers(configuration, authority)) {
    const server = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      act(socket);
    });
    await listen(server, port, '::');
  }
  for (const fault of configuration.faults) {
    if (fault.kind === 'proxy') {
      const company = fault.behaviour.type === 'tls' ? authority('company') : null;
      for (const address of [PROXY[4], PROXY[6]])
        await listen(startProxy(fault.behaviour, company, now), fault.port, address);
    } else if (fault.kind === 'pac') {
      const wpad = fault.at === 'wpad';
      const server = createHttpServer((request, response) => {
        const here = !wpad || (request.url === '/wpad.dat' && request.headers.host === `wpad.${INTERNAL_ZONE}`);
        response
          .writeHead(here ? (fault.status ?? 200) : 404, { 'content-type': 'application/x-ns-proxy-autoconfig' })
          .end(here ? fault.text : '');
      });
      await listen(server, wpad ? 80 : 8080, PROXY[4]);
    }
  }
  process.stdout.write('ready\n');
}

if (process.argv[2] === 'serve') await main();
