/** What stands at the other end of a connection, where TLS on it failed and shows nothing of what came. */
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { connect } from 'node:tls';
import type { TlsValue } from '../../model/observations.ts';
import { servernameOf, sessionOptions, type TlsOptions } from './client-hello.ts';
import { StageError } from './failure.ts';
import type { Step } from './stage.ts';
import { ignore } from './tcp.ts';

/** Bytes that are enough for a ServerHello's version, or to tell what answers if it isn't TLS. */
const enough = 64;
/** Bytes that are kept where more came at once: the head of an HTTP answer says where it leads. */
const most = 512;
/** Milliseconds that an answer of fewer bytes has to go on. */
const patience = 500;
/** The ClientHello that a session with these options begins with. */
async function clientHello(options: TlsOptions): Promise<Buffer> {
  let written = (_hello: Buffer): void => {};
  const hello = new Promise<Buffer>((resolve) => {
    written = resolve;
  });
  const paper = new Duplex({
    read: () => {},
    write: (bytes: Buffer, _encoding, done) => {
      written(bytes);
      done();
    },
  });
  const socket = connect({ ...sessionOptions(options), socket: paper }).on('error', ignore);
  try {
    return await hello;
  } finally {
    socket.destroy();
    paper.destroy();
  }
}

/** Content type 20 to 24 and major version 3 (RFC 8446 section 5.1), as far as bytes are there. */
function isTlsRecord(bytes: Uint8Array): boolean {
  const [type = 22, major = 3] = bytes;
  return type >= 20 && type <= 24 && major === 3;
}

function readFirst(below: Socket, came: (chunk: Buffer) => number): Promise<void> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const done = (error?: Error): void => {
      clearTimeout(timer);
      if (error === undefined) resolve();
      else reject(error);
    };
    below.on('data', (chunk: Buffer) => {
      timer ??= setTimeout(done, patience);
      if (came(chunk) >= enough) done();
    });
    below.once('error', done);
    below.once('end', () => done());
    below.once('close', () => done());
    if (below.readableEnded || below.destroyed) done(below.errored ?? undefined);
  });
}

/**
 * Sends a ClientHello as mere bytes and keeps the first bytes of the answer. Always fails, for it makes no session:
 * `tls.not-tls` for what is none, `tls.protocol` for TLS, which is broken off here, or as a handshake that got no answer.
 */
export async function firstBytes(below: Socket, options: TlsOptions, step: Step<TlsValue>): Promise<never> {
  let first: Buffer = Buffer.alloc(0);
  let bytesRead = 0;
  let helloBytes = 0;
  step.partial = () => ({
    servername: servernameOf(options),
    helloBytes,
    bytesWritten: helloBytes,
    bytesRead,
    firstBytes: first.toString('base64'),
  });
  step.stop = () => below.destroy();
  const hello = await clientHello(options);
  helloBytes = hello.length;
  if (!below.destroyed) below.write(hello);
  const broken = await readFirst(below, (chunk) => {
    bytesRead += chunk.length;
    first = Buffer.concat([first, chunk.subarray(0, most - first.length)]);
    return bytesRead;
  }).catch((error: unknown) => error);
  if (!isTlsRecord(first)) throw new StageError('tls.not-tls', 'what came is no TLS');
  if (bytesRead === 0 && broken !== undefined) throw broken;
  if (bytesRead === 0) throw new StageError('tls.closed', 'closed without an answer');
  throw new StageError('tls.protocol', 'broken off after the first bytes');
}
