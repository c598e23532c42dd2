/** The internet's servers: one process answers for every name on every address, healthy unless told otherwise. */
import {
  createServer as createHttpServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { createSecureServer } from 'node:http2';
import { createServer, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type SecureContext, TLSSocket } from 'node:tls';
import type { LabPki } from './pki.ts';
import type { Fault, OriginBehaviour } from './scenario.ts';
import {
  type CatalogExpectation,
  type CatalogFile,
  hostAt,
  hostOfUrl,
  namesOf,
  type World,
  type WorldHost,
} from './world.ts';

export interface OriginPort {
  readonly port: number;
  readonly speaks: 'tls' | 'http' | 'tcp';
}

/** One connection as the internet saw it. */
export interface Arrival {
  readonly atMs: number;
  readonly host: string;
  readonly port: number;
}

/** Ports that the catalog needs, 443 and 80 always. */
function originPorts(files: readonly CatalogFile[]): readonly OriginPort[] {
  const ports = new Map<number, OriginPort['speaks']>([
    [443, 'tls'],
    [80, 'http'],
  ]);
  for (const endpoint of files.flatMap((file) => file.endpoints)) {
    for (const probe of endpoint.probes ?? []) {
      // A server that is a parameter has the port of its document, whatever it is called.
      const target = hostOfUrl(probe.url.replace(/\/\{\w+\}(?=[:/])/, '/given.example'));
      if (target && !ports.has(target.port)) {
        ports.set(target.port, target.scheme === 'https' ? 'tls' : target.scheme === 'http' ? 'http' : 'tcp');
      }
    }
    for (const port of endpoint.ports ?? []) if (typeof port === 'number' && !ports.has(port)) ports.set(port, 'tcp');
  }
  return [...ports].map(([port, speaks]) => ({ port, speaks }));
}

/** Text that a simple catalog pattern matches: literals as they are, classes and wildcards as one character. */
export function sampleOf(pattern: string): string {
  const sample = pattern
    .split('|')[0]
    ?.replace(/\(\?[:i]*/g, '')
    .replace(/[\^$()]/g, '')
    .replace(/\[[^\]]*\]|\\[wd]|\.(?=[+*?]|$)/g, '1')
    .replace(/\\(.)/g, '$1')
    .replace(/\{\d+(,\d*)?\}|[+*?]/g, '');
  return sample === undefined || sample === '' ? '1' : sample;
}

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

const CANARIES: Readonly<Record<string, Reply>> = {
  'www.msftconnecttest.com': { status: 200, headers: { 'content-type': 'text/plain' }, body: 'Microsoft Connect Test' },
  'www.msftncsi.com': { status: 200, headers: { 'content-type': 'text/plain' }, body: 'Microsoft NCSI' },
  'connectivitycheck.gstatic.com': { status: 204, headers: {}, body: '' },
  'detectportal.firefox.com': { status: 200, headers: { 'content-type': 'text/plain' }, body: 'success\n' },
};

/** What the catalog says of a healthy answer, by host. */
function expectations(files: readonly CatalogFile[]): ReadonlyMap<string, CatalogExpectation> {
  const map = new Map<string, CatalogExpectation>();
  for (const probe of files.flatMap((file) => file.endpoints).flatMap((endpoint) => endpoint.probes ?? [])) {
    const target = hostOfUrl(probe.url);
    if (target && probe.expect && !map.has(target.host)) map.set(target.host, probe.expect);
  }
  return map;
}

/** Paths of documents that are no pages. */
const aFile = /\.(cab|crl|crt|exe|zip)$/i;

/** First bytes of the downloads that the catalog knows, by URL. */
function downloads(files: readonly CatalogFile[]): ReadonlyMap<string, string> {
  const probes = files.flatMap((file) => file.endpoints).flatMap((endpoint) => endpoint.probes ?? []);
  return new Map(
    probes.flatMap(({ url, content }) => {
      const target = hostOfUrl(url);
      return target && content?.startsWith !== undefined
        ? [[`${target.host}${new URL(url).pathname}`, content.startsWith]]
        : [];
    }),
  );
}

/** A download as its host serves it: in ranges, or whole. */
function downloadReply(
  startsWith: string,
  range: string | undefined,
  ranges: 'ignored' | 'refused' | undefined,
): Reply {
  const whole = Buffer.concat([Buffer.from(startsWith, 'hex'), Buffer.alloc(8192, 'x')]);
  const asked = ranges === 'ignored' ? null : /^bytes=(\d+)-(\d+)$/.exec(range ?? '');
  const type = { 'content-type': 'application/vnd.ms-cab-compressed', 'accept-ranges': 'bytes' };
  if (asked === null) return { status: 200, headers: type, body: whole };
  if (ranges === 'refused') return { status: 416, headers: { 'content-type': 'text/plain' }, body: 'no ranges' };
  const [from, to] = [Number(asked[1]), Math.min(Number(asked[2]), whole.length - 1)];
  const contentRange = `bytes ${from}-${to}/${whole.length}`;
  return { status: 206, headers: { ...type, 'content-range': contentRange }, body: whole.subarray(from, to + 1) };
}

function healthyReply(host: WorldHost, expected: CatalogExpectation | undefined, path: string): Reply {
  const canary = CANARIES[host.name];
  if (canary) return canary;
  const statuses = expected?.status ?? [];
  const status = statuses.find((code) => code < 300) ?? statuses.find((code) => code >= 400) ?? 200;
  const header = expected?.header;
  return {
    status,
    headers: {
      'content-type': aFile.test(path) ? 'application/octet-stream' : 'text/html',
      ...(header ? { [header.name]: sampleOf(header.pattern) } : {}),
    },
    body: status === 204 ? '' : `<html><head><title>${host.name}</title></head><body>${host.name}</body></html>\n`,
  };
}

/** The request as it arrived (RFC 9110 section 9.3.8). */
function echoOf(request: IncomingMessage): Reply {
  const lines = request.rawHeaders.flatMap((name, at, all) => (at % 2 === 0 ? [`${name}: ${all[at + 1] ?? ''}`] : []));
  const body = `${request.method} ${request.url} HTTP/${request.httpVersion}\r\n${lines.join('\r\n')}\r\n\r\n`;
  return { status: 200, headers: { 'content-type': 'message/http' }, body };
}

const FATAL = 2;

/** Acts before TLS; true if that is all that happens on the connection. */
function interfere(socket: Socket, behaviour: OriginBehaviour): boolean {
  const { tcp, tls } = behaviour;
  const onData = (act: () => void): true => {
    socket.once('data', act);
    return true;
  };
  if (tcp === 'reset') socket.resetAndDestroy();
  else if (tcp === 'close') socket.end();
  else if (tcp === 'stall') socket.resume();
  else if (tcp === 'reset-after-hello') return onData(() => socket.resetAndDestroy());
  else if (tcp === 'close-after-hello') return onData(() => socket.end());
  else if (typeof tcp === 'object') socket.resume().write(tcp.banner);
  else if (tls?.alert !== undefined) {
    const { alert } = tls;
    return onData(() => socket.end(Buffer.from([0x15, 3, 3, 0, 2, FATAL, alert])));
  } else return false;
  return true;
}

function reply(
  socket: Duplex,
  raw: Socket,
  behaviour: OriginBehaviour['http'],
  healthy: Reply,
  date: Date,
  method: string | undefined,
): void {
  const status = behaviour?.status ?? healthy.status;
  const body = Buffer.from(behaviour?.body ?? healthy.body);
  if (behaviour?.fails === 'reset') {
    raw.resetAndDestroy();
    return;
  }
  if (behaviour?.fails === 'close') return void socket.end();
  if (behaviour?.fails === 'stall') return;
  if (behaviour?.fails === 'malformed') return void socket.end('HTTP/1.1 two hundred\r\n: nothing\r\n\r\n');
  const headers = {
    date: date.toUTCString(),
    ...healthy.headers,
    'content-length': String(body.length),
    connection: 'close',
    ...behaviour?.headers,
  };
  const head = [
    `HTTP/${behaviour?.version ?? '1.1'} ${status} ${behaviour?.reason ?? 'Answer'}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ].join('\r\n');
  const send = () => {
    const wanted = method === 'HEAD' ? Buffer.alloc(0) : body;
    const part = wanted.subarray(0, behaviour?.stallsAfter ?? behaviour?.endsAfter ?? wanted.length);
    socket.write(Buffer.concat([Buffer.from(`${head}\r\n\r\n`), part]));
    if (behaviour?.stallsAfter === undefined) socket.end();
  };
  if (behaviour?.delayMs === undefined) send();
  else setTimeout(send, behaviour.delayMs);
}

export interface OriginsOptions {
  readonly world: World;
  readonly files: readonly CatalogFile[];
  readonly pki: LabPki;
  readonly faults: readonly Fault[];
  /** What time it is there. */
  readonly now: () => Date;
  readonly arrived: (arrival: Arrival) => void;
  /** A host that takes what is posted to it; a status is answered when it says one. */
  readonly receiver: Receiver | null;
}

export interface Receiver {
  readonly host: string;
  take(headers: IncomingHttpHeaders, body: Buffer): Promise<number>;
}

export interface Origins {
  /** What is wrong with them from now on. */
  change(faults: readonly Fault[]): void;
}

interface OriginFault extends Extract<Fault, { kind: 'origin' }> {
  /** Names that it is about. */
  readonly on: ReadonlySet<string>;
}

const originFaults = (world: World, faults: readonly Fault[]): readonly OriginFault[] =>
  faults
    .filter((fault) => fault.kind === 'origin')
    .map((fault) => ({ ...fault, on: new Set(namesOf(world, fault.names, fault.features)) }));

function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => resolve(Buffer.concat(parts)));
    request.on('error', () => resolve(Buffer.alloc(0)));
  });
}

/** Listens on every port of every address; returns when all are ready. */
export async function startOrigins(options: OriginsOptions): Promise<Origins> {
  const { world, pki, now, receiver } = options;
  const expected = expectations(options.files);
  const known = downloads(options.files);
  let faults = originFaults(world, options.faults);
  /** By address and port, of faults that act on a share of them. */
  const connections = new Map<string, number>();
  const behaviourOf = ({ name, v4, v6 }: WorldHost, port: number, address: string): OriginBehaviour => {
    const plain = address.replace(/^::ffff:/, '');
    const family = plain.includes(':') ? 6 : 4;
    const nth = (family === 4 ? v4 : v6).indexOf(plain);
    const found = faults.find(
      (fault) =>
        fault.on.has(name) &&
        (fault.ports?.includes(port) ?? true) &&
        (fault.family ?? family) === family &&
        (fault.nth?.includes(nth) ?? true),
    );
    if (found?.every === undefined) return found?.behaviour ?? {};
    const count = connections.get(`${plain} ${port}`) ?? 0;
    connections.set(`${plain} ${port}`, count + 1);
    return count % found.every === 0 ? found.behaviour : {};
  };
  const owners = new WeakMap<
    Duplex,
    { readonly host: WorldHost; readonly behaviour: OriginBehaviour['http']; readonly raw: Socket }
  >();

  const http = createHttpServer((request: IncomingMessage, response: ServerResponse) => {
    const owner = owners.get(request.socket);
    if (owner === undefined) return void response.destroy();
    void readBody(request).then((body) => {
      const service = pki.service(owner.host.name, request.url ?? '/', body);
      const { behaviour } = owner;
      if (receiver?.host === owner.host.name && request.method === 'POST') {
        const answer = (status: number): void =>
          reply(request.socket, owner.raw, behaviour, { status, headers: {}, body: '' }, now(), 'POST');
        return void receiver.take(request.headers, body).then(answer);
      }
      const { range } = request.headers;
      if (request.method === 'HEAD' && behaviour?.head === 'refused') {
        const refusal = { status: 405, headers: { allow: 'GET' }, body: '' };
        return reply(request.socket, owner.raw, undefined, refusal, now(), 'HEAD');
      }
      const startsWith = known.get(`${owner.host.name}${(request.url ?? '/').replace(/\?.*/s, '')}`);
      const healthy = service
        ? { status: 200, headers: { 'content-type': service.type }, body: service.body }
        : startsWith === undefined
          ? healthyReply(owner.host, expected.get(owner.host.name), request.url ?? '/')
          : downloadReply(startsWith, range, behaviour?.ranges);
      // Most servers refuse TRACE.
      if (request.method === 'TRACE') {
        const answers =
          behaviour?.echoes === true ? echoOf(request) : { status: 405, headers: { allow: 'GET, HEAD' }, body: '' };
        return reply(request.socket, owner.raw, undefined, answers, now(), 'TRACE');
      }
      reply(request.socket, owner.raw, behaviour, healthy, now(), request.method);
    });
  });
  const sound = (name: string, done: (error: null, context: SecureContext) => void): void =>
    done(null, pki.contextFor(name, {}));
  const http2 = createSecureServer({ SNICallback: sound }, (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('<html></html>');
  });
  http.on('clientError', (_error, socket) => socket.destroy());

  const accept = (socket: Socket, { port, speaks }: OriginPort): void => {
    socket.on('error', () => socket.destroy());
    const host = hostAt(world, socket.localAddress ?? '');
    options.arrived({ atMs: performance.now(), host: host?.name ?? socket.localAddress ?? '', port });
    if (host === null) return void socket.destroy();
    const address = socket.localAddress ?? '';
    const behaviour = behaviourOf(host, port, address);
    if (interfere(socket, behaviour)) return;
    if (speaks === 'tcp') return void socket.resume();
    if (speaks === 'http') {
      owners.set(socket, { host, behaviour: behaviour.http, raw: socket });
      http.emit('connection', socket);
      return;
    }
    if (behaviour.tls?.only === 'h2') return void http2.emit('connection', socket);
    const wantsCertificate = behaviour.tls?.clientCertificate === 'required';
    const secure = new TLSSocket(socket, {
      isServer: true,
      secureContext: pki.contextFor(host.name, behaviour),
      requestCert: wantsCertificate,
      rejectUnauthorized: wantsCertificate,
    });
    secure.on('error', () => socket.destroy());
    owners.set(secure, { host, behaviour: behaviour.http, raw: socket });
    http.emit('connection', secure);
  };

  await Promise.all(
    originPorts(options.files).map(
      (row) =>
        new Promise<void>((resolve, reject) => {
          const server = createServer((socket) => accept(socket, row));
          server.once('error', reject);
          server.listen({ port: row.port, host: '::', backlog: 4096 }, () => resolve());
        }),
    ),
  );
  return {
    change(next) {
      faults = originFaults(world, next);
    },
  };
}
