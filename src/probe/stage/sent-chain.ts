/**
 * The certificates as a server sent them, read from its side of the handshake. The runtime can be asked for them too, but
 * getPeerX509Certificate() never frees the issuers that it takes out of OpenSSL's list (10 KB a connection that sends a leaf
 * and one issuer, on Node 20.20, 22.23 and 24.21), and getPeerCertificate(true) gives neither their order nor those that
 * belong to no chain.
 */
import { createDecipheriv, createHmac } from 'node:crypto';

/** RFC 8446 appendix B.4: cipher, bytes of its key, hash. */
const suites: Readonly<Record<string, readonly ['aes-128-gcm' | 'aes-256-gcm' | 'chacha20-poly1305', number, string]>> =
  {
    TLS_AES_128_GCM_SHA256: ['aes-128-gcm', 16, 'sha256'],
    TLS_AES_256_GCM_SHA384: ['aes-256-gcm', 32, 'sha384'],
    TLS_CHACHA20_POLY1305_SHA256: ['chacha20-poly1305', 32, 'sha256'],
  };
const ivBytes = 12;
const tagBytes = 16;

/** Content types of records (RFC 8446 section 5.1). */
const handshakeRecord = 22;
const encryptedRecord = 23;
/** Handshake messages (section 4). */
const certificateMessage = 11;

/** HKDF-Expand-Label (section 7.1) without a context, for no more than the hash gives at once. */
function expand(secret: Buffer, hash: string, label: string, bytes: number): Buffer {
  const info = Buffer.from(`\0${String.fromCharCode(bytes, label.length + 6)}tls13 ${label}\0\x01`, 'latin1');
  return createHmac(hash, secret).update(info).digest().subarray(0, bytes);
}

/** Takes the protection off one record after the other (section 5.2). Throws for a record that is protected otherwise. */
function opener(suite: string, secret: Buffer): (header: Buffer, body: Buffer) => Buffer {
  const known = suites[suite];
  if (known === undefined) throw new TypeError(`no cipher is known for ${suite}`);
  const [cipher, keyBytes, hash] = known;
  const key = expand(secret, hash, 'key', keyBytes);
  const iv = expand(secret, hash, 'iv', ivBytes);
  let sequence = 0;
  return (header, body) => {
    const nonce = Buffer.from(iv);
    nonce.writeUInt32BE((iv.readUInt32BE(ivBytes - 4) ^ sequence++) >>> 0, ivBytes - 4);
    const end = body.length - tagBytes;
    // The types have an own overload for each kind of cipher; what is called is the same.
    const decipher = createDecipheriv(cipher as 'aes-128-gcm', key, nonce, { authTagLength: tagBytes });
    decipher.setAAD(header).setAuthTag(body.subarray(end));
    const opened = decipher.update(body.subarray(0, end));
    decipher.final();
    return opened;
  };
}

/** What the records hold of the handshake, in order. */
function* handshakeBytes(received: Buffer, open: ((header: Buffer, body: Buffer) => Buffer) | null): Iterable<Buffer> {
  for (let at = 0; at + 5 <= received.length; ) {
    const header = received.subarray(at, at + 5);
    const end = at + 5 + header.readUInt16BE(3);
    const body = received.subarray(at + 5, end);
    at = end;
    if (open === null && header[0] === handshakeRecord) yield body;
    if (open === null || header[0] !== encryptedRecord) continue;
    const opened = open(header, body);
    // Zeros may follow the content, whose type is the last byte that is none.
    let last = opened.length - 1;
    while (opened[last] === 0) last--;
    if (opened[last] === handshakeRecord) yield opened.subarray(0, last);
  }
}

/** The contents of the first message of this type; null if there is none. */
function messageIn(fragments: Iterable<Buffer>, type: number): Buffer | null {
  let held: Buffer[] = [];
  let length = 0;
  let wanted = 4;
  for (const fragment of fragments) {
    held.push(fragment);
    length += fragment.length;
    // Put together only when it is enough: a message may come a byte a record.
    while (length >= wanted) {
      const [only = fragment] = held.length === 1 ? held : [Buffer.concat(held)];
      const end = 4 + only.readUIntBE(1, 3);
      held = [only];
      wanted = end;
      if (length < end) break;
      if (only[0] === type) return only.subarray(4, end);
      held = [only.subarray(end)];
      length -= end;
      wanted = 4;
    }
  }
  return null;
}

/** RFC 8446 section 4.4.2 and RFC 5246 section 7.4.2. */
function entriesOf(message: Buffer, withExtensions: boolean): readonly Buffer[] {
  const entries: Buffer[] = [];
  let at = withExtensions ? 1 + message.readUInt8(0) + 3 : 3;
  while (at < message.length) {
    const end = at + 3 + message.readUIntBE(at, 3);
    entries.push(message.subarray(at + 3, end));
    at = withExtensions ? end + 2 + message.readUInt16BE(end) : end;
  }
  return entries;
}

/**
 * DER of the certificates, leaf first, as they stand in the server's Certificate message. `received` is all that came from
 * the server by the end of the handshake, `suite` the cipher suite by OpenSSL's name, `secret` the server's handshake
 * traffic secret (RFC 8446 section 7.1) or null before TLS 1.3. Null for what this can't read: another suite, a compressed
 * certificate. To be used after a handshake that OpenSSL accepted: it proves nothing itself.
 */
export function certificatesSent(received: Buffer, suite: string, secret: Buffer | null): readonly Buffer[] | null {
  try {
    const open = secret === null ? null : opener(suite, secret);
    const message = messageIn(handshakeBytes(received, open), certificateMessage);
    return message === null ? null : entriesOf(message, secret !== null);
  } catch {
    return null;
  }
}

/** The secret in a line that the runtime gives out for key logs (NSS key log format); null in another line. */
export function handshakeSecret(line: Buffer): Buffer | null {
  const [label, , secret] = line.toString('latin1').trimEnd().split(' ');
  return label === 'SERVER_HANDSHAKE_TRAFFIC_SECRET' && secret !== undefined ? Buffer.from(secret, 'hex') : null;
}
