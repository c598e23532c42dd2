/** DNS messages written: questions for the resolvers, and answers for servers of our own. Pure. */
import { Buffer } from 'node:buffer';
import { addressToBigInt } from '../../addresses.ts';
import { harmless } from '../../harmless.ts';
import type { RecordType } from './message.ts';
import { classInternet, encodeName, optionExtendedError, recordTypes } from './message.ts';

const typeNumber = (type: RecordType): number => (typeof type === 'number' ? type : recordTypes[type]);

function requireName(name: string): Buffer {
  const wire = encodeName(name);
  if (wire === null) throw new RangeError(`no DNS name: ${harmless(name, 80)}`);
  return wire;
}

function fixed(...values: readonly (readonly [value: number, bytes: 1 | 2 | 4])[]): Buffer {
  return Buffer.concat(
    values.map(([value, size]) => {
      const part = Buffer.alloc(size);
      part.writeUIntBE(value, 0, size);
      return part;
    }),
  );
}

function encodeOpt(udpSize: number, rcode: number, options: Buffer): Buffer {
  const ttl = (rcode >>> 4) * 0x1000000;
  return Buffer.concat([fixed([0, 1], [recordTypes.OPT, 2], [udpSize, 2], [ttl, 4], [options.length, 2]), options]);
}

/** A question ready to send. Throws RangeError for a name that `encodeName` refuses. */
export function encodeQuery(query: {
  readonly id: number;
  readonly name: string;
  readonly type: RecordType;
  readonly recursionDesired: boolean;
  /** Null leaves EDNS out, for servers that don't know it. */
  readonly edns: { readonly udpSize: number } | null;
}): Buffer {
  const flags = query.recursionDesired ? 0x0100 : 0;
  return Buffer.concat([
    fixed([query.id, 2], [flags, 2], [1, 2], [0, 2], [0, 2], [query.edns === null ? 0 : 1, 2]),
    requireName(query.name),
    fixed([typeNumber(query.type), 2], [classInternet, 2]),
    query.edns === null ? Buffer.alloc(0) : encodeOpt(query.edns.udpSize, 0, Buffer.alloc(0)),
  ]);
}

/** A record for `encodeResponse`: an address (its form decides the type), a CNAME, or an SOA. */
export type RecordToSend = { readonly name: string; readonly ttl: number } & (
  | { readonly address: string }
  | { readonly cname: string }
  | { readonly soa: { readonly primary: string; readonly mailbox: string; readonly minimum: number } }
);

function addressBytes(address: string): Buffer {
  const parsed = addressToBigInt(address);
  if (parsed === null) throw new RangeError(`no IP address: ${harmless(address, 80)}`);
  return Buffer.from(parsed.value.toString(16).padStart(parsed.family === 4 ? 8 : 32, '0'), 'hex');
}

function encodeRecord(record: RecordToSend): Buffer {
  const part = (type: number, rdata: Buffer): Buffer =>
    Buffer.concat([
      requireName(record.name),
      fixed([type, 2], [classInternet, 2], [record.ttl, 4], [rdata.length, 2]),
      rdata,
    ]);
  if ('cname' in record) return part(recordTypes.CNAME, requireName(record.cname));
  if ('soa' in record) {
    const { primary, mailbox, minimum } = record.soa;
    const timers = fixed([1, 4], [3600, 4], [600, 4], [86_400, 4], [minimum, 4]);
    return part(recordTypes.SOA, Buffer.concat([requireName(primary), requireName(mailbox), timers]));
  }
  const rdata = addressBytes(record.address);
  return part(rdata.length === 4 ? recordTypes.A : recordTypes.AAAA, rdata);
}

/** An answer as a server sends it, without compression. Throws RangeError for names and addresses that are none. */
export function encodeResponse(response: {
  readonly id: number;
  readonly question: { readonly name: string; readonly type: number } | null;
  readonly rcode?: number;
  readonly truncated?: boolean;
  readonly recursionAvailable?: boolean;
  readonly answers?: readonly RecordToSend[];
  readonly authorities?: readonly RecordToSend[];
  readonly edns?: { readonly udpSize: number; readonly extendedError: { code: number; text: string } | null } | null;
}): Buffer {
  const { question, answers = [], authorities = [], edns = null, rcode = 0 } = response;
  const ra = (response.recursionAvailable ?? true) ? 0x0080 : 0;
  const flags = 0x8100 | ra | (response.truncated ? 0x0200 : 0) | (rcode & 0xf);
  const text = Buffer.from(edns?.extendedError?.text ?? '', 'utf8');
  const options = edns?.extendedError
    ? Buffer.concat([fixed([optionExtendedError, 2], [text.length + 2, 2], [edns.extendedError.code, 2]), text])
    : Buffer.alloc(0);
  return Buffer.concat([
    fixed(
      [response.id, 2],
      [flags, 2],
      [question ? 1 : 0, 2],
      [answers.length, 2],
      [authorities.length, 2],
      [edns ? 1 : 0, 2],
    ),
    question
      ? Buffer.concat([requireName(question.name), fixed([question.type, 2], [classInternet, 2])])
      : Buffer.alloc(0),
    ...[...answers, ...authorities].map(encodeRecord),
    edns ? encodeOpt(edns.udpSize, rcode, options) : Buffer.alloc(0),
  ]);
}
