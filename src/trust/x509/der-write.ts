/** Writing DER (X.690): what OCSP requests and the demo's own certificates need, and no more. */

/** One element: identifier octet and its contents, in order. */
export function tlv(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const length = content.length;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return Buffer.concat([Buffer.from([tag, 0x80 | octets.length, ...octets]), content]);
}

export const sequence = (...contents: readonly Buffer[]): Buffer => tlv(0x30, ...contents);
export const set = (...contents: readonly Buffer[]): Buffer => tlv(0x31, ...contents);
export const octetString = (bytes: Buffer): Buffer => tlv(0x04, bytes);
export const nullValue = (): Buffer => tlv(0x05);
export const boolean = (value: boolean): Buffer => tlv(0x01, Buffer.from([value ? 0xff : 0]));
export const utf8String = (text: string): Buffer => tlv(0x0c, Buffer.from(text, 'utf8'));
/** IA5String without a check of its characters: hostile certificates are made with this as well. */
export const ia5String = (text: string): Buffer => tlv(0x16, Buffer.from(text, 'utf8'));

/** Context-specific, constructed: `[n] EXPLICIT`, or IMPLICIT of a constructed type. */
export const constructed = (n: number, ...contents: readonly Buffer[]): Buffer => tlv(0xa0 | n, ...contents);
/** Context-specific, primitive: `[n] IMPLICIT` of a primitive type. */
export const primitive = (n: number, content: Buffer): Buffer => tlv(0x80 | n, content);

/** INTEGER from a small number or from big-endian magnitude octets. */
export function integer(value: number | Buffer): Buffer {
  const bytes =
    typeof value === 'number' ? Buffer.from(value.toString(16).padStart(value > 0xff ? 4 : 2, '0'), 'hex') : value;
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start++;
  const magnitude = bytes.subarray(start);
  const sign = ((magnitude[0] ?? 0) & 0x80) !== 0 || magnitude.length === 0 ? Buffer.from([0]) : Buffer.alloc(0);
  return tlv(0x02, sign, magnitude);
}

export const bitString = (bytes: Buffer, unused = 0): Buffer => tlv(0x03, Buffer.from([unused]), bytes);

/** OBJECT IDENTIFIER from its dotted form. */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes: number[] = [];
  for (const arc of [first * 40 + second, ...rest]) {
    const septets = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128))
      septets.unshift((left % 128) | 0x80);
    bytes.push(...septets);
  }
  return tlv(0x06, Buffer.from(bytes));
}

const digits = (at: Date): string =>
  at
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replace(/[-:T]/g, '');

export const generalizedTime = (at: Date): Buffer => tlv(0x18, Buffer.from(digits(at)));

/** UTCTime for 1950 to 2049, GeneralizedTime otherwise (RFC 5280 section 4.1.2.5). */
export function time(at: Date): Buffer {
  const year = at.getUTCFullYear();
  return year >= 1950 && year < 2050 ? tlv(0x17, Buffer.from(digits(at).slice(2))) : generalizedTime(at);
}
