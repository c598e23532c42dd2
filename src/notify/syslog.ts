/** Syslog messages (RFC 5424) over UDP (RFC 5426), TCP (RFC 6587, octet counting) and TLS (RFC 5425). */
import { createSocket } from 'node:dgram';
import { connect, isIP, type LookupFunction, type Socket } from 'node:net';
import { connect as connectSafely } from 'node:tls';
import { entryOf } from '../entry.ts';
import { logEntryOf } from './event-log.ts';
import { type Outgoing, type Sender, Undelivered } from './sender.ts';

/** RFC 5426 section 3.2: every receiver takes that many bytes in a datagram. */
const mostDatagramBytes = 2048;
const facilityDaemon = 3;
const severities = { critical: 2, warning: 4, notice: 5, informational: 6 } as const;

const defaultPorts: Readonly<Record<string, number>> = { 'udp:': 514, 'tcp:': 514, 'tls:': 6514 };

/** Visible ASCII without space (section 6.2.4 and on); `-` stands for nothing. */
const field = (text: string, most: number): string => text.replace(/[^\x21-\x7e]/g, '').slice(0, most) || '-';

/** Control characters end no message and begin none. */
const oneLine = (text: string): string => text.replace(/\p{Cc}+/gu, ' ').trim();

function severityOf({ kind, incident }: Outgoing['notice']): number {
  if (kind === 'silent') return severities.warning;
  return incident === null || kind === 'closed' ? severities.notice : severities[incident.severity];
}

/**
 * Nobody registered a number for wayclear, and one of our own choice would be somebody else's: this one is kept for
 * documentation (RFC 5612), and stands for nobody.
 */
const elementId = 'wayclear@32473';

/** Section 6.3.3: a quote, a backslash and a closing bracket are escaped. */
const parameter = (name: string, value: string): string =>
  `${name}="${cutTo(oneLine(value), 255)
    .toString('utf8')
    .replace(/["\\\]]/g, (sign) => `\\${sign}`)}"`;

/** What programs sort by: the cause, the machine that looked, the role's own message, and the notice, which comes once. */
function structuredData(notice: Outgoing['notice']): string {
  const { id, incident, machine } = notice;
  const parameters = [
    ...(incident === null ? [] : [parameter('cause', incident.cause)]),
    ...(machine === null ? [] : [parameter('probe', machine.name)]),
    parameter('messageId', String(logEntryOf(notice).id)),
    parameter('notice', id),
  ];
  return `[${elementId} ${parameters.join(' ')}]`;
}

export function syslogMessage(outgoing: Outgoing, pid: number): string {
  const { notice, title, lines } = outgoing;
  const priority = facilityDaemon * 8 + severityOf(notice);
  const host = field(notice.machine?.name ?? '', 255);
  const head = `<${priority}>1 ${notice.at} ${host} wayclear ${pid} ${field(notice.kind, 32)} ${structuredData(notice)}`;
  return `${head} ${oneLine([title, ...lines].join(' | '))}`;
}

/** At most so many bytes of UTF-8, no character cut in two. */
export function cutTo(text: string, most: number): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length <= most) return bytes;
  let end = most - 3;
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return Buffer.concat([bytes.subarray(0, end), Buffer.from('…', 'utf8')]);
}

export interface SyslogSettings {
  readonly name: string;
  readonly server: URL;
  readonly lookup: LookupFunction;
  readonly ca: string | undefined;
  readonly pid: number;
}

/** As streams do: an address is looked up nowhere. */
function addressOf(host: string, lookup: LookupFunction): Promise<string> {
  if (isIP(host) !== 0) return Promise.resolve(host);
  return new Promise((resolve, reject) => {
    lookup(host, { all: false }, (error, address) => (error === null ? resolve(String(address)) : reject(error)));
  });
}

async function overDatagram(host: string, port: number, lookup: LookupFunction, message: Buffer): Promise<void> {
  const address = await addressOf(host, lookup);
  const socket = createSocket(isIP(address) === 6 ? 'udp6' : 'udp4');
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject);
    socket.send(message, port, address, (failure) => {
      socket.close();
      if (failure === null) resolve();
      else reject(failure);
    });
  });
}

/** The other side has it when it has taken all and closed, or nothing went wrong until it was all sent. */
function overStream(open: () => Socket, message: Buffer, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = open();
    const end = (): void => {
      socket.destroy();
      reject(signal.reason);
    };
    signal.addEventListener('abort', end, { once: true });
    socket.on('error', reject);
    socket.on('close', () => {
      signal.removeEventListener('abort', end);
      if (socket.bytesWritten >= message.length && !socket.errored) resolve();
      else reject(new Undelivered('connection-ended'));
    });
    socket.resume();
    socket.end(Buffer.concat([Buffer.from(`${message.length} `), message]));
  });
}

export function createSyslog({ name, server, lookup, ca, pid }: SyslogSettings): Sender {
  const host = server.hostname.replace(/^\[|\]$/g, '');
  const port = Number(server.port) || (entryOf(defaultPorts, server.protocol) ?? 0);
  return {
    name,
    async send(outgoing, signal) {
      const message = syslogMessage(outgoing, pid);
      if (server.protocol === 'udp:') return await overDatagram(host, port, lookup, cutTo(message, mostDatagramBytes));
      const trust = ca === undefined ? {} : { ca };
      const open = (): Socket =>
        server.protocol === 'tls:'
          ? connectSafely({ host, port, lookup, servername: isIP(host) === 0 ? host : '', ...trust })
          : connect({ host, port, lookup });
      return await overStream(open, Buffer.from(message, 'utf8'), signal);
    },
  };
}
