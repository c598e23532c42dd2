import { entryOf } from '../../entry.ts';
import { harmless } from '../../harmless.ts';
import type { Failure, FailureCode, StageName } from '../../model/observations.ts';
import type { Keep } from '../../secrets/secrets.ts';

/** How the peer ended a connection, where whoever read it saw that; null while it is open. */
export type ConnectionEnd = 'fin' | 'reset' | null;

/** Thrown inside a stage where the protocol itself says what is wrong, so that no error has to be guessed at. */
export class StageError extends Error {
  override readonly name = 'StageError';
  readonly failure: FailureCode;
  readonly detail: string | undefined;

  constructor(failure: FailureCode, message: string, detail?: string) {
    super(message);
    this.failure = failure;
    this.detail = detail;
  }
}

/** What was thrown as a `StageError` would be told so; nothing is thrown, because a stack costs more than a DNS message. */
export function failureOf(code: FailureCode, message: string, detail?: string): Failure {
  const raw = { name: 'StageError', code: null, message: harmless(message.trim()) };
  return detail === undefined ? { code, raw } : { code, detail: harmless(detail), raw };
}

/** Exhausted here, whatever the network is like. Nothing is bound to a port of its own choice: none is free, if one is in use. */
const exhausted = ['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'EADDRNOTAVAIL', 'EADDRINUSE'];

/** The peer, or something on the path, ended the connection at once. EPIPE: we wrote after that. */
const resets = ['ECONNRESET', 'ECONNABORTED', 'EPIPE'];

/** Whether a socket's error says that the connection was reset, rather than that it could not be made. */
export const isReset = (error: unknown): boolean => resets.includes(shapeOf(error).code ?? '');

/** libuv gives Windows' codes these names too; the WSA names are what other runtimes' errors carry. */
const tcpCodes: Readonly<Record<string, FailureCode>> = {
  ECONNREFUSED: 'tcp.refused',
  WSAECONNREFUSED: 'tcp.refused',
  ETIMEDOUT: 'tcp.timeout',
  WSAETIMEDOUT: 'tcp.timeout',
  ENETUNREACH: 'tcp.network-unreachable',
  WSAENETUNREACH: 'tcp.network-unreachable',
  EHOSTUNREACH: 'tcp.host-unreachable',
  WSAEHOSTUNREACH: 'tcp.host-unreachable',
  EHOSTDOWN: 'tcp.host-unreachable',
  // Linux gives this for ICMP protocol unreachable (net/ipv4/icmp.c, icmp_err_convert).
  ENOPROTOOPT: 'tcp.host-unreachable',
  ENETDOWN: 'tcp.no-route',
  EAFNOSUPPORT: 'tcp.no-route',
  EACCES: 'tcp.permission',
  EPERM: 'tcp.permission',
  WSAEACCES: 'tcp.permission',
};

/** c-ares codes as node:dns spells them, and what a UDP or TCP socket to a resolver can say. */
const dnsCodes: Readonly<Record<string, FailureCode>> = {
  ENOTFOUND: 'dns.not-found',
  ENODATA: 'dns.no-address',
  ESERVFAIL: 'dns.server-failure',
  EREFUSED: 'dns.refused',
  EFORMERR: 'dns.error',
  ENOTIMP: 'dns.error',
  ETIMEOUT: 'dns.timeout',
  ETIMEDOUT: 'dns.timeout',
  ECANCELLED: 'dns.timeout',
  EBADRESP: 'dns.malformed',
  EBADNAME: 'dns.malformed',
  ECONNREFUSED: 'dns.unreachable',
  ECONNRESET: 'dns.unreachable',
  EPIPE: 'dns.unreachable',
  EHOSTUNREACH: 'dns.unreachable',
  ENETUNREACH: 'dns.unreachable',
  ENETDOWN: 'dns.unreachable',
  EACCES: 'dns.unreachable',
  EPERM: 'dns.unreachable',
  // No free port for a datagram socket (Linux, udp_lib_get_port).
  EAGAIN: 'local.resources',
};

interface ErrorShape {
  readonly name: string;
  readonly code: string | null;
  readonly message: string;
  readonly syscall: string | null;
  readonly address: string | null;
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Anything can be thrown, and the getters of what was thrown can throw again. */
function shapeOf(error: unknown): ErrorShape {
  try {
    if (typeof error === 'object' && error !== null) {
      const first = error instanceof AggregateError ? error.errors.find((entry) => entry instanceof Error) : undefined;
      const fields = (first ?? error) as Readonly<Record<string, unknown>>;
      return {
        name: text(fields['name']) ?? 'Error',
        code: text(fields['code']),
        message: text(fields['message']) ?? '',
        syscall: text(fields['syscall']),
        address: text(fields['address']),
      };
    }
    return { name: typeof error, code: null, message: String(error), syscall: null, address: null };
  } catch {
    return { name: typeof error, code: null, message: '', syscall: null, address: null };
  }
}

/**
 * Number of the alert that was received. OpenSSL ends the message with it in every version, while
 * the code's spelling moves (`ERR_SSL_SSLV3_ALERT_…` in 3.0, `ERR_SSL_SSL/TLS_ALERT_…` in 3.5).
 */
const alertOf = ({ message }: ErrorShape): number | undefined => {
  const alert = /SSL alert number (\d{1,3})\s*$/.exec(message)?.[1];
  return alert === undefined ? undefined : Number(alert);
};

/** Where nobody saw it: Node marks what the kernel said of a call with the call's name, a FIN in mid-handshake not. */
const endedBy = (shape: ErrorShape, ended: ConnectionEnd = null): 'closed' | 'reset' =>
  (ended ?? (shape.code === 'EPIPE' || shape.syscall !== null ? 'reset' : 'fin')) === 'reset' ? 'reset' : 'closed';

function tcpFailure(shape: ErrorShape): FailureCode {
  const { code, message } = shape;
  if (code !== null && resets.includes(code)) return 'tcp.reset';
  // Only the local routing table fails before a packet is sent, and then Node adds the local address.
  if (code === 'ENETUNREACH' && message.includes(' - Local (')) return 'tcp.no-route';
  return entryOf(tcpCodes, code ?? '') ?? 'unclassified';
}

/** OpenSSL's names for a first record of another protocol: of none that it knows, or of a client's HTTP. */
const notTls = ['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_HTTP_REQUEST', 'ERR_SSL_HTTPS_PROXY_REQUEST'];

function tlsFailure(shape: ErrorShape): FailureCode {
  const { code } = shape;
  if (alertOf(shape) !== undefined) return 'tls.alert';
  if (code === null) return 'unclassified';
  if (resets.includes(code)) return `tls.${endedBy(shape)}`;
  if (code === 'ETIMEDOUT') return 'tls.timeout';
  if (notTls.includes(code)) return 'tls.not-tls';
  if (code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_') || code === 'EPROTO') return 'tls.protocol';
  return 'unclassified';
}

/** Whether TLS on a connection failed because what answers speaks something else. */
export const isNotTls = (error: unknown): boolean => notTls.includes(shapeOf(error).code ?? '');

/** HTTP to the origin and to a proxy end alike; only the names of what they mean differ. */
function httpFailure(shape: ErrorShape, ended: ConnectionEnd | undefined): keyof typeof httpNames | 'unclassified' {
  const { code } = shape;
  if (alertOf(shape) !== undefined) return 'alert';
  if (code === 'UND_ERR_HEADERS_OVERFLOW' || code === 'HPE_HEADER_OVERFLOW') return 'overflow';
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT' || code === 'ETIMEDOUT') return 'timeout';
  if (code?.startsWith('HPE_') || shape.name === 'HTTPParserError') return 'malformed';
  // undici asserts what it takes for granted of answers: no status below 100, nothing behind a 101 that nobody asked for.
  if (code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH' || code === 'ERR_ASSERTION') return 'malformed';
  // undici's codes for a closed connection and for an answer that it won't have (an upgrade nobody asked for).
  if (code === 'UND_ERR_SOCKET' || code === 'UND_ERR_INFO') {
    if (ended === undefined || ended === 'fin') return 'closed';
    return ended === 'reset' ? 'reset' : 'malformed';
  }
  if (code?.startsWith('ERR_SSL_') || code === 'EPROTO') return 'garbled';
  if (code !== null && resets.includes(code)) return endedBy(shape, ended);
  return 'unclassified';
}

const httpNames = {
  alert: { http: 'http.tls-alert', tunnel: 'tunnel.tls' },
  garbled: { http: 'http.malformed', tunnel: 'tunnel.tls' },
  overflow: { http: 'http.overflow', tunnel: 'tunnel.overflow' },
  timeout: { http: 'http.timeout', tunnel: 'tunnel.timeout' },
  malformed: { http: 'http.malformed', tunnel: 'tunnel.not-http' },
  closed: { http: 'http.closed', tunnel: 'tunnel.closed' },
  reset: { http: 'http.reset', tunnel: 'tunnel.reset' },
} as const satisfies Readonly<Record<string, Readonly<Record<'http' | 'tunnel', FailureCode>>>>;

function codeFor(stage: StageName, shape: ErrorShape, ended: ConnectionEnd | undefined): FailureCode {
  // A machine without IPv6 says EADDRNOTAVAIL to an IPv6 destination: it has no address to send from, ports it has.
  if (shape.code === 'EADDRNOTAVAIL' && shape.address?.includes(':')) {
    if (stage === 'tcp') return 'tcp.no-route';
    if (stage === 'dns') return 'dns.unreachable';
  }
  if (exhausted.includes(shape.code ?? '')) return 'local.resources';
  if (shape.name === 'TimeoutError' || shape.name === 'AbortError' || shape.code === 'ABORT_ERR')
    return `${stage}.timeout`;
  switch (stage) {
    case 'dns':
      return entryOf(dnsCodes, shape.code ?? '') ?? 'unclassified';
    case 'tcp':
      return tcpFailure(shape);
    case 'tls':
      return tlsFailure(shape);
    case 'tunnel':
    case 'http': {
      const kind = httpFailure(shape, ended);
      return kind === 'unclassified' ? kind : httpNames[kind][stage];
    }
  }
}

/**
 * What went wrong, as one of the closed list. The only place that looks at an error's code or
 * message; takes whatever was thrown. A timeout is an error named `TimeoutError` or `AbortError`.
 */
export function classify(
  stage: StageName,
  error: unknown,
  ended?: ConnectionEnd,
  keep: Keep = (text, max) => harmless(text, max),
): Failure {
  const shape = shapeOf(error);
  const thrown = error instanceof StageError ? error : null;
  const code = thrown?.failure ?? codeFor(stage, shape, ended);
  const alert = code === 'tls.alert' || code === 'http.tls-alert' || code === 'tunnel.tls' ? alertOf(shape) : undefined;
  return {
    code,
    ...(alert === undefined ? {} : { alert }),
    ...(thrown?.detail === undefined ? {} : { detail: keep(thrown.detail) }),
    raw: {
      name: keep(shape.name, 60),
      code: shape.code === null ? null : keep(shape.code, 60),
      message: keep(shape.message.trim()),
    },
  };
}
