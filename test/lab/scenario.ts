/**
 * What a scenario of the network lab is: a value that says what is broken and which root causes must
 * come out. Everything in it is plain data, so that it can be handed to the process inside the namespaces.
 */
import type { CauseId } from '../../src/model/causes.ts';
import type { Confidence } from '../../src/model/diagnosis.ts';
import type { PerformedExperiment } from '../../src/model/performed-experiments.ts';

/** Which part of the lab's internet a fault concerns. What is left out doesn't narrow. */
export interface Scope {
  /** Exact names, or `*.suffix`. */
  readonly names?: readonly string[];
  /** All names of these catalog features. */
  readonly features?: readonly string[];
  /** `address/bits`. */
  readonly prefixes?: readonly string[];
  /** Only these of a name's addresses, counted from 0 in each family. */
  readonly nth?: readonly number[];
  readonly family?: 4 | 6;
  readonly ports?: readonly number[];
}

export type PacketAction = 'drop' | 'reset' | 'refused' | 'prohibited' | 'no-route' | 'host-unreachable';

/** How a name is answered. `silent` is no answer at all, `null` the answers 0.0.0.0 and `::`. */
export type NameAnswer =
  | 'nxdomain'
  | 'no-data'
  | 'refused'
  | 'servfail'
  | 'silent'
  | 'null'
  | 'aaaa-swallowed'
  | 'truncated'
  | { readonly addresses: readonly string[] }
  | { readonly cname: string }
  | { readonly delayMs: number }
  | { readonly rotate: true }
  /** An alias below `privatelink` with an address of the company's own network, where the service answers as well. */
  | { readonly privateLink: true }
  /** The address in the company's own network of another host. */
  | { readonly privateOf: string };

/** What an origin does instead of a healthy answer. `tcp` acts before TLS, `tls` and `certificate` in it, `http` after it. */
export interface OriginBehaviour {
  readonly tcp?: 'reset' | 'close' | 'stall' | 'reset-after-hello' | 'close-after-hello' | { readonly banner: string };
  readonly tls?: {
    readonly minVersion?: 'TLSv1' | 'TLSv1.2' | 'TLSv1.3';
    readonly maxVersion?: 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';
    readonly ciphers?: string;
    readonly clientCertificate?: 'required';
    /** Alert (RFC 8446 section 6) instead of a ServerHello. */
    readonly alert?: number;
    /** HTTP/2 alone: without its protocol name (ALPN) there is no session, and nothing else is spoken. */
    readonly only?: 'h2';
  };
  readonly certificate?:
    | 'expired'
    | 'not-yet-valid'
    | 'self-signed'
    | 'missing-intermediate'
    /** As before, and the certificate names no address to fetch the missing one from. */
    | 'missing-intermediate-unnamed'
    | 'name-in-common-name'
    | 'wrong-name'
    | 'untrusted-root'
    | 'uncommon-root'
    /** The company's own authority signed it. */
    | 'company'
    | 'revoked'
    | 'weak-key'
    | 'no-revocation-urls'
    | { readonly paddingBytes: number };
  readonly http?: {
    readonly status?: number;
    readonly reason?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
    readonly version?: '1.0' | '1.1';
    readonly delayMs?: number;
    readonly fails?: 'reset' | 'close' | 'stall' | 'malformed';
    /** TRACE is answered with what arrived. */
    readonly echoes?: boolean;
    /** What becomes of a request for a range of bytes. */
    readonly ranges?: 'ignored' | 'refused';
    /** HEAD is answered with 405. */
    readonly head?: 'refused';
    /** Bytes of a body after which the connection ends, whatever was announced. */
    readonly endsAfter?: number;
    /** Bytes after which the body stops for good. */
    readonly stallsAfter?: number;
  };
}

export type ProxyBehaviour =
  /** So many tunnels at a time; more are answered with 503, or with what is told. */
  | { readonly type: 'few-tunnels'; readonly most: number; readonly status?: number }
  | { readonly type: 'open' }
  /** Answers every request with this and closes. */
  | {
      readonly type: 'status';
      readonly status: number;
      readonly reason?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
      /** Only for these hosts (exact or `*.suffix`); open for the rest. */
      readonly names?: readonly string[];
    }
  | { readonly type: 'basic'; readonly user: string; readonly password: string }
  /** Only requests by this client name get through. */
  | { readonly type: 'client-name'; readonly name: string }
  /** Grants tunnels to these hosts (exact or `*.suffix`) and writes this into them in place of the service; open for the rest. */
  | { readonly type: 'page-in-tunnel'; readonly names: readonly string[]; readonly page: string }
  /** Takes requests and never answers; those for these hosts, or all. */
  | { readonly type: 'silent'; readonly names?: readonly string[] }
  | { readonly type: 'close' | 'reset-in-tunnel' | 'not-http' }
  /** TLS to the proxy itself; the certificate is the company's, or self-signed. */
  | { readonly type: 'tls'; readonly certificate: 'company' | 'self-signed' | 'expired' }
  | { readonly type: 'socks5'; readonly reply: number };

export type Fault =
  /** The router treats matching packets of the client this way; `percent` only of them at random (both directions). */
  | {
      readonly kind: 'packets';
      readonly action: PacketAction;
      readonly to?: Scope;
      readonly percent?: number;
      readonly protocol?: 'tcp' | 'udp';
      /** Whose packets; the client's unless told otherwise. */
      readonly from?: 'proxy';
    }
  /** The router looks for these names in data to port 443. */
  | {
      readonly kind: 'sni';
      readonly action: 'drop' | 'reset';
      readonly names: readonly string[];
      /** Only in packets of this family. */
      readonly family?: 4 | 6;
      /** Whose packets; the client's unless told otherwise. */
      readonly from?: 'proxy';
    }
  /** Data packets to port 443 larger than this vanish. */
  | { readonly kind: 'large-hello'; readonly overBytes: number; readonly to?: Scope; readonly from?: 'proxy' }
  /** Packets from the internet, or from this part of it, larger than this vanish without a word. */
  | { readonly kind: 'narrow-link'; readonly mtu: number; readonly from?: Scope }
  /** Extra one-way delay; needs real root (a TUN device). */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Whoever opens more than `perSecond` connections, or more than `burst` at once, is shut out for good. */
  | { readonly kind: 'intrusion-detector'; readonly perSecond: number; readonly burst: number }
  /** New connections beyond this many a second are dropped. */
  | { readonly kind: 'connection-limit'; readonly perSecond: number }
  /** The client machine's own tables: arguments of ip(8), applied in order. */
  | { readonly kind: 'client-ip'; readonly commands: readonly string[] }
  | { readonly kind: 'hosts-file'; readonly entries: Readonly<Record<string, string>> }
  /** `resolv.conf` of the client; an empty list leaves the file empty. */
  | {
      readonly kind: 'resolv-conf';
      /** Left out: the lab's resolver. */
      readonly servers?: readonly string[];
      readonly search?: readonly string[];
      /** Left out: those of the lab. */
      readonly options?: readonly string[];
    }
  /** The hosts line of the client's `nsswitch.conf`. */
  | { readonly kind: 'nsswitch'; readonly hosts: string }
  /** The machine store of the client: the bundled public roots and the lab's, unless taken out. */
  | {
      readonly kind: 'machine-store';
      readonly add?: readonly ('company' | 'antivirus')[];
      /** Common names of bundled roots, or `public` for the lab's. */
      readonly remove?: readonly string[];
      /** Common names of bundled roots in whose copy one bit of the signature is wrong. */
      readonly corrupt?: readonly string[];
      /** Nothing is in it. */
      readonly empty?: true;
    }
  /** The resolver (or, with `by: 'authority'`, what it asks) answers so. No names: every public name. */
  | {
      readonly kind: 'name';
      readonly names?: readonly string[];
      readonly answer: NameAnswer;
      readonly by?: 'resolver' | 'authority';
      /** Only the first question of every so many. */
      readonly every?: number;
      /** Only questions beyond this many a second. */
      readonly abovePerSecond?: number;
    }
  | {
      readonly kind: 'origin';
      readonly names?: readonly string[];
      readonly features?: readonly string[];
      readonly ports?: readonly number[];
      readonly family?: 4 | 6;
      /** Only at these of a name's addresses, counted from 0 in each family. */
      readonly nth?: readonly number[];
      /** Only the first connection of every so many to an address. */
      readonly every?: number;
      readonly behaviour: OriginBehaviour;
    }
  /** Plain HTTP is led to a sign-in page, `to` if told; 443 too (with the portal's own certificate) or it is dropped. */
  | { readonly kind: 'portal'; readonly https: 'own-certificate' | 'drop' | 'reset'; readonly to?: string }
  /** Something near answers every TCP connection to 443 and only then decides by SNI. */
  | { readonly kind: 'transparent'; readonly blocked: readonly string[]; readonly how: 'reset' | 'stall' }
  /** TLS is opened on the way; `exempt` names pass untouched. */
  | {
      readonly kind: 'inspection';
      readonly by: 'box' | 'squid';
      readonly authority: 'company' | 'antivirus';
      readonly names?: readonly string[];
      readonly sendsRoot?: boolean;
      /** An authority of its own below the company's signs, and ended a few days ago. */
      readonly ended?: boolean;
      readonly blocked?: {
        readonly names: readonly string[];
        readonly status: number;
        readonly body: string;
        /** Only what is asked for with this at its end. */
        readonly suffix?: string;
      };
    }
  /** A transparent HTTP proxy changes what is asked and answered on port 80. */
  | { readonly kind: 'http-tamper' }
  /** A proxy of the company at `proxy.corp.example`. */
  | { readonly kind: 'proxy'; readonly port: number; readonly behaviour: ProxyBehaviour }
  /** squid as that proxy; `deny` refuses everything, or these names (exact or `*.suffix`). */
  | {
      readonly kind: 'squid';
      readonly port: number;
      /** `parent`: everything is to go through another proxy, which is not there. */
      readonly mode: 'open' | 'basic' | 'bump' | 'deny' | 'parent';
      readonly names?: readonly string[];
    }
  /** `http://pac.corp.example:8080/proxy.pac`, or, for discovery, `http://wpad.corp.example/wpad.dat` and nothing else. */
  | { readonly kind: 'pac'; readonly text: string; readonly status?: number; readonly at?: 'wpad' }
  /** The client's desktop looks for the proxy by itself, in the DNS domain `corp.example`. */
  | { readonly kind: 'discovery' };

export interface WorldOptions {
  /** Families that the client has. Default both. */
  readonly families?: readonly (4 | 6)[];
  /** IPv6 only, with NAT64 and DNS64 behind it. */
  readonly nat64?: boolean;
  /** How many addresses a family a name has (exact or `*.suffix`); 1 where nothing matches. */
  readonly addresses?: Readonly<Record<string, number>>;
  /** Names (exact or `*.suffix`) that have addresses of one family alone. */
  readonly oneFamily?: Readonly<Record<string, 4 | 6>>;
  /** The whole internet lives this many days later than the client believes. */
  readonly skewDays?: number;
  /** So many further names `host-N.crowd.example`; `@CROWD@` is a file with an address of each as `http://` URL. */
  readonly crowd?: number;
  /** Names beyond the catalog's. */
  readonly names?: readonly string[];
  /** The public root ended a few days ago. */
  readonly expiredRoot?: boolean;
  /** Descriptors that the program may have open. */
  readonly openFiles?: number;
  /** Ports that the client has to send from, each taken at most once by datagrams. */
  readonly localPorts?: number;
}

export interface ExpectedRootCause {
  readonly cause: CauseId;
  /** How many targets, all that were tested, or exactly those whose id or host matches the expression. Left out: any. */
  readonly targets?: number | 'all' | RegExpSource;
  readonly confidence?: Confidence;
  readonly shared?: string;
  /** A line of its evidence that has to be there. */
  readonly evidence?: RegExpSource;
}

/** A regular expression as text, `/…/`: scenarios stay JSON. */
export type RegExpSource = `/${string}/`;

export interface Scenario {
  /** Kebab case; unique. */
  readonly name: string;
  readonly world?: WorldOptions;
  readonly faults: readonly Fault[];
  /** Arguments of `check`: features and options. */
  readonly args?: readonly string[];
  /** Beside PATH, HOME and LANG, which the lab sets; nothing of the machine's own environment gets in. */
  readonly env?: Readonly<Record<string, string>>;
  readonly expect: {
    readonly rootCauses: readonly ExpectedRootCause[];
    readonly exit: number;
    /** Kinds of experiments that a network without any finding calls for all the same: who answered may have to be asked. */
    readonly asks?: readonly PerformedExperiment[];
    /** Verdict → number of targets, where it matters. */
    readonly summary?: Readonly<Record<string, number>>;
    /** Checks that have to come out with a warning. */
    readonly warns?: readonly string[];
  };
}

/** What a file of scenarios/ exports as `scenario`; its name is the file's. */
export type ScenarioFile = Omit<Scenario, 'name'>;
