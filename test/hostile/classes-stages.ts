/** The stages against loopback servers that send mutants: fewer inputs, since each needs a connection. */
import { createSocket } from 'node:dgram';
import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { systemClock } from '../../src/clock.ts';
import { httpsOrigin } from '../../src/demo/origins-http.ts';
import type { Attempt } from '../../src/model/observations.ts';
import { askServer } from '../../src/probe/dns/exchange.ts';
import { certificate, walk } from '../probe/attempt-kit.ts';
import { accessWith, account, through } from '../probe/tunnel/proxy-kit.ts';
import type { FuzzClass } from './attack.ts';
import { answers, dnsAnswers } from './classes-bytes.ts';

/** For one stage, in milliseconds: mutants close their connection, so few take it. */
const timeoutMs = 1500;

/** A listener that gives each connection's first bytes to `respond`; started when it is first asked for. */
function listener(respond: (socket: Socket, first: Buffer) => void) {
  let server: Server | null = null;
  const sockets = new Set<Socket>();
  return {
    place: async (): Promise<{ readonly address: string; readonly port: number }> => {
      if (server === null) {
        server = createServer((socket) => {
          sockets.add(socket);
          socket.on('error', () => {}).on('close', () => sockets.delete(socket));
          socket.on('data', (chunk) => respond(socket, chunk));
        });
        await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
      }
      return { address: '127.0.0.1', port: (server.address() as AddressInfo).port };
    },
    close: async (): Promise<void> => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => (server === null ? resolve(null) : server.close(resolve)));
      server = null;
    },
  };
}

/** An attempt is told by its stages, whatever came: never as a fault of our own. */
function told(attempt: Attempt): Attempt {
  for (const stage of ['tcp', 'tunnel', 'tls', 'http'] as const) {
    const { [stage]: result } = attempt;
    if (result.status === 'failed' && !result.failure.code.startsWith(`${stage}.`))
      throw new Error(`${stage} failed with ${result.failure.code}: ${result.failure.raw.message}`);
  }
  return attempt;
}

let answer: Buffer = Buffer.alloc(0);

const httpServer = listener((socket) => socket.end(answer));
const http: FuzzClass = {
  name: 'stage-http',
  rounds: 40,
  samples: answers,
  feed: async (input) => {
    answer = input;
    const place = { ...(await httpServer.place()), counts: { connections: 0, hellos: 0, requests: 0 } };
    const walked = await walk({ ...place, close: httpServer.close }, { scheme: 'http', timeoutMs });
    return told(walked.attempt);
  },
  close: httpServer.close,
};

/** What was sent to it stands where a mutant says so. */
const mark = '{{sent}}';
const proxyServer = listener((socket, request) => {
  const sent = /proxy-authorization: ([^\r]*)/i.exec(request.toString('latin1'))?.[1] ?? '-';
  socket.end(Buffer.from(answer.toString('latin1').replaceAll(mark, sent), 'latin1'));
});
const alice = account('alice', 'Wint3r-Secret');
const proxies: FuzzClass = {
  name: 'stage-proxy',
  rounds: 40,
  secrets: ['Wint3r-Secret', Buffer.from('alice:Wint3r-Secret').toString('base64')],
  samples: [
    ...answers,
    Buffer.from(`HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm="a"\r\nX: ${mark}\r\nContent-Length: 0\r\n\r\n`),
    Buffer.from(
      `HTTP/1.1 403 No\r\nX-Auth: ${mark}\r\nContent-Length: 40\r\n\r\nYou sent ${mark} to us                   `,
    ),
  ],
  feed: async (input, random) => {
    answer = input;
    const url = random.of(['https://origin.lab.example/', 'http://origin.lab.example/']);
    const access = accessWith(alice, { scheme: 'basic' });
    return told(await through(await proxyServer.place(), { url, access, timeoutMs }));
  },
  close: proxyServer.close,
};

const socksServer = listener((socket) => socket.end(answer));
const socks: FuzzClass = {
  name: 'stage-socks',
  rounds: 40,
  secrets: ['Wint3r-Secret'],
  samples: [
    Buffer.from('0500050000010a0000010050', 'hex'),
    Buffer.from('05020100050000030361626300500000', 'hex'),
    Buffer.from('005a00000000000000', 'hex'),
  ],
  feed: async (input, random) => {
    answer = input;
    const protocol = random.of(['socks4', 'socks4a', 'socks5', 'socks5h'] as const);
    const options = {
      protocol,
      access: accessWith(alice),
      timeoutMs,
      address: { address: '192.0.2.1', family: 4 },
    } as const;
    return told(await through(await socksServer.place(), options));
  },
  close: socksServer.close,
};

/** The first bytes of a healthy server, of each version. */
async function serverFlight(maxVersion: 'TLSv1.2' | 'TLSv1.3'): Promise<Buffer> {
  const origin = await httpsOrigin({ certificate }, () => {});
  const raw = connect(origin.port, origin.address);
  const parts: Buffer[] = [];
  // Between the session and the socket, or the session would read past us.
  const below = new Duplex({ read: () => {}, write: (chunk, _, done) => void raw.write(chunk, () => done()) });
  raw.on('data', (chunk) => {
    parts.push(chunk);
    below.push(chunk);
  });
  const first = new Promise((resolve) => raw.once('data', resolve));
  const options = { socket: below, servername: 'origin.lab.example', maxVersion, rejectUnauthorized: false };
  const session = connectTls(options);
  session.on('error', () => {});
  await first;
  await new Promise((resolve) => setTimeout(resolve, 50));
  session.destroy();
  raw.destroy();
  await origin.close();
  return Buffer.concat(parts).subarray(0, 8192);
}

const tlsServer = listener((socket) => socket.end(answer));
const tls: FuzzClass = {
  name: 'stage-tls',
  rounds: 40,
  samples: [
    await serverFlight('TLSv1.2'),
    await serverFlight('TLSv1.3'),
    Buffer.from('15030300020228', 'hex'),
    Buffer.from('SSH-2.0-OpenSSH_9.2\r\n'),
  ],
  feed: async (input, random) => {
    answer = input;
    const place = { ...(await tlsServer.place()), counts: { connections: 0, hellos: 0, requests: 0 } };
    const hello = random.of(['classic', 'large'] as const);
    return told((await walk({ ...place, close: tlsServer.close }, { timeoutMs, tls: { hello } })).attempt);
  },
  close: tlsServer.close,
};

const dnsServer = {
  socket: null as ReturnType<typeof createSocket> | null,
  async port(): Promise<number> {
    if (this.socket === null) {
      const socket = createSocket('udp4');
      this.socket = socket;
      socket.on('message', (query, from) => {
        const reply = Buffer.from(answer);
        // Mostly the answer to this very question, or nobody would read it.
        query.copy(reply, 0, 0, Math.min(2, reply.length));
        socket.send(reply, from.port, from.address, () => {});
      });
      await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    }
    return this.socket.address().port;
  },
};
const dns: FuzzClass = {
  name: 'stage-dns',
  rounds: 40,
  samples: dnsAnswers('www.example.com'),
  feed: async (input) => {
    answer = input.subarray(0, 60_000);
    const server = { address: '127.0.0.1', port: await dnsServer.port() };
    const question = { name: 'www.example.com', type: 'A', server, transport: 'udp', timeoutMs: 10 } as const;
    const { answer: told } = await askServer(question, { clock: systemClock });
    if (JSON.stringify(told).length > 20_000) throw new Error('too much is kept');
    return told;
  },
  close: async () => {
    dnsServer.socket?.close();
    dnsServer.socket = null;
  },
};

export const stageClasses: readonly FuzzClass[] = [http, proxies, socks, tls, dns];
