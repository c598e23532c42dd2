import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import {
  type ConnectionOptions,
  connect,
  createSecureContext,
  DEFAULT_CIPHERS,
  type SecureContext,
  type SecureVersion,
  TLSSocket,
  type TLSSocketOptions,
} from 'node:tls';
import { isIP } from '../../addresses.ts';
import type { StageResult, TlsValue } from '../../model/observations.ts';
import { type StageContext, stage } from './stage.ts';
import { ignore } from './tcp.ts';
import { Wire } from './wire.ts';

export interface TlsOptions {
  /** Server name indication; null sends none. Never sent for an IP address (RFC 6066 section 3). */
  readonly servername: string | null;
  /**
   * `classic`: elliptic-curve groups only, a ClientHello under 400 bytes, as Schannel sends.
   * `large`: over one packet: the runtime's post-quantum key share, or padding where it has none.
   */
  readonly hello: 'classic' | 'large';
  /** Default TLSv1.2. */
  readonly minVersion?: SecureVersion;
  readonly maxVersion?: SecureVersion;
  /** OpenSSL cipher list; the runtime's own unless told. */
  readonly ciphers?: string;
  /** Bytes to add to the ClientHello by protocol names that no server speaks. */
  readonly padHello?: number;
  /** Application protocols to offer, best first; empty sends no such extension. */
  readonly alpn: readonly string[];
}

/** Certificates kept of a chain; a server may send as many as it likes. */
const maxChain = 10;
/** A stapled response over this many bytes is not kept. */
const maxStapled = 32_768;
/** Makes a classic hello as long as one with an X25519MLKEM768 key share (1,216 bytes more, less the X25519 one). */
const largePadding = 1_200;

let postQuantum: boolean | null = null;

/** OpenSSL 3.5 has X25519MLKEM768 among its default groups; before, its name is an error. */
function hasPostQuantumGroup(): boolean {
  if (postQuantum === null) {
    try {
      createSecureContext({ ca: [], ecdhCurve: 'X25519MLKEM768' });
      postQuantum = true;
    } catch {
      postQuantum = false;
    }
  }
  return postQuantum;
}

/**
 * OpenSSL's security level of Node 20 and 22 on every runtime: from 24 on the default is 2, where a key under 2,048 bits
 * ends the handshake. How strong a certificate is gets judged afterwards, with the certificate as evidence.
 */
const defaultCiphers = `${DEFAULT_CIPHERS}:@SECLEVEL=1`;

/** One context for all connections that want the same: one for each costs 1.2 to 6 times the whole handshake. */
const contexts = new Map<string, SecureContext>();

function contextFor(options: TlsOptions): SecureContext {
  const { hello, minVersion = 'TLSv1.2', maxVersion = 'TLSv1.3', ciphers = defaultCiphers } = options;
  const key = `${hello} ${minVersion} ${maxVersion} ${ciphers}`;
  const known = contexts.get(key);
  if (known !== undefined) return known;
  const made = createSecureContext({
    // No trust at all: chains are judged afterwards, once per store, and an empty store saves loading
    // the bundled roots and Node's own conversion of each chain for its identity check.
    ca: [],
    ecdhCurve: hello === 'classic' ? 'X25519:P-256:P-384' : 'auto',
    minVersion,
    maxVersion,
    ciphers,
  });
  contexts.set(key, made);
  return made;
}

/** Protocol names that together take `bytes` bytes of the extension. */
function padding(bytes: number): string[] {
  const names: string[] = [];
  for (let left = bytes; left > 1; left -= 255)
    names.push('x-padding-'.padEnd(Math.min(left, 255) - 1, '-').slice(0, 254));
  return names;
}

function protocolsFor(options: TlsOptions): string[] {
  const wanted = options.padHello ?? (options.hello === 'large' && !hasPostQuantumGroup() ? largePadding : 0);
  return [...options.alpn, ...padding(Math.min(wanted, 16_384))];
}

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
function abandon(below: Duplex): void {
  if (below instanceof Socket && !(below instanceof TLSSocket) && !below.destroyed) below.resetAndDestroy();
}

/**
 * One handshake on a connected socket, without verification: for evidence only, nothing secret goes over it.
 * No session is resumed, because that hides the certificate. `keepChain` stores the chain as sent and
 * gives its key. The TLS socket is null unless the stage passed; the socket below is destroyed if it failed.
 */
export async function handshake(
  below: Duplex,
  options: TlsOptions,
  context: StageContext,
  keepChain: (chain: readonly Buffer[]) => string,
): Promise<{ readonly result: StageResult<TlsValue>; readonly socket: TLSSocket | null }> {
  const servername = options.servername !== null && isIP(options.servername) === 0 ? options.servername : null;
  let opened: TLSSocket | null = null;
  const result = await stage<TlsValue>('tls', context, (step) => {
    const wire = new Wire(below);
    const measured = () => {
      const { bytesWritten, bytesRead, firstBytes } = wire.facts();
      return {
        servername,
        helloBytes: wire.helloBytes,
        bytesWritten,
        bytesRead,
        firstBytes: Buffer.from(firstBytes).toString('base64'),
      };
    };
    step.seen = () => wire.facts();
    step.partial = measured;
    const protocols = protocolsFor(options);
    const wanted: ConnectionOptions & Pick<TLSSocketOptions, 'requestOCSP'> = {
      socket: wire,
      secureContext: contextFor(options),
      rejectUnauthorized: false,
      requestOCSP: true,
      ...(protocols.length === 0 ? {} : { ALPNProtocols: protocols }),
      ...(servername === null ? {} : { servername }),
    };
    const socket = connect(wanted);
    socket.on('error', ignore);
    opened = socket;
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
      socket.once('close', () => reject(new Error('closed before the handshake was done')));
      socket.once('secureConnect', () => {
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
  });
  const socket = opened as TLSSocket | null;
  if (result.status !== 'passed') {
    socket?.destroy();
    below.destroy();
    return { result, socket: null };
  }
  return { result, socket };
}
