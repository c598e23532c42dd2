/**
 * One question to one resolver, over UDP (then TCP where the answer was cut) or over TCP. The program
 * asks by itself because c-ares and getaddrinfo hide what a diagnosis needs: response code, CNAME chain,
 * SOA, extended error, truncation.
 */

import { Buffer } from 'node:buffer';
import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { isIP, isIPv6 } from '../../addresses.ts';
import { type Clock, timeUp } from '../../clock.ts';
import { harmless } from '../../harmless.ts';
import type { DnsAnswer, Failure } from '../../model/observations.ts';
import { hostAndPort } from '../../text-bounds.ts';
import { classify, failureOf } from '../stage/failure.ts';
import { onAbort } from '../stage/stop.ts';
import { encodeQuery } from './encode.ts';
import type { DnsMessage, DnsRecord, RecordType } from './message.ts';
import { canonicalName, classInternet, decodeMessage, rcodeName, rcodes, recordTypes } from './message.ts';

export interface DnsServer {
  /** Without brackets; may hold a zone identifier (`fe80::1%eth0`). */
  readonly address: string;
  readonly port: number;
}

/** `IP`, `IP:PORT`, `[IPv6]` or `[IPv6]:PORT`; port 53 unless told. Null for anything else. */
export function parseServer(text: string): DnsServer | null {
  const bracketed = /^\[([^\]]+)\](?::(\d{1,5}))?$/.exec(text);
  const dotted = /^([\d.]+):(\d{1,5})$/.exec(text);
  const address = bracketed?.[1] ?? dotted?.[1] ?? text;
  const port = Number(bracketed?.[2] ?? dotted?.[2] ?? 53);
  if (isIP(address) === 0 || (bracketed && !isIPv6(address)) || port < 1 || port > 65_535) return null;
  return { address, port };
}

/** `IP:PORT` or `[IP]:PORT`, as in `DnsAnswer.server`. */
export function formatServer({ address, port }: DnsServer): string {
  return hostAndPort(address, port);
}

/** Microsecond resolution: more digits say nothing and fill reports. */
export const elapsed = (clock: Clock, since: number): number => Math.round((clock.now() - since) * 1000) / 1000;

/** Longest CNAME chain that is followed. Resolvers themselves stop at 11 to 16 (unbound, BIND 9). */
export const maxChain = 16;

interface Chain {
  readonly cnames: DnsAnswer['cnames'];
  /** Records of the asked type at the end of the chain. */
  readonly records: readonly DnsRecord[];
  /** The last name. */
  readonly end: string;
  readonly loops: boolean;
}

/** Walks from `name` along the CNAME records of an answer section, whatever order they are in. */
export function followChain(name: string, type: number, answers: readonly DnsRecord[]): Chain {
  const targets = new Map<string, DnsRecord & { data: { kind: 'cname' } }>();
  for (const record of answers)
    if (record.data.kind === 'cname' && record.class === classInternet && !targets.has(record.name))
      targets.set(record.name, { ...record, data: record.data });
  const cnames: { owner: string; target: string; ttl: number }[] = [];
  const seen = new Set([name]);
  let end = name;
  let loops = false;
  for (let next = targets.get(end); next !== undefined && type !== recordTypes.CNAME; next = targets.get(end)) {
    cnames.push({ owner: end, target: next.data.target, ttl: next.ttl });
    end = next.data.target;
    loops = seen.has(end) || cnames.length >= maxChain;
    if (loops) break;
    seen.add(end);
  }
  const records = loops
    ? []
    : answers.filter((record) => record.name === end && record.type === type && record.class === classInternet);
  return { cnames, records, end, loops };
}

export interface ServerQuestion {
  /** Must be encodable (`canonicalName`). */
  readonly name: string;
  readonly type: RecordType;
  readonly server: DnsServer;
  readonly transport: 'udp' | 'tcp';
  /** True unless told. */
  readonly recursionDesired?: boolean;
}

/** What one question gave: the evidence as the report keeps it, and the message for those who need its sections. */
export interface Reply {
  readonly answer: DnsAnswer;
  /** The message that decided; null if none did. */
  readonly message: DnsMessage | null;
}

export interface Exchange {
  /** Sends the question again if it went by UDP and still waits; without EDNS, which some paths swallow. */
  resend(): void;
  /** Ends it now and says what is known: a timeout, unless the answers that came were no messages. Sockets are closed. */
  stop(): Reply;
}

const udpSize = 1232; // DNS flag day 2020: fits into one packet on every path.

function rcodeFailure(message: DnsMessage, server: string, recursionDesired: boolean): Failure | null {
  const name = rcodeName(message.rcode);
  const words = `${name} from ${server}`;
  if (message.rcode === rcodes.NXDOMAIN) return failureOf('dns.not-found', words);
  if (message.rcode === rcodes.SERVFAIL) return failureOf('dns.server-failure', words);
  if (message.rcode === rcodes.REFUSED) return failureOf('dns.refused', words);
  if (message.rcode !== rcodes.NOERROR) return failureOf('dns.error', words, name);
  // A referral: this server doesn't recurse for us, which says nothing of the name.
  const empty = message.answers.length === 0 && !message.authorities.some(({ data }) => data.kind === 'soa');
  if (recursionDesired && empty && !message.authoritative && !message.recursionAvailable)
    return failureOf('dns.refused', `${server} does not recurse`, 'no-recursion');
  return null;
}

/** What a transport sends and whom it tells of what comes back. */
interface DnsDialogue {
  readonly server: DnsServer;
  readonly query: () => Buffer;
  readonly receive: (bytes: Uint8Array) => void;
  readonly fail: (failure: Failure) => void;
}

/** After `close`, which may come more than once, nobody is told anything. */
interface Transport {
  readonly send: () => void;
  readonly close: () => void;
}

function overUdp({ server, query, receive, fail }: DnsDialogue): Transport {
  const v6 = isIPv6(server.address);
  const socket = createSocket({
    type: v6 ? 'udp6' : 'udp4',
    // The address is one already; dgram's own dns.lookup must not be reached.
    lookup: (address, _options, callback) => process.nextTick(callback, null, address, v6 ? 6 : 4),
  });
  let connected = false;
  let closed = false;
  const failed = (error: Error): void => {
    if (!closed) fail(classify('dns', error));
  };
  const send = (): void => {
    if (connected && !closed) socket.send(query(), (error) => error && failed(error));
  };
  socket.on('error', failed);
  socket.on('message', receive);
  // Connected, so that the kernel drops what others send and reports a closed port.
  socket.on('connect', () => {
    connected = true;
    send();
  });
  socket.connect(server.port, server.address);
  return {
    send,
    close: () => {
      if (closed) return;
      closed = true;
      socket.removeAllListeners('message').removeAllListeners('connect');
      socket.close();
    },
  };
}

function overTcp({ server, query, receive, fail }: DnsDialogue): Transport {
  const socket = connect({ host: server.address, port: server.port });
  const chunks: Buffer[] = [];
  let held = 0;
  let wanted = 2;
  let closed = false;
  const send = (): void => {
    const bytes = query();
    socket.write(Buffer.concat([Buffer.from([bytes.length >>> 8, bytes.length & 0xff]), bytes]));
  };
  socket.on('connect', send);
  socket.on('data', (chunk) => {
    chunks.push(chunk);
    held += chunk.length;
    while (!closed && held >= wanted) {
      const bytes = Buffer.concat(chunks);
      wanted = 2 + bytes.readUInt16BE(0);
      if (held < wanted) chunks.splice(0, chunks.length, bytes);
      else {
        chunks.splice(0, chunks.length, bytes.subarray(wanted));
        held -= wanted;
        receive(bytes.subarray(2, wanted));
        wanted = 2;
      }
    }
  });
  const lost = (failure: Failure): void => {
    if (!closed) fail(failure);
  };
  socket.on('error', (error) => lost(classify('dns', error)));
  socket.on('close', () =>
    lost(failureOf('dns.unreachable', `${formatServer(server)} closed the TCP connection`, 'closed')),
  );
  return {
    send,
    close: () => {
      closed = true;
      socket.destroy();
    },
  };
}

/** Whether a connection was accepted, and ended before it answered. */
const isClosed = ({ detail, raw }: Failure): boolean => detail === 'closed' || raw.code === 'ECONNRESET';

/** Whether a message answers this question. Errors may come without the question (RFC 1035 leaves it open). */
function matches(message: DnsMessage, id: number, name: string, type: number): boolean {
  if (!message.response || message.opcode !== 0 || message.id !== id) return false;
  const [asked] = message.questions;
  if (message.questions.length === 0) return message.rcode !== rcodes.NOERROR && message.rcode !== rcodes.NXDOMAIN;
  return message.questions.length === 1 && asked?.name === name && asked.type === type && asked.class === classInternet;
}

/** What the exchange itself adds to a message. */
type Circumstances = Pick<DnsAnswer, 'server' | 'transport' | 'ms' | 'truncated' | 'strays'>;

function replyOf(
  name: string,
  type: number,
  { server, transport, ms, truncated, strays }: Circumstances,
  message: DnsMessage | null,
  failure: Failure | null,
): Reply {
  const chain = followChain(name, type, message?.answers ?? []);
  const loop = chain.loops ? failureOf('dns.malformed', `CNAME chain of ${name} loops`, 'cname-loop') : null;
  const error = message?.edns?.extendedErrors[0];
  return {
    message,
    answer: {
      family: type === recordTypes.AAAA ? 6 : 4,
      server,
      transport,
      ms,
      rcode: message === null ? null : rcodeName(message.rcode),
      addresses: chain.records.flatMap(({ data, ttl }) =>
        data.kind === 'address' ? [{ address: data.address, ttl }] : [],
      ),
      cnames: chain.cnames,
      soa: message?.authorities.find(({ data }) => data.kind === 'soa')?.name ?? null,
      extendedError: error ? { code: error.code, text: error.text } : null,
      truncated,
      strays,
      failure: failure ?? loop,
    },
  };
}

/** RFC 6891 section 7: a server that doesn't know EDNS says so by one of these, and is asked without it. */
const withoutEdns: readonly number[] = [rcodes.FORMERR, rcodes.NOTIMP, rcodes.BADVERS];

/**
 * Asks, and calls `ended` once when something decides: an answer, a refusal, an error of the socket.
 * Silence decides nothing: whoever started it sets the time and calls `stop`, after which `ended` isn't called.
 */
export function startExchange(question: ServerQuestion, clock: Clock, ended: (reply: Reply) => void): Exchange {
  const name = canonicalName(question.name);
  if (name === null) throw new RangeError(`no DNS name: ${harmless(question.name, 80)}`);
  const type = typeof question.type === 'number' ? question.type : recordTypes[question.type];
  const server = formatServer(question.server);
  const recursionDesired = question.recursionDesired ?? true;
  const started = clock.now();
  const id = randomInt(0x10000);
  let truncated = false;
  let strays = 0;
  let unparseable = 0;
  let edns = true;
  let over = false;
  let reconnected = false;

  const stop = (message: DnsMessage | null, failure: Failure | null): Reply => {
    over = true;
    transport.close();
    const circumstances = { server, transport: protocol, ms: elapsed(clock, started), truncated, strays };
    return replyOf(name, type, circumstances, message, failure);
  };
  const end = (message: DnsMessage | null, failure: Failure | null): void => {
    if (!over) ended(stop(message, failure));
  };
  const malformed = (): Failure => failureOf('dns.malformed', `${server} sent what is no DNS message`);

  const receive = (bytes: Uint8Array): void => {
    if (over) return;
    const message = decodeMessage(bytes);
    if (message === null || !matches(message, id, name, type)) {
      strays += 1;
      if (message === null) unparseable += 1;
      // Over UDP anybody can send that; on a connection only this server.
      if (message === null && protocol === 'tcp') end(null, malformed());
    } else if (edns && withoutEdns.includes(message.rcode)) {
      edns = false;
      transport.send();
    } else if (message.truncated && protocol === 'udp') {
      transport.close();
      truncated = true;
      protocol = 'tcp';
      transport = overTcp(dialogue);
    } else end(message, rcodeFailure(message, server, recursionDesired));
  };

  const dialogue: DnsDialogue = {
    server: question.server,
    query: () => encodeQuery({ id, name, type, recursionDesired, edns: edns ? { udpSize } : null }),
    receive,
    fail: (failure) => {
      // A server may close a connection at any time, and is asked on another one (RFC 7766 section 6.2.4); once is enough.
      if (over || reconnected || protocol === 'udp' || !isClosed(failure)) return end(null, failure);
      reconnected = true;
      transport.close();
      transport = overTcp(dialogue);
    },
  };
  let protocol = question.transport;
  let transport = protocol === 'udp' ? overUdp(dialogue) : overTcp(dialogue);
  return {
    resend: () => {
      if (over || protocol === 'tcp') return;
      edns = false;
      transport.send();
    },
    stop: () => stop(null, unparseable > 0 ? malformed() : failureOf('dns.timeout', `no answer from ${server}`)),
  };
}

/**
 * Asks one server one question and ends within `timeoutMs`, or as soon as `signal` aborts. Used by
 * experiments: another resolver, TCP instead of UDP, a sibling name. Never rejects for what the network does.
 */
export function askServer(
  question: ServerQuestion & {
    readonly timeoutMs: number;
    /** False: the question goes out once. */
    readonly resends?: boolean;
  },
  deps: { readonly clock: Clock; readonly signal?: AbortSignal },
): Promise<Reply> {
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    let forget = (): void => {};
    const finish = (reply: Reply): void => {
      clearTimeout(timer);
      forgetTime();
      forget();
      resolve(reply);
    };
    const exchange = startExchange(question, deps.clock, finish);
    const cut = (): void => finish(exchange.stop());
    const forgetTime = timeUp(question.timeoutMs, cut);
    const again = (wait: number): void => {
      timer = setTimeout(() => {
        exchange.resend();
        again(wait * 2);
      }, wait);
    };
    if (question.resends !== false) again(firstWait(question.timeoutMs));
    if (deps.signal?.aborted) cut();
    else if (deps.signal) forget = onAbort(deps.signal, cut);
  });
}

/** Milliseconds until the question is sent again; each further wait is twice as long. */
export const firstWait = (timeoutMs: number): number => Math.min(1000, timeoutMs / 4);
