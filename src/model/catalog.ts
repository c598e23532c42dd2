/**
 * What must be reachable: the shape of a catalog (contract section 7).
 *
 * Conventions of this folder, which imports nothing else of ours: durations are milliseconds as numbers and end in `ms`;
 * `at` is milliseconds since the run started (monotonic clock); instants for people are ISO 8601 UTC strings. `null` means
 * "known to be nothing"; a field that may be left out says so. Everything here survives JSON.stringify.
 */

export type Importance = 'critical' | 'non-critical';
export type Severity = 'critical' | 'warning' | 'informational';
export type Cloud = 'public' | 'usgov' | 'china';

/**
 * What the documents say of a record today. `superseded`, `deprecated`, `feature-deprecated`,
 * `retired`, `removed` and `removed-from-docs` tell its age; `conflict` means that official documents
 * disagree (a failure is a warning at most); `doubtful` and `reported-dead` never raise more than
 * informational.
 */
export type EndpointStatus =
  | 'current'
  | 'superseded'
  | 'deprecated'
  | 'feature-deprecated'
  | 'retired'
  | 'removed'
  | 'removed-from-docs'
  | 'conflict'
  | 'doubtful'
  | 'reported-dead';

/** Where a fact comes from. `date` is the document's own date (ISO date) or null if it states none. */
export interface Source {
  readonly document: string;
  readonly date: string | null;
  readonly url: string | null;
}

/** What a healthy answer looks like, where a document says so. */
export interface Expectation {
  /** Statuses that the document names. Another status is evidence, never a failure by itself. */
  readonly status: readonly number[] | null;
  /** A header only the service itself sends: proof of who answered. `pattern` is a regular expression. */
  readonly header: { readonly name: string; readonly pattern: string } | null;
}

/** What a download must bring (contract section 7). Null: not known. */
export interface ContentExpectation {
  /** First and last byte to ask for, both included. */
  readonly range: readonly [number, number] | null;
  /** First bytes of the object, or of the range, lower-case hex. */
  readonly startsWith: string | null;
  /** Bytes of the whole object. */
  readonly length: number | null;
  /** Of the whole object, lower-case hex. */
  readonly sha256: string | null;
}

export interface ProbeSpec {
  /** `https://host[:port]/path`, `http://…`, or `tcp://host:port` for a port without HTTP. May hold `{parameters}`. */
  readonly url: string;
  readonly method: 'GET' | 'HEAD';
  readonly expect: Expectation | null;
  /** Of a host that serves downloads; left out: nothing is known of the object. */
  readonly content?: ContentExpectation;
  /** Why this host may be probed: `documented`, `ms-log-sample`, `user-report`, … */
  readonly basis: string;
  readonly note: string | null;
}

/** A root that endpoints of this catalog legitimately chain to although no public bundle has it. */
export interface Anchor {
  readonly name: string;
  /** SHA-256 of the certificate, lower-case hex without separators. */
  readonly sha256: string;
  /** Null where only the fingerprint is published: then only a chain that sends the root matches. */
  readonly pem: string | null;
}

export interface EndpointTls {
  /** SHA-256 fingerprints (lower-case hex) of the anchors that are legitimate for this endpoint. */
  readonly anchors: readonly string[];
  /** The client pins the certificate: any substitution breaks it. */
  readonly pinned: boolean;
  /** The vendor says whether TLS inspection is supported on this host. */
  readonly inspection: 'unsupported' | 'tolerated' | 'unstated';
}

export interface Endpoint {
  /** Unique in its feature. */
  readonly id: string;
  /** As documented: `exact.example.com`, `*.wildcard.example.com`, `{parameter}.example.com`, an IP address. */
  readonly pattern: string;
  readonly ports: readonly number[];
  readonly protocol: 'tcp' | 'udp';
  readonly importance: Importance;
  /** Why this importance, where no document decides it. */
  readonly importanceReason: string | null;
  readonly requirement: string | null;
  readonly status: EndpointStatus;
  readonly since: string | null;
  readonly until: string | null;
  /** Off unless `--include-legacy`. */
  readonly legacy: boolean;
  readonly roles: readonly string[];
  readonly clouds: readonly Cloud[];
  readonly probes: readonly ProbeSpec[];
  readonly tls: EndpointTls;
  readonly source: Source | null;
  readonly moreSources: readonly Source[];
  readonly notes: string | null;
}

export interface Feature {
  readonly feature: string;
  readonly title: string;
  readonly why: string | null;
  readonly docs: string | null;
  /** Part of the run without arguments (the service connection point's current features). */
  readonly default: boolean;
  readonly roles: readonly string[];
  readonly clouds: readonly Cloud[];
  readonly anchors: readonly Anchor[];
  readonly endpoints: readonly Endpoint[];
  /** File that it was read from, for messages; null for features made from arguments. */
  readonly file: string | null;
}

export interface Catalog {
  /** Sorted by feature id. */
  readonly features: readonly Feature[];
}

/** A row of endpoints/anchors.json: a public root whose presence in the machine store is checked. */
export interface RootOfInterest {
  /** Kebab case, as in `root-certificate.digicert-global-root-g2`. */
  readonly id: string;
  readonly name: string;
  readonly sha256: string;
  readonly sha1: string;
  /** Base64 SHA-256 of the SubjectPublicKeyInfo: a certificate with this key and another fingerprint is corrupt. */
  readonly spkiSha256: string | null;
  readonly notAfter: string;
  /** `required`: in use by the role's hosts today. `listed`: on the vendor's list. `retired`: absence says nothing. */
  readonly role: 'required' | 'listed' | 'retired';
  readonly note: string | null;
  readonly source: Source;
}
