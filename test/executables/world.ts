/** What the programs are compared on: servers of the demo behind a real proxy, a PAC file, a hosts file, many targets. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { join } from 'node:path';
import { demoCases } from '../../src/demo/cases.ts';
import { startDemo } from '../../src/demo/demo.ts';
import { startMailServer } from '../notify/mail-server.ts';
import { temporaryFolder } from '../real/parts.ts';
import { startSquid } from '../real/squid.ts';
import { type Ssh, startSsh } from '../real/ssh.ts';

export interface World {
  readonly folder: string;
  /** A healthy https URL, and several that are broken in known ways. */
  readonly healthy: string;
  readonly broken: readonly string[];
  /** `--dns-server` and `--ca-file` for them. */
  readonly dnsServer: string;
  readonly ca: string;
  /** A proxy that asks for an account by Digest, and the file with its password. */
  readonly proxy: string;
  readonly password: string;
  /** A PAC file that sends everything to that proxy, but for loopback's own addresses. */
  readonly pac: string;
  /** A hosts file with one name that nothing else knows, and a URL with that name. */
  readonly hosts: string;
  readonly named: string;
  /** A URL that nothing listens at. */
  readonly closed: string;
  /** Another machine, on this one: a real sshd, and the ssh that knows it. */
  readonly ssh: Ssh;
  /** Who is told of notices; what they heard is to be emptied before. */
  readonly listeners: Listeners;
  /** A file with 600 targets on as many addresses: every tenth is closed, every hundredth answers 502. */
  readonly many: string;
  close(): Promise<void>;
}

interface Listeners {
  readonly hook: { readonly port: number; readonly bodies: string[] };
  readonly mail: { readonly port: number; readonly lines: string[] };
  readonly log: { readonly port: number; readonly texts: string[] };
}

const cases = [
  'updates',
  'closed-port',
  'reset',
  'unknown-name',
  'self-signed',
  'expired',
  'bad-gateway',
  'inspected-1',
];

async function listening(handle: Parameters<typeof createServer>[1]) {
  const server = createServer(handle ?? (() => {}));
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  return { port: (server.address() as AddressInfo).port, close: () => server.close().closeAllConnections() };
}

/** A port that nothing listens on while this is open: on all other addresses of loopback, connections are refused. */
async function closedPort() {
  const server = createTcpServer();
  await new Promise<void>((resolve) => server.listen(0, '127.255.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

/** A webhook, a mail server and a collector of logs. */
async function startListeners(): Promise<Listeners & { close(): void }> {
  const [bodies, texts]: [string[], string[]] = [[], []];
  const hook = await listening((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      bodies.push(body);
      response.end();
    });
  });
  const mail = await startMailServer();
  const log = createTcpServer((socket) => {
    socket.setEncoding('utf8').on('data', (text: string) => texts.push(text));
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => log.listen(0, '127.0.0.1', resolve));
  const close = (): void => {
    for (const one of [hook, mail, log]) one.close();
  };
  return {
    ...{ hook: { port: hook.port, bodies }, mail },
    log: { port: (log.address() as AddressInfo).port, texts },
    close,
  };
}

export async function startWorld(): Promise<World> {
  const { path: folder, close: remove } = temporaryFolder();
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const demo = await startDemo(demoCases.filter(({ id }) => cases.includes(id)));
  const plain = await listening((request, response) => {
    response.statusCode = request.url?.endsWith('00') === true ? 502 : 200;
    response.end('yes');
  });
  const closed = await closedPort();
  const urls = demo.feature.endpoints.flatMap(({ probes }) => probes.map(({ url }) => url ?? ''));
  const [healthy = '', ...broken] = urls;
  const { hostname } = new URL(healthy);
  const squid = await startSquid({
    folder,
    hosts: { [hostname]: '127.0.0.1' },
    offers: [{ scheme: 'digest', user: 'probe', password: 'open-sesame' }],
  });
  mkdirSync(join(folder, 'ssh'));
  const ssh = await startSsh(join(folder, 'ssh'));
  const listeners = await startListeners();
  const lines = Array.from({ length: 600 }, (_, index) => {
    const address = `127.10.${index >> 8}.${index & 255}`;
    return `http://${address}:${index % 10 === 5 ? closed.port : plain.port}/${index + 1}`;
  });
  return {
    ...{ folder, healthy, broken, dnsServer: demo.dnsServer },
    ca: file('root.pem', demo.feature.anchors?.[0]?.pem ?? ''),
    proxy: `http://127.0.0.1:${squid.port}`,
    password: file('password', 'open-sesame'),
    pac: file(
      'proxy.pac',
      `function FindProxyForURL(url, host) { return isInNet(host, '127.0.0.0', '255.0.0.0') ? 'DIRECT' : 'PROXY 127.0.0.1:${squid.port}'; }`,
    ),
    hosts: file('hosts', '127.0.0.1 localhost\n127.3.2.1 onlyhere\n'),
    named: `http://onlyhere:${plain.port}/`,
    closed: `http://127.0.0.1:${closed.port}/`,
    ...{ ssh, listeners },
    many: file('targets', lines.join('\n')),
    close: async () => {
      plain.close();
      closed.close();
      listeners.close();
      await Promise.all([demo.close(), squid.close(), ssh.close()]);
      remove();
    },
  };
}

/** The files of a folder, by their names. */
export const outputs = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => (entry.isFile() ? [entry.name] : []))
    .sort();
