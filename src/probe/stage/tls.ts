import type { Socket } from 'node:net';
import { connect, TLSSocket } from 'node:tls';
import type { StageResult, TlsValue } from '../../model/observations.ts';
import { servernameOf, sessionOptions, type TlsOptions } from './client-hello.ts';
import { StageError } from './failure.ts';
import { firstBytes } from './first-bytes.ts';
import { type StageContext, type Step, stage } from './stage.ts';
import { ignore } from './tcp.ts';

export type { TlsOptions } from './client-hello.ts';

/** Certificates kept of a chain; a server may send as many as it likes. */
const maxChain = 10;
/** A stapled response over this many bytes is not kept. */
const maxStapled = 32_768;

/**
 * The certificates in the order in which they were sent, in DER, each once: leaf first, those that belong to no chain too.
 * Asked for once a connection: before Node 26 the second answer is undefined. There it also leaks some 6 KiB each time
 * (20.20, 22.23, 24.21), which a process that ends with its run can bear.
 */
function sentChain(socket: TLSSocket): readonly Buffer[] {
  const chain: Buffer[] = [];
  let certificate = socket.getPeerX509Certificate();
  for (let walked = 0; certificate !== undefined && walked < maxChain; walked++) {
    const { raw, issuerCertificate } = certificate;
    if (!chain.some((earlier) => earlier.equals(raw))) chain.push(raw);
    certificate = issuerCertificate === certificate ? undefined : issuerCertificate;
  }
  return chain;
}

function keyExchangeOf(socket: TLSSocket): string | null {
  const info = socket.getEphemeralKeyInfo() as { readonly type?: string; readonly name?: string } | null;
  return info?.name ?? info?.type ?? null;
}

/**
 * Ends a connection that nothing came of with a reset: after an orderly end the server goes on sending its lost flight
 * again for minutes, and this machine answers each copy.
 */
function abandon(below: Socket): void {
  if (!(below instanceof TLSSocket) && !below.destroyed) below.resetAndDestroy();
}

/** Bytes on the socket below since now. What came before and was not read yet is TLS's to read: it counts. */
function countBytes(below: Socket): () => { readonly bytesWritten: number; readonly bytesRead: number } {
  const written = below.bytesWritten;
  const read = below.bytesRead - below.readableLength;
  return () => ({ bytesWritten: below.bytesWritten - written, bytesRead: below.bytesRead - read });
}

/** TLS on a socket that has ended waits for ever: to be called before it is put there. */
export function throwIfEnded(below: Socket): void {
  if (below.errored) throw below.errored;
  if (below.destroyed || below.readableEnded) throw new StageError('tls.closed', 'closed before the handshake');
}

/** Runs one handshake to its end. `began` is given the socket as soon as there is one. */
function shakeHands(
  below: Socket,
  options: TlsOptions,
  step: Step<TlsValue>,
  keepChain: (chain: readonly Buffer[]) => string,
  began: (socket: TLSSocket) => void,
): Promise<TlsValue> {
  const count = countBytes(below);
  let helloBytes = 0;
  const measured = () => ({ servername: servernameOf(options), helloBytes, ...count() });
  step.partial = measured;
  throwIfEnded(below);
  const socket = connect({ ...sessionOptions(options), socket: below });
  // The hello has been written, and nothing else yet.
  helloBytes = count().bytesWritten;
  socket.on('error', ignore);
  began(socket);
  let stapled: Buffer | null = null;
  socket.once('OCSPResponse', (response: Buffer | null) => {
    if (response !== null && response.length <= maxStapled) stapled = response;
  });
  return new Promise((resolve, reject) => {
    step.stop = () => {
      abandon(below);
      socket.destroy();
    };
    socket.once('error', reject);
    const closed = (): void => reject(new StageError('tls.closed', 'closed before the handshake was done'));
    socket.once('close', closed);
    socket.once('secureConnect', () => {
      socket.off('close', closed);
      try {
        resolve({
          protocol: socket.getProtocol() ?? '',
          cipher: socket.getCipher().name,
          alpn: socket.alpnProtocol || null,
          chain: keepChain(sentChain(socket)),
          keyExchange: keyExchangeOf(socket),
          ocsp: stapled?.toString('base64') ?? null,
          ...measured(),
        });
      } catch (error) {
        reject(error);
      }
    });
  });
}

/**
 * One handshake on a connected socket, without verification: for evidence only, nothing secret goes over it.
 * No session is resumed, because that hides the certificate. `keepChain` stores the chain as sent and
 * gives its key. The TLS socket is null unless the stage passed; the socket below is destroyed if it failed.
 */
export async function handshake(
  below: Socket,
  options: TlsOptions,
  context: StageContext,
  keepChain: (chain: readonly Buffer[]) => string,
): Promise<{ readonly result: StageResult<TlsValue>; readonly socket: TLSSocket | null }> {
  const sockets: TLSSocket[] = [];
  const result = await stage<TlsValue>('tls', context, (step) =>
    options.firstBytes === true
      ? firstBytes(below, options, step)
      : shakeHands(below, options, step, keepChain, (socket) => sockets.push(socket)),
  );
  const [socket = null] = sockets;
  if (result.status === 'passed') return { result, socket };
  socket?.destroy();
  below.destroy();
  return { result, socket: null };
}
