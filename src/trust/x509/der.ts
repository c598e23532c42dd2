/**
 * A bounded reader of DER (X.690). It never recurses by itself, checks every length against its
 * container, and answers null for what it can't read: certificates, CRLs and OCSP answers are hostile input.
 */
export interface Der {
  /** The identifier octet: class, constructed bit and (low) tag number. */
  readonly tag: number;
  readonly content: Buffer;
  /** The whole element with its header: what a signature covers, and what a name is compared by. */
  readonly raw: Buffer;
}

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  universalString: 0x1c,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const;

/** The element at `offset`; null if it does not fit, has an indefinite length or a multi-byte tag. */
export function readDer(bytes: Buffer, offset = 0): Der | null {
  const tag = bytes[offset];
  const first = bytes[offset + 1];
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) return null;
  let start = offset + 2;
  let length = first;
  if (first & 0x80) {
    const octets = first & 0x7f;
    if (octets === 0 || octets > 4 || start + octets > bytes.length) return null;
    length = bytes.readUIntBE(start, octets);
    start += octets;
  }
  const end = start + length;
  if (end > bytes.length) return null;
  return { tag, content: bytes.subarray(start, end), raw: bytes.subarray(offset, end) };
}

/** The elements inside a constructed one, in order; null if they don't fill it exactly or are more than `max`. */
export function children(content: Buffer, max = 1_000): Der[] | null {
  const elements: Der[] = [];
  for (let offset = 0; offset < content.length; ) {
    const element = readDer(content, offset);
    if (element === null || elements.length === max) return null;
    elements.push(element);
    offset += element.raw.length;
  }
  return elements;
}

/** The one element that fills `bytes`, with the tag asked for; null otherwise. */
export function only(bytes: Buffer, tag: number): Der | null {
  const element = readDer(bytes);
  return element !== null && element.tag === tag && element.raw.length === bytes.length ? element : null;
}

/** The children of the sequence (or other constructed type) that fills `bytes`; null otherwise. */
export function sequenceOf(bytes: Buffer, tag: number = TAG.sequence, max = 1_000): Der[] | null {
  const element = only(bytes, tag);
  return element === null ? null : children(element.content, max);
}

/** Dotted form; null if empty, over 64 bytes, unterminated, or an arc is over 2^53. */
export function oidText(content: Buffer): string | null {
  if (content.length === 0 || content.length > 64) return null;
  const arcs: number[] = [];
  let value = 0;
  let open = false;
  for (const byte of content) {
    value = value * 128 + (byte & 0x7f);
    if (!Number.isSafeInteger(value)) return null;
    open = (byte & 0x80) !== 0;
    if (open) continue;
    if (arcs.length === 0) {
      const root = Math.min(2, Math.floor(value / 40));
      arcs.push(root, value - root * 40);
    } else arcs.push(value);
    value = 0;
  }
  return open ? null : arcs.join('.');
}

/** ISO 8601 UTC of a UTCTime or GeneralizedTime in the DER forms of RFC 5280 (with or without a fraction); null otherwise. */
export function timeText(element: Der): string | null {
  const text = element.content.length <= 32 ? element.content.toString('latin1') : '';
  let digits: string;
  if (element.tag === TAG.utcTime) {
    const match = /^(\d{10})(\d{2})?Z$/.exec(text);
    if (match === null) return null;
    const short = (match[1] ?? '') + (match[2] ?? '00');
    digits = (Number(short.slice(0, 2)) < 50 ? '20' : '19') + short;
  } else if (element.tag === TAG.generalizedTime) {
    const match = /^(\d{14})(?:\.\d+)?Z$/.exec(text);
    if (match === null) return null;
    digits = match[1] ?? '';
  } else return null;
  const iso = digits.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3T$4:$5:$6Z');
  const at = Date.parse(iso);
  return Number.isNaN(at) ? null : new Date(at).toISOString().replace('.000Z', 'Z');
}

/** Lower-case hex of an INTEGER's magnitude octets, a leading zero octet removed: how serial numbers are compared. */
export function integerHex(content: Buffer): string {
  let start = 0;
  while (start < content.length - 1 && content[start] === 0) start++;
  return content.subarray(start).toString('hex');
}
