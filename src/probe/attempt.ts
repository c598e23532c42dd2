import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type {
  Attempt,
  HttpValue,
  ProxyContact,
  SkipReason,
  StageName,
  StageResult,
  TcpValue,
  TunnelValue,
} from '../model/observations.ts';
import { type HttpRequest, request } from './stage/http.ts';
import type { StageContext } from './stage/stage.ts';
import { connectTcp } from './stage/tcp.ts';
import { handshake, type TlsOptions } from './stage/tls.ts';

export interface AttemptTarget {
  readonly host: string;
  readonly port: number;
  readonly scheme: 'https' | 'http' | 'tcp';
  /** Null for scheme `tcp`. */
  readonly url: string | null;
  readonly method: 'GET' | 'HEAD';
}

/** What a proxy gives: a socket that leads to the target, and, for plain HTTP, the answer that came through it. */
export interface Tunnel {
  readonly socket: Socket | TLSSocket;
  readonly answer?: (context: StageContext) => Promise<StageResult<HttpValue>>;
}

/**
 * Makes a way to the target out of a connection to a proxy at `to`. The tunnel is null unless the stage passed; then only
 * the socket that was given is left to destroy.
 */
export type OpenTunnel = (
  socket: Socket,
  target: AttemptTarget,
  to: { readonly address: string; readonly port: number },
  context: StageContext,
  request: {
    readonly userAgent: string;
    /** The target's address where it is resolved here. */
    readonly address?: string;
    readonly hostHeader?: string;
    readonly body?: HttpRequest['body'];
  },
) => Promise<{ readonly result: StageResult<TunnelValue>; readonly tunnel: Tunnel | null }>;

/** A proxy: how to get a connection to it, and through it. */
export interface ProxyWay {
  /** The same for all ways through one proxy. */
  readonly name: string;
  readonly connect: (context: StageContext) => Promise<{
    readonly contact: ProxyContact;
    readonly result: StageResult<TcpValue>;
    readonly to: { readonly address: string; readonly port: number };
    readonly socket: Socket | null;
  }>;
  readonly open: OpenTunnel;
}

export interface AttemptOptions {
  readonly userAgent: string;
  /** What differs from the target's own name, a classic hello and HTTP/1.1. */
  readonly tls?: Partial<TlsOptions>;
  /** Host header, where it shall not be the URL's. */
  readonly hostHeader?: string;
  /** Stores the chain as sent, leaf first, in DER; gives its key. */
  readonly keepChain: (chain: readonly Buffer[]) => string;
  /** Where the response body itself is wanted. */
  readonly body?: HttpRequest['body'];
  /** TRACE with this header in place of the target's method; on the direct path alone. */
  readonly echo?: HttpRequest['echo'];
  /** The connection goes to this proxy instead, and from there through the tunnel. */
  readonly proxy?: ProxyWay;
}

const skipped = (because: SkipReason): { readonly status: 'skipped'; readonly because: SkipReason } => ({
  status: 'skipped',
  because,
});

const notApplicable = skipped('not-applicable');

/** Why the stages after this one are not run; null if they are. What ended the run ended them too. */
function blocked(name: StageName, result: StageResult<unknown>): SkipReason | null {
  if (result.status === 'passed') return null;
  return result.status === 'failed' ? name : result.because;
}

/**
 * One address, one connection, walked upward: TCP, tunnel, TLS, HTTP. Never rejects; every socket is
 * destroyed when it returns. `address` is the target's, or null where a proxy resolves the name.
 */
export async function attempt(
  target: AttemptTarget,
  address: { readonly address: string; readonly family: 4 | 6 } | null,
  context: StageContext,
  options: AttemptOptions,
): Promise<Attempt> {
  const { proxy } = options;
  if (proxy === undefined && address === null) throw new TypeError('an attempt without a proxy needs an address');
  let contact: Attempt['proxy'];
  const ended = (
    tcp: Attempt['tcp'],
    tunnel: Attempt['tunnel'],
    tls: Attempt['tls'],
    http: Attempt['http'],
  ): Attempt => ({
    address: address?.address ?? null,
    family: address?.family ?? null,
    ...(contact === undefined ? {} : { proxy: contact }),
    tcp,
    tunnel,
    tls,
    http,
  });
  const opened: (Socket | TLSSocket | null)[] = [];
  const to = proxy === undefined ? { host: target.host, address: address?.address ?? '' } : { proxy: proxy.name };
  const over = await context.pace?.connection(to, context.signal);
  try {
    const reached = proxy === undefined ? null : await proxy.connect(context);
    contact = reached?.contact;
    const tcp = reached ?? (await connectTcp(address?.address ?? '', target.port, context));
    opened.push(tcp.socket);
    if (tcp.socket === null) {
      const because = skipped(blocked('tcp', tcp.result) ?? 'tcp');
      return ended(tcp.result, because, because, because);
    }

    let socket: Socket | TLSSocket = tcp.socket;
    let tunnel: StageResult<TunnelValue> = notApplicable;
    if (proxy !== undefined && reached !== null) {
      const through = await proxy.open(tcp.socket, target, reached.to, context, {
        userAgent: options.userAgent,
        ...(address === null ? {} : { address: address.address }),
        ...(options.hostHeader === undefined ? {} : { hostHeader: options.hostHeader }),
        ...(options.body === undefined ? {} : { body: options.body }),
      });
      tunnel = through.result;
      if (through.tunnel === null) {
        const because = skipped(blocked('tunnel', tunnel) ?? 'tunnel');
        return ended(tcp.result, tunnel, because, because);
      }
      socket = through.tunnel.socket;
      opened.push(socket);
      if (through.tunnel.answer !== undefined) {
        const http = await through.tunnel.answer(context);
        return ended(tcp.result, tunnel, notApplicable, http);
      }
    }

    let tls: Attempt['tls'] = notApplicable;
    if (target.scheme === 'https') {
      const wanted = { servername: target.host, hello: 'classic', alpn: ['http/1.1'], ...options.tls } as const;
      const shaken = await handshake(socket, wanted, context, options.keepChain);
      opened.push(shaken.socket);
      tls = shaken.result;
      if (shaken.socket === null) {
        return ended(tcp.result, tunnel, tls, skipped(blocked('tls', tls) ?? 'tls'));
      }
      socket = shaken.socket;
    }

    if (target.scheme === 'tcp' || target.url === null) {
      return ended(tcp.result, tunnel, tls, notApplicable);
    }
    const asked: HttpRequest = {
      url: target.url,
      method: target.method,
      userAgent: options.userAgent,
      ...(options.hostHeader === undefined ? {} : { host: options.hostHeader }),
      ...(options.body === undefined ? {} : { body: options.body }),
      ...(options.echo === undefined ? {} : { echo: options.echo }),
    };
    const http = await request(socket, asked, context);
    return ended(tcp.result, tunnel, tls, http);
  } finally {
    for (const socket of opened.reverse()) socket?.destroy();
    over?.();
  }
}
