import type { CauseId } from '../../src/model/causes.ts';
import type { Diagnosis, Finding, RootCause, Status, TargetDiagnosis, Verdict } from '../../src/model/diagnosis.ts';
import type { Attempt, Environment, Observation, Observations, StageResult } from '../../src/model/observations.ts';
import type { Plan, Target } from '../../src/model/plan.ts';
import type { Report } from '../../src/model/report.ts';
import type { CertificateFacts } from '../../src/model/trust.ts';
import { assembleReport } from '../../src/report/assemble.ts';
import type { Language } from '../../src/words/language.ts';
import { wordsOf } from '../../src/words/load.ts';

const tls = { anchors: [], pinned: false, inspection: 'unstated' } as const;

export function target(id: string, host: string, more: Partial<Target> = {}): Target {
  const [feature = '', endpoint = ''] = id.split('/');
  return {
    id,
    feature,
    endpoint,
    pattern: host,
    witness: false,
    host,
    port: 443,
    scheme: 'https',
    url: `https://${host}/`,
    method: 'GET',
    importance: 'critical',
    expect: null,
    tls,
    route: { kind: 'direct', source: 'flag', why: '--proxy direct' },
    untested: null,
    ...more,
  };
}

const environment: Environment = {
  runtime: { name: 'node', version: '20.20.2', openssl: '3.0.17' },
  platform: { os: 'linux', release: '6.1.0', arch: 'x64' },
  routes: [{ kind: 'direct', source: 'default', why: 'no proxy is configured' }],
  resolvers: ['192.0.2.53'],
  trustStores: [
    { name: 'public', count: 144, from: 'the runtime', error: null },
    { name: 'machine', count: null, from: '/etc/ssl/certs', error: 'permission denied' },
  ],
  families: [
    { family: 4, addresses: ['192.0.2.10'], defaultRoute: true },
    { family: 6, addresses: [], defaultRoute: false },
  ],
  rootAutoUpdate: null,
  roots: [
    {
      id: 'example-root-g2',
      name: 'Example Root G2',
      role: 'required',
      state: 'present',
      sha256: 'aa'.repeat(32),
      notAfter: '2038-01-15T12:00:00Z',
      found: null,
      usedBy: 1,
    },
  ],
};

function plan(targets: readonly Target[]): Plan {
  return {
    targets,
    anchors: [],
    families: [4, 6],
    dnsServers: [],
    tlsHello: 'classic',
    limits: { timeoutMs: 10_000, deadlineMs: 120_000, concurrency: 16 },
    offline: false,
    experiments: true,
  };
}

function passed<V>(at: number, ms: number, value: V): StageResult<V> {
  return { status: 'passed', at, ms, value };
}

const notApplicable = { status: 'skipped', because: 'not-applicable' } as const;

export function attempt(address: string, more: Partial<Attempt> = {}): Attempt {
  return {
    address,
    family: address.includes(':') ? 6 : 4,
    tcp: passed(12.04, 20.26, { localAddress: '192.0.2.10', localPort: 50_000 }),
    tunnel: notApplicable,
    tls: passed(32.3, 30, {
      protocol: 'TLSv1.3',
      cipher: 'TLS_AES_256_GCM_SHA384',
      alpn: 'http/1.1',
      servername: 'host.example.com',
      chain: 'c1',
      keyExchange: 'X25519',
      ocsp: null,
      helloBytes: 330,
      bytesWritten: 420,
      bytesRead: 4000,
      firstBytes: 'FgMDAHo=',
    }),
    http: passed(62.3, 40, {
      status: 200,
      reason: 'OK',
      headers: [['date', 'Mon, 01 Jun 2026 10:00:00 GMT']],
      headersMs: 40,
      clockOffsetMs: null,
      bodyExcerpt: '',
      bodyBytes: 0,
      bodyEnd: 'complete',
    }),
    ...more,
  };
}

export function observation(of: Target, more: Partial<Observation> = {}): Observation {
  return {
    target: of.id,
    hop: 0,
    host: of.host,
    port: of.port,
    scheme: of.scheme,
    url: of.url,
    dns: passed(0, 12, {
      addresses: [{ address: '198.51.100.7', family: 4 }],
      from: 'dns',
      hostsFile: [],
      answers: [],
      system: null,
    }),
    attempts: [attempt('198.51.100.7')],
    redirect: null,
    ...more,
  };
}

function certificate(sha256: string, subject: string): CertificateFacts {
  return {
    sha256,
    sha1: sha256.slice(0, 40),
    subject,
    issuer: subject,
    commonName: null,
    organization: null,
    issuerCommonName: null,
    issuerOrganization: null,
    serial: '01',
    notBefore: '2026-01-01T00:00:00Z',
    notAfter: '2027-01-01T00:00:00Z',
    dnsNames: [],
    ipAddresses: [],
    keyType: 'rsa',
    keyBits: 2048,
    signatureAlgorithm: 'sha256WithRSAEncryption',
    isCa: false,
    extendedKeyUsage: [],
    issuerUrls: [],
    ocspUrls: [],
    crlUrls: [],
    subjectKeyId: null,
    authorityKeyId: null,
    selfSigned: true,
    scts: 0,
    der: null,
  };
}

export function observations(targets: readonly Target[], more: Partial<Observations> = {}): Observations {
  return {
    startedAt: '2026-06-01T10:00:00.000Z',
    durationMs: 4200,
    environment,
    plan: plan(targets),
    probes: targets.filter((one) => one.untested === null).map((one) => observation(one)),
    revocation: [],
    experiments: [],
    chains: {
      c1: {
        id: 'c1',
        certificates: ['bb'.repeat(32)],
        anchors: [
          {
            sha256: 'aa'.repeat(32),
            subject: 'CN=Example Root G2, O=Example, C=US',
            notBefore: '2013-08-01T12:00:00Z',
            notAfter: '2038-01-15T12:00:00Z',
            stores: ['public', 'machine'],
            path: ['bb'.repeat(32), 'aa'.repeat(32)],
            completed: false,
            distrusted: false,
          },
        ],
        badSignature: null,
      },
    },
    certificates: {},
    ended: null,
    ...more,
  };
}

export function verdict(id: string, says: Verdict, findings: readonly Finding[] = []): TargetDiagnosis {
  return { id, verdict: says, untested: null, findings };
}

export function finding(of: string, cause: CauseId, more: Partial<Finding> = {}): Finding {
  return {
    target: of,
    cause,
    confidence: 'high',
    effect: 'unreachable',
    signature: cause,
    shared: null,
    evidence: [],
    alternatives: [],
    explainedBy: null,
    ...more,
  };
}

export function rootCause(cause: CauseId, targets: readonly string[], more: Partial<RootCause> = {}): RootCause {
  return {
    cause,
    severity: 'critical',
    confidence: 'high',
    targets,
    shared: null,
    evidence: [],
    alternatives: [],
    ...more,
  };
}

const statuses: Readonly<Record<Status['messageId'], Status['severity']>> = {
  11410: 'informational',
  11411: 'warning',
  11412: 'error',
};

export function diagnosis(
  messageId: Status['messageId'],
  targets: readonly TargetDiagnosis[],
  more: Partial<Diagnosis> = {},
): Diagnosis {
  const count = (says: Verdict): number => targets.filter((one) => one.verdict === says).length;
  return {
    complete: true,
    status: { messageId, severity: statuses[messageId], component: 'SMS_SERVICE_CONNECTOR', raised: [] },
    summary: {
      reachable: count('reachable'),
      degraded: count('degraded'),
      unreachable: count('unreachable'),
      untested: count('untested'),
      untestedBecause: {
        ...{ parameter: 0, 'no-witness': 0, udp: 0, offline: 0, family: 0, deadline: 0, interrupted: 0, resources: 0 },
        ...Object.fromEntries(
          targets.flatMap(({ untested }) =>
            untested === null
              ? []
              : [[untested.code, targets.filter((row) => row.untested?.code === untested.code).length]],
          ),
        ),
      },
      leftOut: [],
    },
    rootCauses: [],
    checks: [],
    targets,
    ...more,
  };
}

export function report(seen: Observations, judged: Diagnosis, lang: Language = 'en'): Report {
  return assembleReport({
    observations: seen,
    diagnosis: judged,
    words: wordsOf(lang),
    options: { what: [], timeout: '10s' },
    version: '0.0.0',
  });
}

const failed = (code: string, at: number, ms: number): StageResult<never> => ({
  status: 'failed',
  at,
  ms,
  failure: { code: code as never, raw: { name: 'Error', code: null, message: code } },
  partial: null,
});

/** Everything works; one wildcard is proven by its witness, one template waits for its parameter. */
export function allGood(): Report {
  const targets = [
    target('tenant-attach/manage', 'gateway.manage.example.com', { pattern: '*.manage.example.com', witness: true }),
    target('tenant-attach/login', 'login.example.com'),
    target('updates/download', 'download.example.com', { importance: 'non-critical' }),
    target('cloud-services/tenant', '', {
      pattern: '{tenantId}.cloud.example.com',
      url: null,
      untested: { code: 'parameter', parameters: ['tenantId'] },
    }),
  ];
  return report(
    observations(targets),
    diagnosis(
      11410,
      targets.map((one) => ({
        id: one.id,
        verdict: one.untested === null ? 'reachable' : 'untested',
        untested: one.untested,
        findings: [],
      })),
      {
        checks: [
          {
            id: 'clock',
            verdict: 'pass',
            cause: null,
            detail: { code: 'check.clock-right', args: { seconds: 1, hosts: 3 } },
          },
        ],
      },
    ),
  );
}

/** No name resolves: one root cause, every target its symptom. */
export function dnsDead(): Report {
  const targets = ['login.example.com', 'manage.example.com', 'download.example.com'].map((host, index) =>
    target(`feature-${index === 2 ? 'b' : 'a'}/${host.split('.')[0]}`, host, {
      importance: index === 2 ? 'non-critical' : 'critical',
    }),
  );
  const fact = { code: 'dns.nobody-answers', args: { names: 3, servers: '192.0.2.53:53' } };
  return report(
    observations(targets, {
      chains: {},
      probes: targets.map((one) => observation(one, { dns: failed('dns.timeout', 0, 10_000), attempts: [] })),
    }),
    diagnosis(
      11412,
      targets.map((one) =>
        verdict(one.id, 'unreachable', [finding(one.id, 'dns.timeout', { explainedBy: 'dns.no-resolver' })]),
      ),
      {
        status: {
          messageId: 11412,
          severity: 'error',
          component: 'SMS_SERVICE_CONNECTOR',
          raised: [
            { messageId: 11488, severity: 'critical', component: 'SMS_SERVICE_CONNECTOR', feature: 'feature-a' },
          ],
        },
        rootCauses: [
          rootCause(
            'dns.no-resolver',
            targets.map((one) => one.id),
            {
              shared: { attribute: 'resolver', value: '192.0.2.53:53' },
              evidence: [fact],
              alternatives: ['local.no-network'],
            },
          ),
        ],
        checks: [
          {
            id: 'resolver',
            verdict: 'fail',
            cause: 'dns.no-resolver',
            detail: { code: 'check.resolver-silent', args: { servers: '192.0.2.53' } },
          },
        ],
      },
    ),
  );
}

/** A company's root signs for everything: one host pins and breaks, the others work because it is trusted here. */
export function inspection(lang: Language = 'en'): Report {
  const targets = [
    target('tenant-attach/manage', 'gateway.manage.example.com', { tls: { ...tls, inspection: 'unsupported' } }),
    target('tenant-attach/login', 'login.example.com'),
    target('updates/download', 'a-very-long-host-name-that-must-never-be-cut.region-1.download.example.com'),
  ];
  const fact = (host: string) => ({ code: 'certificate.issuer', args: { host, issuer: 'CN=Corp Proxy CA, O=Corp' } });
  return report(
    observations(targets),
    diagnosis(
      11412,
      targets.map((one, index) =>
        verdict(one.id, index === 0 ? 'unreachable' : 'degraded', [
          finding(one.id, 'tls.inspection', {
            effect: index === 0 ? 'unreachable' : 'degraded',
            evidence: [fact(one.host)],
          }),
        ]),
      ),
      {
        rootCauses: [
          rootCause(
            'tls.inspection',
            targets.map((one) => one.id),
            {
              shared: { attribute: 'issuer', value: 'CN=Corp Proxy CA, O=Corp' },
              evidence: targets.map((one) => fact(one.host)),
            },
          ),
        ],
      },
    ),
    lang,
  );
}

/** IPv6 drops where IPv4 works, one host refuses, one works; the deadline ended the run. */
export function halfReachable(lang: Language = 'en'): Report {
  const targets = [
    target('updates/dual', 'dual.example.com'),
    target('updates/closed', 'closed.example.com', { port: 8443, importance: 'non-critical' }),
    target('updates/fine', 'fine.example.com'),
    target('updates/late', 'late.example.com'),
  ];
  const [dual, closed, fine, late] = targets as [Target, Target, Target, Target];
  const skipped = { status: 'skipped', because: 'tcp' } as const;
  const at = { host: 'closed.example.com', address: '198.51.100.9', port: 8443, ms: 3 };
  return report(
    observations(targets, {
      ended: 'deadline',
      probes: [
        observation(dual, {
          attempts: [
            attempt('2001:db8::7', { tcp: failed('tcp.timeout', 12, 10_000), tls: skipped, http: skipped }),
            attempt('198.51.100.7'),
          ],
        }),
        observation(closed, {
          attempts: [attempt('198.51.100.9', { tcp: failed('tcp.refused', 12, 3), tls: skipped, http: skipped })],
        }),
        observation(fine),
      ],
    }),
    diagnosis(
      11411,
      [
        verdict(dual.id, 'degraded', [
          finding(dual.id, 'tcp.ipv6-broken', { effect: 'degraded', confidence: 'medium' }),
        ]),
        verdict(closed.id, 'unreachable', [
          finding(closed.id, 'tcp.refused', { evidence: [{ code: 'tcp.refused', args: at }] }),
        ]),
        verdict(fine.id, 'reachable'),
        { id: late.id, verdict: 'untested', untested: { code: 'deadline' }, findings: [] },
      ],
      {
        rootCauses: [
          rootCause('tcp.refused', [closed.id], {
            severity: 'warning',
            evidence: [{ code: 'tcp.refused', args: at }],
            alternatives: ['tcp.prohibited'],
          }),
          rootCause('tcp.ipv6-broken', [dual.id], {
            severity: 'warning',
            confidence: 'medium',
            shared: { attribute: 'address family', value: 'IPv6' },
            evidence: [{ code: 'ipv6.all-fail', args: { addresses: 1, hosts: 1 } }],
          }),
        ],
      },
    ),
    lang,
  );
}

/** What a hostile certificate, proxy or catalog could put into names. */
export const nasty = '\u001b[31mred\u001b[0m\u009b2J<script>alert(1)</script>\r\nforged: line\u202eevil\u0000';

/** Every text that comes from outside is hostile. */
export function hostile(): Report {
  const one = target(`evil/${nasty}`, 'evil.example.com', {
    feature: nasty,
    pattern: nasty,
    url: `https://evil.example.com/${nasty}`,
  });
  return report(
    observations([one], {
      chains: {
        c1: {
          id: 'c1',
          certificates: ['cc'.repeat(32)],
          anchors: [],
          badSignature: null,
        },
      },
      certificates: { ['cc'.repeat(32)]: certificate('cc'.repeat(32), `CN=${nasty}`) },
    }),
    diagnosis(
      11412,
      [
        verdict(one.id, 'unreachable', [
          finding(one.id, 'tls.inspection', { evidence: [{ code: nasty, args: { text: nasty } }] }),
        ]),
      ],
      {
        status: {
          messageId: 11412,
          severity: 'error',
          component: 'SMS_SERVICE_CONNECTOR',
          raised: [{ messageId: 11488, severity: 'critical', component: 'SMS_SERVICE_CONNECTOR', feature: nasty }],
        },
        rootCauses: [
          rootCause('tls.inspection', [one.id], {
            shared: { attribute: nasty, value: nasty },
            evidence: [{ code: 'certificate.issuer', args: { host: nasty, issuer: nasty } }],
          }),
        ],
        checks: [{ id: nasty, verdict: 'fail', cause: null, detail: { code: nasty, args: {} } }],
      },
    ),
  );
}

export const reports: Readonly<Record<string, () => Report>> = {
  'all-good': allGood,
  'dns-dead': dnsDead,
  inspection: () => inspection(),
  'half-reachable': () => halfReachable(),
  hostile,
};
