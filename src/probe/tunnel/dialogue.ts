/** The dialogue with an HTTP proxy, from the connection that is there to its answer. */
import type { Socket } from 'node:net';
import type { SecureContext, TLSSocket } from 'node:tls';
import { type AnswerHead, valuesOf } from '../../answer-head.ts';
import type { ProxyAuthentication, TunnelValue } from '../../model/observations.ts';
import type { ProxyRoute } from '../../model/plan.ts';
import type { ProxyAccess } from '../../proxy/access.ts';
import { provesAccount } from '../../proxy/account-proof.ts';
import {
  type Authenticator,
  type AuthGiveUp,
  type AuthHeader,
  createAuthenticator,
} from '../../proxy/auth/authenticate.ts';
import { parseChallenges } from '../../proxy/auth/challenge.ts';
import { tellAccount, tellSent } from '../../proxy/auth/sent-secrets.ts';
import type { Credentials } from '../../proxy/credentials.ts';
import { type CredentialLeave, notSentReason } from '../../proxy/lockout.ts';
import type { Keep } from '../../secrets/secrets.ts';
import { StageError } from '../stage/failure.ts';
import { keptExcerpt, keptHeaders } from '../stage/kept-answer.ts';
import type { StageContext, Step } from '../stage/stage.ts';
import { connectTcp } from '../stage/tcp.ts';
import { type AnswerBody, framingOf, keepsOpen, readBody, readHead } from './answer.ts';
import { type Peer, peerOf } from './peer.ts';
import { connectProxyTls } from './proxy-tls.ts';
import { type Forwarded, type ProxyRequest, requestFor } from './request.ts';

/** Body of a refusal: bytes that are read, and how long it may take. */
export const bodyBounds = { max: 65_536, ms: 2000 } as const;

export type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A proxy's headers as they are kept: a challenge without the token or nonce that it carries. */
function proxyHeaders(head: AnswerHead, { keep, room }: StageContext): TunnelValue['headers'] {
  const headers = head.headers.flatMap(([name, value]): readonly (readonly [string, string])[] => {
    if (name !== 'proxy-authenticate') return [[name, value]];
    return parseChallenges([value]).map(({ scheme, parameters }) => {
      const realm = parameters.get('realm');
      return [name, realm === undefined ? scheme : `${scheme} realm="${realm}"`];
    });
  });
  return keptHeaders(headers, keep, room);
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
export interface ProxyDialogue {
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

/** The socket to speak HTTP on: TLS first, where the proxy wants it. */
async function greet(
  { route, trust, value, opened, context }: ProxyDialogue,
  socket: Socket,
): Promise<Socket | TLSSocket> {
  if (route.protocol !== 'https') return socket;
  const secure = await connectProxyTls(socket, route.host, trust(), context.keep, (facts) =>
    Object.assign(value, facts),
  );
  opened.add(secure);
  return secure;
}

/** The connection that the dialogue goes on. */
interface Line {
  readonly socket: Socket | TLSSocket;
  readonly peer: Peer;
}

function lineOf({ step }: ProxyDialogue, socket: Socket | TLSSocket): Line {
  const peer = peerOf(socket);
  step.ended = () => peer.facts().ended;
  return { socket, peer };
}

/** The one further connection of an attempt, to the same address: the proxy closed the first when it asked for credentials. */
async function lineAgain(dialogue: ProxyDialogue, before: Line): Promise<Line> {
  const { to, context, signal, value, opened } = dialogue;
  before.socket.destroy();
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
  return lineOf(dialogue, await greet(dialogue, socket));
}

/** The head of what the proxy says; null where it closed instead, and what it asked for may go out on another connection. */
async function readAnswer(
  dialogue: ProxyDialogue,
  { peer }: Line,
  sent: AuthHeader | null,
): Promise<AnswerHead | null> {
  const { context, value, leave } = dialogue;
  try {
    return await readHead(peer, context.keep);
  } catch (error) {
    // The proxy said that it would keep the connection and closed it: the answer to its question goes on another one.
    const closed = error instanceof StageError ? error.failure === 'tunnel.closed' : peer.facts().ended === 'reset';
    // Credentials that nobody proved right go out once: who closes on them may mean no.
    const mayRepeat = sent === null || !provesPassword(sent) || leave.isProven();
    const fresh = sent !== null && mayRepeat && !(sent.sameConnection && sent.leg > 1);
    if (!closed || !fresh || peer.facts().bytesRead === 0 || value.connections !== 1) throw error;
    return null;
  }
}

/** The body beside a demand. Without a length its end is that of the connection: not waited for when there is more to say. */
async function demandBody(
  { signal }: ProxyDialogue,
  { peer }: Line,
  head: AnswerHead,
  method: string,
  isLast: boolean,
) {
  const framing = framingOf(head, method);
  if (framing.kind === 'close' && !isLast) return { bytes: peer.held, end: 'broken' } as const;
  return await readBody(peer, framing, { ...bodyBounds, signal });
}

/** A question of the proxy, and who answers it. */
interface Demand {
  readonly head: AnswerHead;
  readonly request: ProxyRequest;
  readonly account: Credentials | null;
  readonly authenticator: Authenticator;
}

/**
 * What answers a 407, and whether it may go out on the same connection.
 * @throws StageError `tunnel.auth` where nothing does, or where it may not be sent
 */
async function answerTo(
  dialogue: ProxyDialogue,
  line: Line,
  { head, request, account, authenticator }: Demand,
): Promise<{ readonly answer: AuthHeader; readonly isUsable: boolean }> {
  const { value, signal, context, leave } = dialogue;
  const challenges = valuesOf(head, 'proxy-authenticate');
  const verdict = await authenticator.next(challenges, request);
  if (signal.aborted) throw signal.reason;
  const body = await demandBody(dialogue, line, head, request.method, verdict.kind === 'give-up');
  value.bodyExcerpt = excerpt(body, context);
  if (verdict.kind === 'give-up') {
    leave.settle(verdict.reason === 'rejected' ? 'refused' : 'open');
    value.auth = gaveUp(verdict, context.keep);
    throw new StageError('tunnel.auth', `the proxy wants credentials: ${verdict.reason}`, verdict.reason);
  }
  const { scheme, leg, sameConnection } = verdict;
  // A ticket is no password: no count of refusals locks anything.
  const refused = account === null || scheme === 'negotiate' ? null : await leave.permit(account);
  // A proxy that closes after its demand in spite of its word has to be told from one that closes on credentials.
  const closes = async (): Promise<boolean> =>
    provesPassword(verdict) && !leave.isProven() && (await line.peer.endsWithin(patienceMs));
  const isUsable = body.end === 'complete' && keepsOpen(head) && !line.socket.destroyed && !(await closes());
  const schemes = parseChallenges(challenges).map((challenge) => challenge.scheme);
  const offered = keptSchemes(schemes, context.keep);
  const tried = value.auth?.tried ?? [];
  const fail = (reason: string, detail: string | null, message: string, auth: ProxyAuthentication): never => {
    value.auth = { ...auth, failed: { reason, detail } };
    throw new StageError('tunnel.auth', message, reason);
  };
  if (refused !== null) {
    const auth = { ...noAuth, offered, scheme, tried };
    fail(notSentReason(refused), refused.refusedFor, 'the account was not taken before: it is not sent again', auth);
  }
  const auth = {
    ...noAuth,
    offered: value.auth?.offered ?? offered,
    scheme,
    tried: [...new Set([...tried, scheme])],
    legs: leg,
  };
  if (!isUsable && sameConnection && leg > 1) {
    fail('no-continuation', 'connection closed', 'the proxy closes the connection that it authenticates', auth);
  }
  if (!isUsable && value.connections !== 1) {
    fail('connection-closed', null, 'the proxy closes each connection after its 407', auth);
  }
  value.auth = auth;
  return { answer: verdict, isUsable };
}

interface ProxyReply extends Line {
  readonly head: AnswerHead;
  /** When the last request was sent, by the run's clock. */
  readonly sentAt: number;
}

/**
 * Sends the request and answers each 407 until the proxy says something else. Legs stay on one connection; where the proxy
 * closes it, one more is opened, once, and never in the middle of a scheme that authenticates the connection.
 */
export async function converse(dialogue: ProxyDialogue, first: Socket, target: Forwarded): Promise<ProxyReply> {
  const { route, access, context, value, leave } = dialogue;
  const account = access.accountFor(route);
  const request = requestFor(target);
  const authenticator = createAuthenticator({
    scheme: access.scheme,
    credentials: account,
    proxyHost: route.host,
    loadKerberos: access.loadKerberos,
    platform: access.platform,
    kerberosTimeoutMs: context.timeoutMs,
    wall: context.clock.wall,
  });
  if (account !== null) tellAccount(access.secrets, account);
  let answer: AuthHeader | null = null;
  let line = lineOf(dialogue, await greet(dialogue, first));
  for (;;) {
    value.requests = (value.requests ?? 0) + 1;
    const sentAt = context.clock.now();
    if (answer !== null) {
      tellSent(access.secrets, answer.header, account);
      if (provesPassword(answer)) leave.sending();
    }
    line.peer.write(request.head(answer?.header ?? null));
    const head = await readAnswer(dialogue, line, answer);
    if (head === null) {
      line = await lineAgain(dialogue, line);
      continue;
    }
    value.status = head.status;
    value.reason = context.keep(head.reason, 200);
    value.headers = proxyHeaders(head, context);
    if (head.status !== 407) {
      leave.settle(provesAccount(head, target.method !== 'CONNECT') ? 'accepted' : 'unclear');
      if (answer !== null) value.auth = { ...(value.auth ?? noAuth), failed: null };
      // What stands there is the page of the 407.
      value.bodyExcerpt = '';
      return { ...line, head, sentAt };
    }
    const next = await answerTo(dialogue, line, { head, request, account, authenticator });
    answer = next.answer;
    if (!next.isUsable) line = await lineAgain(dialogue, line);
  }
}

export const noAuth: ProxyAuthentication = { offered: [], scheme: null, tried: [], legs: 0, skipped: [], failed: null };

export const excerpt = ({ bytes, end }: AnswerBody, { keep, room }: StageContext): string =>
  keptExcerpt(bytes, end !== 'complete', keep, room);
