/**
 * A DNS server on loopback that answers, and misbehaves, as a zone tells it. It serves UDP and TCP on one
 * port. Faults that only tests make are functions in the zone: test/servers/dns-faults.ts.
 */

import { Buffer } from 'node:buffer';
import type { RemoteInfo, Socket as UdpSocket } from 'node:dgram';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer, isIPv4 } from 'node:net';
import { isIPv6 } from '../addresses.ts';
import { entryOf } from '../entry.ts';
import type { RecordToSend } from '../probe/dns/encode.ts';
import { encodeResponse } from '../probe/dns/encode.ts';
import type { DnsMessage } from '../probe/dns/message.ts';
import { decodeMessage, rcodes, recordTypes } from '../probe/dns/message.ts';
import { hostAndPort } from '../text-bounds.ts';

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
  /** Packets that are sent ahead of the answer, in this order. */
  readonly strays?: readonly ((question: ServedQuestion) => Buffer)[];
  /** UDP answers are cut (TC); this is what TCP then does. */
  readonly truncate?: 'answer' | 'silent' | TcpReply;
}

/** One question as it came. */
export interface ServedQuestion {
  /** A question that is sent again keeps its id. */
  readonly id: number;
  readonly name: string;
  readonly type: number;
  readonly edns: boolean;
}

/** Answers a question that came by TCP; `whole` is the right answer, its two octets of length included. */
export type TcpReply = (socket: Socket, question: ServedQuestion, whole: Buffer) => void;

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

interface LoggedQuery extends ServedQuestion {
  readonly transport: 'udp' | 'tcp';
}

export interface RunningDnsServer {
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

function find(zone: DnsZone, name: string, type: number): DnsBehaviour {
  const labels = name.split('.');
  const wildcards = labels.map((_, index) => `*.${labels.slice(index + 1).join('.')}`);
  const row = [name, ...wildcards].map((key) => zone[key]).find((behaviour) => behaviour !== undefined);
  return typeof row === 'function' ? row(name, type) : (row ?? { answer: 'nxdomain' });
}

function response({ id, name, type, edns }: ServedQuestion, behaviour: DnsBehaviour, truncated: boolean): Buffer {
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
    rcode: entryOf(rcodeOf, answer) ?? rcodes.NOERROR,
    truncated,
    recursionAvailable: answer !== 'referral',
    answers: truncated ? [] : [...cnames, ...addresses],
    authorities: negative && soa && !truncated ? [authority] : [],
    edns: edns || extendedError ? { udpSize: 1232, extendedError: extendedError ?? null } : null,
  });
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

/** What came so far, and how the zone wants each question answered. */
function questionDesk(zone: DnsZone) {
  const log: LoggedQuery[] = [];
  const counts = new Map<string, number>();
  const count = (name: string, type?: number): number => counts.get(`${name} ${type ?? ''}`) ?? 0;
  /** Null where there is nothing to say to these bytes. */
  const take = (bytes: Buffer, transport: 'udp' | 'tcp'): { asked: ServedQuestion; behaviour: DnsBehaviour } | null => {
    const message: DnsMessage | null = decodeMessage(bytes);
    const [question] = message?.questions ?? [];
    if (message === null || message.response || question === undefined) return null;
    const { name, type } = question;
    const asked = { id: message.id, name, type, edns: message.edns !== null };
    const earlier = count(name, type);
    for (const key of [`${name} `, `${name} ${type}`]) counts.set(key, (counts.get(key) ?? 0) + 1);
    log.push({ ...asked, transport });
    if (log.length > maxLog) log.shift();
    const behaviour = find(zone, name, type);
    const { first, swallow = [] } = behaviour;
    if (first !== undefined && earlier < first.count) return { asked, behaviour: { answer: first.answer } };
    const swallowed = swallow.some((word) => recordTypes[word] === type) || (asked.edns && behaviour.edns === 'silent');
    return { asked, behaviour: swallowed ? { answer: 'silent' } : behaviour };
  };
  return { log, count, take };
}

type Take = ReturnType<typeof questionDesk>['take'];
type Later = (ms: number, run: () => void) => void;

function serveUdp(udp: UdpSocket, take: Take, later: Later): void {
  udp.on('message', (bytes: Buffer, peer: RemoteInfo) => {
    const taken = take(bytes, 'udp');
    if (taken === null) return;
    const { asked, behaviour } = taken;
    const reply = (packet: Buffer): void => udp.send(packet, peer.port, peer.address, () => {});
    later(behaviour.delayMs ?? 0, () => {
      for (const stray of behaviour.strays ?? []) reply(stray(asked));
      if (behaviour.answer === 'silent') return;
      if (asked.edns && behaviour.edns === 'formerr')
        reply(encodeResponse({ id: asked.id, question: null, rcode: rcodes.FORMERR }));
      else reply(response(asked, behaviour, behaviour.truncate !== undefined));
    });
  });
  udp.on('error', () => {});
}

function serveTcp(socket: Socket, take: Take, later: Later): void {
  socket.on('error', () => {});
  let held = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    held = Buffer.concat([held, chunk]);
    while (held.length >= 2 && held.length >= 2 + held.readUInt16BE(0)) {
      const end = 2 + held.readUInt16BE(0);
      const taken = take(held.subarray(2, end), 'tcp');
      held = held.subarray(end);
      if (taken === null || taken.behaviour.answer === 'silent') continue;
      const { asked, behaviour } = taken;
      later(behaviour.delayMs ?? 0, () => {
        const { truncate = 'answer' } = behaviour;
        const whole = withLength(response(asked, behaviour, false));
        if (typeof truncate === 'function') truncate(socket, asked, whole);
        else if (truncate === 'answer') socket.write(whole);
      });
    }
  });
}

/** Starts a server for the zone. `close` ends its sockets and timers. */
export async function startDnsServer(zone: DnsZone, options: DnsServerOptions = {}): Promise<RunningDnsServer> {
  const address = options.address ?? '127.0.0.1';
  const { udp, tcp, port } = await listen(address, options.tcp ?? true, options.port ?? 0);
  const timers = new Set<NodeJS.Timeout>();
  const connections = new Set<Socket>();
  const later: Later = (ms, run) => {
    if (ms === 0) return run();
    const timer = setTimeout(() => {
      timers.delete(timer);
      run();
    }, ms);
    timers.add(timer);
  };
  const { log, count, take } = questionDesk(zone);
  serveUdp(udp, take, later);
  tcp?.on('connection', (socket) => {
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
    serveTcp(socket, take, later);
  });
  return {
    address,
    port,
    server: hostAndPort(address, port),
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
