/** HTTP answers that end early, drip, or never end. */
import type { Duplex } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { answer, type Respond } from '../../src/demo/origins-http.ts';
import { resetBelow } from '../../src/demo/tls-server.ts';
import { drip } from './broken-tcp.ts';

const headOf = (field: string): string => `HTTP/1.1 200 OK\r\n${field}\r\n\r\n`;

/** Closes without a byte, or resets. */
export const closeAtOnce: Respond = (peer) => peer.end();
export const resetAtOnce: Respond = (peer) => resetBelow(peer);

export const drippingAnswer =
  (everyMs: number, text = headOf('Content-Length: 2')): Respond =>
  (peer) =>
    drip(peer, Buffer.from(text), everyMs);

/** Head at once, body a byte at a time. */
export const drippingBody =
  (everyMs: number): Respond =>
  (peer) => {
    peer.write(headOf('Content-Length: 100000'));
    drip(peer, Buffer.alloc(100_000, 0x2e), everyMs);
  };

/** Writes the same piece again and again, as fast as the client takes it, for ever. */
function pour(peer: Duplex, piece: Buffer): void {
  const more = (): void => {
    while (!peer.destroyed && peer.write(piece));
    if (!peer.destroyed) peer.once('drain', more);
  };
  more();
}

export const endlessHeaders: Respond = (peer) => {
  peer.write('HTTP/1.1 200 OK\r\n');
  pour(peer, Buffer.from(`X-More: ${'a'.repeat(1_000)}\r\n`));
};

export const endlessStatusLine: Respond = (peer) => {
  peer.write('HTTP/1.1 200 ');
  pour(peer, Buffer.alloc(16_384, 0x61));
};

export const informationalFlood: Respond = (peer) => pour(peer, Buffer.from('HTTP/1.1 103 Early Hints\r\n\r\n'));
export const continueFlood: Respond = (peer) => pour(peer, Buffer.from('HTTP/1.1 100 Continue\r\n\r\n'));

/** Says how long it will be (default: a gigabyte), and means it. */
export const hugeBody =
  (bytes = 2 ** 30): Respond =>
  (peer) => {
    peer.write(headOf(`Content-Length: ${bytes}`));
    pour(peer, Buffer.alloc(65_536, 0x2e));
  };

/** Chunks of one byte whose extensions are long: little body, endless bytes. */
export const endlessChunkExtensions: Respond = (peer) => {
  peer.write(headOf('Transfer-Encoding: chunked'));
  pour(peer, Buffer.from(`1;x=${'a'.repeat(8_000)}\r\n.\r\n`));
};

/** A few kilobytes that would be 16 MiB, compressed although `identity` was asked for. */
export function gzipBomb(): Respond {
  const body = gzipSync(Buffer.alloc(2 ** 24));
  return answer({ headers: [['Content-Encoding', 'gzip']], body });
}
