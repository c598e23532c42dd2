/**
 * A DNS server on loopback that answers, and misbehaves, as a zone tells it: for the demo, the tests and
 * the lab. It serves UDP and TCP on one port.
 */

import { Buffer } from 'node:buffer';
import type { RemoteInfo, Socket as UdpSocket } from 'node:dgram';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer, isIPv4 } from 'node:net';
import { isIPv6 } from '../addresses.ts';
import type { RecordToSend } from '../probe/dns/encode.ts';
import { encodeResponse } from '../probe/dns/encode.ts';
import type { DnsMessage } from '../probe/dns/message.ts';
import { decodeMessage, rcodes, recordTypes } from '../probe/dns/message.ts';

/** A packet that belongs to no question, or to another one. */
export type Stray = 'wrong-id' | 'wrong-question' | 'garbage' | 'lying-lengths' | 'compression-loop' | 'query';

/** How one name is answered. Everything is optional; the plain case is its addresses. */
export interface DnsBehaviour {
  readonly answer?:
    | 'addresses'
    | 'nodata'
    | 'nxdomain'
    | 'servfail'
    | 'refused'
    | 'notimp'
    | 'referral'
    | 'cname-loop'
    | 'silent';
  /** A and AAAA records, together. */
  readonly addresses?: readonly string[];
  /** Seconds; 60 unless told. */
  readonly ttl?: number;
  /** Names from the asked one to the owner of the addresses. */
  readonly cname?: readonly string[];
  /** The chain is answered without what it leads to. */
  readonly cutChain?: boolean;
  /** Whether a negative answer carries its zone's SOA; true unless told. */
  readonly soa?: boolean;
  readonly extendedError?: { readonly code: number; readonly text: string };
  readonly delayMs?: number;
  /** Questions of these types get no answer. */
  readonly swallow?: readonly ('A' | 'AAAA')[];
  /** How many questions (of each type) fail first, and how. */
  readonly first?: { readonly count: number; readonly answer: 'silent' | 'servfail' };
  /** Questions with EDNS: answered with FORMERR, or not at all. */
  readonly edns?: 'formerr' | 'silent';
  /** Sent ahead of the answer, in this order. */
  readonly strays?: readonly Stray[];
  /** UDP answers are cut (TC); this is what TCP then does. `drip`: a byte each `dripMs` (20 unless told). */
  readonly truncate?: 'answer' | 'silent' | 'reset' | 'close' | 'drip' | 'garbage' | 'wrong-id';
  readonly dripMs?: number;
}

/** Names in lower case; `*.example.test` stands for every name below. What no row fits is NXDOMAIN. */
export type DnsZone = Readonly<Record<string, DnsBehaviour | ((name: string, type: number) => DnsBehaviour)>>;

export interface DnsServerOptions {
  /** Loopback address; 127.0.0.1 unless told. */
  readonly address?: string;
  /** A free one unless told. Those below 1024 need root. */
  readonly port?: number;
  /** False: nothing listens on TCP. */
  readonly tcp?: boolean;
}

export interface LoggedQuery {
  /** A question that is sent again keeps its id. */
  readonly id: number;
  readonly name: string;
  readonly type: number;
  readonly transport: 'udp' | 'tcp';
  readonly edns: boolean;
}

export interface DnsServer {
  readonly address: string;
  readonly port: number;
  /** `IP:PORT` or `[IP]:PORT`, as `--dns-server` takes it. */
  readonly server: string;
  /** Every question that came, in order, the last 100,000. */
  readonly log: readonly LoggedQuery[];
  /** Questions for this name, and of this type if told. */
  count(name: string, type?: number): number;
  close(): Promise<void>;
}

const maxLog = 100_000;
const rcodeOf: Readonly<Record<string, number>> = {
  nxdomain: rcodes.NXDOMAIN,
  servfail: rcodes.SERVFAIL,
  refused: rcodes.REFUSED,
  notimp: rcodes.NOTIMP,
};

type Asked = { readonly id: number; readonly name: string; readonly type: number; readonly edns: boolean };

function find(zone: DnsZone, name: string, type: number): DnsBehaviour {
  const labels = name.split('.');
  const wildcards = labels.map((_, index) => `*.${labels.slice(index + 1).join('.')}`);
  const row = [name, ...wildcards].map((key) => zone[key]).find((found) => found !== undefined);
  return typeof row === 'function' ? row(name, type) : (row ?? { answer: 'nxdomain' });
}

function response({ id, name, type, edns }: Asked, behaviour: DnsBehaviour, truncated: boolean): Buffer {
  const { answer = 'addresses', ttl = 60, soa = true, extendedError } = behaviour;
  const chain = answer === 'cname-loop' ? [`a.${name}`, `b.${name}`, name] : (behaviour.cname ?? []);
  const cnames: RecordToSend[] = chain.map((cname, index) => ({ name: chain[index - 1] ?? name, ttl, cname }));
  const owner = chain.at(-1) ?? name;
  const fits = type === recordTypes.A ? isIPv4 : type === recordTypes.AAAA ? isIPv6 : () => false;
  const addresses: RecordToSend[] =
    answer === 'addresses' && !behaviour.cutChain
      ? (behaviour.addresses ?? []).filter(fits).map((address) => ({ name: owner, ttl, address }))
      : [];
  const negative =
    ['addresses', 'nodata', 'nxdomain'].includes(answer) && addresses.length === 0 && !behaviour.cutChain;
  const zone = owner.split('.').slice(1).join('.') || '.';
  const authority: RecordToSend = {
    name: zone,
    ttl,
    soa: {
      primary: `ns.${zone}`.replace(/\.\.$/, ''),
      mailbox: `hostmaster.${zone}`.replace(/\.\.$/, ''),
      minimum: 60,
    },
  };
  return encodeResponse({
    id,
    question: { name, type },
    rcode: rcodeOf[answer] ?? rcodes.NOERROR,
    truncated,
    recursionAvailable: answer !== 'referral',
    answers: truncated ? [] : [...cnames, ...addresses],
    authorities: negative && soa && !truncated ? [authority] : [],
    edns: edns || extendedError ? { udpSize: 1232, extendedError: extendedError ?? null } : null,
  });
}

/** A stray for this question; made to fit the id where that is not the point, so that only the fault itself gives it away. */
export function strayFor(kind: Stray, asked: Omit<Asked, 'edns'>): Buffer {
  const { id, name, type } = asked;
  const plain = (change: { id?: number; name?: string }): Buffer => {
    const question = { name: change.name ?? name, type };
    const answers = [
      { name: question.name, ttl: 60, address: type === recordTypes.AAAA ? '2001:db8::bad' : '192.0.2.66' },
    ];
    return encodeResponse({ id: change.id ?? id, question, answers });
  };
  if (kind === 'wrong-id') return plain({ id: id ^ 0x5555 });
  if (kind === 'wrong-question') return plain({ name: `other.${name}`.slice(0, 200) });
  if (kind === 'garbage') return Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n');
  const bytes = plain({});
  if (kind === 'lying-lengths') {
    bytes.writeUInt16BE(0xffff, 6);
    bytes.writeUInt16BE(0xffff, bytes.length - (type === recordTypes.AAAA ? 18 : 6));
  } else if (kind === 'compression-loop') bytes.writeUInt16BE(0xc00c, 12);
  else bytes[2] = 0x01;
  return bytes;
}

function withLength(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from([bytes.length >>> 8, bytes.length & 0xff]), bytes]);
}

/** Opens both sockets on one free port; the kernel picks it for UDP, and TCP may find it taken. */
async function listen(
  address: string,
  tcp: boolean,
  wanted: number,
): Promise<{ udp: UdpSocket; tcp: Server | null; port: number }> {
  for (let tries = 0; ; tries++) {
    const udp = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
    udp.bind(wanted, address);
    await once(udp, 'listening');
    const { port } = udp.address();
    if (!tcp) return { udp, tcp: null, port };
    const server = createServer();
    server.listen(port, address);
    try {
      await once(server, 'listening');
      return { udp, tcp: server, port: (server.address() as AddressInfo).port };
    } catch (error) {
      udp.close();
      if (tries === 20) throw error;
    }
  }
}

/** Starts a server for the zone. `close` ends its sockets and timers. */
export async function startDnsServer(zone: DnsZone, options: DnsServerOptions = {}): Promise<DnsServer> {
  const address = options.address ?? '127.0.0.1';
  const { udp, tcp, port } = await listen(address, options.tcp ?? true, options.port ?? 0);
  const log: LoggedQuery[] = [];
  const timers = new Set<NodeJS.Timeout>();
  const connections = new Set<Socket>();

  const later = (ms: number, run: () => void): void => {
    if (ms === 0) run();
    else {
      const timer = setTimeout(() => {
        timers.delete(timer);
        run();
      }, ms);
      timers.add(timer);
    }
  };
  const counts = new Map<string, number>();
  const count = (name: string, type?: number): number => counts.get(`${name} ${type ?? ''}`) ?? 0;

  /** What to do with a question; null where there is nothing to say to it. */
  const take = (bytes: Buffer, transport: 'udp' | 'tcp'): { asked: Asked; behaviour: DnsBehaviour } | null => {
    const message: DnsMessage | null = decodeMessage(bytes);
    const [question] = message?.questions ?? [];
    if (message === null || message.response || question === undefined) return null;
    const { name, type } = question;
    const asked = { id: message.id, name, type, edns: message.edns !== null };
    const earlier = count(name, type);
    for (const key of [`${name} `, `${name} ${type}`]) counts.set(key, (counts.get(key) ?? 0) + 1);
    log.push({ id: message.id, name, type, transport, edns: asked.edns });
    if (log.length > maxLog) log.shift();
    const behaviour = find(zone, name, type);
    const { first, swallow = [] } = behaviour;
    if (first !== undefined && earlier < first.count) return { asked, behaviour: { answer: first.answer } };
    const swallowed = swallow.some((word) => recordTypes[word] === type) || (asked.edns && behaviour.edns === 'silent');
    return { asked, behaviour: swallowed ? { answer: 'silent' } : behaviour };
  };

  const answerTcp = (socket: Socket, asked: Asked, behaviour: DnsBehaviour): void => {
    const way = behaviour.truncate ?? 'answer';
    const whole = withLength(response(asked, behaviour, false));
    if (way === 'reset') socket.resetAndDestroy();
    else if (way === 'close') socket.end(whole.subarray(0, 7));
    else if (way === 'garbage') socket.write(withLength(strayFor('garbage', asked)));
    else if (way === 'wrong-id') socket.write(withLength(strayFor('wrong-id', asked)));
    else if (way === 'answer') socket.write(whole);
    else if (way === 'drip') {
      const drip = (at: number): void => {
        if (at >= whole.length || socket.destroyed) return;
        socket.write(whole.subarray(at, at + 1));
        later(behaviour.dripMs ?? 20, () => drip(at + 1));
      };
      drip(0);
    }
  };

  udp.on('message', (bytes: Buffer, peer: RemoteInfo) => {
    const taken = take(bytes, 'udp');
    if (taken === null) return;
    const { asked, behaviour } = taken;
    const reply = (packet: Buffer): void => udp.send(packet, peer.port, peer.address, () => {});
    later(behaviour.delayMs ?? 0, () => {
      for (const stray of behaviour.strays ?? []) reply(strayFor(stray, asked));
      if (behaviour.answer === 'silent') return;
      if (asked.edns && behaviour.edns === 'formerr')
        reply(encodeResponse({ id: asked.id, question: null, rcode: rcodes.FORMERR }));
      else reply(response(asked, behaviour, behaviour.truncate !== undefined));
    });
  });
  udp.on('error', () => {});

  tcp?.on('connection', (socket) => {
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
    socket.on('error', () => {});
    let held = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      held = Buffer.concat([held, chunk]);
      while (held.length >= 2 && held.length >= 2 + held.readUInt16BE(0)) {
        const end = 2 + held.readUInt16BE(0);
        const taken = take(held.subarray(2, end), 'tcp');
        held = held.subarray(end);
        if (taken === null || taken.behaviour.answer === 'silent') continue;
        later(taken.behaviour.delayMs ?? 0, () => answerTcp(socket, taken.asked, taken.behaviour));
      }
    });
  });

  return {
    address,
    port,
    server: isIPv6(address) ? `[${address}]:${port}` : `${address}:${port}`,
    log,
    count,
    close: async () => {
      for (const timer of timers) clearTimeout(timer);
      for (const socket of connections) socket.destroy();
      await Promise.all([
        new Promise<void>((resolve) => udp.close(() => resolve())),
        new Promise<void>((resolve) => (tcp ? tcp.close(() => resolve()) : resolve())),
      ]);
    },
  };
}
