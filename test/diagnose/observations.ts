/** Builds observations for the diagnosis' tests: a healthy machine, and hosts that do what a table row says. */
import { createHash } from 'node:crypto';
import type {
  Attempt,
  DnsAnswer,
  DnsValue,
  Failure,
  FailureCode,
  HttpValue,
  Observation,
  Observations,
  RevocationObservation,
  StageResult,
  TlsValue,
} from '../../src/model/observations.ts';
import type { Plan, Target } from '../../src/model/plan.ts';
import type { AnchorHit, CertificateFacts, ChainFacts, StoreName } from '../../src/model/trust.ts';
import { healthyMachine } from '../proxy/settings/machines.ts';

export { healthyMachine, withIpv6 } from '../proxy/settings/machines.ts';

export const NOW = '2026-06-15T12:00:00.000Z';
const YEAR_AGO = '2025-12-01T00:00:00.000Z';
const NEXT_YEAR = '2027-01-01T00:00:00.000Z';

export const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex');

export const failure = (code: FailureCode, extra: Partial<Failure> = {}): Failure => ({
  code,
  raw: { name: 'Error', code: code.toUpperCase(), message: `${code} happened` },
  ...extra,
});

const passed = <V>(value: V, ms = 10): StageResult<V> => ({ status: 'passed', at: 0, ms, value });
const skipped = (because: Extract<StageResult<unknown>, { status: 'skipped' }>['because']): StageResult<never> => ({
  status: 'skipped',
  because,
});

export function target(host: string, extra: Partial<Target> = {}): Target {
  const scheme = extra.scheme ?? 'https';
  const port = extra.port ?? { https: 443, http: 80, tcp: 443 }[scheme];
  const feature = extra.feature ?? 'lab';
  return {
    id: `${feature}/${host}${port === 443 ? '' : `-${port}`}`,
    feature,
    endpoint: host,
    pattern: host,
    witness: false,
    host,
    port,
    scheme,
    url: scheme === 'tcp' ? null : `${scheme}://${host}/`,
    method: 'GET',
    importance: 'critical',
    expect: null,
    tls: { anchors: [], pinned: false, inspection: 'unstated' },
    route: { kind: 'direct', source: 'default', why: '' },
    untested: null,
    ...extra,
  };
}

export interface ChainSpec {
  /** Stores that hold the root; empty: nobody does. */
  readonly stores?: readonly StoreName[];
  readonly root?: string;
  readonly leaf?: Partial<CertificateFacts>;
  readonly hit?: Partial<AnchorHit>;
  /** Leaf alone, no intermediate, no anchor found. */
  readonly leafOnly?: boolean;
  readonly selfSigned?: boolean;
  readonly intermediate?: string;
  readonly badSignature?: number;
  /** The bundled list has the issuer of the leaf, which was not sent. */
  readonly issuerListed?: boolean;
}

export interface AddressSpec {
  readonly address: string;
  readonly tcp?: FailureCode | Failure | 'deadline' | 'resources';
  readonly tcpMs?: number;
  /** A failure, or the chain that came; left out: the origin's own. */
  readonly tls?: FailureCode | Failure | ChainSpec;
  readonly tlsPartial?: Partial<TlsValue>;
  readonly ocsp?: string;
  readonly http?: FailureCode | Failure | number | Partial<HttpValue>;
}

export interface HostSpec {
  readonly host: string;
  readonly target?: Partial<Target>;
  /** A failure's code, or what DNS said; left out: the addresses of `at`. */
  readonly dns?: FailureCode | Partial<DnsValue>;
  /** Changes to the one answer that DNS gave. */
  readonly answer?: Partial<DnsAnswer>;
  readonly at?: readonly AddressSpec[];
  readonly hops?: readonly HostSpec[];
  readonly redirect?: Observation['redirect'];
}

function certificate(name: string, extra: Partial<CertificateFacts> = {}): CertificateFacts {
  return {
    sha256: sha(name),
    sha1: sha1(name),
    subject: `CN=${name}`,
    issuer: 'CN=Public Issuing CA, O=Public Trust',
    commonName: name,
    organization: null,
    issuerCommonName: 'Public Issuing CA',
    issuerOrganization: 'Public Trust',
    serial: '01',
    notBefore: YEAR_AGO,
    notAfter: NEXT_YEAR,
    dnsNames: [name],
    ipAddresses: [],
    keyType: 'rsa',
    keyBits: 2048,
    signatureAlgorithm: 'sha256WithRSAEncryption',
    isCa: false,
    extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'],
    issuerUrls: [],
    ocspUrls: [],
    crlUrls: [],
    subjectKeyId: null,
    authorityKeyId: null,
    selfSigned: false,
    scts: 2,
    der: null,
    ...extra,
  };
}

interface Bench {
  readonly chains: Record<string, ChainFacts>;
  readonly certificates: Record<string, CertificateFacts>;
}

/** Registers a chain for a host and gives its key. */
function chain(bench: Bench, host: string, spec: ChainSpec): string {
  const root = spec.root ?? 'Public Root';
  const between = spec.intermediate ?? (spec.root === undefined ? 'Public Issuing CA' : `${spec.root} Issuing CA`);
  const key = JSON.stringify([host, spec]);
  const leaf = certificate(host, {
    issuer: spec.selfSigned === true ? `CN=${host}` : `CN=${between}`,
    issuerCommonName: spec.selfSigned === true ? host : between,
    selfSigned: spec.selfSigned === true,
    ...spec.leaf,
    sha256: sha(key),
  });
  bench.certificates[leaf.sha256] = leaf;
  const alone = spec.selfSigned === true || spec.leafOnly === true;
  const stores = spec.stores ?? ['public', 'machine'];
  const issuer = certificate(between, {
    isCa: true,
    issuer: `CN=${root}`,
    issuerCommonName: root,
    dnsNames: [],
    extendedKeyUsage: [],
  });
  if (!alone) bench.certificates[issuer.sha256] = issuer;
  const hit: AnchorHit = {
    sha256: sha(root),
    subject: `CN=${root}`,
    notBefore: YEAR_AGO,
    notAfter: NEXT_YEAR,
    stores,
    path: [leaf.sha256, issuer.sha256, sha(root)],
    completed: false,
    distrusted: false,
    ...spec.hit,
  };
  const found = stores.length > 0 && (!alone || spec.hit !== undefined);
  bench.chains[sha(key)] = {
    id: sha(key),
    certificates: alone ? [leaf.sha256] : [leaf.sha256, issuer.sha256],
    anchors: found ? [hit] : [],
    badSignature: spec.badSignature ?? null,
    ...(spec.issuerListed === true ? { unsentIssuerOf: leaf.sha256 } : {}),
  };
  return sha(key);
}

const isFailure = (value: object): value is Failure => 'raw' in value;

function tlsStage(bench: Bench, host: string, spec: AddressSpec): StageResult<TlsValue> {
  const { tls = {} } = spec;
  const value: TlsValue = {
    protocol: 'TLSv1.3',
    cipher: 'TLS_AES_256_GCM_SHA384',
    alpn: null,
    servername: host,
    chain: '',
    keyExchange: 'X25519',
    ocsp: spec.ocsp ?? null,
    helloBytes: 300,
    bytesWritten: 400,
    bytesRead: 4000,
    firstBytes: '',
    ...spec.tlsPartial,
  };
  if (typeof tls === 'string' || isFailure(tls)) {
    const why = typeof tls === 'string' ? failure(tls) : tls;
    return { status: 'failed', at: 0, ms: 10, failure: why, partial: spec.tlsPartial ?? null };
  }
  return passed({ ...value, chain: chain(bench, host, tls) });
}

function httpStage({ http = 200 }: AddressSpec): StageResult<HttpValue> {
  if (typeof http === 'string' || (typeof http === 'object' && 'raw' in http)) {
    const why = typeof http === 'string' ? failure(http) : (http as Failure);
    return { status: 'failed', at: 0, ms: 10, failure: why, partial: null };
  }
  return passed({
    status: typeof http === 'number' ? http : 200,
    reason: '',
    headers: [],
    headersMs: 10,
    clockOffsetMs: 200,
    bodyExcerpt: '',
    bodyBytes: 0,
    bodyEnd: 'complete' as const,
    ...(typeof http === 'object' ? http : {}),
  });
}

function attempt(bench: Bench, host: string, scheme: Target['scheme'], spec: AddressSpec): Attempt {
  const family = spec.address.includes(':') ? 6 : 4;
  const base = { address: spec.address, family, tunnel: skipped('not-applicable') } as const;
  if (spec.tcp === 'deadline' || spec.tcp === 'resources') {
    return { ...base, tcp: skipped(spec.tcp), tls: skipped('tcp'), http: skipped('tcp') };
  }
  if (spec.tcp !== undefined) {
    const why = typeof spec.tcp === 'string' ? failure(spec.tcp) : spec.tcp;
    const tcp = { status: 'failed', at: 0, ms: spec.tcpMs ?? 20, failure: why, partial: null } as const;
    return { ...base, tcp, tls: skipped('tcp'), http: skipped('tcp') };
  }
  const tcp = passed({ localAddress: '203.0.113.5', localPort: 50_000 });
  const none = skipped('not-applicable');
  if (scheme === 'tcp') return { ...base, tcp, tls: none, http: none };
  if (scheme === 'http') return { ...base, tcp, tls: none, http: httpStage(spec) };
  const tls = tlsStage(bench, host, spec);
  return { ...base, tcp, tls, http: tls.status === 'passed' ? httpStage(spec) : skipped('tls') };
}

const rcodes: Partial<Record<FailureCode, string>> = {
  'dns.not-found': 'NXDOMAIN',
  'dns.no-address': 'NOERROR',
  'dns.server-failure': 'SERVFAIL',
  'dns.refused': 'REFUSED',
  'dns.error': 'FORMERR',
};

function dnsStage(spec: HostSpec, addresses: readonly string[]): StageResult<DnsValue> {
  const { dns = {} } = spec;
  const code = typeof dns === 'string' ? dns : null;
  const answer: DnsAnswer = {
    family: 4,
    server: '203.0.113.53:53',
    transport: 'udp',
    ms: 2,
    rcode: code === null ? 'NOERROR' : (rcodes[code] ?? null),
    addresses: addresses.map((address) => ({ address, ttl: 60 })),
    cnames: [],
    soa: null,
    extendedError: null,
    truncated: false,
    strays: 0,
    failure: code === null ? null : failure(code),
    ...spec.answer,
  };
  if (code !== null) {
    const asked = code === 'dns.no-server' ? [] : [answer];
    return {
      status: 'failed',
      at: 0,
      ms: 2,
      failure: failure(code),
      partial: { answers: asked, hostsFile: [], system: null },
    };
  }
  return passed({
    addresses: addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }) as const),
    from: 'dns',
    hostsFile: [],
    answers: [answer],
    system: null,
    ...(dns as Partial<DnsValue>),
  });
}

let next = 0;
const addressFor = (host: string): string => {
  const bytes = createHash('sha256').update(host).digest();
  next = (bytes[0] ?? 0) % 250;
  return `20.${bytes[1]}.${bytes[2]}.${next + 1}`;
};

function observe(bench: Bench, of: Target, spec: HostSpec, hop: number): Observation {
  const to = hop === 0 ? of : target(spec.host, spec.target);
  const failing = typeof spec.dns === 'string';
  const specs = failing ? [] : (spec.at ?? [{ address: addressFor(spec.host) }]);
  return {
    target: of.id,
    hop,
    host: spec.host,
    port: to.port,
    scheme: to.scheme,
    url: to.url,
    dns: dnsStage(
      spec,
      specs.map(({ address }) => address),
    ),
    attempts: specs.map((one) => attempt(bench, spec.host, to.scheme, one)),
    redirect: spec.redirect ?? null,
  };
}

/** Chains and certificates that revocation entries need to name: the fingerprint of a host's leaf. */
export function leafOf(observations: Observations, host: string): string {
  const found = Object.values(observations.certificates).find(({ dnsNames }) => dnsNames.includes(host));
  if (found === undefined) throw new Error(`no certificate for ${host}`);
  return found.sha256;
}

export function revocation(
  url: string,
  certificates: readonly string[],
  extra: Partial<RevocationObservation> & { readonly fails?: FailureCode; readonly http?: AddressSpec['http'] } = {},
): RevocationObservation {
  const { fails, http, ...rest } = extra;
  const host = new URL(url).hostname;
  const of = target(host, { scheme: 'http' });
  const at: AddressSpec = {
    address: addressFor(host),
    ...(fails === undefined ? {} : { tcp: fails }),
    ...(http === undefined ? {} : { http }),
  };
  const observation = observe({ chains: {}, certificates: {} }, of, { host, at: [at] }, 0);
  return { kind: 'crl', url, certificates, observation, statuses: [], problem: null, ...rest };
}

interface RunParts {
  readonly environment?: Observations['environment'];
  readonly plan?: Partial<Plan>;
  readonly ended?: Observations['ended'];
  readonly startedAt?: string;
}

/** A run over the given hosts; each is a target of its own unless `target.untested` says otherwise. */
export function run(hosts: readonly HostSpec[], parts: RunParts = {}): Observations {
  const bench: Bench = { chains: {}, certificates: {} };
  const targets = hosts.map((spec) => target(spec.host, spec.target));
  const probes = hosts.flatMap((spec, position) => {
    const of = targets[position];
    if (of === undefined || of.untested !== null) return [];
    return [spec, ...(spec.hops ?? [])].map((one, hop) => observe(bench, of, one, hop));
  });
  return {
    startedAt: parts.startedAt ?? NOW,
    durationMs: 1000,
    environment: parts.environment ?? healthyMachine,
    plan: {
      targets,
      anchors: [],
      families: [4, 6],
      dnsServers: [],
      tlsHello: 'classic',
      limits: { timeoutMs: 10_000, deadlineMs: 120_000, concurrency: 16 },
      offline: false,
      experiments: true,
      ...parts.plan,
    },
    probes,
    revocation: [],
    experiments: [],
    chains: bench.chains,
    certificates: bench.certificates,
    ended: parts.ended ?? null,
  };
}

/** Healthy hosts of unrelated domains, as controls. */
export const controls: readonly HostSpec[] = [{ host: 'login.contoso.com' }, { host: 'www.fabrikam.net' }];
