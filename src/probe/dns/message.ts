/**
 * DNS messages (RFC 1035 section 4, RFC 6891, RFC 8914) read into values: what a stub resolver has to
 * understand, and nothing else. Pure. The decoder treats every byte as hostile: it reads inside its
 * bounds, follows compression pointers only backwards, and ends after work linear in the input.
 */

import { Buffer } from 'node:buffer';
import { harmless } from '../../harmless.ts';
import { trimEndOf } from '../../text-bounds.ts';

/** Record types that have a name here (IANA "Resource Record (RR) TYPEs"). */
export const recordTypes = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  SRV: 33,
  OPT: 41,
  HTTPS: 65,
} as const;

/** A type by name or by number (0 to 65,535). */
export type RecordType = keyof typeof recordTypes | number;

/** Response codes that decide something (IANA "DNS RCODEs"). */
export const rcodes = { NOERROR: 0, FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, NOTIMP: 4, REFUSED: 5, BADVERS: 16 } as const;

const rcodeNames = new Map<number, string>([
  [0, 'NOERROR'],
  [1, 'FORMERR'],
  [2, 'SERVFAIL'],
  [3, 'NXDOMAIN'],
  [4, 'NOTIMP'],
  [5, 'REFUSED'],
  [6, 'YXDOMAIN'],
  [7, 'YXRRSET'],
  [8, 'NXRRSET'],
  [9, 'NOTAUTH'],
  [10, 'NOTZONE'],
  [16, 'BADVERS'],
  [23, 'BADCOOKIE'],
]);

/** `NXDOMAIN`, or `RCODE11` where the number has no name. */
export const rcodeName = (rcode: number): string => rcodeNames.get(rcode) ?? `RCODE${rcode}`;

export interface DnsQuestion {
  readonly name: string;
  readonly type: number;
  readonly class: number;
}

/** The part of a record that this program reads; `other` keeps the bytes of every type without a meaning here. */
export type DnsData =
  | { readonly kind: 'address'; readonly address: string }
  | { readonly kind: 'cname'; readonly target: string }
  | { readonly kind: 'soa'; readonly primary: string; readonly serial: number; readonly minimum: number }
  | { readonly kind: 'other'; readonly bytes: Uint8Array };

export interface DnsRecord {
  /** Lower case, without the trailing dot, `\.` and `\DDD` for bytes that are not plain (RFC 4343 section 2.1). `.` is the root. */
  readonly name: string;
  readonly type: number;
  readonly class: number;
  /** Seconds; 0 where the top bit is set (RFC 2181 section 8). */
  readonly ttl: number;
  readonly data: DnsData;
}

export interface DnsMessage {
  readonly id: number;
  /** QR. */
  readonly response: boolean;
  readonly opcode: number;
  /** AA, TC, RD, RA. */
  readonly authoritative: boolean;
  readonly truncated: boolean;
  readonly recursionDesired: boolean;
  readonly recursionAvailable: boolean;
  /** With the eight upper bits of EDNS. */
  readonly rcode: number;
  readonly questions: readonly DnsQuestion[];
  readonly answers: readonly DnsRecord[];
  readonly authorities: readonly DnsRecord[];
  /** Without the OPT record. */
  readonly additionals: readonly DnsRecord[];
  readonly edns: {
    readonly udpSize: number;
    /** RFC 8914, in order, 8 at most; the text is harmless. */
    readonly extendedErrors: readonly { readonly code: number; readonly text: string }[];
  } | null;
}

/** Class IN. */
export const classInternet = 1;
/** EDNS option code of RFC 8914. */
export const optionExtendedError = 15;
const maxMessage = 65_535;

/** Bytes that are no message. Never leaves this file. */
class Malformed extends Error {}

function byteAt(bytes: Uint8Array, position: number): number {
  const byte = bytes[position];
  if (byte === undefined) throw new Malformed('cut short');
  return byte;
}

const u16 = (bytes: Uint8Array, at: number): number => byteAt(bytes, at) * 0x100 + byteAt(bytes, at + 1);
const u32 = (bytes: Uint8Array, at: number): number => u16(bytes, at) * 0x10000 + u16(bytes, at + 2);

function escapeLabel(label: Uint8Array): string {
  let text = '';
  for (const byte of label) {
    if (byte === 0x2e || byte === 0x5c) text += `\\${String.fromCharCode(byte)}`;
    else if (byte <= 0x20 || byte >= 0x7f) text += `\\${String(byte).padStart(3, '0')}`;
    else text += String.fromCharCode(byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte);
  }
  return text;
}

function readName(bytes: Uint8Array, start: number): { name: string; next: number } {
  const labels: string[] = [];
  let position = start;
  let next = -1;
  let length = 1;
  // Each pointer has to lead before the place where the piece in hand began, so that loops can't be.
  let before = start;
  for (;;) {
    const size = byteAt(bytes, position);
    if (size === 0) break;
    if (size >= 0xc0) {
      const target = (size & 0x3f) * 0x100 + byteAt(bytes, position + 1);
      if (next < 0) next = position + 2;
      if (target >= before) throw new Malformed('pointer forwards');
      before = target;
      position = target;
      continue;
    }
    if (size > 63) throw new Malformed('reserved label type');
    length += size + 1;
    if (length > 255) throw new Malformed('name over 255 bytes');
    if (position + 1 + size > bytes.length) throw new Malformed('label cut short');
    labels.push(escapeLabel(bytes.subarray(position + 1, position + 1 + size)));
    position += size + 1;
  }
  return { name: labels.length === 0 ? '.' : labels.join('.'), next: next < 0 ? position + 1 : next };
}

/** RFC 5952: longest run of zero groups shortened, IPv4-mapped addresses with their dotted tail. */
function formatIpv6(bytes: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, index) => u16(bytes, index * 2));
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff)
    return `::ffff:${bytes.subarray(12).join('.')}`;
  let from = -1;
  let run = 1;
  for (let index = 0; index < 8; index++) {
    let end = index;
    while (end < 8 && groups[end] === 0) end++;
    if (end - index > run) [from, run] = [index, end - index];
  }
  const hex = groups.map((group) => group.toString(16));
  return from < 0 ? hex.join(':') : `${hex.slice(0, from).join(':')}::${hex.slice(from + run).join(':')}`;
}

function readData(bytes: Uint8Array, type: number, start: number, end: number): DnsData {
  const rdata = bytes.subarray(start, end);
  if (type === recordTypes.A || type === recordTypes.AAAA) {
    if (rdata.length !== (type === recordTypes.A ? 4 : 16)) throw new Malformed('address length');
    return { kind: 'address', address: type === recordTypes.A ? rdata.join('.') : formatIpv6(rdata) };
  }
  if (type === recordTypes.CNAME) {
    const { name, next } = readName(bytes, start);
    if (next !== end) throw new Malformed('CNAME length');
    return { kind: 'cname', target: name };
  }
  if (type === recordTypes.SOA) {
    const primary = readName(bytes, start);
    const mailbox = readName(bytes, primary.next);
    if (mailbox.next + 20 !== end) throw new Malformed('SOA length');
    return {
      kind: 'soa',
      primary: primary.name,
      serial: u32(bytes, mailbox.next),
      minimum: u32(bytes, mailbox.next + 16),
    };
  }
  return { kind: 'other', bytes: rdata };
}

function readExtendedErrors(rdata: Uint8Array): { code: number; text: string }[] {
  const errors: { code: number; text: string }[] = [];
  let position = 0;
  while (position + 4 <= rdata.length && errors.length < 8) {
    const code = u16(rdata, position);
    const end = position + 4 + u16(rdata, position + 2);
    if (end > rdata.length) throw new Malformed('option length');
    if (code === optionExtendedError && end >= position + 6) {
      const text = Buffer.from(rdata.subarray(position + 6, end)).toString('utf8');
      errors.push({ code: u16(rdata, position + 4), text: harmless(trimEndOf(text, '\0')) });
    }
    position = end;
  }
  return errors;
}

function read(bytes: Uint8Array): DnsMessage {
  if (bytes.length > maxMessage) throw new Malformed('over 64 KiB');
  const flags = u16(bytes, 2);
  const counts = [4, 6, 8, 10].map((at) => u16(bytes, at));
  const truncated = (flags & 0x0200) !== 0;
  let position = 12;
  const questions: DnsQuestion[] = [];
  for (let index = 0; index < (counts[0] ?? 0); index++) {
    const { name, next } = readName(bytes, position);
    questions.push({ name, type: u16(bytes, next), class: u16(bytes, next + 2) });
    position = next + 4;
  }
  const sections: [DnsRecord[], DnsRecord[], DnsRecord[]] = [[], [], []];
  let edns: DnsMessage['edns'] = null;
  let upperRcode = 0;
  try {
    for (const [index, section] of sections.entries()) {
      for (let count = counts[index + 1] ?? 0; count > 0; count--) {
        const { name, next } = readName(bytes, position);
        const type = u16(bytes, next);
        const size = u16(bytes, next + 2);
        const ttl = u32(bytes, next + 4);
        const start = next + 10;
        const end = start + u16(bytes, next + 8);
        if (end > bytes.length) throw new Malformed('record data cut short');
        if (type === recordTypes.OPT) {
          if (edns === null) {
            edns = { udpSize: size, extendedErrors: readExtendedErrors(bytes.subarray(start, end)) };
            upperRcode = ttl >>> 24;
          }
        } else {
          const data = readData(bytes, type, start, end);
          section.push({ name, type, class: size, ttl: ttl >= 0x8000_0000 ? 0 : ttl, data });
        }
        position = end;
      }
    }
  } catch (error) {
    // Some servers cut a truncated answer in the middle of a record: header and question are what counts there.
    if (!(error instanceof Malformed && truncated)) throw error;
  }
  return {
    id: u16(bytes, 0),
    response: (flags & 0x8000) !== 0,
    opcode: (flags >>> 11) & 0xf,
    authoritative: (flags & 0x0400) !== 0,
    truncated,
    recursionDesired: (flags & 0x0100) !== 0,
    recursionAvailable: (flags & 0x0080) !== 0,
    rcode: upperRcode * 16 + (flags & 0xf),
    questions,
    answers: sections[0],
    authorities: sections[1],
    additionals: sections[2],
    edns,
  };
}

/** The message in these bytes, or null if they are none. Bytes after the last record are ignored. Never throws. */
export function decodeMessage(bytes: Uint8Array): DnsMessage | null {
  try {
    return read(bytes);
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}

/**
 * A name (escapes of `DnsRecord.name` understood, one trailing dot ignored) in wire form, or null if no
 * such name can be: an empty label, a label over 63 bytes, over 255 bytes in all, or not ASCII.
 */
export function encodeName(name: string): Buffer | null {
  if (name === '.') return Buffer.alloc(1);
  const tokens: string[] = name.match(/\\[0-9]{3}|\\[\s\S]|[\s\S]/gu) ?? [];
  if (tokens.at(-1) !== '.') tokens.push('.');
  const wire: number[] = [];
  let label: number[] = [];
  for (const token of tokens) {
    if (token === '.') {
      if (label.length === 0 || label.length > 63) return null;
      wire.push(label.length, ...label);
      label = [];
      if (wire.length > 254) return null;
      continue;
    }
    const decimal = /^\\[0-9]{3}$/.test(token);
    const byte = decimal ? Number(token.slice(1)) : token.charCodeAt(token.length - 1);
    if (byte > (decimal ? 255 : 127)) return null;
    label.push(byte);
  }
  return Buffer.from([...wire, 0]);
}

/** The name as decoded names are written (lower case, escaped, no trailing dot), or null if no such name can be. */
export function canonicalName(name: string): string | null {
  const wire = encodeName(name);
  return wire === null ? null : readName(wire, 0).name;
}
