/** What was measured. No judgement in here. Knows the plan that was asked for. */
import type { Experiment } from './experiments.ts';
import type { Plan, Route } from './plan.ts';
import type { CertificateFacts, ChainFacts, RootState, TrustStoreFacts } from './trust.ts';

export type StageName = 'dns' | 'tcp' | 'tunnel' | 'tls' | 'http';

/** The only three ways a stage can end. */
export type StageResult<V> =
  | { readonly status: 'passed'; readonly at: number; readonly ms: number; readonly value: V }
  | {
      readonly status: 'failed';
      readonly at: number;
      readonly ms: number;
      readonly failure: Failure;
      /** What was learned before it failed. */
      readonly partial: Partial<V> | null;
    }
  | { readonly status: 'skipped'; readonly because: SkipReason };

export type SkipReason = StageName | 'not-applicable' | 'deadline' | 'interrupted' | 'offline' | 'resources';

/** Closed list, `stage.reason`. Made in probe/failure.ts and nowhere else. */
export type FailureCode =
  | 'dns.not-found' // NXDOMAIN
  | 'dns.no-address' // NOERROR without an address of the asked families
  | 'dns.server-failure' // SERVFAIL
  | 'dns.refused' // REFUSED
  | 'dns.error' // another rcode (FORMERR, NOTIMP …)
  | 'dns.timeout' // no usable answer in time
  | 'dns.unreachable' // the resolver's address or port can't be reached at all
  | 'dns.malformed' // answers came and none could be parsed, or a CNAME chain loops
  | 'dns.no-server' // no resolver is configured
  | 'tcp.timeout'
  | 'tcp.refused'
  | 'tcp.host-unreachable' // EHOSTUNREACH: no neighbour, or ICMP host/administratively prohibited
  | 'tcp.network-unreachable' // ENETUNREACH by ICMP
  | 'tcp.no-route' // ENETUNREACH from the local routing table
  | 'tcp.permission' // EACCES, EPERM, WSAEACCES: something on this machine
  | 'tcp.reset'
  | 'tunnel.timeout'
  | 'tunnel.closed'
  | 'tunnel.reset'
  | 'tunnel.refused' // the proxy answered, and not with a tunnel; the answer is in TunnelValue
  | 'tunnel.not-http'
  | 'tunnel.overflow'
  | 'tunnel.tls' // the TLS session to the proxy itself
  | 'tunnel.socks' // a SOCKS reply other than success; `detail` holds the reply code
  | 'tunnel.auth' // the proxy wants credentials and got none that it takes; offers and reason are in TunnelValue
  | 'tls.timeout'
  | 'tls.reset'
  | 'tls.closed' // FIN before the handshake was done
  | 'tls.alert' // `alert` holds the number
  | 'tls.not-tls' // the peer's first bytes are no TLS record
  | 'tls.protocol' // it is TLS, and it is wrong (bad record, local refusal …)
  | 'http.timeout'
  | 'http.reset'
  | 'http.closed'
  | 'http.malformed'
  | 'http.overflow' // header block over the bound
  | 'http.tls-alert' // an alert after the handshake; `alert` holds the number (TLS 1.3 client certificates)
  | 'local.resources' // EMFILE, ENFILE, ENOBUFS, ENOMEM, EADDRNOTAVAIL
  | 'local.fault' // an exception of wayclear's own, which costs the target that it met
  | 'unclassified';

export interface Failure {
  readonly code: FailureCode;
  /** TLS alert number (RFC 8446 section 6) where one was received; otherwise left out. */
  readonly alert?: number;
  /** A number or word that the code calls for (rcode, SOCKS reply); otherwise left out. */
  readonly detail?: string;
  /** The error as the runtime gave it. Never parsed downstream; control characters removed, 300 characters at most. */
  readonly raw: { readonly name: string; readonly code: string | null; readonly message: string };
}

/** A source of host names in nsswitch.conf: `files`, `dns`, `myhostname`, `mdns4_minimal` … */
export interface NameSource {
  readonly name: string;
  /** Ends after which no further source is asked; success always ends the search. */
  readonly stopsAt: readonly ('notfound' | 'unavail' | 'tryagain')[];
}

/** What resolv.conf says beside the servers, with the C library's own values for what it leaves out. */
export interface ResolvConf {
  /** Domains without a trailing dot, in order. */
  readonly search: readonly string[];
  /** A name with fewer dots is asked for below the search list first. */
  readonly ndots: number;
  /** Programs begin with each server in turn. */
  readonly rotate: boolean;
  /** `use-vc`: programs ask over TCP alone. */
  readonly overTcp: boolean;
  /** For one server in one round. */
  readonly timeoutMs: number;
  readonly attempts: number;
}

/** How programs on this machine look names up, as far as this program does it as they do; elsewhere it asks the system. */
export interface Naming {
  /** Null where programs follow no such file, or where the resolvers are the person's choice. */
  readonly resolvConf: ResolvConf | null;
  readonly sources: readonly NameSource[];
}

/** One question to one resolver. */
export interface DnsAnswer {
  /** The name that was asked for, where the search list made it of the host's. */
  readonly name?: string;
  readonly family: 4 | 6;
  /** `IP:PORT` or `[IP]:PORT`. */
  readonly server: string;
  readonly transport: 'udp' | 'tcp';
  readonly ms: number;
  /** `NOERROR`, `NXDOMAIN`, `SERVFAIL`, `REFUSED`, …; null if no usable answer came. */
  readonly rcode: string | null;
  readonly addresses: readonly { readonly address: string; readonly ttl: number }[];
  /** In order of following, owner → target. */
  readonly cnames: readonly { readonly owner: string; readonly target: string; readonly ttl: number }[];
  /** Owner of the SOA in the authority section of a negative answer. A forged NXDOMAIN often has none. */
  readonly soa: string | null;
  /** Extended DNS error (RFC 8914), if the answer carried one. */
  readonly extendedError: { readonly code: number; readonly text: string } | null;
  /** The UDP answer had TC set, so TCP was asked. */
  readonly truncated: boolean;
  /** Datagrams thrown away: wrong id, wrong question, unparseable. */
  readonly strays: number;
  readonly failure: Failure | null;
}

/** What applications on this machine get for the name, and what the resolvers really said. */
export interface DnsValue {
  /** Addresses to connect to, as applications would use them, at most 8 a family, IPv4 and IPv6 in the resolver's order. */
  readonly addresses: readonly { readonly address: string; readonly family: 4 | 6 }[];
  /** Where those came from. `literal`: the host is an address. */
  readonly from: 'dns' | 'hosts-file' | 'system' | 'literal';
  /** Addresses that the hosts file gives for the name, whatever was used. */
  readonly hostsFile: readonly string[];
  readonly answers: readonly DnsAnswer[];
  /** What the operating system's resolver says (asked in a child process); null if not asked. */
  readonly system: { readonly addresses: readonly string[]; readonly error: string | null } | null;
  /** The name below the search list whose answer programs take for the host's; left out where it is the host's own. */
  readonly searched?: string;
  /** An answer that comes when programs have given up, twice; left out otherwise. */
  readonly tooLate?: { readonly server: string; readonly ms: number; readonly waitMs: number };
  /** With `rotate`: what programs get that begin with each of the servers; left out where all say the same. */
  readonly rotation?: readonly {
    readonly server: string;
    readonly addresses: readonly string[];
    readonly failure: FailureCode | null;
  }[];
}

export interface TcpValue {
  readonly localAddress: string;
  readonly localPort: number;
}

/**
 * The proxy's part: a tunnel by CONNECT or SOCKS, or, for plain HTTP, the request handed to the proxy in absolute form
 * (then the stage passes with the head of whatever answer is no demand to authenticate). Never holds a credential.
 */
export interface TunnelValue {
  /** `protocol://HOST:PORT`. */
  readonly proxy: string;
  readonly via?: 'connect' | 'absolute-form' | 'socks';
  /** Of the proxy's last answer; null if none came, and for SOCKS. */
  readonly status: number | null;
  readonly reason: string | null;
  /** As in `HttpValue`. Challenges are cut after their scheme and realm. */
  readonly headers: readonly (readonly [string, string])[];
  /** First 4,096 characters of the body of a refusal, control characters removed. */
  readonly bodyExcerpt: string;
  /** TCP connections to the proxy: 2 where it closed the first after asking for credentials. */
  readonly connections?: number;
  /** Requests sent, the one without credentials included. */
  readonly requests?: number;
  /** Null if the proxy asked for nothing. */
  readonly auth?: ProxyAuthentication | null;
  /** The TLS session to an https proxy; null if the handshake did not finish. */
  readonly tls?: ProxyTls | null;
  /** SOCKS reply code, as the protocol numbers it (RFC 1928 section 6; 91 to 93 in version 4). */
  readonly reply?: number;
  /** First bytes of an answer that is none, made harmless. */
  readonly firstBytes?: string;
}

/** How the authentication to a proxy went. Names of schemes and reasons, no account. */
export interface ProxyAuthentication {
  /** As the proxy named them, lower case, in its order. */
  readonly offered: readonly string[];
  /** The scheme that was used last; null if none was. */
  readonly scheme: string | null;
  readonly tried: readonly string[];
  /** Answers sent in the last scheme. */
  readonly legs: number;
  /** Offered schemes that were passed over, and why. */
  readonly skipped: readonly { readonly scheme: string; readonly why: string }[];
  /** Why it did not succeed; null if it did. */
  readonly failed: { readonly reason: string; readonly detail: string | null } | null;
}

/** The session to an https proxy, which is verified before anything is sent over it. */
export interface ProxyTls {
  readonly protocol: string;
  readonly subject: string;
  readonly issuer: string;
  /** Why the certificate is not accepted (OpenSSL's or the runtime's code); null if it is. */
  readonly problem: string | null;
}

/** How the proxy itself was reached. */
export interface ProxyContact {
  /** `protocol://HOST:PORT`. */
  readonly proxy: string;
  /** The name's resolution where it failed; null where an address was known. */
  readonly dns: StageResult<DnsValue> | null;
  /** Address of the connection; null if there was none. */
  readonly address: string | null;
  /** Addresses that were tried in vain before. */
  readonly failed: readonly { readonly address: string; readonly failure: FailureCode }[];
}

export interface TlsValue {
  /** `TLSv1.3`, `TLSv1.2` … */
  readonly protocol: string;
  /** OpenSSL's name of the suite. */
  readonly cipher: string;
  readonly alpn: string | null;
  readonly servername: string | null;
  /** Key of `Observations.chains`. */
  readonly chain: string;
  readonly keyExchange: string | null;
  /** Stapled OCSP response, base64 DER; null if none. */
  readonly ocsp: string | null;
  readonly helloBytes: number;
  /** On the raw socket, after the TCP connection (or tunnel) was there. */
  readonly bytesWritten: number;
  readonly bytesRead: number;
  /** First bytes from the peer, base64, 64 bytes at most: of the experiment `first-bytes`, and in older reports. */
  readonly firstBytes?: string;
}

/** What a download brought, as far as it was read. */
export interface ContentFacts {
  readonly bytes: number;
  /** At most 64, lower-case hex. */
  readonly firstBytes: string;
  /** Of a complete body whose hash is known; lower-case hex. */
  readonly sha256: string | null;
}

export interface HttpValue {
  readonly status: number;
  readonly reason: string;
  /**
   * At most 64, names lower case, in order; values of at most 1,024 characters, and all together of 4,096: then the longest
   * are cut. Of all answers to one question (its addresses, its proxies) 16,384 are kept, bodies counted, and 256 of each.
   */
  readonly headers: readonly (readonly [string, string])[];
  /** Milliseconds to the header block. */
  readonly headersMs: number;
  /** `Date` header minus the local wall clock at that moment, ms; null if none or unparseable. */
  readonly clockOffsetMs: number | null;
  /** First 4,096 characters of the (decoded as UTF-8) body, control characters removed. */
  readonly bodyExcerpt: string;
  /** Bytes read before the end or the bound. */
  readonly bodyBytes: number;
  /** Why reading ended. `bounded` and `stalled` are no failure: the path is proven by the header block. */
  readonly bodyEnd: 'complete' | 'bounded' | 'stalled' | 'broken';
  /** Left out where nothing is asked of the body. */
  readonly content?: ContentFacts;
}

/** One address of the name, one connection, walked upward. */
export interface Attempt {
  /** Null where a proxy resolves the name. */
  readonly address: string | null;
  readonly family: 4 | 6 | null;
  /** Left out on the direct path. With it, `tcp` is the connection to the proxy. */
  readonly proxy?: ProxyContact;
  readonly tcp: StageResult<TcpValue>;
  readonly tunnel: StageResult<TunnelValue>;
  readonly tls: StageResult<TlsValue>;
  readonly http: StageResult<HttpValue>;
}

/** Everything measured for one URL of a target: hop 0 is the target itself, 1 to 5 are redirects that it needs. */
export interface Observation {
  readonly target: string;
  readonly hop: number;
  readonly host: string;
  readonly port: number;
  readonly scheme: 'https' | 'http' | 'tcp';
  readonly url: string | null;
  readonly dns: StageResult<DnsValue>;
  readonly attempts: readonly Attempt[];
  /** Set where a redirect was answered and not followed; the address of the next hop is in the last answer's `location`. */
  readonly redirect: 'followed' | 'limit' | 'loop' | 'unsupported-scheme' | 'other-port' | 'private-address' | null;
  /** The way that was taken, where it is not the direct one by default. */
  readonly route?: Route;
  /** Earlier candidates of the PAC file's answer whose proxy could not be used. */
  readonly passedOver?: readonly { readonly route: Route; readonly failure: FailureCode }[];
}

/** One fetch of an address that a captured certificate names. */
export interface RevocationObservation {
  readonly kind: 'crl' | 'ocsp' | 'issuer';
  readonly url: string;
  /** Certificates that name it. */
  readonly certificates: readonly string[];
  readonly observation: Observation;
  /** What the answer says of each certificate; empty if there was none or it could not be verified. */
  readonly statuses: readonly {
    readonly certificate: string;
    readonly status: 'good' | 'revoked' | 'unknown';
    /** ISO 8601, for `revoked`. */
    readonly revokedAt: string | null;
  }[];
  /** Why an answer was of no use; null if it was of use or none came. */
  readonly problem: 'unparseable' | 'bad-signature' | 'stale' | 'too-large' | 'wrong-certificate' | null;
}

export interface FamilyFacts {
  readonly family: 4 | 6;
  /** Addresses on interfaces that are up, loopback and link-local left out. */
  readonly addresses: readonly string[];
  /** A default route exists; null where that can't be told. */
  readonly defaultRoute: boolean | null;
}

/** What one source says of proxies, without credentials. */
export interface ProxySourceFacts {
  /** `flag`, `config`, `environment`, or the system's: `winhttp`, `wininet-system`, `wininet-user`, `macos`, `gnome`. */
  readonly source: string;
  /** This is the one that decides. */
  readonly won: boolean;
  /** By scheme (`http`, `https`, `all`), each as `protocol://HOST:PORT` with the name of the setting that holds it. */
  readonly proxies: readonly { readonly scheme: string; readonly proxy: string; readonly name: string }[];
  /** The bypass list as written, made harmless, and what holds it; null if there is none. */
  readonly bypass: { readonly name: string; readonly list: string } | null;
  readonly pacUrl: string | null;
  readonly autoDetect: boolean;
  /** Entries that do not do what their author meant. */
  readonly mistakes: readonly {
    readonly code: string;
    readonly level: 'no-effect' | 'portability';
    readonly name: string;
    readonly entry: string;
    readonly dialects: readonly string[];
  }[];
  readonly notes: readonly string[];
}

/** One PAC file of a run: whether it could be had, and what is wrong with it. */
export interface PacFileFacts {
  readonly url: string;
  readonly problem: string | null;
  readonly detail: string | null;
}

export interface Environment {
  readonly runtime: { readonly name: 'node'; readonly version: string; readonly openssl: string };
  readonly platform: { readonly os: string; readonly release: string; readonly arch: string };
  readonly routes: readonly Route[];
  /** What each source of proxy settings says, in the order in which they are asked; left out by older reports. */
  readonly proxySources?: readonly ProxySourceFacts[];
  readonly pacFiles?: readonly PacFileFacts[];
  readonly resolvers: readonly string[];
  /** Left out by older reports, and where the operating system is asked for every name. */
  readonly naming?: Naming;
  readonly trustStores: readonly TrustStoreFacts[];
  readonly families: readonly FamilyFacts[];
  /** Windows automatic root update; null elsewhere. */
  readonly rootAutoUpdate: 'on' | 'off' | null;
  readonly roots: readonly RootState[];
}

/** One follow-up experiment and what it gave. `connect` has one attempt and no `dns`, `ask` the other way round. */
export interface ExperimentObservation extends Experiment {
  readonly observation: Observation;
}

/** All that `diagnose` needs, and all that it gets. */
export interface Observations {
  /** Wall clock at the start of the run, ISO 8601 UTC: certificate dates are judged against it. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly environment: Environment;
  readonly plan: Plan;
  readonly probes: readonly Observation[];
  readonly revocation: readonly RevocationObservation[];
  /** Targets measured once more by another way: the direct one beside the proxy, or the configured proxy where direct failed. */
  readonly beside?: readonly Observation[];
  readonly experiments: readonly ExperimentObservation[];
  readonly chains: Readonly<Record<string, ChainFacts>>;
  readonly certificates: Readonly<Record<string, CertificateFacts>>;
  /** Null for a run that ended by itself. */
  readonly ended: 'deadline' | 'interrupted' | null;
}
