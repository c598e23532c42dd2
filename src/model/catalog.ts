/**
 * What must be reachable: the shape of a catalog (contract section 7), and what becomes of a file of it.
 *
 * Conventions of this folder: durations are milliseconds as numbers and end in `ms`; `at` is milliseconds since the run
 * started (monotonic clock); instants for people are ISO 8601 UTC strings. `null` means "known to be nothing"; a field that
 * may be left out says so. Everything here survives JSON.stringify.
 */

import { linearPattern } from '../linear-pattern.ts';
import { mostContentBytes } from './content-bounds.ts';
import { isDay } from './day.ts';
import * as z from './shape.ts';

export const importance = z.enum(['critical', 'non-critical']);
export type Importance = z.Of<typeof importance>;

export const severity = z.enum(['critical', 'warning', 'informational']);
export type Severity = z.Of<typeof severity>;

const cloud = z.enum(['public', 'usgov', 'china']);
export type Cloud = z.Of<typeof cloud>;

/**
 * What the documents say of a record today. `superseded`, `deprecated`, `feature-deprecated`,
 * `retired`, `removed` and `removed-from-docs` tell its age; `conflict` means that official documents
 * disagree (a failure is a warning at most); `doubtful` and `reported-dead` never raise more than
 * informational.
 */
const endpointStatus = z.enum([
  ...(['current', 'superseded', 'deprecated', 'feature-deprecated', 'retired', 'removed'] as const),
  ...(['removed-from-docs', 'conflict', 'doubtful', 'reported-dead'] as const),
]);
export type EndpointStatus = z.Of<typeof endpointStatus>;

/** Where a fact comes from. `date` is the document's own date (ISO date) or null if it states none. */
export const source = z.object({ document: z.string(), date: z.nullable(z.string()), url: z.nullable(z.string()) });
export type Source = z.Of<typeof source>;

/** Tested against text from outside: of the dialect whose tests take linear time. */
const headerPattern = z.string('expression').check(
  z.minLength(1, 'expression'),
  z.maxLength(200, 'expression'),
  z.refine((pattern) => linearPattern(pattern) !== null, 'linearExpression'),
);

/** What a healthy answer looks like, where a document says so. */
export const expectation = z.object({
  /** Statuses that the document names. Another status is evidence, never a failure by itself. */
  status: z.nullable(z.list(z.int())),
  /** A header only the service itself sends: proof of who answered. `pattern` is a regular expression. */
  header: z.nullable(z.object({ name: z.string(), pattern: headerPattern })),
});
export type Expectation = z.Of<typeof expectation>;

const byte = z.int('byteRange').check(z.gte(0, 'byteRange'));

/** What a download must bring (contract section 7). Null: not known. */
export const contentExpectation = z.named(
  'contentExpectation',
  z.object({
    /** First and last byte to ask for, both included. */
    range: z.nullable(z.tuple([byte, byte], 'byteRange')),
    /** First bytes of the object, or of the range, lower-case hex. */
    startsWith: z.nullable(z.string()),
    /** Bytes of the whole object. */
    length: z.nullable(z.int()),
    /** Of the whole object, lower-case hex. */
    sha256: z.nullable(z.string()),
  }),
);
export type ContentExpectation = z.Of<typeof contentExpectation>;

/** A root that endpoints of this catalog legitimately chain to although no public bundle has it. */
export const anchor = z.object({
  name: z.string(),
  /** SHA-256 of the certificate, lower-case hex without separators. */
  sha256: z.string(),
  /** Null where only the fingerprint is published: then only a chain that sends the root matches. */
  pem: z.nullable(z.string()),
});
export type Anchor = z.Of<typeof anchor>;

const inspection = z.enum(['unsupported', 'tolerated', 'unstated']);

export const endpointTls = z.object({
  /** SHA-256 fingerprints (lower-case hex) of the anchors that are legitimate for this endpoint. */
  anchors: z.list(z.string()),
  /** The client pins the certificate: any substitution breaks it. */
  pinned: z.boolean(),
  /** The vendor says whether TLS inspection is supported on this host. */
  inspection,
});
export type EndpointTls = z.Of<typeof endpointTls>;

// The file: what a person writes, where much may be left out.

const mostEndpoints = 50_000;
/** Bytes of a range: enough for a signature, and no download. */
const mostRange = 65_536;

const name = z.like(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'name');
const roles = z.orNull(z.list(name).check(z.minLength(1, 'names'), z.maxLength(64)));
const clouds = z.orNull(z.list(cloud).check(z.minLength(1, 'clouds'), z.maxLength(3)));
const webAddress = z
  .like(/^[hH][tT][tT][pP][sS]?:\/\/[^\s/?#@]+(?:[/?#]\S*)?$/, 'webAddress')
  .check(z.maxLength(2048, 'webAddress'));

const day = z.like(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/, 'date').check(z.refine(isDay, 'date'));

const sourceEntry = z.named(
  'source',
  z.strictObject({
    document: z.text(500, 'title'),
    date: z.about(z.orNull(day), "The document's own date; null if it states none."),
    url: z.orNull(webAddress),
  }),
);

const anchorEntry = z.named(
  'anchor',
  z.about(
    z
      .strictObject({
        name: z.about(z.text(200), 'What `tls.anchors` names.'),
        sha256: z.about(
          z.orNull(z.like(/^[0-9a-fA-F]{2}(?::?[0-9a-fA-F]{2}){31}$/, 'fingerprint')),
          'SHA-256 of the certificate in hex; must be that of `pem` if both are given.',
        ),
        pem: z.about(
          z.orNull(z.like(/-----BEGIN CERTIFICATE-----/, 'certificate').check(z.maxLength(32_768, 'certificate'))),
          'The certificate. Without it only a chain that sends the root matches.',
        ),
      })
      .check(z.holds(({ sha256, pem }) => (sha256 ?? pem ?? null) !== null, 'anchor')),
    'A root, by its fingerprint, its certificate or both.',
    { minProperties: 2 },
  ),
);
export type AnchorEntry = z.Of<typeof anchorEntry>;

const contentEntry = z
  .strictObject({
    range: z.about(
      z.orNull(
        z
          .tuple([byte, byte], 'byteRange')
          .check(z.holds(([from, to]) => from <= to && to - from < mostRange, 'byteRange')),
      ),
      'First and last byte, both included, 65,536 at most.',
    ),
    startsWith: z.about(z.orNull(z.like(/^(?:[0-9a-fA-F]{2}){1,64}$/, 'hexBytes')), 'First bytes in hex.'),
    length: z.about(
      z.orNull(z.int('byteCount').check(z.gte(1, 'byteCount'))),
      'Bytes of the whole object; at most 16 MiB where its hash is known.',
    ),
    sha256: z.about(z.orNull(z.like(/^[0-9a-fA-F]{64}$/, 'sha256')), 'Of the whole object.'),
  })
  .check(
    z.faults(function* (content) {
      const keys = ['range', 'startsWith', 'length', 'sha256'] as const;
      if (keys.every((key) => (content[key] ?? null) === null))
        yield { path: [], expected: { is: 'object', keys, any: true }, value: content };
      if ((content.sha256 ?? null) !== null && (content.length ?? 0) > mostContentBytes)
        yield { path: ['length'], expected: { is: 'hashedByteCount' }, value: content.length };
    }),
  );

const probeEntry = z.named(
  'probe',
  z
    .strictObject({
      url: z.about(
        z
          .like(/^(?:[hH][tT][tT][pP][sS]?|[tT][cC][pP]):\/\/\S+$/, 'url')
          .check(
            z.regex(/^[^:]*:\/\/[^\s/?#@]*(?:[/?#]\S*)?$/, 'urlCredentials'),
            z.regex(/^(?:[hH]\S*|[^\s:]*:\/\/[^\s/?#]*:[0-9]{1,5}\/?)$/, 'urlPort'),
            z.maxLength(2048, 'urlLength'),
          ),
        'https://host[:port]/path, http://… or tcp://host:port; may hold {parameters}. The host of an exact pattern is the pattern.',
      ),
      method: z.about(z.orNull(z.enum(['GET', 'HEAD'])), 'Default: GET.'),
      content: z.about(
        z.orNull(contentEntry),
        'What a download must bring. Asked for by GET, over http or https; it decides about the last hop of redirects.',
      ),
      expect: z.orNull(
        z.strictObject({
          status: z.about(
            z.orNull(z.list(z.whole(100, 599, 'httpStatus')).check(z.maxLength(50))),
            'Statuses that the document names. Another one is evidence, never a failure by itself.',
          ),
          header: z.about(
            z.orNull(
              z.strictObject({
                name: z.like(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, 'headerName'),
                pattern: z.about(
                  headerPattern,
                  'Characters, `.`, classes, \\d \\w \\s, groups, |, * + ? {n,m}, ^ and $ as in ECMAScript, in either case; nothing that looks around or back.',
                ),
              }),
            ),
            'A header that only the service itself sends.',
          ),
        }),
      ),
      basis: z.about(z.orNull(z.text(60)), 'Why this host may be probed. Default: documented.'),
      note: z.orNull(z.text(1000)),
    })
    .check(
      z.faults(function* ({ url, method, content }) {
        const isRead = method !== 'HEAD' && /^h/i.test(url);
        if ((content ?? null) !== null && !isRead)
          yield { path: ['content'], expected: { is: 'noContent' }, value: content };
      }),
    ),
);
export type ProbeEntry = z.Of<typeof probeEntry>;

const endpointEntry = z.named(
  'endpoint',
  z.strictObject({
    /** Unique in its feature. */
    id: z.like(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/, 'endpointId'),
    /** As documented: `exact.example.com`, `*.wildcard.example.com`, `{parameter}.example.com`, an IP address. */
    pattern: z.about(
      z.like(/^[^\s/@]+$/, 'hostPattern').check(z.maxLength(253, 'hostPattern')),
      'As documented: a host name, an IP address, *.wildcard.example.com or {parameter}.example.com.',
    ),
    ports: z.about(
      z.list(z.whole(1, 65_535, 'port'), 'ports').check(z.minLength(1, 'ports'), z.maxLength(256), z.once('portOnce')),
      'Ports of TCP or UDP.',
      { uniqueItems: true },
    ),
    importance,
    protocol: z.about(z.orNull(z.enum(['tcp', 'udp'])), 'Default: tcp. A udp endpoint is untested.'),
    /** Why this importance, where no document decides it. */
    importanceReason: z.about(z.orNull(z.text(1000)), 'Why, where no document decides it.'),
    requirement: z.about(z.orNull(z.text(100)), 'What the document says of it.'),
    status: z.about(
      z.orNull(endpointStatus),
      'Default: current. conflict, doubtful and reported-dead lower what a failure can cost.',
    ),
    since: z.orNull(z.text(300)),
    until: z.orNull(z.text(300)),
    /** Off unless `--include-legacy`. */
    legacy: z.about(
      z.orNull(z.boolean()),
      'Off unless --include-legacy. Default: true if the status is retired, removed, removed-from-docs or deprecated, or the requirement is `legacy`.',
    ),
    roles: z.about(roles, "Default: the feature's."),
    clouds: z.about(clouds, "Default: the feature's."),
    probes: z.about(
      z.orNull(z.list(probeEntry).check(z.maxLength(256))),
      'Default: one a port, https:// for 443, http:// for 80, TCP alone otherwise; none for a wildcard.',
    ),
    tls: z.orNull(
      z.strictObject({
        anchors: z.about(z.orNull(z.list(z.string()).check(z.maxLength(16))), 'Names of anchors of this file.'),
        pinned: z.about(z.orNull(z.boolean()), 'The client pins the certificate.'),
        inspection: z.about(z.orNull(inspection), 'What the vendor says of TLS inspection on this host.'),
      }),
    ),
    source: z.about(z.orNull(sourceEntry), 'Needed in bundled files.'),
    moreSources: z.orNull(z.list(sourceEntry).check(z.maxLength(64))),
    notes: z.orNull(z.text(4000)),
  }),
);
export type EndpointEntry = z.Of<typeof endpointEntry>;

/** A catalog file: one feature. */
export const catalogFile = z.strictObject({
  $schema: z.optional(z.about(z.string(), 'Where an editor finds this schema.')),
  schema: z.about(z.literal(1), 'Version of the format.'),
  feature: z.about(
    z.like(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'featureId').check(z.refine((id) => id !== 'ad-hoc', 'freeFeatureId')),
    'The id that people type. Target ids start with it.',
    { not: { const: 'ad-hoc' } },
  ),
  title: z.about(z.orNull(z.text(200)), 'Name to show. Default: the id.'),
  why: z.about(z.orNull(z.text(4000)), 'What needs these endpoints, and what the parameters of its templates mean.'),
  docs: z.about(z.orNull(webAddress), "The vendor's page."),
  /** Part of the run without arguments (the service connection point's current features). */
  default: z.about(
    z.orNull(z.boolean()),
    'Part of a run without arguments. Default: true if the roles hold `all` or `service-connection-point`.',
  ),
  roles: z.about(
    roles,
    'Who needs it. Default: `all`. Rows for `service-connection-point`, or for `all` in a feature of the run without arguments, raise the status messages of the role.',
  ),
  clouds: z.about(clouds, 'Default: `public`.'),
  anchors: z.about(
    z.orNull(z.list(anchorEntry).check(z.maxLength(64), z.unique('name'))),
    'Roots that endpoints of this file legitimately chain to although no public bundle has them. Names are unique.',
  ),
  endpoints: z.about(
    z.list(endpointEntry, 'endpoints').check(z.minLength(1, 'endpoints'), z.maxLength(mostEndpoints), z.unique('id')),
    'Ids are unique in the file.',
  ),
});
export type CatalogFile = z.Of<typeof catalogFile>;

// What is made of the file: all that may be left out is there.

type Filled<T, K extends keyof T> = { readonly [P in K]-?: Exclude<T[P], undefined> };

export interface ProbeSpec extends Pick<ProbeEntry, 'url'>, Filled<ProbeEntry, 'note'> {
  readonly method: 'GET' | 'HEAD';
  readonly expect: Expectation | null;
  /** Of a host that serves downloads; left out: nothing is known of the object. */
  readonly content?: ContentExpectation;
  /** Why this host may be probed: `documented`, `ms-log-sample`, `user-report`, … */
  readonly basis: string;
}

export interface Endpoint
  extends Pick<EndpointEntry, 'id' | 'pattern' | 'ports' | 'importance'>,
    Filled<EndpointEntry, 'importanceReason' | 'requirement' | 'since' | 'until' | 'notes'> {
  readonly protocol: 'tcp' | 'udp';
  readonly status: EndpointStatus;
  /** Off unless `--include-legacy`. */
  readonly legacy: boolean;
  readonly roles: readonly string[];
  readonly clouds: readonly Cloud[];
  readonly probes: readonly ProbeSpec[];
  readonly tls: EndpointTls;
  readonly source: Source | null;
  readonly moreSources: readonly Source[];
}

export interface Feature extends Pick<CatalogFile, 'feature'>, Filled<CatalogFile, 'why' | 'docs'> {
  readonly title: string;
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

/** Whether the vendor lists the root, and the role's hosts use it today. Of a `retired` one the absence says nothing. */
export const rootRole = z.enum(['required', 'listed', 'retired']);
export type RootRole = z.Of<typeof rootRole>;

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
  readonly role: RootRole;
  readonly note: string | null;
  readonly source: Source;
}
