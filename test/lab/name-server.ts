/** A name server small enough to misbehave at will (RFC 1035): the authority for the lab's names, and a faulty resolver. */
import { createSocket } from 'node:dgram';
import { createServer, isIPv6 } from 'node:net';

export interface Question {
  readonly id: number;
  /** Lower case, no trailing dot. */
  readonly name: string;
  /** 1 A, 28 AAAA, … */
  readonly type: number;
  readonly transport: 'udp' | 'tcp';
  /** The message as it came. */
  readonly message: Buffer;
}

export interface Answer {
  /** 0 NOERROR, 2 SERVFAIL, 3 NXDOMAIN, 5 REFUSED. */
  readonly rcode: number;
  readonly addresses?: readonly string[];
  readonly cname?: string;
  /** Owner of the SOA record that a negative answer carries. */
  readonly soa?: string;
  /** NS record of the name asked for, with its address in the additional section. */
  readonly server?: { readonly name: string; readonly address: string };
  readonly truncated?: boolean;
  readonly ttl?: number;
  readonly delayMs?: number;
}

/** An answer, the bytes of one, or null for silence. */
export type Answerer = (question: Question) => Answer | Buffer | null | Promise<Answer | Buffer | null>;

const nameBytes = (name: string): Buffer =>
  Buffer.concat([
    ...name
      .split('.')
      .filter((label) => label !== '')
      .map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label, 'latin1')])),
    Buffer.from([0]),
  ]);

/** The question of a query; null for what is no query. */
export function parseQuestion(message: Buffer, transport: 'udp' | 'tcp'): Question | null {
  if (message.length < 17 || message.readUInt16BE(4) < 1) return null;
  const labels: string[] = [];
  let offset = 12;
  for (;;) {
    const length = message[offset];
    if (length === undefined || length > 63 || offset + length + 1 > message.length) return null;
    offset += 1;
    if (length === 0) break;
    labels.push(message.toString('latin1', offset, offset + length));
    offset += length;
  }
  if (offset + 4 > message.length) return null;
  return {
    id: message.readUInt16BE(0),
    name: labels.join('.').toLowerCase(),
    type: message.readUInt16BE(offset),
    transport,
    message: message.subarray(0, offset + 4),
  };
}

function addressBytes(address: string): Buffer {
  if (!isIPv6(address)) return Buffer.from(address.split('.').map(Number));
  const [head = '', tail = ''] = address.split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const [left, right] = [groups(head), groups(tail)];
  const words = [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right];
  return Buffer.from(words.map((word) => word.padStart(4, '0')).join(''), 'hex');
}

function record(owner: string, type: number, ttl: number, data: Buffer): Buffer {
  const fixed = Buffer.alloc(10);
  fixed.writeUInt16BE(type, 0);
  fixed.writeUInt16BE(1, 2);
  fixed.writeUInt32BE(ttl, 4);
  fixed.writeUInt16BE(data.length, 8);
  return Buffer.concat([nameBytes(owner), fixed, data]);
}

/** The message that answers a question. Over UDP it is cut to 1,232 bytes with TC set. */
export function encodeAnswer(question: Question, answer: Answer): Buffer {
  const ttl = answer.ttl ?? 60;
  const owner = answer.cname ?? question.name;
  const { server } = answer;
  const glue = server === undefined ? [] : [record(server.name, 1, ttl, addressBytes(server.address))];
  const answers = [
    ...(server === undefined ? [] : [record(question.name, 2, ttl, nameBytes(server.name))]),
    ...(answer.cname === undefined ? [] : [record(question.name, 5, ttl, nameBytes(answer.cname))]),
    ...(answer.addresses ?? [])
      .filter((address) => isIPv6(address) === (question.type === 28) && (question.type === 1 || question.type === 28))
      .map((address) => record(owner, question.type, ttl, addressBytes(address))),
  ];
  const authority =
    answer.soa === undefined
      ? []
      : [
          record(
            answer.soa,
            6,
            ttl,
            Buffer.concat([nameBytes(`ns.${answer.soa}`), nameBytes(`hostmaster.${answer.soa}`), Buffer.alloc(20, 1)]),
          ),
        ];
  const size = [...answers, ...authority, ...glue].reduce((sum, part) => sum + part.length, question.message.length);
  const cut = answer.truncated === true || (question.transport === 'udp' && size > 1232);
  const header = Buffer.from(question.message.subarray(0, 12));
  header[2] = 0x84 | ((header[2] ?? 0) & 0x01) | (cut ? 0x02 : 0);
  header[3] = 0x80 | answer.rcode;
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(cut ? 0 : answers.length, 6);
  header.writeUInt16BE(cut ? 0 : authority.length, 8);
  header.writeUInt16BE(cut ? 0 : glue.length, 10);
  return Buffer.concat([header, question.message.subarray(12), ...(cut ? [] : [...answers, ...authority, ...glue])]);
}

async function respond(answerer: Answerer, message: Buffer, transport: 'udp' | 'tcp'): Promise<Buffer | null> {
  const question = parseQuestion(message, transport);
  if (question === null) return null;
  const answer = await answerer(question);
  if (answer === null || Buffer.isBuffer(answer)) return answer;
  if (answer.delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, answer.delayMs));
  return encodeAnswer(question, answer);
}

/** Serves UDP and TCP port 53 on each address (never on a wildcard, from which answers would leave with a wrong source). */
export async function startNameServer(addresses: readonly string[], answerer: Answerer): Promise<void> {
  await Promise.all(
    addresses.map(async (address) => {
      const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
      socket.on('message', (message, from) => {
        void respond(answerer, message, 'udp').then((answer) => {
          if (answer !== null) socket.send(answer, from.port, from.address, () => undefined);
        });
      });
      await new Promise<void>((resolve, reject) => {
        socket.once('error', reject);
        socket.bind(53, address, () => resolve());
      });
      const server = createServer((connection) => {
        let pending = Buffer.alloc(0);
        connection.on('error', () => connection.destroy());
        connection.on('data', (chunk) => {
          pending = Buffer.concat([pending, chunk]);
          while (pending.length >= 2 && pending.length >= 2 + pending.readUInt16BE(0)) {
            const message = pending.subarray(2, 2 + pending.readUInt16BE(0));
            pending = pending.subarray(2 + message.length);
            void respond(answerer, message, 'tcp').then((answer) => {
              if (answer === null || connection.destroyed) return;
              const length = Buffer.alloc(2);
              length.writeUInt16BE(answer.length);
              connection.write(Buffer.concat([length, answer]));
            });
          }
        });
      });
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(53, address, () => resolve());
      });
    }),
  );
}
