/** The tunnel stage: a way to the target out of a connection to a proxy. */
import type { Socket } from 'node:net';
import type { SecureContext, TLSSocket } from 'node:tls';
import type { HttpValue, StageResult, TunnelValue } from '../../model/observations.ts';
import type { ProxyRoute, Target } from '../../model/plan.ts';
import { type ProxyAccess, proxyName } from '../../proxy/access.ts';
import { tellAccount } from '../../proxy/auth/sent-secrets.ts';
import { type CredentialGuard, leaveOf } from '../../proxy/lockout.ts';
import { StageError } from '../stage/failure.ts';
import type { HttpRequest } from '../stage/http.ts';
import { type StageContext, stage } from '../stage/stage.ts';
import { framingOf, readBody } from './answer.ts';
import { bodyBounds, converse, excerpt, type Mutable, noAuth, type ProxyDialogue } from './dialogue.ts';
import { peerOf } from './peer.ts';
import { type Forwarded, forwarded } from './request.ts';
import { type SocksFacts, socks4, socks5 } from './socks.ts';

/** What a proxy gives: a socket that leads to the target, and, for plain HTTP, the answer that came through it. */
export interface Tunnel {
  readonly socket: Socket | TLSSocket;
  readonly answer?: (context: StageContext) => Promise<StageResult<HttpValue>>;
}

/** What is wanted through a proxy. */
export interface ProxiedTarget extends Pick<Target, 'host' | 'port' | 'scheme' | 'url' | 'method' | 'content'> {
  readonly userAgent: string;
  /** The target's address where it is resolved here. */
  readonly address?: string;
  readonly hostHeader?: string;
  readonly body?: HttpRequest['body'];
}

/** A proxy, and what the run has for it. */
interface ProxyTerms {
  readonly route: ProxyRoute;
  readonly access: ProxyAccess;
  /** What an https proxy is verified with. */
  readonly trust: () => SecureContext;
  readonly guard: CredentialGuard;
}

async function throughHttp(dialogue: ProxyDialogue, socket: Socket, wanted: ProxiedTarget): Promise<Tunnel> {
  const { value, signal, context } = dialogue;
  const { url, content, ...rest } = wanted;
  const isTunnel = value.via === 'connect';
  const target: Forwarded = {
    ...rest,
    method: isTunnel ? 'CONNECT' : wanted.method,
    url: url ?? '',
    ...(isTunnel || content === undefined ? {} : { content }),
  };
  const answered = await converse(dialogue, socket, target);
  const { head, peer } = answered;
  const headersMs = Math.round((context.clock.now() - answered.sentAt) * 1000) / 1000;
  if (target.method !== 'CONNECT') return { socket: answered.socket, answer: forwarded(target, answered, headersMs) };
  if (head.status < 300) {
    peer.release();
    return { socket: answered.socket };
  }
  const body = await readBody(peer, framingOf(head, target.method), { ...bodyBounds, signal });
  value.bodyExcerpt = excerpt(body, context);
  throw new StageError('tunnel.refused', `the proxy answers ${head.status}`, String(head.status));
}

async function throughSocks(
  dialogue: ProxyDialogue,
  socket: Socket,
  { host, port, address }: ProxiedTarget,
): Promise<Tunnel> {
  const { route, access, context, value, step } = dialogue;
  const peer = peerOf(socket);
  step.ended = () => peer.facts().ended;
  const facts: SocksFacts = { keep: context.keep };
  const account = access.scheme === 'none' ? null : access.accountFor(route);
  if (account !== null) tellAccount(access.secrets, account);
  // Versions 4 and 5 without a letter are told an address: the one that this attempt is about.
  const local = route.protocol === 'socks4' || route.protocol === 'socks5';
  const to = { host: local ? (address ?? host) : host, port };
  const speak = route.protocol === 'socks4' || route.protocol === 'socks4a' ? socks4 : socks5;
  try {
    await speak(peer, to, account, facts, dialogue.leave);
  } finally {
    const { reply, firstBytes, auth } = facts;
    if (reply !== undefined) value.reply = reply;
    if (firstBytes !== undefined) value.firstBytes = firstBytes;
    if (auth !== undefined) {
      if (auth.failed !== null) dialogue.leave.settle(auth.failed === 'rejected' ? 'refused' : 'open');
      value.auth = {
        ...noAuth,
        offered: auth.offered,
        scheme: auth.used,
        tried: auth.used === null ? [] : [auth.used],
        legs: auth.used === null || auth.refusedFor !== undefined ? 0 : 1,
        failed: auth.failed === null ? null : { reason: auth.failed, detail: auth.refusedFor ?? null },
      };
    }
  }
  peer.release();
  return { socket };
}

/**
 * Makes a way to the target out of a connection to a proxy at `to`. A CONNECT or SOCKS tunnel gives the socket to go on
 * with; plain HTTP gives the answer to the request in absolute form. The tunnel is null unless the stage passed; then only
 * the socket that was given is left to destroy.
 */
export async function openTunnel(
  { route, access, trust, guard }: ProxyTerms,
  socket: Socket,
  to: ProxyDialogue['to'],
  target: ProxiedTarget,
  context: StageContext,
): Promise<{ readonly result: StageResult<TunnelValue>; readonly tunnel: Tunnel | null }> {
  const opened = new Set<Socket | TLSSocket>();
  let tunnel: Tunnel | null = null;
  const http = route.protocol === 'http' || route.protocol === 'https';
  const via = !http ? 'socks' : target.scheme === 'http' && target.url !== null ? 'absolute-form' : 'connect';
  const { host } = target;
  const proxy = proxyName(route);
  const value: Mutable<TunnelValue> = {
    proxy,
    via,
    status: null,
    reason: null,
    headers: [],
    bodyExcerpt: '',
    connections: 1,
    requests: 0,
    auth: null,
    tls: null,
  };
  const closeOpened = (): void => {
    for (const connection of opened) connection.destroy();
  };
  let settle: ProxyDialogue['leave']['settle'] = () => undefined;
  const result: StageResult<TunnelValue> = await stage<TunnelValue>('tunnel', context, async (step) => {
    const { signal } = step;
    step.stop = () => {
      closeOpened();
      socket.destroy();
    };
    step.partial = () => ({ ...value });
    const leave = leaveOf((account) => step.hold(guard.enter(proxy, account, host, signal)));
    settle = leave.settle;
    const dialogue: ProxyDialogue = { route, access, trust, to, context, signal, value, step, opened, leave };
    tunnel =
      via === 'socks' ? await throughSocks(dialogue, socket, target) : await throughHttp(dialogue, socket, target);
    return { ...value };
  });
  // Whatever broke off without a word for or against the account.
  const isSilent = result.status !== 'failed' || result.failure.code === 'tunnel.timeout';
  settle(isSilent ? 'unclear' : 'open');
  if (result.status === 'passed') return { result, tunnel };
  closeOpened();
  return { result, tunnel: null };
}
