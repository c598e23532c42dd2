import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { CauseId } from '../../src/model/causes.ts';
import type { Environment, FailureCode, Observations } from '../../src/model/observations.ts';
import type { Target } from '../../src/model/plan.ts';
import { sentence } from '../../src/words/contract.ts';
import { en } from '../../src/words/en/index.ts';
import {
  type AddressSpec,
  controls,
  failure,
  type HostSpec,
  healthyMachine,
  leafOf,
  revocation,
  run,
  withIpv6,
} from './observations.ts';

const names = ['login.contoso.com', 'www.fabrikam.net', 'gateway.adatum.org', 'cdn.tailspin.com', 'api.wingtip.io'];
const all = (spec: (host: string, position: number) => Partial<HostSpec>): readonly HostSpec[] =>
  names.map((host, position) => ({ host, ...spec(host, position) }));
const tcp = (code: FailureCode, prefix = '20.0.0') =>
  all((_, position) => ({ at: [{ address: `${prefix}.${position + 1}`, tcp: code }] }));
const dns = (code: FailureCode, answer: HostSpec['answer'] = {}) => all(() => ({ dns: code, answer }));
const unplugged: Environment = {
  ...healthyMachine,
  families: [
    { family: 4, addresses: [], defaultRoute: false },
    { family: 6, addresses: [], defaultRoute: false },
  ],
};
const noWayOut: Environment = {
  ...healthyMachine,
  families: [
    { family: 4, addresses: ['203.0.113.5'], defaultRoute: false },
    { family: 6, addresses: [], defaultRoute: false },
  ],
};
const tls = (extra: AddressSpec['tls'], each = (_: string): Partial<AddressSpec> => ({})) =>
  all((host, position) => ({
    at: [{ address: `20.0.0.${position + 1}`, ...(extra === undefined ? {} : { tls: extra }), ...each(host) }],
  }));
const late = { leaf: { notAfter: '2026-06-14T00:00:00Z' } } as const;
const hour = 3_600_000;

type Row = readonly [what: string, observations: Observations, cause: CauseId];

const rows: readonly Row[] = [
  ['NXDOMAIN for everything within 2 ms', run(dns('dns.not-found')), 'dns.internal-only'],
  [
    'NXDOMAIN for everything but a name that leads inside',
    run([
      { host: 'wiki.corp.contoso.com', at: [{ address: '10.1.2.3' }] },
      ...['a.adatum.org', 'b.tailspin.com', 'c.relecloud.com', 'd.wingtip.net'].map((host) => ({
        host,
        dns: 'dns.not-found' as const,
      })),
    ]),
    'dns.internal-only',
  ],
  ['REFUSED for everything', run(dns('dns.refused')), 'dns.refused'],
  [
    'REFUSED for all public names while an internal one resolves',
    run([...dns('dns.refused'), { host: 'files.corp', at: [{ address: '10.0.0.7' }] }]),
    'dns.internal-only',
  ],
  ['SERVFAIL for everything', run(dns('dns.server-failure')), 'dns.internal-only'],
  [
    'NXDOMAIN for all public names while an internal one resolves',
    run([...dns('dns.not-found'), { host: 'files.corp', at: [{ address: '10.0.0.7' }] }]),
    'dns.internal-only',
  ],
  [
    'NXDOMAIN for some and silence for the rest',
    run(all((_, position) => ({ dns: position === 0 ? 'dns.timeout' : 'dns.not-found' }))),
    'dns.internal-only',
  ],
  ['a resolver that stays silent', run(dns('dns.timeout')), 'dns.no-resolver'],
  ['a resolver whose port is refused', run(dns('dns.unreachable')), 'dns.no-resolver'],
  ['no resolver at all', run(dns('dns.no-server')), 'dns.no-resolver'],
  [
    'no interface up, resolver unreachable',
    run(dns('dns.unreachable'), { environment: unplugged }),
    'local.no-network',
  ],
  [
    'no interface up, a stub resolver on this machine that says SERVFAIL',
    run(dns('dns.server-failure', { server: '127.0.0.53:53' }), { environment: unplugged }),
    'local.no-network',
  ],
  [
    'no interface up, addresses known',
    run(
      tcp('tcp.no-route').map((spec) => ({ ...spec, dns: { from: 'hosts-file', answers: [] } }) as const),
      {
        environment: unplugged,
      },
    ),
    'local.no-network',
  ],
  ['no default route', run(dns('dns.timeout'), { environment: noWayOut }), 'local.no-network'],
  ['every connection dropped', run(tcp('tcp.timeout')), 'tcp.egress-blocked'],
  ['every connection refused', run(tcp('tcp.refused')), 'tcp.egress-blocked'],
  ['every connection prohibited', run(tcp('tcp.host-unreachable')), 'tcp.egress-blocked'],
  [
    'every connection dropped, on one address',
    run(all(() => ({ at: [{ address: '20.0.0.1', tcp: 'tcp.timeout' }] }))),
    'tcp.egress-blocked',
  ],
  ['every connection dropped in a lab of private addresses', run(tcp('tcp.timeout', '10.77.2')), 'tcp.egress-blocked'],
  [
    'every connection dropped, with IPv6 addresses on an IPv4 machine',
    run(
      all((_, n) => ({
        at: [
          { address: `20.0.0.${n}`, tcp: 'tcp.timeout' },
          { address: `2a01::${n}`, tcp: 'tcp.no-route' },
        ],
      })),
    ),
    'tcp.egress-blocked',
  ],
  [
    'every port on this machine refused',
    run(
      all((_, n) => ({
        dns: { from: 'literal' },
        host: `127.0.0.${n + 1}`,
        at: [{ address: `127.0.0.${n + 1}`, tcp: 'tcp.refused' }],
      })),
    ),
    'tcp.refused',
  ],
  ['a host firewall', run(tcp('tcp.permission')), 'local.blocked-by-host'],
  ['trusted inspection everywhere', run(tls({ root: 'Company Root', stores: ['machine'] })), 'tls.inspection'],
  ['inspection that nobody trusts everywhere', run(tls({ root: 'Company Root', stores: [] })), 'tls.inspection'],
  ['resets everywhere', run(tls('tls.reset')), 'tls.reset'],
  ['one alert everywhere', run(tls(failure('tls.alert', { alert: 70 }))), 'tls.version-mismatch'],
  [
    'one status everywhere',
    run(all((_, n) => ({ at: [{ address: `20.0.0.${n}`, http: 407 }] }))),
    'http.unexpected-status',
  ],
  [
    'IPv6 broken everywhere',
    run(
      all((_, n) => ({ at: [{ address: `20.0.0.${n}` }, { address: `2a01::${n}`, tcp: 'tcp.timeout' }] })),
      { environment: withIpv6 },
    ),
    'tcp.ipv6-broken',
  ],
  [
    'a name server that sends everything to one address',
    run(
      all(() => ({
        at: [
          {
            address: '20.0.0.1',
            tls: { selfSigned: true, stores: [], leaf: { sha256: 'aa', dnsNames: ['portal.hotel.example'] } },
          },
        ],
      })),
    ),
    'dns.redirected',
  ],
  [
    'a clock that is a day ahead, where certificates look expired',
    run(tls(late, () => ({ http: { clockOffsetMs: -48 * hour } }))),
    'local.clock-skew',
  ],
  [
    'certificates of unrelated hosts all out of their dates, without an answer',
    run(tls(late, () => ({ http: 'http.timeout' }))),
    'local.clock-skew',
  ],
  [
    'sockets that ran out',
    run(all((_, n) => ({ at: [{ address: `20.0.0.${n}`, tcp: 'resources' }] }))),
    'local.resources',
  ],
];

describe('root causes', () => {
  it.each(rows)('%s is one', (_, observations, cause) => {
    const { rootCauses, targets } = diagnose(observations);
    expect(rootCauses.map((root) => root.cause)).toEqual([cause]);
    const affected = targets.filter(({ findings }) => findings.length > 0).map(({ id }) => id);
    expect(affected.length).toBeGreaterThan(1);
    expect([...(rootCauses[0]?.targets ?? [])].sort()).toEqual([...affected].sort());
    for (const fact of rootCauses[0]?.evidence ?? []) expect(sentence(en, fact)).not.toMatch(/undefined|NaN/);
  });

  it.each(rows)('%s is the same in any order', (_, observations) => {
    const turned: Observations = {
      ...observations,
      probes: [...observations.probes].reverse(),
      plan: { ...observations.plan, targets: [...observations.plan.targets].reverse() },
    };
    expect(diagnose(turned).rootCauses).toEqual(diagnose(observations).rootCauses);
  });

  it.each(rows)('%s is the same from a file, byte for byte', (_, observations) => {
    const again = JSON.parse(JSON.stringify(observations)) as Observations;
    expect(JSON.stringify(diagnose(again))).toBe(JSON.stringify(diagnose(observations)));
  });

  it('counts among targets that nothing came back of none that a proxy on this machine reached', () => {
    const proxied = { host: 'inside.proseware.com', at: [{ address: '20.9.9.9' }] } as const;
    const observations = run([...dns('dns.timeout'), proxied], { environment: unplugged });
    const contact = { proxy: '127.0.0.1:3128', dns: null, address: '127.0.0.1', failed: [] } as const;
    const unasked = { status: 'skipped', because: 'not-applicable' } as const;
    const probes = observations.probes.map((probe) => ({
      ...probe,
      ...(probe.host === proxied.host ? { dns: unasked } : {}),
      attempts: probe.attempts.map((attempt) => ({ ...attempt, address: null, family: null, proxy: contact })),
    }));
    const [root] = diagnose({ ...observations, probes }).rootCauses;
    expect(root?.cause).toBe('local.no-network');
    expect(root?.evidence).toContainEqual({ code: 'local.nothing-leaves', args: { targets: names.length } });
  });

  it('keeps symptoms with the cause that explains them', () => {
    const { targets } = diagnose(run(dns('dns.not-found')));
    for (const { findings } of targets) {
      expect(findings).toMatchObject([
        { cause: 'dns.internal-only', explainedBy: null },
        { cause: 'dns.not-found', explainedBy: 'dns.internal-only' },
      ]);
    }
    const clock = diagnose(run(tls(late, () => ({ http: { clockOffsetMs: -48 * hour } }))));
    expect(clock.targets[0]?.findings).toMatchObject([
      { cause: 'local.clock-skew', explainedBy: null },
      { cause: 'tls.expired', explainedBy: 'local.clock-skew' },
    ]);
  });

  it('does not blame the clock for a certificate that is expired by the right time as well', () => {
    const ahead = tls(undefined, () => ({ http: { clockOffsetMs: -600_000 } }));
    const old: HostSpec = {
      host: 'old.relecloud.com',
      at: [{ address: '20.7.7.7', tls: { leaf: { notAfter: '2026-01-01T00:00:00Z' } } }],
    };
    const { rootCauses } = diagnose(run([...ahead, old]));
    expect(rootCauses.map(({ cause, targets }) => [cause, targets.length])).toEqual([
      ['tls.expired', 1],
      ['local.clock-skew', 0],
    ]);
  });

  it('takes the answer of an address that names are proven to be led to for no answer of theirs', () => {
    const astray = {
      dns: { answers: [] },
      at: [{ address: '20.9.9.9', tls: { leaf: { dnsNames: ['portal.hotel.example'] } } }],
    };
    const others = ['a.adatum.org', 'b.tailspin.com', 'c.relecloud.com', 'd.wingtip.net'].map((host) => ({
      host,
      ...astray,
    }));
    const plain: HostSpec = {
      host: 'go.fabrikam.com',
      target: { scheme: 'http' },
      at: [{ address: '20.9.9.9', http: 302 }],
      hops: [{ host: 'go.fabrikam.com', ...astray }],
    };
    const { rootCauses, targets } = diagnose(run([plain, ...others]));
    expect(rootCauses).toMatchObject([{ cause: 'dns.redirected' }]);
    expect(rootCauses[0]?.targets).toHaveLength(5);
    expect(targets.find(({ id }) => id.includes('fabrikam'))?.findings).toMatchObject([
      { cause: 'dns.redirected', explainedBy: null },
    ]);
  });

  it('takes names that are aliases of one foreign host, which shows a certificate of its own, for led astray', () => {
    const cname = (name: string) => ({ owner: name, target: 'block.filter.example', ttl: 60 });
    const astray = ['a.adatum.org', 'b.adatum.org', 'c.adatum.org'].map((host) => ({
      host,
      answer: { cnames: [cname(host)] },
      at: [{ address: '20.9.9.9', tls: { leaf: { dnsNames: ['block.filter.example'] } } }],
    }));
    const { rootCauses } = diagnose(run([...astray, ...controls]));
    expect(rootCauses).toMatchObject([
      { cause: 'dns.redirected', shared: { attribute: 'alias', value: 'block.filter.example' }, confidence: 'medium' },
    ]);
    const two = diagnose(run([...astray.slice(1), ...controls])).rootCauses;
    expect(new Set(two.map(({ cause }) => cause))).toEqual(new Set(['tls.name-mismatch']));
  });

  it('puts what has to be exempted from inspection first, apart from the rest, with the reason first', () => {
    const opened = (host: string, inspection: 'unstated' | 'unsupported'): HostSpec => ({
      host,
      target: { tls: { anchors: [], pinned: false, inspection } },
      at: [{ address: '20.1.1.1', tls: { root: 'Company Root', stores: [] } }],
    });
    const { rootCauses } = diagnose(
      run([
        opened('a.adatum.org', 'unstated'),
        opened('b.tailspin.com', 'unstated'),
        opened('c.relecloud.com', 'unsupported'),
      ]),
    );
    expect(rootCauses.map(({ cause, targets }) => [cause, targets])).toEqual([
      ['tls.inspection', ['lab/c.relecloud.com']],
      ['tls.inspection', ['lab/a.adatum.org', 'lab/b.tailspin.com']],
    ]);
    expect(rootCauses[0]?.evidence[0]?.code).toBe('certificate.inspection-unsupported');
  });

  it('explains a blocked redirect by the trouble of the host that it leads to', () => {
    const blocked: HostSpec = {
      host: 'cdn.tailspin.com',
      at: [{ address: '20.5.5.5', tcp: 'tcp.timeout' }],
      target: { importance: 'non-critical' },
    };
    const from: HostSpec = { host: 'go.adatum.org', at: [{ address: '20.6.6.6', http: 302 }], hops: [blocked] };
    const { rootCauses, targets } = diagnose(run([from, blocked, ...controls]));
    expect(rootCauses).toMatchObject([
      { cause: 'tcp.dropped', severity: 'critical', targets: ['lab/cdn.tailspin.com', 'lab/go.adatum.org'] },
    ]);
    expect(targets[0]).toMatchObject({
      verdict: 'unreachable',
      findings: [{ cause: 'http.redirect-blocked', explainedBy: 'tcp.dropped' }],
    });
  });

  it('explains revocation servers out of reach by the block of the same host in the plan', () => {
    const crl: HostSpec = {
      host: 'crl.relecloud.com',
      target: { scheme: 'http' },
      at: [{ address: '20.5.5.5', tcp: 'tcp.timeout' }],
    };
    const observations = run([{ host: 'go.adatum.org' }, crl, ...controls]);
    const fetches = [
      revocation('http://crl.relecloud.com/ca.crl', [leafOf(observations, 'go.adatum.org')], { fails: 'tcp.timeout' }),
    ];
    const { rootCauses, targets } = diagnose({ ...observations, revocation: fetches });
    expect(rootCauses.map(({ cause, targets: ids }) => [cause, ids.length])).toEqual([['tcp.dropped', 2]]);
    expect(targets[0]?.verdict).toBe('degraded');
  });

  it('keeps different causes apart, the worst and the widest first', () => {
    const minor: Partial<Target> = { importance: 'non-critical' };
    const { rootCauses } = diagnose(
      run([
        { host: 'a.adatum.org', dns: 'dns.not-found', target: minor },
        { host: 'b.adatum.org', dns: 'dns.not-found', target: minor },
        { host: 'c.relecloud.com', at: [{ address: '20.5.5.5', tls: 'tls.reset' }] },
        { host: 'd.relecloud.com', at: [{ address: '20.5.5.6', http: 407 }] },
        { host: 'e.relecloud.com', at: [{ address: '20.5.5.7', http: 407 }] },
        { host: 'f.relecloud.com', at: [{ address: '20.5.5.8', http: 502 }], target: minor },
        ...controls,
      ]),
    );
    expect(rootCauses.map(({ cause, severity, targets }) => [cause, severity, targets.length])).toEqual([
      ['http.unexpected-status', 'critical', 2],
      ['tls.reset', 'critical', 1],
      ['dns.not-found', 'warning', 2],
      ['http.unexpected-status', 'warning', 1],
    ]);
    expect(rootCauses[0]?.shared).toEqual({ attribute: 'status', value: '407' });
  });

  it('explains each unreachable target by exactly one root cause', () => {
    const { rootCauses, targets } = diagnose(
      run([
        ...tcp('tcp.timeout'),
        { host: 'x.relecloud.com', dns: 'dns.not-found' },
        { host: 'y.relecloud.com', at: [{ address: '20.5.5.6', tls: 'tls.timeout' }] },
        ...controls.slice(0, 0),
      ]),
    );
    for (const { id, verdict } of targets.filter((one) => one.verdict === 'unreachable')) {
      expect(rootCauses.filter(({ targets: ids }) => ids.includes(id)).map(() => verdict)).toEqual(['unreachable']);
    }
    expect(rootCauses.map(({ cause }) => cause).sort()).toEqual(['dns.not-found', 'tcp.dropped', 'tls.stalled']);
  });

  it('tells the blocked family from the rest where several addresses fail in different ways', () => {
    const at: readonly AddressSpec[] = [
      { address: '20.1.1.1', tcp: 'tcp.timeout' },
      { address: '20.1.1.2', tcp: 'tcp.timeout' },
      { address: '20.1.1.3', tls: 'tls.reset' },
    ];
    const { rootCauses } = diagnose(run([{ host: 'go.adatum.org', at }, ...controls]));
    expect(rootCauses).toMatchObject([{ cause: 'tcp.dropped', alternatives: ['tls.reset'] }]);
  });
});
