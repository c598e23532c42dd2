/** What each stage of an attempt leaves: how it ended, and what was learned. Knows no target. */
import * as z from './shape.ts';

export type StageName = 'dns' | 'tcp' | 'tunnel' | 'tls' | 'http';

export const skipReason = z.enum([
  ...(['dns', 'tcp', 'tunnel', 'tls', 'http', 'not-applicable'] as const),
  ...(['deadline', 'interrupted', 'offline', 'resources'] as const),
]);
export type SkipReason = z.Of<typeof skipReason>;

/** Closed list, `stage.reason`. Made in probe/failure.ts and nowhere else. */
export const failureCode = z.enum([
  'dns.not-found', // NXDOMAIN
  'dns.no-address', // NOERROR without an address of the asked families
  'dns.server-failure', // SERVFAIL
  'dns.refused', // REFUSED
  'dns.error', // another rcode (FORMERR, NOTIMP …)
  'dns.timeout', // no usable answer in time
  'dns.unreachable', // the resolver's address or port can't be reached at all
  'dns.malformed', // answers came and none could be parsed, or a CNAME chain loops
  'dns.no-server', // no resolver is configured
  'tcp.timeout',
  'tcp.refused',
  'tcp.host-unreachable', // EHOSTUNREACH: no neighbour, or ICMP host/administratively prohibited
  'tcp.network-unreachable', // ENETUNREACH by ICMP
  'tcp.no-route', // ENETUNREACH from the local routing table
  'tcp.permission', // EACCES, EPERM, WSAEACCES: something on this machine
  'tcp.reset',
  'tunnel.timeout',
  'tunnel.closed',
  'tunnel.reset',
  'tunnel.refused', // the proxy answered, and not with a tunnel; the answer is in TunnelValue
  'tunnel.not-http',
  'tunnel.overflow',
  'tunnel.tls', // the TLS session to the proxy itself
  'tunnel.socks', // a SOCKS reply other than success; `detail` holds the reply code
  'tunnel.auth', // the proxy wants credentials and got none that it takes; offers and reason are in TunnelValue
  'tls.timeout',
  'tls.reset',
  'tls.closed', // FIN before the handshake was done
  'tls.alert', // `alert` holds the number
  'tls.not-tls', // the peer's first bytes are no TLS record
  'tls.protocol', // it is TLS, and it is wrong (bad record, local refusal …)
  'http.timeout',
  'http.reset',
  'http.closed',
  'http.malformed',
  'http.overflow', // header block over the bound
  'http.tls-alert', // an alert after the handshake; `alert` holds the number (TLS 1.3 client certificates)
  'local.resources', // EMFILE, ENFILE, ENOBUFS, ENOMEM, EADDRNOTAVAIL
  'local.fault', // an exception of wayclear's own, which costs the target that it met
  'unclassified',
]);
export type FailureCode = z.Of<typeof failureCode>;

/** ISO 8601 UTC. */
export const instant = z.like(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/, 'instant');

export const failure = z.named(
  'failure',
  z.object({
    code: failureCode,
    /** TLS alert number (RFC 8446 section 6) where one was received; otherwise left out. */
    alert: z.optional(z.int()),
    /** A number or word that the code calls for (rcode, SOCKS reply); otherwise left out. */
    detail: z.optional(z.string()),
    /** The error as the runtime gave it. Never parsed downstream; control characters removed, 300 characters at most. */
    raw: z.object({ name: z.string(), code: z.nullable(z.string()), message: z.string() }),
  }),
);
export type Failure = z.Of<typeof failure>;

export const passed = z.object({ status: z.literal('passed'), at: z.ms, ms: z.ms });
export type Passed = z.Of<typeof passed>;
export const failed = z.object({ status: z.literal('failed'), at: z.ms, ms: z.ms });
const failedAs = z.extend(failed, { failure });
export type FailedAs = z.Of<typeof failedAs>;
export const skipped = z.object({ status: z.literal('skipped'), because: skipReason });
export type Skipped = z.Of<typeof skipped>;

/** The only three ways a stage can end. `partial`: what was learned before it failed. */
export type StageResult<V> =
  | (Passed & { readonly value: V })
  | (FailedAs & { readonly partial: Partial<V> | null })
  | Skipped;

/** The shape of {@link StageResult}, under a name for the printed schema. */
function stageResult<S extends z.ZodMiniObject>(name: string, value: S): z.ZodMiniType<StageResult<z.Of<S>>> {
  const ends = [
    z.extend(passed, { value: z.named(`${name}Value`, value) }),
    z.extend(failedAs, { partial: z.nullable(z.partial(value)) }),
    skipped,
  ] as const;
  return z.named(`${name}Result`, z.discriminatedUnion('status', ends)) as unknown as z.ZodMiniType<
    StageResult<z.Of<S>>
  >;
}

/** One question to one resolver. */
export const dnsAnswer = z.object({
  /** The name that was asked for, where the search list made it of the host's. */
  name: z.optional(z.string()),
  family: z.literal([4, 6]),
  /** `IP:PORT` or `[IP]:PORT`. */
  server: z.string(),
  transport: z.enum(['udp', 'tcp']),
  ms: z.ms,
  /** `NOERROR`, `NXDOMAIN`, `SERVFAIL`, `REFUSED`, …; null if no usable answer came. */
  rcode: z.nullable(z.string()),
  addresses: z.list(z.object({ address: z.string(), ttl: z.number() })),
  /** In order of following, owner → target. */
  cnames: z.list(z.object({ owner: z.string(), target: z.string(), ttl: z.number() })),
  /** Owner of the SOA in the authority section of a negative answer. A forged NXDOMAIN often has none. */
  soa: z.nullable(z.string()),
  /** Extended DNS error (RFC 8914), if the answer carried one. */
  extendedError: z.nullable(z.object({ code: z.number(), text: z.string() })),
  /** The UDP answer had TC set, so TCP was asked. */
  truncated: z.boolean(),
  /** Datagrams thrown away: wrong id, wrong question, unparseable. */
  strays: z.int(),
  failure: z.nullable(failure),
});
export type DnsAnswer = z.Of<typeof dnsAnswer>;

/** What applications on this machine get for the name, and what the resolvers really said. */
export const dnsValue = z.object({
  /** Addresses to connect to, as applications would use them, at most 8 a family, IPv4 and IPv6 in the resolver's order. */
  addresses: z.list(z.object({ address: z.string(), family: z.literal([4, 6]) })),
  /** Where those came from. `literal`: the host is an address. */
  from: z.enum(['dns', 'hosts-file', 'system', 'literal']),
  /** Addresses that the hosts file gives for the name, whatever was used. */
  hostsFile: z.list(z.string()),
  answers: z.list(dnsAnswer),
  /** What the operating system's resolver says (asked in a child process); null if not asked. */
  system: z.nullable(z.object({ addresses: z.list(z.string()), error: z.nullable(z.string()) })),
  /** The name below the search list whose answer programs take for the host's; left out where it is the host's own. */
  searched: z.optional(z.string()),
  /** The rule of Windows' Name Resolution Policy Table that names other servers for this name; theirs are among the answers. */
  rule: z.optional(z.object({ name: z.string(), servers: z.list(z.string()), from: z.enum(['policy', 'local']) })),
  /** An answer that comes when programs have given up, twice; left out otherwise. */
  tooLate: z.optional(z.object({ server: z.string(), ms: z.ms, waitMs: z.ms })),
  /** With `rotate`: what programs get that begin with each of the servers; left out where all say the same. */
  rotation: z.optional(
    z.list(
      z.object({
        server: z.string(),
        addresses: z.list(z.string()),
        failure: z.nullable(failureCode),
      }),
    ),
  ),
});
export type DnsValue = z.Of<typeof dnsValue>;
export const dnsResult = stageResult('dns', dnsValue);

export const tcpValue = z.object({
  localAddress: z.string(),
  localPort: z.int(),
});
export type TcpValue = z.Of<typeof tcpValue>;
export const tcpResult = stageResult('tcp', tcpValue);

/** How the authentication to a proxy went. Names of schemes and reasons, no account. */
export const proxyAuthentication = z.named(
  'proxyAuthentication',
  z.object({
    /** As the proxy named them, lower case, in its order. */
    offered: z.list(z.string()),
    /** The scheme that was used last; null if none was. */
    scheme: z.nullable(z.string()),
    tried: z.list(z.string()),
    /** Answers sent in the last scheme. */
    legs: z.int(),
    /** Offered schemes that were passed over, and why. */
    skipped: z.list(z.object({ scheme: z.string(), why: z.string() })),
    /** Why it did not succeed; null if it did. */
    failed: z.nullable(z.object({ reason: z.string(), detail: z.nullable(z.string()) })),
  }),
);
export type ProxyAuthentication = z.Of<typeof proxyAuthentication>;

/** The session to an https proxy, which is verified before anything is sent over it. */
export const proxyTls = z.named(
  'proxyTls',
  z.object({
    protocol: z.string(),
    subject: z.string(),
    issuer: z.string(),
    /** Why the certificate is not accepted (OpenSSL's or the runtime's code); null if it is. */
    problem: z.nullable(z.string()),
  }),
);
export type ProxyTls = z.Of<typeof proxyTls>;

/**
 * The proxy's part: a tunnel by CONNECT or SOCKS, or, for plain HTTP, the request handed to the proxy in absolute form
 * (then the stage passes with the head of whatever answer is no demand to authenticate). Never holds a credential.
 */
export const tunnelValue = z.object({
  /** `protocol://HOST:PORT`. */
  proxy: z.string(),
  via: z.optional(z.enum(['connect', 'absolute-form', 'socks'])),
  /** Of the proxy's last answer; null if none came, and for SOCKS. */
  status: z.nullable(z.int()),
  reason: z.nullable(z.string()),
  /** As in `HttpValue`. Challenges are cut after their scheme and realm. */
  headers: z.list(z.tuple([z.string(), z.string()])),
  /** First 4,096 characters of the body of a refusal, control characters removed. */
  bodyExcerpt: z.string(),
  /** TCP connections to the proxy: 2 where it closed the first after asking for credentials. */
  connections: z.optional(z.int()),
  /** Requests sent, the one without credentials included. */
  requests: z.optional(z.int()),
  /** Null if the proxy asked for nothing. */
  auth: z.optional(z.nullable(proxyAuthentication)),
  /** The TLS session to an https proxy; null if the handshake did not finish. */
  tls: z.optional(z.nullable(proxyTls)),
  /** SOCKS reply code, as the protocol numbers it (RFC 1928 section 6; 91 to 93 in version 4). */
  reply: z.optional(z.int()),
  /** First bytes of an answer that is none, made harmless. */
  firstBytes: z.optional(z.string()),
});
export type TunnelValue = z.Of<typeof tunnelValue>;
export const tunnelResult = stageResult('tunnel', tunnelValue);

/** How the proxy itself was reached. */
export const proxyContact = z.object({
  /** `protocol://HOST:PORT`. */
  proxy: z.string(),
  /** The name's resolution where it failed; null where an address was known. */
  dns: z.nullable(dnsResult),
  /** Address of the connection; null if there was none. */
  address: z.nullable(z.string()),
  /** Addresses that were tried in vain before. */
  failed: z.list(z.object({ address: z.string(), failure: failureCode })),
});
export type ProxyContact = z.Of<typeof proxyContact>;

export const tlsValue = z.object({
  /** `TLSv1.3`, `TLSv1.2` … */
  protocol: z.string(),
  /** OpenSSL's name of the suite. */
  cipher: z.string(),
  alpn: z.nullable(z.string()),
  servername: z.nullable(z.string()),
  /** Key of `Observations.chains`. */
  chain: z.string(),
  keyExchange: z.nullable(z.string()),
  /** Stapled OCSP response, base64 DER; null if none. */
  ocsp: z.nullable(z.string()),
  helloBytes: z.int(),
  /** On the raw socket, after the TCP connection (or tunnel) was there. */
  bytesWritten: z.int(),
  bytesRead: z.int(),
  /** First bytes from the peer, base64, 64 bytes at most: of the experiment `first-bytes`, and in older reports. */
  firstBytes: z.optional(z.string()),
});
export type TlsValue = z.Of<typeof tlsValue>;
export const tlsResult = stageResult('tls', tlsValue);

/** What a download brought, as far as it was read. */
export const contentFacts = z.named(
  'contentFacts',
  z.object({
    bytes: z.int(),
    /** At most 64, lower-case hex. */
    firstBytes: z.string(),
    /** Of a complete body whose hash is known; lower-case hex. */
    sha256: z.nullable(z.string()),
  }),
);
export type ContentFacts = z.Of<typeof contentFacts>;

export const httpValue = z.object({
  status: z.int(),
  reason: z.string(),
  /**
   * At most 64, names lower case, in order; values of at most 1,024 characters, and all together of 4,096: then the longest
   * are cut. Of all answers to one question (its addresses, its proxies) 16,384 are kept, bodies counted, and 256 of each.
   */
  headers: z.list(z.tuple([z.string(), z.string()])),
  /** Milliseconds to the header block. */
  headersMs: z.ms,
  /** `Date` header minus the local wall clock at that moment, ms; null if none or unparseable. */
  clockOffsetMs: z.nullable(z.number()),
  /** First 4,096 characters of the (decoded as UTF-8) body, control characters removed. */
  bodyExcerpt: z.string(),
  /** Bytes read before the end or the bound. */
  bodyBytes: z.number(),
  /** Why reading ended. `bounded` and `stalled` are no failure: the path is proven by the header block. */
  bodyEnd: z.enum(['complete', 'bounded', 'stalled', 'broken']),
  /** Left out where nothing is asked of the body. */
  content: z.optional(contentFacts),
});
export type HttpValue = z.Of<typeof httpValue>;
export const httpResult = stageResult('http', httpValue);
