import type { Socket } from 'node:net';

export interface ClientHello {
  /** Of the handshake's first record, header included. */
  readonly bytes: number;
  readonly servername: string | null;
  /** Named groups that have a key share (RFC 8446 section 4.2.8). */
  readonly keyShares: readonly number[];
}

/** Extensions by number; a hello that lies about its lengths has none. RFC 8446 section 4.1.2. */
function extensionsOf(hello: Buffer): ReadonlyMap<number, Buffer> {
  const found = new Map<number, Buffer>();
  // Record 5, handshake header 4, version 2, random 32.
  let at = 43;
  const skip = (lengthBytes: 1 | 2): void => {
    at += lengthBytes + (at + lengthBytes <= hello.length ? hello.readUIntBE(at, lengthBytes) : hello.length);
  };
  skip(1);
  skip(2);
  skip(1);
  at += 2;
  while (at + 4 <= hello.length) {
    const size = hello.readUInt16BE(at + 2);
    found.set(hello.readUInt16BE(at), hello.subarray(at + 4, at + 4 + size));
    at += 4 + size;
  }
  return found;
}

function parse(hello: Buffer): ClientHello {
  const extensions = extensionsOf(hello);
  const name = extensions.get(0);
  const shares = extensions.get(51);
  const keyShares: number[] = [];
  for (let at = 2; shares !== undefined && at + 4 <= shares.length; at += 4 + shares.readUInt16BE(at + 2))
    keyShares.push(shares.readUInt16BE(at));
  return {
    bytes: hello.length,
    servername: name === undefined || name.length < 5 ? null : name.subarray(5).toString('latin1'),
    keyShares,
  };
}

/** Calls `got` when the first record is there; then puts all bytes back, unread. Anything but TLS is left to time out. */
export function readClientHello(socket: Socket, got: (hello: ClientHello) => void): void {
  let held: Buffer = Buffer.alloc(0);
  const read = (chunk: Buffer): void => {
    held = Buffer.concat([held, chunk]);
    if (held.length < 5 || held.length < 5 + held.readUInt16BE(3)) return;
    socket.off('data', read);
    socket.pause();
    const hello = parse(held.subarray(0, 5 + held.readUInt16BE(3)));
    socket.unshift(held);
    got(hello);
  };
  socket.on('data', read);
}
