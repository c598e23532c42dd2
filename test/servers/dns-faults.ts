/** Faults of a DNS server that only tests need: packets that belong to no question, and broken answers by TCP. */
import type { DnsBehaviour, ServedQuestion, TcpReply } from '../../src/demo/dns-server.ts';
import { encodeResponse } from '../../src/probe/dns/encode.ts';
import { recordTypes } from '../../src/probe/dns/message.ts';
import { drip } from './broken-tcp.ts';

/** A packet that belongs to no question, or to another one. */
export type Stray = 'wrong-id' | 'wrong-question' | 'garbage' | 'lying-lengths' | 'compression-loop' | 'query';

/** A stray for this question; made to fit the id where that is not the point, so that only the fault itself gives it away. */
export function strayFor(kind: Stray, asked: Pick<ServedQuestion, 'id' | 'name' | 'type'>): Buffer {
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

/** The same as a zone takes them. */
export const strays = (...kinds: readonly Stray[]): NonNullable<DnsBehaviour['strays']> =>
  kinds.map((kind) => (question: ServedQuestion) => strayFor(kind, question));

/** Resets where an answer by TCP belongs. */
export const resetByTcp: TcpReply = (socket) => socket.resetAndDestroy();

/** Ends in the middle of an answer by TCP. */
export const cutByTcp: TcpReply = (socket, _question, whole) => socket.end(whole.subarray(0, 7));

/** Sends a stray by TCP. */
export const strayByTcp =
  (kind: Stray): TcpReply =>
  (socket, question) => {
    const bytes = strayFor(kind, question);
    socket.write(Buffer.concat([Buffer.from([bytes.length >>> 8, bytes.length & 0xff]), bytes]));
  };

/** Sends the answer by TCP, a byte each `everyMs` milliseconds. */
export const dripByTcp =
  (everyMs: number): TcpReply =>
  (socket, _question, whole) =>
    drip(socket, whole, everyMs);
