import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Attempt, ProxyContact, SkipReason, StageName, StageResult } from '../model/observations.ts';
import type { ProxyRoute, Target } from '../model/plan.ts';
import { proxyName } from '../proxy/access.ts';
import { type HttpRequest, request } from './stage/http.ts';
import type { StageContext } from './stage/stage.ts';
import { connectTcp } from './stage/tcp.ts';
import { handshake, type TlsOptions } from './stage/tls.ts';
import type { Proxies } from './tunnel/proxies.ts';
import type { ProxiedTarget } from './tunnel/tunnel.ts';

export type AttemptTarget = Pick<Target, 'host' | 'port' | 'scheme' | 'url' | 'method' | 'content'>;

export interface AttemptOptions {
  readonly userAgent: string;
  /** What differs from the target's own name, a classic hello and HTTP/1.1. */
  readonly tls?: Partial<TlsOptions>;
  /** Host header, where it shall not be the URL's. */
  readonly hostHeader?: string;
  /** Stores the chain as sent, leaf first, in DER, with the address that sent it where that is known; gives its key. */
  readonly keepChain: (chain: readonly Buffer[], address: string | null) => string;
  /** Where the response body itself is wanted. */
  readonly body?: HttpRequest['body'];
  /** TRACE with this header in place of the target's method; on the direct path alone. */
  readonly echo?: HttpRequest['echo'];
  /** The connection goes to this proxy instead, and from there through the tunnel. */
  readonly proxy?: { readonly route: ProxyRoute; readonly proxies: Proxies };
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

type Connection = Socket | TLSSocket;
type TargetAddress = { readonly address: string; readonly family: 4 | 6 };

/** What a walk has come to; stages that it has not reached are not applicable. */
interface Ascent {
  proxy?: ProxyContact;
  tcp: Attempt['tcp'];
  tunnel: Attempt['tunnel'];
  tls: Attempt['tls'];
  http: Attempt['http'];
  /** To be destroyed, the last first. */
  readonly opened: (Connection | null)[];
}

/** Skips the stages above one that did not pass. */
function endAt(walk: Ascent, name: 'tcp' | 'tunnel' | 'tls'): null {
  const because = skipped(blocked(name, walk[name]) ?? name);
  if (name === 'tcp') walk.tunnel = because;
  if (name !== 'tls') walk.tls = because;
  walk.http = because;
  return null;
}

/** The connection to the target; null where the walk ends. */
async function reach(walk: Ascent, address: TargetAddress | null, port: number, context: StageContext) {
  const { result, socket } = await connectTcp(address?.address ?? '', port, context);
  walk.tcp = result;
  walk.opened.push(socket);
  return socket ?? endAt(walk, 'tcp');
}

/** The way through a proxy; null where the walk ends, with a forwarded answer too. */
async function reachThrough(
  walk: Ascent,
  target: AttemptTarget,
  address: TargetAddress | null,
  context: StageContext,
  { proxy: { route, proxies }, userAgent, hostHeader, body }: AttemptOptions & Required<Pick<AttemptOptions, 'proxy'>>,
): Promise<Connection | null> {
  const wanted: ProxiedTarget = {
    ...target,
    userAgent,
    ...(address === null ? {} : { address: address.address }),
    ...(hostHeader === undefined ? {} : { hostHeader }),
    ...(body === undefined ? {} : { body }),
  };
  const { contact, tcp, tunnel, through, opened } = await proxies.through(route, wanted, context);
  walk.proxy = contact;
  walk.tcp = tcp;
  walk.tunnel = tunnel;
  walk.opened.push(...opened);
  if (through === null) return endAt(walk, 'tunnel');
  if (through.answer === undefined) return through.socket;
  walk.http = await through.answer(context);
  return null;
}

/** TLS with the target itself; null where the walk ends. */
async function secure(
  walk: Ascent,
  below: Connection,
  { host }: AttemptTarget,
  address: TargetAddress | null,
  context: StageContext,
  { tls, keepChain }: AttemptOptions,
): Promise<TLSSocket | null> {
  const wanted = { servername: host, hello: 'classic', alpn: ['http/1.1'], ...tls } as const;
  const { result, socket } = await handshake(below, wanted, context, (chain) =>
    keepChain(chain, address?.address ?? null),
  );
  walk.tls = result;
  walk.opened.push(socket);
  return socket ?? endAt(walk, 'tls');
}

/** The request for the target's URL. */
function requestOf(url: string, { method, content }: AttemptTarget, options: AttemptOptions): HttpRequest {
  const { userAgent, hostHeader, body, echo } = options;
  return {
    url,
    method,
    userAgent,
    ...(hostHeader === undefined ? {} : { host: hostHeader }),
    ...(body === undefined ? {} : { body }),
    ...(echo === undefined ? {} : { echo }),
    ...(content === undefined ? {} : { content }),
  };
}

async function walkUp(
  walk: Ascent,
  target: AttemptTarget,
  address: TargetAddress | null,
  context: StageContext,
  options: AttemptOptions,
): Promise<void> {
  const { proxy } = options;
  const reached =
    proxy === undefined
      ? await reach(walk, address, target.port, context)
      : await reachThrough(walk, target, address, context, { ...options, proxy });
  if (reached === null) return;
  const socket = target.scheme === 'https' ? await secure(walk, reached, target, address, context, options) : reached;
  if (socket === null || target.scheme === 'tcp' || target.url === null) return;
  walk.http = await request(socket, requestOf(target.url, target, options), context);
}

/** Alert number of a server that speaks none of the offered protocols above TLS (RFC 7301 section 3.2). */
const NO_APPLICATION_PROTOCOL = 120;

const isOtherProtocol = ({ tls }: Attempt): boolean =>
  tls.status === 'failed' && tls.failure.code === 'tls.alert' && tls.failure.alert === NO_APPLICATION_PROTOCOL;

/**
 * One address, one connection, walked upward: TCP, tunnel, TLS, HTTP. Never rejects; every socket is
 * destroyed when it returns. `address` is the target's, or null where a proxy resolves the name. Only a server that refuses
 * HTTP/1.1 by name gets a second connection, for HTTP/2; what that comes to counts if there is a session.
 */
export async function attempt(
  target: AttemptTarget,
  address: TargetAddress | null,
  context: StageContext,
  options: AttemptOptions,
): Promise<Attempt> {
  const first = await walk(target, address, context, options);
  if (!isOtherProtocol(first) || options.tls?.alpn !== undefined) return first;
  const second = await walk(target, address, context, { ...options, tls: { ...options.tls, alpn: ['h2'] } });
  return second.tls.status === 'passed' ? second : first;
}

async function walk(
  target: AttemptTarget,
  address: TargetAddress | null,
  shared: StageContext,
  options: AttemptOptions,
): Promise<Attempt> {
  const { proxy } = options;
  const context = proxy === undefined ? shared : { ...shared, keep: proxy.proxies.keep };
  if (proxy === undefined && address === null) throw new TypeError('an attempt without a proxy needs an address');
  const steps: Ascent = {
    tcp: notApplicable,
    tunnel: notApplicable,
    tls: notApplicable,
    http: notApplicable,
    opened: [],
  };
  const to =
    proxy === undefined ? { host: target.host, address: address?.address ?? '' } : { proxy: proxyName(proxy.route) };
  const leave = await context.pace?.connection(to, context.signal);
  try {
    await walkUp(steps, target, address, context, options);
  } finally {
    for (const socket of steps.opened.reverse()) socket?.destroy();
    leave?.();
  }
  const { proxy: contact, tcp, tunnel, tls, http } = steps;
  return {
    address: address?.address ?? null,
    family: address?.family ?? null,
    ...(contact === undefined ? {} : { proxy: contact }),
    tcp,
    tunnel,
    tls,
    http,
  };
}
