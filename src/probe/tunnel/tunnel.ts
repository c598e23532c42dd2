import type { Socket } from 'node:net';
import type { SecureContext, TLSSocket } from 'node:tls';
import type { ProxyAuthentication, StageResult, TunnelValue } from '../../model/observations.ts';
import type { ProxyRoute } from '../../model/plan.ts';
import { type ProxyAccess, proxyName } from '../../proxy/access.ts';
import type { AuthGiveUp, AuthHeader } from '../../proxy/auth/authenticate.ts';
import { parseChallenges } from '../../proxy/auth/challenge.ts';
import { tellAccount, tellSent } from '../../proxy/auth/sent-secrets.ts';
import type { Keep } from '../../secrets/secrets.ts';
import type { OpenTunnel, Tunnel } from '../attempt.ts';
import { type AnswerHead, valuesOf } from '../stage/answer-head.ts';
import { StageError } from '../stage/failure.ts';
import { type StageContext, type Step, stage } from '../stage/stage.ts';
import { connectTcp } from '../stage/tcp.ts';
import { authenticatorFor } from './access.ts';
import { type AnswerBody, framingOf, keepsOpen, readBody, readHead } from './answer.ts';
import type { CredentialGuard, CredentialLeave, CredentialTurn } from './lockout.ts';
import { type Peer, peerOf } from './peer.ts';
import { connectProxyTls } from './proxy-tls.ts';
import { type Forwarded, forwarded, requestFor } from './request.ts';
import { type SocksFacts, socks4, socks5 } from './socks.ts';

/** Body of a refusal: bytes that are read, characters that are kept, and how long it may take. */
const bodyBounds = { max: 65_536, excerpt: 4096, ms: 2000 } as const;
const maxHeaderValue = 1024;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A proxy's headers as they are kept: a challenge without the token or nonce that it carries. */
function keptHeaders(head: AnswerHead, keep: Keep): TunnelValue['headers'] {
  return head.headers.flatMap(([name, value]): readonly (readonly [string, string])[] => {
    if (name !== 'proxy-authenticate') return [[keep(name, 100), keep(value, maxHeaderValue)]];
    return parseChallenges([value]).map(({ scheme, parameters }) => {
      const realm = parameters.get('realm');
      return [name, keep(realm === undefined ? scheme : `${scheme} realm="${realm}"`, 300)];
    });
  });
}

/** Schemes that are known are no text of the proxy's. */
const knownSchemes: readonly string[] = ['basic', 'digest', 'ntlm', 'negotiate', 'kerberos', 'bearer'];
const keptSchemes = (schemes: readonly string[], keep: Keep): readonly string[] =>
  schemes.slice(0, 16).map((scheme) => (knownSchemes.includes(scheme) ? scheme : keep(scheme, 40)));

function gaveUp(verdict: AuthGiveUp, keep: Keep): ProxyAuthentication {
  const { offered, scheme, tried, leg, skipped, reason, detail } = verdict;
  return {
    offered: keptSchemes(offered, keep),
    scheme,
    tried,
    legs: leg,
    skipped,
    failed: { reason, detail: detail === null ? null : keep(detail) },
  };
}

/** One dialogue with a proxy, from the connection that is there to the one that is handed over. */
interface Dialogue {
  readonly route: ProxyRoute;
  readonly access: ProxyAccess;
  readonly trust: () => SecureContext;
  /** Address and port of the proxy. */
  readonly to: { readonly address: string; readonly port: number };
  readonly context: StageContext;
  readonly signal: AbortSignal;
  readonly value: Mutable<TunnelValue>;
  readonly step: Step<TunnelValue>;
  /** Everything that was opened: destroyed unless the stage passes. */
  readonly opened: Set<Socket | TLSSocket>;
  readonly leave: CredentialLeave;
}

/** Milliseconds in which a proxy that closes after its demand has closed. Waited for once, before an account is proven. */
const patienceMs = 50;

/** A password could be tried by it: no ticket, and not the first message of NTLM, which names nobody. */
const provesPassword = ({ scheme, leg }: AuthHeader): boolean =>
  scheme !== 'negotiate' && (scheme !== 'ntlm' || leg > 1);

/** Detail of the failure where credentials that this proxy refused in this run are not sent. */
const notRepeated = 'not-repeated';

/** The socket to speak HTTP on: TLS first, where the proxy wants it. */
async function greet({ route, trust, value, opened, context }: Dialogue, socket: Socket): Promise<Socket | TLSSocket> {
  if (route.protocol !== 'https') return socket;
  const secure = await connectProxyTls(socket, route.host, trust(), context.keep, (facts) =>
    Object.assign(value, facts),
  );
  opened.add(secure);
  return secure;
}

/** The one further connection of an attempt, to the same address: the proxy closed the first when it asked for credentials. */
async function again(dialogue: Dialogue): Promise<Socket | TLSSocket> {
  const { to, context, signal, value, opened } = dialogue;
  if (signal.aborted) throw signal.reason;
  value.connections = (value.connections ?? 1) + 1;
  const { result, socket } = await connectTcp(to.address, to.port, context);
  if (socket === null) {
    const why = result.status === 'failed' ? result.failure.code : 'skipped';
    throw new StageError('tunnel.closed', `the proxy closed after its 407 and takes no second connection (${why})`);
  }
  opened.add(socket);
  if (signal.aborted) {
    socket.destroy();
    throw signal.reason;
  }
  return greet(dialogue, socket);
}

interface Answered {
  readonly socket: Socket | TLSSocket;
  readonly peer: Peer;
  readonly head: AnswerHead;
  /** When the last request was sent, by the run's clock. */
  readonly sentAt: number;
}

/**
 * Sends the request and answers each 407 until the proxy says something else. Legs stay on one connection; where the proxy
 * closes it, one more is opened, once, and never in the middle of a scheme that authenticates the connection.
 */
async function converse(dialogue: Dialogue, first: Socket, target: Forwarded): Promise<Answered> {
  const { route, access, context, value, step, signal } = dialogue;
  const account = access.accountFor(route);
  const request = requestFor(target);
  const authenticator = authenticatorFor(access, route, context.timeoutMs, context.clock.wall);
  const { keep } = context;
  if (account !== null) tellAccount(access.secrets, account);
  let answer: AuthHeader | null = null;
  let socket = await greet(dialogue, first);
  let peer = peerOf(socket);
  const watch = (): void => {
    step.ended = () => peer.facts().ended;
  };
  watch();
  for (;;) {
    value.requests = (value.requests ?? 0) + 1;
    const sentAt = context.clock.now();
    if (answer !== null) {
      tellSent(access.secrets, answer.header, account);
      if (provesPassword(answer)) dialogue.leave.sending();
    }
    peer.write(request.head(answer?.header ?? null));
    let head: AnswerHead;
    try {
      head = await readHead(peer, keep);
    } catch (error) {
      // The proxy said that it would keep the connection and closed it: the answer to its question goes on another one.
      const closed = error instanceof StageError ? error.failure === 'tunnel.closed' : peer.facts().ended === 'reset';
      // Credentials that nobody proved right go out once: who closes on them may mean no.
      const mayRepeat = answer === null || !provesPassword(answer) || dialogue.leave.isProven();
      const fresh = answer !== null && mayRepeat && !(answer.sameConnection && answer.leg > 1);
      if (!closed || !fresh || peer.facts().bytesRead === 0 || value.connections !== 1) throw error;
      socket.destroy();
      socket = await again(dialogue);
      peer = peerOf(socket);
      watch();
      continue;
    }
    value.status = head.status;
    value.reason = keep(head.reason, 200);
    value.headers = keptHeaders(head, keep);
    if (head.status !== 407) {
      dialogue.leave.settle('accepted');
      if (answer !== null) value.auth = { ...(value.auth ?? noAuth), failed: null };
      // What stands there is the page of the 407.
      value.bodyExcerpt = '';
      return { socket, peer, head, sentAt };
    }
    const verdict = await authenticator.next(valuesOf(head, 'proxy-authenticate'), request);
    if (signal.aborted) throw signal.reason;
    const framing = framingOf(head, target.method);
    const giveUp = verdict.kind === 'give-up';
    // Without a length the end of the body is the end of the connection: that is not waited for when there is more to say.
    const body =
      framing.kind === 'close' && !giveUp
        ? { bytes: peer.held, end: 'broken' as const }
        : await readBody(peer, framing, { ...bodyBounds, signal });
    value.bodyExcerpt = excerpt(body, keep);
    if (giveUp) {
      dialogue.leave.settle(verdict.reason === 'rejected' ? 'refused' : 'broken');
      value.auth = gaveUp(verdict, keep);
      throw new StageError('tunnel.auth', `the proxy wants credentials: ${verdict.reason}`, verdict.reason);
    }
    // A ticket is no password: no count of refusals locks anything.
    const refusedFor =
      account === null || verdict.scheme === 'negotiate' ? null : await dialogue.leave.permit(account.user);
    // A proxy that closes after its demand in spite of its word has to be told from one that closes on credentials.
    const closes = async (): Promise<boolean> =>
      provesPassword(verdict) && !dialogue.leave.isProven() && (await peer.endsWithin(patienceMs));
    const usable = body.end === 'complete' && keepsOpen(head) && !socket.destroyed && !(await closes());
    const auth: ProxyAuthentication = {
      ...noAuth,
      offered: keptSchemes(
        parseChallenges(valuesOf(head, 'proxy-authenticate')).map(({ scheme }) => scheme),
        keep,
      ),
      scheme: verdict.scheme,
      tried: [...new Set([...(value.auth?.tried ?? []), verdict.scheme])],
      legs: verdict.leg,
    };
    if (refusedFor !== null) {
      const failed = { reason: notRepeated, detail: refusedFor };
      value.auth = { ...auth, tried: value.auth?.tried ?? [], legs: 0, failed };
      throw new StageError('tunnel.auth', 'the proxy refused this account before: it is not sent again', notRepeated);
    }
    value.auth = { ...auth, offered: value.auth?.offered ?? auth.offered };
    if (!usable) {
      if (verdict.sameConnection && verdict.leg > 1) {
        value.auth = { ...value.auth, failed: { reason: 'no-continuation', detail: 'connection closed' } };
        throw new StageError('tunnel.auth', 'the proxy closes the connection that it authenticates', 'no-continuation');
      }
      if (value.connections !== 1) {
        value.auth = { ...value.auth, failed: { reason: 'connection-closed', detail: null } };
        throw new StageError('tunnel.auth', 'the proxy closes each connection after its 407', 'connection-closed');
      }
      socket.destroy();
      socket = await again(dialogue);
      peer = peerOf(socket);
      watch();
    }
    answer = verdict;
  }
}

const noAuth: ProxyAuthentication = { offered: [], scheme: null, tried: [], legs: 0, skipped: [], failed: null };

function excerpt({ bytes, end }: AnswerBody, keep: Keep): string {
  return keep(bytes.toString('utf8').replace(/[\r\n\t]+/g, ' '), bodyBounds.excerpt, end !== 'complete');
}

async function throughHttp(dialogue: Dialogue, socket: Socket, target: Forwarded): Promise<Tunnel> {
  const { value, signal, context } = dialogue;
  const answered = await converse(dialogue, socket, target);
  const { head, peer } = answered;
  const headersMs = Math.round((context.clock.now() - answered.sentAt) * 1000) / 1000;
  if (target.method !== 'CONNECT') return { socket: answered.socket, answer: forwarded(target, answered, headersMs) };
  if (head.status < 300) {
    peer.release();
    return { socket: answered.socket };
  }
  const body = await readBody(peer, framingOf(head, target.method), { ...bodyBounds, signal });
  value.bodyExcerpt = excerpt(body, context.keep);
  throw new StageError('tunnel.refused', `the proxy answers ${head.status}`, String(head.status));
}

async function throughSocks(dialogue: Dialogue, socket: Socket, to: { readonly host: string; readonly port: number }) {
  const { route, access, context, value, step } = dialogue;
  const peer = peerOf(socket);
  step.ended = () => peer.facts().ended;
  const facts: SocksFacts = { keep: context.keep };
  const account = access.scheme === 'none' ? null : access.accountFor(route);
  if (account !== null) tellAccount(access.secrets, account);
  const speak = route.protocol === 'socks4' || route.protocol === 'socks4a' ? socks4 : socks5;
  try {
    await speak(peer, to, account, facts, dialogue.leave);
  } finally {
    const { reply, firstBytes, auth } = facts;
    if (reply !== undefined) value.reply = reply;
    if (firstBytes !== undefined) value.firstBytes = firstBytes;
    if (auth !== undefined) {
      if (auth.failed !== null) dialogue.leave.settle(auth.failed === 'rejected' ? 'refused' : 'broken');
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
 * The way through one proxy, as the attempt wants it. A CONNECT or SOCKS tunnel gives the socket to go on with; plain HTTP
 * gives the answer to the request in absolute form.
 */
export function tunnelThrough(
  route: ProxyRoute,
  access: ProxyAccess,
  trust: () => SecureContext,
  guard: CredentialGuard,
): OpenTunnel {
  const http = route.protocol === 'http' || route.protocol === 'https';
  return async (socket, target, to, context, request) => {
    const opened = new Set<Socket | TLSSocket>();
    let tunnel: Tunnel | null = null;
    let turn: CredentialTurn | null = null;
    let isSent = false;
    const via = !http ? 'socks' : target.scheme === 'http' && target.url !== null ? 'absolute-form' : 'connect';
    const value: Mutable<TunnelValue> = {
      proxy: proxyName(route),
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
    const result: StageResult<TunnelValue> = await stage<TunnelValue>('tunnel', context, async (step) => {
      const { signal } = step;
      step.stop = () => {
        for (const connection of opened) connection.destroy();
        socket.destroy();
      };
      step.partial = () => ({ ...value });
      const { host, port, url } = target;
      const permit = async (user: string): Promise<string | null> => {
        if (turn !== null) return null;
        const entered = await step.hold(guard.enter(proxyName(route), user, host, signal));
        if ('refusedFor' in entered) return entered.refusedFor;
        turn = entered;
        return null;
      };
      const leave: CredentialLeave = {
        permit,
        isProven: () => turn?.isProven === true,
        sending: () => {
          isSent = true;
        },
        settle: (outcome) => turn?.end(isSent || outcome === 'accepted' ? outcome : 'unsent'),
      };
      const dialogue = { route, access, trust, to, context, signal, value, step, opened, leave };
      if (via === 'socks') {
        // Versions 4 and 5 without a letter are told an address: the one that this attempt is about.
        const local = route.protocol === 'socks4' || route.protocol === 'socks5';
        tunnel = await throughSocks(dialogue, socket, { host: local ? (request.address ?? host) : host, port });
      } else {
        const method = via === 'connect' ? 'CONNECT' : target.method;
        const download = via === 'connect' || target.content === undefined ? {} : { content: target.content };
        const wanted: Forwarded = { ...request, ...download, method, host, port, url: url ?? '' };
        tunnel = await throughHttp(dialogue, socket, wanted);
      }
      return { ...value };
    });
    // Whatever broke off without a word.
    const isSilent = result.status !== 'failed' || result.failure.code === 'tunnel.timeout';
    (turn as CredentialTurn | null)?.end(!isSent ? 'unsent' : isSilent ? 'silent' : 'broken');
    const done = tunnel as Tunnel | null;
    if (result.status !== 'passed' || done === null) {
      for (const connection of opened) connection.destroy();
      return { result, tunnel: null };
    }
    return { result, tunnel: done };
  };
}
