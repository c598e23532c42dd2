/** What a session offers: everything that shapes its ClientHello. */
import {
  type ConnectionOptions,
  createSecureContext,
  DEFAULT_CIPHERS,
  type SecureContext,
  type SecureVersion,
  type TLSSocketOptions,
} from 'node:tls';
import { isIP } from '../../addresses.ts';

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
  /** No handshake: the ClientHello is sent as mere bytes, and what comes back is kept as it is. */
  readonly firstBytes?: boolean;
}

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
  const context = contexts.get(key);
  if (context !== undefined) return context;
  const created = createSecureContext({
    // No trust at all: chains are judged afterwards, once per store, and an empty store saves loading
    // the bundled roots and Node's own conversion of each chain for its identity check.
    ca: [],
    ecdhCurve: hello === 'classic' ? 'X25519:P-256:P-384' : 'auto',
    minVersion,
    maxVersion,
    ciphers,
  });
  contexts.set(key, created);
  return created;
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

/** The server name that is sent; null for none. */
export const servernameOf = ({ servername }: TlsOptions): string | null =>
  servername !== null && isIP(servername) === 0 ? servername : null;

/** For `tls.connect`, but for its socket. Nothing is verified. */
export function sessionOptions(options: TlsOptions): ConnectionOptions & Pick<TLSSocketOptions, 'requestOCSP'> {
  const protocols = protocolsFor(options);
  const servername = servernameOf(options);
  return {
    secureContext: contextFor(options),
    rejectUnauthorized: false,
    requestOCSP: true,
    ...(protocols.length === 0 ? {} : { ALPNProtocols: protocols }),
    ...(servername === null ? {} : { servername }),
  };
}
