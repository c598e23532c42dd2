import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Observations } from '../../src/model/observations.ts';
import { sentence } from '../../src/words/contract.ts';
import { en } from '../../src/words/en/index.ts';
import {
  controls,
  failure,
  type HostSpec,
  healthyMachine,
  leafOf,
  NOW,
  revocation,
  run,
  sha,
  withIpv6,
} from './observations.ts';
import { address, expectSoleCause, fails, host, html, one, type Row } from './sole-cause.ts';

const name = (dns: HostSpec['dns'], answer: HostSpec['answer'] = {}): Observations =>
  one({ host, ...(dns === undefined ? {} : { dns }), answer });
const alert = (number: number): Observations => one(fails({ tls: failure('tls.alert', { alert: number }) }));
const machineRoot = { root: 'Company Inspection Root', stores: ['machine'] } as const;
const unknownRoot = { root: 'Somebody Root', stores: [] } as const;
const serverHello10 = Buffer.from([22, 3, 1, 0, 80, 2, 0, 0, 76, 3, 1]).toString('base64');
const withRevocation = (observations: Observations, extra: Parameters<typeof revocation>[2]): Observations => ({
  ...observations,
  revocation: [revocation('http://crl.public.example.net/ca.crl', [leafOf(observations, host)], extra)],
});
const missing = (environment: Partial<typeof healthyMachine>, hit = {}) =>
  one(fails({ tls: { root: 'Other Root', stores: ['public'], hit } }), { ...healthyMachine, ...environment });
const rootState = {
  id: 'other-root',
  name: 'Other Root',
  role: 'required',
  sha256: sha('Other Root'),
  notAfter: '2038-01-01T00:00:00.000Z',
  found: 'ab12',
  usedBy: 1,
} as const;

const rows: readonly Row[] = [
  ['a permission error', one(fails({ tcp: 'tcp.permission' })), 'local.blocked-by-host', 'unreachable'],
  [
    'a permission error over IPv6 where IPv4 is prohibited: the router said so',
    one(
      {
        host,
        at: [
          { address, tcp: 'tcp.host-unreachable' },
          {
            address: '2a01::1',
            tcp: failure('tcp.permission', { raw: { name: 'Error', code: 'EACCES', message: '' } }),
          },
        ],
      },
      withIpv6,
    ),
    'tcp.prohibited',
    'unreachable',
  ],
  ['a public root that the machine store lacks', missing({}), 'local.root-missing', 'unreachable'],
  [
    'a root in whose place the machine store holds another certificate',
    missing({ roots: [{ ...rootState, state: 'corrupt' }] }),
    'local.root-corrupt',
    'unreachable',
  ],
  [
    'a chain that ends in an expired root of the machine store',
    one(fails({ tls: { hit: { notAfter: '2026-01-01T00:00:00.000Z' } } })),
    'local.root-expired',
    'unreachable',
  ],
  ['no answer for one name', name('dns.timeout'), 'dns.timeout', 'unreachable'],
  ['NXDOMAIN for one name', name('dns.not-found'), 'dns.not-found', 'unreachable'],
  ['a name without address', name('dns.no-address'), 'dns.no-address', 'unreachable'],
  ['SERVFAIL', name('dns.server-failure'), 'dns.server-failure', 'unreachable'],
  ['FORMERR', name('dns.error'), 'dns.server-failure', 'unreachable'],
  ['REFUSED', name('dns.refused'), 'dns.refused', 'unreachable'],
  [
    'a truncated answer and no TCP',
    name('dns.timeout', { truncated: true, transport: 'tcp' }),
    'dns.large-answers-blocked',
    'unreachable',
  ],
  ['0.0.0.0', one({ host, at: [{ address: '0.0.0.0', tcp: 'tcp.refused' }] }), 'dns.sinkhole', 'unreachable'],
  [
    'the unspecified address, where this machine itself answers',
    one({ host, at: [{ address: '::', http: 200 }], target: { scheme: 'http' } }),
    'dns.sinkhole',
    'unreachable',
  ],
  ['127.0.0.1', one({ host, at: [{ address: '127.0.0.1', tcp: 'tcp.refused' }] }), 'dns.sinkhole', 'unreachable'],
  [
    'a private address',
    one({ host, at: [{ address: '10.1.2.3', tcp: 'tcp.timeout' }] }),
    'dns.private-address',
    'unreachable',
  ],
  [
    'a private address with a false certificate',
    one({ host, at: [{ address: '10.1.2.3', tls: unknownRoot }] }),
    'dns.private-address',
    'unreachable',
  ],
  [
    'a hosts file entry',
    one({
      host,
      dns: { from: 'hosts-file', hostsFile: [address], answers: [] },
      at: [{ address, tcp: 'tcp.timeout' }],
    }),
    'dns.hosts-file',
    'unreachable',
  ],
  [
    'a hosts file entry that sinks the name',
    one({ host, dns: { from: 'hosts-file', answers: [] }, at: [{ address: '0.0.0.0', tcp: 'tcp.refused' }] }),
    'dns.hosts-file',
    'unreachable',
  ],
  ['silence', one(fails({ tcp: 'tcp.timeout' })), 'tcp.dropped', 'unreachable'],
  ['a reset', one(fails({ tcp: 'tcp.refused' })), 'tcp.refused', 'unreachable'],
  ['a reset right behind the connection', one(fails({ tcp: 'tcp.reset' })), 'tls.reset', 'unreachable'],
  ['a quick host unreachable', one(fails({ tcp: 'tcp.host-unreachable' })), 'tcp.prohibited', 'unreachable'],
  ['a slow host unreachable', one(fails({ tcp: 'tcp.host-unreachable', tcpMs: 3060 })), 'tcp.no-route', 'unreachable'],
  [
    'host unreachable on the own link',
    one({ host, at: [{ address: '203.0.113.9', tcp: 'tcp.host-unreachable' }] }),
    'tcp.no-route',
    'unreachable',
  ],
  ['no route', one(fails({ tcp: 'tcp.no-route' })), 'tcp.no-route', 'unreachable'],
  [
    'IPv6 failing where IPv4 works',
    one({ host, at: [{ address }, { address: '2a01::1', tcp: 'tcp.timeout' }] }, withIpv6),
    'tcp.ipv6-broken',
    'degraded',
  ],
  [
    'IPv6 failing in TLS where IPv4 works',
    one({ host, at: [{ address }, { address: '2a01::1', tls: 'tls.timeout' }] }, withIpv6),
    'tcp.ipv6-broken',
    'degraded',
  ],
  [
    'one of two addresses blocked',
    one({ host, at: [{ address }, { address: '20.1.2.4', tcp: 'tcp.timeout' }] }),
    'tcp.partly-blocked',
    'degraded',
  ],
  [
    'one of two addresses reset in TLS',
    one({ host, at: [{ address }, { address: '20.1.2.4', tls: 'tls.reset' }] }),
    'tcp.partly-blocked',
    'degraded',
  ],
  [
    'one of two addresses with the old certificate',
    one({ host, at: [{ address }, { address: '20.1.2.4', tls: { leaf: { notAfter: '2026-01-01T00:00:00Z' } } }] }),
    'tls.expired',
    'degraded',
  ],
  [
    'every IPv6 address with a certificate of nobody known, and IPv4 with the own',
    one({ host, at: [{ address }, { address: '2a01::1', tls: { selfSigned: true } }] }, withIpv6),
    'tls.self-signed',
    'degraded',
  ],
  ['a reset after the ClientHello', one(fails({ tls: 'tls.reset' })), 'tls.reset', 'unreachable'],
  ['an end after the ClientHello', one(fails({ tls: 'tls.closed' })), 'tls.reset', 'unreachable'],
  ['silence after the ClientHello', one(fails({ tls: 'tls.timeout' })), 'tls.stalled', 'unreachable'],
  ['inspection that is trusted here', one(fails({ tls: machineRoot })), 'tls.inspection', 'degraded'],
  [
    'inspection trusted by --ca-file',
    one(fails({ tls: { ...machineRoot, stores: ['extra'] } })),
    'tls.inspection',
    'degraded',
  ],
  [
    'inspection where the client pins',
    one({ ...fails({ tls: machineRoot }), target: { tls: { anchors: [], pinned: true, inspection: 'unstated' } } }),
    'tls.inspection',
    'unreachable',
  ],
  [
    'inspection where the vendor does not support it',
    one({ ...fails({ tls: machineRoot }), target: { tls: { anchors: [], pinned: false, inspection: 'unsupported' } } }),
    'tls.inspection',
    'unreachable',
  ],
  [
    'inspection by a named product that nobody trusts',
    one(fails({ tls: { root: 'Zscaler Root CA', stores: [] } })),
    'tls.inspection',
    'unreachable',
  ],
  [
    'inspection by an authority that signs for unrelated names',
    run([
      fails({ tls: unknownRoot }),
      { host: 'www.tailspin.com', at: [{ address: '20.9.9.9', tls: unknownRoot }] },
      ...controls,
    ]),
    'tls.inspection',
    'unreachable',
  ],
  ['an authority that nobody knows', one(fails({ tls: unknownRoot })), 'tls.untrusted-issuer', 'unreachable'],
  [
    'a chain to a root that is distrusted here',
    one(fails({ tls: { hit: { distrusted: true } } })),
    'tls.untrusted-issuer',
    'unreachable',
  ],
  [
    'an anchor of another endpoint',
    one(fails({ tls: { root: 'Update Root', stores: ['catalog'] } })),
    'tls.untrusted-issuer',
    'unreachable',
  ],
  ['a weak key', one(fails({ tls: { leaf: { keyBits: 1024 } } })), 'tls.untrusted-issuer', 'unreachable'],
  [
    'a certificate for another purpose',
    one(fails({ tls: { leaf: { extendedKeyUsage: ['1.3.6.1.5.5.7.3.2'] } } })),
    'tls.untrusted-issuer',
    'unreachable',
  ],
  ['a broken signature', one(fails({ tls: { stores: [], badSignature: 0 } })), 'tls.untrusted-issuer', 'unreachable'],
  [
    'a self-signed certificate',
    one(fails({ tls: { selfSigned: true, stores: [] } })),
    'tls.self-signed',
    'unreachable',
  ],
  [
    'a chain that only a fetched issuer completes',
    one(fails({ tls: { leafOnly: true, hit: { completed: true } } })),
    'tls.missing-intermediate',
    'unreachable',
  ],
  [
    'a leaf alone that names its issuer address',
    one(
      fails({
        tls: { leafOnly: true, intermediate: 'Other CA', leaf: { issuerUrls: ['http://aia.example.net/ca.crt'] } },
      }),
    ),
    'tls.missing-intermediate',
    'unreachable',
  ],
  [
    'a leaf alone whose issuer the anchors of the catalog name',
    run([fails({ tls: { leafOnly: true, intermediate: 'Update CA' } }), ...controls], {
      environment: healthyMachine,
      plan: { anchors: [{ name: 'Update CA', sha256: 'ab'.repeat(32), pem: null }] },
    }),
    'tls.missing-intermediate',
    'unreachable',
  ],
  [
    'a leaf alone whose issuer another server sends',
    one(fails({ tls: { leafOnly: true, intermediate: 'Public Issuing CA' } })),
    'tls.missing-intermediate',
    'unreachable',
  ],
  [
    'a leaf alone whose issuer is a public intermediate',
    one(fails({ tls: { leafOnly: true, intermediate: 'Other CA', issuerListed: true } })),
    'tls.missing-intermediate',
    'unreachable',
  ],
  [
    'a leaf alone whose issuer nobody knows',
    one(fails({ tls: { leafOnly: true, intermediate: 'Other CA' } })),
    'tls.untrusted-issuer',
    'unreachable',
  ],
  [
    'an expired certificate',
    one(fails({ tls: { leaf: { notAfter: '2026-06-01T00:00:00Z' } } })),
    'tls.expired',
    'unreachable',
  ],
  [
    'a certificate of the future',
    one(fails({ tls: { leaf: { notBefore: '2026-07-01T00:00:00Z' } } })),
    'tls.not-yet-valid',
    'unreachable',
  ],
  [
    'another name',
    one(fails({ tls: { leaf: { dnsNames: ['portal.hotel.example'] } } })),
    'tls.name-mismatch',
    'unreachable',
  ],
  [
    'its own name in the common name alone',
    one(fails({ tls: { leaf: { dnsNames: [] } } })),
    'tls.name-mismatch',
    'unreachable',
  ],
  [
    'a trusted authority between that has ended',
    one(fails({ tls: { ...machineRoot, leaf: { notAfter: '2026-06-01T00:00:00Z' } } })),
    'tls.inspection',
    'unreachable',
  ],
  ['alert 112', alert(112), 'tls.name-mismatch', 'unreachable'],
  ['alert 70', alert(70), 'tls.version-mismatch', 'unreachable'],
  [
    'a ServerHello of TLS 1.0',
    one(fails({ tls: 'tls.protocol', tlsPartial: { firstBytes: serverHello10 } })),
    'tls.version-mismatch',
    'unreachable',
  ],
  ['alert 40', alert(40), 'tls.cipher-mismatch', 'unreachable'],
  [
    'alert 40 behind a ServerHello',
    one(fails({ tls: failure('tls.alert', { alert: 40 }), tlsPartial: { bytesRead: 1_228 } })),
    'tls.client-certificate-required',
    'unreachable',
  ],
  ['alert 71', alert(71), 'tls.cipher-mismatch', 'unreachable'],
  ['another protocol', one(fails({ tls: 'tls.not-tls' })), 'tls.not-tls', 'unreachable'],
  ['alert 116', alert(116), 'tls.client-certificate-required', 'unreachable'],
  [
    'alert 116 after the handshake',
    one(fails({ http: failure('http.tls-alert', { alert: 116 }) })),
    'tls.client-certificate-required',
    'unreachable',
  ],
  [
    'alert 40 after the handshake',
    one(fails({ http: failure('http.tls-alert', { alert: 40 }) })),
    'tls.client-certificate-required',
    'unreachable',
  ],
  [
    'a revoked certificate',
    withRevocation(one(fails({})), {
      statuses: [
        { certificate: leafOf(one(fails({})), host), status: 'revoked', revokedAt: '2026-06-01T00:00:00.000Z' },
      ],
    }),
    'tls.revoked',
    'unreachable',
  ],
  [
    'a revocation list out of reach',
    withRevocation(one(fails({})), { fails: 'tcp.timeout' }),
    'tls.revocation-unreachable',
    'degraded',
  ],
  [
    'a page in place of a revocation list',
    withRevocation(one(fails({})), { http: html(200, '<html>blocked'), problem: 'unparseable' }),
    'tls.revocation-unreachable',
    'degraded',
  ],
  ['a failure that nobody knows', one(fails({ tcp: 'unclassified' })), 'undetermined', 'unreachable'],
  ['an alert that says nothing', alert(80), 'undetermined', 'unreachable'],
];

describe('a cause of one target', () => {
  it.each(rows)('%s', (_, observations, cause, verdict) => {
    expectSoleCause(observations, cause, verdict);
  });

  it('names the inspecting product only where the unknown authority is all that is wrong', () => {
    const zscaler = { root: 'Zscaler Root CA', stores: [] } as const;
    const facts = (observations: Observations) =>
      diagnose(observations).rootCauses[0]?.evidence.map(({ code }) => code);
    expect(facts(one(fails({ tls: zscaler })))).toContain('certificate.vendor');
    const alsoExpired = one(fails({ tls: { ...zscaler, leaf: { notAfter: '2026-06-01T00:00:00Z' } } }));
    expect(diagnose(alsoExpired).rootCauses[0]?.cause).toBe('tls.untrusted-issuer');
    expect(facts(alsoExpired)).not.toContain('certificate.vendor');
    const late = { ...zscaler, leaf: { notAfter: '2026-06-01T00:00:00Z' } };
    const twice = run([
      fails({ tls: late }),
      { host: 'www.tailspin.com', at: [{ address: '20.9.9.9', tls: late }] },
      ...controls,
    ]);
    expect(diagnose(twice).rootCauses.map(({ cause }) => cause)).toEqual(['tls.inspection']);
    expect(facts(twice)).not.toContain('certificate.vendor');
  });

  it('repeats the name server’s own explanation word for word', () => {
    const { rootCauses } = diagnose(
      name('dns.server-failure', { extendedError: { code: 17, text: 'filtered by policy 7' } }),
    );
    expect(rootCauses[0]?.evidence.map((fact) => sentence(en, fact)).join('\n')).toContain('17 «filtered by policy 7»');
  });

  it('says which experiment would decide where it can’t', () => {
    const { rootCauses } = diagnose(alert(80));
    expect(rootCauses[0]?.evidence.map(({ code }) => code)).toContain('experiment');
  });

  it('keeps the private endpoint in mind when the alias says so', () => {
    const cnames = [{ owner: host, target: 'gw.privatelink.adatum.org', ttl: 60 }];
    const { rootCauses } = diagnose(
      one({ host, at: [{ address: '10.1.2.3', tcp: 'tcp.timeout' }], answer: { cnames } }),
    );
    expect(rootCauses[0]).toMatchObject({ cause: 'dns.private-address', confidence: 'low' });
    expect(rootCauses[0]?.evidence.map(({ code }) => code)).toContain('dns.privatelink');
  });

  it.each([
    ['a public intermediate', { issuerListed: true }, []],
    ['an authority that the anchors name', {}, [{ name: 'Other CA', sha256: 'ab'.repeat(32), pem: null }]],
  ])('is sure of a missing intermediate that is %s', (_, spec, anchors) => {
    const tls = { leafOnly: true, intermediate: 'Other CA', ...spec };
    const { rootCauses } = diagnose(
      run([fails({ tls }), ...controls], { environment: healthyMachine, plan: { anchors } }),
    );
    expect(rootCauses).toMatchObject([{ cause: 'tls.missing-intermediate', confidence: 'high', alternatives: [] }]);
  });

  it('makes text from the network harmless in evidence', () => {
    const nasty = 'CN=\u001b[31mred\nline\u202e';
    const { rootCauses } = diagnose(one(fails({ tls: { selfSigned: true, stores: [], leaf: { subject: nasty } } })));
    expect(JSON.stringify(rootCauses[0]?.evidence)).not.toMatch(/\\u001b|\\n|\u202e/);
  });

  it(`judges dates by the run's own clock, ${NOW}, and by no other`, () => {
    const observations = run([{ host }], { startedAt: '2030-01-01T00:00:00.000Z' });
    expect(diagnose(observations).rootCauses[0]?.cause).toBe('tls.expired');
  });

  it('is not sure that an address is blocked of which it does not know what it has', () => {
    const other = failure('tls.alert', { alert: 80 });
    const { rootCauses } = diagnose(one({ host, at: [{ address }, { address: '20.1.2.4', tls: other }] }));
    expect(rootCauses).toMatchObject([{ cause: 'tcp.partly-blocked', confidence: 'low' }]);
  });
});
