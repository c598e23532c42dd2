/** Requests for documents and posts of notices: through proxies, which get an account when they ask for it. */
import { type Agent, type ClientRequest, request as clearRequest, type IncomingMessage } from 'node:http';
import { request as secureRequest } from 'node:https';
import type { LookupFunction, Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { provesAccount } from './account-proof.ts';
import { parseChallenges } from './auth/challenge.ts';
import { documentAgent, socksSays } from './document-agent.ts';
import type { CredentialGuard, CredentialOutcome, CredentialTurn } from './lockout.ts';

/** A proxy as proxy-agent takes it. */
export interface DocumentProxy {
  readonly url: string;
  /** Null where none may be sent. */
  readonly account: DocumentAccount | null;
}

export interface DocumentAccount {
  /** The address of the proxy with the account (Basic). Never to be shown. */
  readonly url: string;
  /** Waits for leave to send it for a host. */
  readonly enter: (host: string, signal: AbortSignal) => ReturnType<CredentialGuard['enter']>;
}

export interface DocumentRequest {
  readonly proxy: DocumentProxy | null;
  readonly lookup: LookupFunction;
  readonly signal: AbortSignal;
  readonly method?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Roots in PEM in place of the runtime's own. */
  readonly ca?: string;
  /** Called where the way to the host is open: what the request holds may leave from then on. */
  readonly onOpen?: (() => void) | undefined;
}

/** `isOwn`: by whom the address says; what comes in place of a tunnel is the proxy's own. */
export interface DocumentAnswer {
  readonly answer: IncomingMessage;
  readonly isOwn: boolean;
}

/** Why a proxy lets nothing through: it asks for an account, for one by schemes that are not spoken here, or refuses it. */
export class ProxyDemand extends Error {
  override readonly name = 'ProxyDemand';
  readonly why: 'account' | 'scheme' | 'refused';
  /** Lower-case names of schemes. */
  readonly offered: readonly string[];

  constructor(why: ProxyDemand['why'], offered: readonly string[]) {
    super(why);
    this.why = why;
    this.offered = offered;
  }
}

/** An answer, or the schemes of the proxy's demand for an account. */
type Exchange = DocumentAnswer | { readonly demand: readonly string[] };

/**
 * The answer to one request, with its body still to be read. The account goes out after a demand for Basic alone (of SOCKS:
 * for an account), and as the guard of accounts has it.
 * @throws ProxyDemand where the proxy lets nothing through
 */
export async function requestDocument(url: URL, request: DocumentRequest): Promise<DocumentAnswer> {
  const { proxy, lookup, signal } = request;
  if (proxy === null) return withoutDemand(await exchange(url, request, false, null));
  const first = await exchange(url, request, await documentAgent(proxy.url, lookup), null);
  if (!('demand' in first)) return first;
  const { account } = proxy;
  if (account === null) throw new ProxyDemand('account', first.demand);
  if (!first.demand.includes('basic')) throw new ProxyDemand('scheme', first.demand);
  const turn = await account.enter(url.host, signal);
  if ('refusedFor' in turn) throw new ProxyDemand('refused', first.demand);
  try {
    const second = await exchange(url, request, await documentAgent(account.url, lookup), turn);
    if ('demand' in second) turn.end('refused');
    return withoutDemand(second);
  } catch (error) {
    turn.end(outcomeOf(error, signal));
    throw error;
  } finally {
    turn.end('open');
  }
}

function withoutDemand(exchanged: Exchange): DocumentAnswer {
  if ('demand' in exchanged) throw new ProxyDemand('refused', exchanged.demand);
  return exchanged;
}

/** What an end without an answer says of the account that went out. */
function outcomeOf(error: unknown, { aborted }: AbortSignal): CredentialOutcome {
  if (aborted) return 'unclear';
  const { syscall } = error as NodeJS.ErrnoException;
  return syscall === 'connect' || syscall === 'getaddrinfo' ? 'unsent' : 'open';
}

async function exchange(
  url: URL,
  { proxy, lookup, signal, method = 'GET', headers, body, ca, onOpen }: DocumentRequest,
  agent: Agent | false,
  turn: CredentialTurn | null,
): Promise<Exchange> {
  const isSocks = proxy?.url.startsWith('socks') === true;
  return await new Promise((resolve, reject) => {
    const trust = ca === undefined ? {} : { ca };
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const options = { method, signal, agent, lookup, headers: { ...headers, ...length }, ...trust };
    const request = url.protocol === 'https:' ? secureRequest(url, options) : clearRequest(url, options);
    if (onOpen !== undefined) request.once('socket', (socket) => whenOpen(socket, url.protocol === 'https:', onOpen));
    if (turn !== null) listen(request, isSocks ? 'socks' : url.protocol, turn);
    request.on('response', (answer) => {
      const isOwn = url.protocol === 'http:' || answer.socket instanceof TLSSocket;
      const isDemand = answer.statusCode === 407 && agent !== false && !isSocks;
      if (!isDemand || (isOwn && url.protocol === 'https:')) return resolve({ answer, isOwn });
      const challenges = parseChallenges([answer.headers['proxy-authenticate'] ?? []].flat());
      answer.destroy();
      return resolve({ demand: challenges.map(({ scheme }) => scheme) });
    });
    request.on('error', (error) => {
      // SOCKS has passwords alone; a refusal comes only after one was sent.
      const isDemand = isSocks && (error.message === socksSays.demand || error.message === socksSays.refusal);
      if (isDemand) resolve({ demand: ['basic'] });
      else reject(error);
    });
    // A request whose connection a proxy has not given yet tells nobody that it was ended.
    const end = (): void => reject(signal.reason);
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
    request.on('close', () => signal.removeEventListener('abort', end));
    request.end(body);
  });
}

/** Behind TLS not before the certificate was believed; what a proxy says in place of a tunnel comes without TLS, and is none. */
function whenOpen(socket: Socket, isSecure: boolean, onOpen: () => void): void {
  if (socket instanceof TLSSocket) socket.once('secureConnect', onOpen);
  else if (isSecure) return;
  else if (socket.connecting) socket.once('connect', onOpen);
  else onOpen();
}

/** Ends the turn as soon as an answer of the proxy says what it thinks of the account, whatever comes of the request. */
function listen(request: ClientRequest, way: string, turn: CredentialTurn): void {
  const judge = (status: number, headers: NodeJS.Dict<string | readonly string[]>, isForwarded: boolean): void => {
    const fields = Object.entries(headers).flatMap(([name, values]) =>
      [values ?? []].flat().map((value) => [name.toLowerCase(), value] as const),
    );
    if (status === 407) turn.end('refused');
    else turn.end(provesAccount({ status, headers: fields }, isForwarded) ? 'accepted' : 'unclear');
  };
  // Of the library: a server of SOCKS made a tunnel; what a proxy answered to CONNECT.
  if (way === 'socks') request.once('proxy', () => turn.end('accepted'));
  else if (way === 'https:')
    request.once('proxyConnect', ({ statusCode, headers }) => judge(statusCode, headers, false));
  else request.once('response', ({ statusCode = 0, headers }) => judge(statusCode, headers, true));
}
