/**
 * Evidence: every fact that a diagnosis rests on, as a code with its arguments. What judges states facts, and each language
 * has a sentence for every code: a code without words is a compile error.
 */
import type { AdvisedExperiment } from './experiments.ts';
import type { NamingFactArgs } from './naming-facts.ts';

/** Where something was measured: every fact about a connection names it first. */
export interface At {
  readonly host: string;
  readonly address: string;
  readonly port: number;
}

interface AtTime extends At {
  /** Milliseconds until it ended so. */
  readonly ms: number;
}

interface OfHost {
  readonly host: string;
}

/** How a repeated or changed connection went: it answers, it is refused in so many words, or it fails as before. */
export type TriedResult = 'answers' | 'refuses' | 'same';

interface Tried extends At {
  readonly result: TriedResult;
}

interface TriedWildcard {
  readonly pattern: string;
  /** The made-up name, and the status or SOCKS reply to it. */
  readonly name: string;
  readonly status: number;
}

interface TriedName {
  readonly name: string;
  readonly server: string;
  /** Addresses, or the response code, or empty for silence. */
  readonly answer: string;
}

interface OfRoot {
  readonly name: string;
  readonly sha256: string;
  /** ISO 8601 UTC. */
  readonly notAfter: string;
  /** Captured chains that end there. */
  readonly usedBy: number;
}

interface OfProxy {
  /** `protocol://HOST:PORT`. */
  readonly proxy: string;
}

interface OfAnswer extends OfProxy {
  readonly host: string;
}

export interface ProxyFactArgs {
  'proxy.source': OfProxy & { readonly source: string; readonly why: string };
  'proxy.name': OfProxy & { readonly failure: string; readonly server: string };
  'proxy.connect': OfProxy & { readonly address: string; readonly failure: string };
  'proxy.own-machine': OfProxy;
  /** To CONNECT for the host of a plain request the proxy answers with this status itself. */
  'proxy.refuses-tunnel': OfAnswer & { readonly status: number };
  /** The proxy answers for an address (without a name) as it does for names. */
  'proxy.same-for-address': OfProxy & { readonly address: string };
  /** The proxy answers otherwise for an address than for names. */
  'proxy.other-for-address': OfProxy & { readonly address: string };
  /** The proxy answers a plain request as it answered CONNECT for `other`. */
  'proxy.same-answer': OfProxy & { readonly host: string; readonly other: string };
  'proxy.others-reached': OfProxy & { readonly tunnels: number };
  'proxy.status': OfAnswer & { readonly status: number; readonly reason: string };
  'proxy.header': OfProxy & { readonly name: string; readonly value: string };
  'proxy.body': OfProxy & { readonly text: string };
  'proxy.vendor': OfProxy & { readonly vendor: string };
  'proxy.silent': OfAnswer & { readonly ms: number };
  'proxy.ended': OfAnswer & { readonly failure: string };
  'proxy.not-http': OfProxy & { readonly text: string };
  'proxy.speaks-tls': OfProxy;
  'proxy.page-for-tunnel': OfProxy;
  'proxy.overflow': OfProxy;
  'proxy.tls': OfProxy & { readonly problem: string };
  'proxy.certificate': OfProxy & { readonly subject: string; readonly issuer: string };
  'proxy.offers': OfProxy & { readonly schemes: string };
  'proxy.offers-nothing': OfProxy;
  'proxy.auth': OfProxy & {
    readonly scheme: string;
    readonly legs: number;
    readonly reason: string;
    readonly detail: string;
  };
  'proxy.auth-skipped': OfProxy & { readonly scheme: string; readonly why: string };
  'proxy.auth-once': OfProxy & { readonly scheme: string; readonly host: string };
  'proxy.socks': OfAnswer & { readonly reply: number; readonly name: string };
  'proxy.passed-over': OfProxy & { readonly failure: string };
  'proxy.granted': OfAnswer;
  'proxy.direct-works': { readonly host: string };
  'proxy.direct-fails': { readonly host: string; readonly failure: string };
  'proxy.bypassed': { readonly host: string; readonly entry: string };
  'proxy.other-works': OfAnswer;
  /** The entry was meant to send the host past the proxy. */
  'proxy.intended': { readonly host: string; readonly entry: string };
  /** The address of a host is in a network of the bypass list, which holds for addresses alone. */
  'proxy.network-entry': { readonly host: string; readonly address: string; readonly entry: string };
  /** By which client name a proxy that leads to nobody was asked. */
  'proxy.client-name': OfProxy & { readonly name: string };
  /** The host has an address of a private network, and goes through the proxy. */
  'proxy.unlisted': { readonly host: string; readonly address: string };
  /** Targets that a proxy leads to, and the direct path not. */
  'proxy.direct-closed': { readonly targets: number; readonly sample: string };
  'proxy.pac': { readonly url: string; readonly detail: string };
  'proxy.pac-answer': { readonly host: string; readonly answer: string };
  /** `readers`: codes of other readers, separated by commas. */
  'proxy.pac-reading': {
    readonly call: string;
    readonly value: string;
    readonly readers: string;
    readonly otherwise: string;
  };
  /** The same; `more`: further such calls. */
  'proxy.readers-differ': ProxyFactArgs['proxy.pac-reading'] & { readonly more: number };
  /** A mistake that cost nothing in this run; `more`: further ones. */
  'proxy.mistakes': ProxyFactArgs['proxy.mistake'] & { readonly more: number };
  'proxy.mistake': { readonly name: string; readonly entry: string; readonly code: string; readonly dialects: string };
  'proxy.differs': {
    readonly host: string;
    readonly entry: string;
    readonly dialects: string;
    readonly bypass: number;
  };
}

/** Every evidence, check and untested fact with its arguments. */
export interface FactArgs extends ProxyFactArgs, NamingFactArgs {
  'dns.rcode': OfHost & { readonly rcode: string; readonly server: string; readonly ms: number };
  'dns.extended-error': OfHost & { readonly code: number; readonly text: string };
  'dns.no-soa': OfHost & { readonly server: string };
  'dns.no-answer': OfHost & { readonly server: string; readonly ms: number };
  'dns.unreachable': OfHost & { readonly server: string };
  'dns.no-server': OfHost;
  'dns.malformed': OfHost & { readonly server: string };
  'dns.no-address': OfHost & { readonly server: string };
  'dns.truncated': OfHost & { readonly server: string };
  'dns.system-error': OfHost & { readonly error: string };
  'dns.none-resolve': { readonly names: number; readonly servers: string };
  'dns.nobody-answers': { readonly names: number; readonly servers: string };
  'dns.others-resolve': { readonly names: number };
  'dns.internal-resolve': { readonly names: number };
  'dns.address': OfHost & { readonly address: string; readonly class: string };
  'dns.cname': OfHost & { readonly chain: string };
  'dns.privatelink': OfHost & { readonly alias: string };
  'dns.hosts-entry': OfHost & { readonly address: string };
  'dns.hosts-differs': OfHost & { readonly addresses: string };
  /** Names of which `alias` is the last alias. */
  'dns.same-alias': { readonly alias: string; readonly names: number; readonly sample: string };
  'dns.same-address': { readonly address: string; readonly names: number; readonly sample: string };
  /** A name with addresses of this family alone, and a machine that has only the other. */
  'family.only': OfHost & { readonly family: 4 | 6; readonly machine: 4 | 6 };
  /** Looks one after the other, of which some failed. */
  'share.failed': { readonly what: string; readonly failed: number; readonly tried: number };
  'tcp.timeout': AtTime;
  'tcp.refused': AtTime;
  /** Of an address of this machine: nothing on the way has a say. */
  'tcp.refused-here': AtTime;
  'tcp.reset': AtTime;
  'tcp.host-unreachable': AtTime;
  'tcp.network-unreachable': AtTime;
  'tcp.no-route': AtTime;
  'tcp.permission': AtTime;
  'tcp.nothing-connects': { readonly addresses: number; readonly targets: number };
  'tcp.others-connect': { readonly addresses: number };
  'address.failed': At & { readonly stage: string; readonly failure: string };
  'address.works': OfHost & { readonly working: number; readonly tried: number };
  'ipv6.all-fail': { readonly addresses: number; readonly hosts: number };
  'tunnel.failed': OfHost & { readonly proxy: string; readonly failure: string };
  'tls.reset': AtTime & { readonly bytesRead: number };
  'tls.closed': AtTime & { readonly bytesRead: number };
  'tls.before-hello': At;
  'tls.timeout': AtTime & { readonly bytesRead: number };
  'tls.hello-size': OfHost & { readonly bytes: number };
  'tls.alert': At & { readonly alert: number; readonly name: string };
  'tls.not-tls': At & { readonly text: string };
  'tls.old-version': At & { readonly version: string };
  'tls.protocol': At & { readonly detail: string };
  'certificate.missing': OfHost;
  'certificate.issuer': OfHost & { readonly issuer: string };
  'certificate.private-root': OfHost & { readonly root: string; readonly store: string };
  'certificate.unknown-root': OfHost & { readonly authority: string };
  'certificate.recurs': { readonly authority: string; readonly domains: number; readonly sample: string };
  'certificate.vendor': { readonly vendor: string; readonly subject: string };
  'certificate.self-signed': OfHost & { readonly subject: string };
  'certificate.incomplete': OfHost & { readonly sent: number; readonly issuer: string };
  'certificate.completed': OfHost & { readonly root: string };
  'certificate.issuer-seen': OfHost & { readonly issuer: string };
  /** The catalog's anchors have the issuer, by its name. */
  'certificate.issuer-named': OfHost & { readonly issuer: string };
  /** The bundled list of public intermediates has the issuer, by its name and key identifier. */
  'certificate.issuer-listed': OfHost & { readonly issuer: string };
  'certificate.bad-signature': OfHost & { readonly position: number };
  'certificate.distrusted': OfHost & { readonly root: string };
  'certificate.dates': OfHost & {
    readonly subject: string;
    readonly notBefore: string;
    readonly notAfter: string;
    readonly now: string;
  };
  'certificate.names': OfHost & { readonly names: string };
  'certificate.common-name': OfHost;
  'certificate.purpose': OfHost & { readonly subject: string };
  'certificate.weak': OfHost & { readonly subject: string; readonly weakness: string };
  'certificate.pinned': OfHost;
  'certificate.inspection-unsupported': OfHost;
  'certificate.inspection-works': OfHost;
  'certificate.no-scts': OfHost;
  'certificate.revoked': OfHost & { readonly subject: string; readonly at: string; readonly url: string };
  'certificate.root-missing': OfHost & { readonly root: string; readonly sha256: string };
  'certificate.root-expired': OfHost & { readonly root: string; readonly notAfter: string };
  'certificate.root-corrupt': OfHost & { readonly root: string; readonly found: string };
  'revocation.unreachable': OfHost & { readonly url: string; readonly failure: string };
  'revocation.refused': OfHost & { readonly url: string; readonly status: number };
  'revocation.block-page': OfHost & { readonly url: string };
  'http.status': OfHost & { readonly status: number; readonly reason: string };
  'http.status-meaning': { readonly status: number };
  'http.header': OfHost & { readonly name: string; readonly value: string };
  'http.page': OfHost & { readonly vendor: string };
  'http.body': OfHost & { readonly text: string };
  'http.plain': OfHost;
  /** First bytes in hex, empty where none came. */
  'http.content': OfHost & { readonly status: number; readonly bytes: number; readonly first: string };
  /** `expected` is -1 where the answer announced no length. */
  'http.truncated': OfHost & { readonly bytes: number; readonly expected: number; readonly how: 'broken' | 'stalled' };
  /** First bytes that are documented, in hex. */
  'http.expected-bytes': OfHost & { readonly expected: string };
  'http.range-ignored': OfHost;
  'http.content-length': OfHost & { readonly length: number; readonly documented: number };
  'http.content-hash': OfHost & { readonly sha256: string };
  'tried.whole': OfHost & { readonly status: number };
  'tried.other-content': OfHost & { readonly status: number };
  'http.cdn': OfHost & { readonly header: string };
  'http.redirect': OfHost & { readonly location: string };
  'http.same-page': OfHost & { readonly domains: number };
  /** Unrelated domains that give this page. */
  'http.shared-page': OfHost & { readonly domains: number };
  'http.same-redirect': { readonly location: string; readonly domains: number };
  'http.added-header': { readonly name: string; readonly value: string; readonly domains: number };
  /** `expected`: declared statuses, separated by commas. */
  'http.expected-status': OfHost & { readonly status: number; readonly expected: string };
  'http.expected-header': OfHost & { readonly name: string };
  'http.timeout': AtTime;
  'http.reset': AtTime;
  'http.closed': AtTime;
  'http.malformed': At & { readonly detail: string };
  'http.overflow': At;
  'http.hop': OfHost & { readonly hop: string; readonly cause: string };
  'local.no-address': Record<never, never>;
  'local.no-default-route': Record<never, never>;
  'local.nothing-leaves': { readonly targets: number };
  'local.resources': OfHost & { readonly error: string };
  /** An exception of wayclear's own: name and message. */
  'local.fault': OfHost & { readonly error: string };
  'clock.offset': { readonly seconds: number; readonly hosts: number };
  'clock.dates': { readonly hosts: number };
  'failure.raw': OfHost & { readonly stage: string; readonly failure: string; readonly message: string };
  'tcp.refused-near': AtTime & { readonly quickest: number };
  'tried.again': At;
  'tried.load': OfHost & { readonly failure: string };
  'tried.representative': OfHost & { readonly by: string };
  'tried.neutral-name': Tried & { readonly name: string };
  'tried.no-name': Tried;
  'tried.neutral-address': Tried;
  'tried.small-hello': Tried & { readonly bytes: number };
  'tried.padded-hello': Tried & { readonly bytes: number };
  'tried.version': Tried & { readonly version: string };
  'tried.wide-ciphers': Tried;
  'tried.refusable-hello': Tried;
  'tried.other-address': Tried;
  'tried.other-port': Tried;
  'tried.elsewhere': OfHost;
  /** `genuine`: 1 for the words that everybody gets, else 0. */
  'tried.neutral-request': OfHost & { readonly status: number; readonly genuine: number };
  'tried.documentation-address': AtTime;
  'tried.plain-http': At & { readonly status: number; readonly location: string };
  'tried.body': OfHost & { readonly by: string };
  /** A made-up name gets the page of this host on the same path. */
  'tried.made-up-host': OfHost & { readonly name: string; readonly status: number };
  'tried.echo': OfHost & { readonly echo: 'altered' | 'other' | 'same' };
  'tried.random-name': TriedName;
  'tried.sibling-name': TriedName & { readonly zone: string };
  'tried.control-name': TriedName;
  'tried.other-resolver': TriedName;
  'tried.dns-over-tcp': TriedName;
  'tried.pattern-refused': TriedWildcard;
  'tried.name-refused': TriedWildcard & OfHost;
  'tried.pattern-allowed': TriedWildcard;
  'certificate.recurs-in-domain': { readonly authority: string; readonly hosts: number; readonly sample: string };
  /** `by`: a status, or the code of a failure; 0 and 0 where no length is told. */
  'check.content-head': OfHost & {
    readonly by: string;
    readonly status: number;
    readonly length: number;
    readonly documented: number;
  };
  /** Under the host's own certificate; a length of -1 is not told, or not documented. */
  'check.content-object': OfHost & {
    readonly status: number;
    readonly first: string;
    readonly expected: string;
    readonly length: number;
    readonly documented: number;
  };
  /** `network`: content networks; `references`: what each of its own pages or headers is found by in its logs. */
  'check.cdn-edge-denial': {
    readonly network: string;
    readonly hosts: number;
    readonly sample: string;
    readonly references: string;
  };
  'check.store-empty': { readonly store: string };
  'check.root-absent-unneeded': OfRoot;
  experiment: { readonly experiment: AdvisedExperiment };
  'check.root-present': OfRoot;
  'check.root-absent': OfRoot;
  'check.root-absent-automatic': OfRoot;
  'check.root-absent-retired': OfRoot;
  'check.root-expired': OfRoot;
  'check.root-expired-retired': OfRoot;
  'check.root-corrupt': OfRoot & { readonly found: string };
  'check.root-distrusted': OfRoot;
  'check.root-unknown': OfRoot;
  'check.clock-right': { readonly seconds: number; readonly hosts: number };
  'check.clock-wrong': { readonly seconds: number; readonly hosts: number };
  'check.clock-suspect': { readonly hosts: number };
  'check.clock-untested': Record<never, never>;
  'check.network-families': { readonly families: string };
  'check.network-none': Record<never, never>;
  'check.network-no-route': { readonly families: string };
  'check.resolver-answers': { readonly servers: string };
  'check.resolver-silent': { readonly servers: string };
  'check.resolver-internal': { readonly servers: string };
  'check.resolver-none': Record<never, never>;
  'check.resolver-untested': { readonly servers: string };
  'check.names-differ': { readonly names: number; readonly sample: string };
  /** What failed while many were asked at the same time, and worked one after the other. */
  'check.pace-limited': { readonly failed: number; readonly sample: string };
  /** What failed in one look of several. */
  'check.steadiness-once': { readonly what: string; readonly tried: number };
  'check.revocation-good': { readonly addresses: number };
  'check.revocation-partly': { readonly failed: number; readonly addresses: number };
  'check.revocation-revoked': { readonly certificates: number };
  'check.revocation-untested': Record<never, never>;
}

export type FactCode = keyof FactArgs;

/** Facts whose root cause calls for a title and for remedies of its own: the cause alone would send people elsewhere. */
export type TellingFact =
  | 'naming.searched'
  | 'naming.suffix'
  | 'naming.rule'
  | 'naming.sources'
  | 'naming.too-late'
  | 'naming.over-tcp'
  | 'proxy.pac-answer'
  | 'naming.turn'
  | 'family.only'
  | 'share.failed'
  | 'tcp.refused-here';

/** What the affected targets of a root cause can have in common. */
export type SharedAttribute =
  | 'issuer'
  | 'certificate'
  | 'resolver'
  | 'search domain'
  | 'name rule'
  | 'address'
  | 'address family'
  | 'status'
  | 'vendor'
  | 'location'
  | 'host'
  | 'root'
  | 'alert'
  | 'clock'
  | 'proxy'
  | 'pac file'
  | 'prefix'
  | 'domain'
  | 'alias'
  | 'feature'
  | 'port'
  | 'stage';
