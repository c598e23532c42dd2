import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Check } from '../../src/model/diagnosis.ts';
import type { Environment, Observations } from '../../src/model/observations.ts';
import type { Target } from '../../src/model/plan.ts';
import type { RootState } from '../../src/model/trust.ts';
import { sentence } from '../../src/words/contract.ts';
import { en } from '../../src/words/en/index.ts';
import { controls, type HostSpec, healthyMachine, leafOf, revocation, run, sha } from './observations.ts';

const dropped = (host: string, target: Partial<Target> = {}): HostSpec => ({
  host,
  target,
  at: [{ address: `20.1.${host.length}.${host.charCodeAt(0)}`, tcp: 'tcp.timeout' }],
});
const inspected: HostSpec = {
  host: 'go.adatum.org',
  at: [{ address: '20.9.9.9', tls: { root: 'Company Root', stores: ['machine'] } }],
};
const minor = { importance: 'non-critical' } as const;
const outside = { outsideRole: true } as const;
const offline: Partial<Target> = { untested: { code: 'offline' } };

const statuses: readonly (readonly [
  what: string,
  hosts: readonly HostSpec[],
  messageId: number | null,
  raised: readonly string[],
])[] = [
  ['nothing fails', controls, 11410, []],
  ['nothing is tested', [{ host: 'a.adatum.org', target: offline }], null, []],
  ['an address that a person typed fails', [...controls, dropped('a.adatum.org', outside)], 11410, []],
  ['nothing of the role takes part', [dropped('a.adatum.org', outside)], null, []],
  [
    'the run ends early after a failure',
    [dropped('a.adatum.org', minor), { host: 'b.adatum.org', at: [{ address: '20.1.1.1', tcp: 'deadline' }] }],
    11411,
    [],
  ],
  [
    'the run ends early without a failure',
    [...controls, { host: 'b.adatum.org', at: [{ address: '20.1.1.1', tcp: 'deadline' }] }],
    null,
    [],
  ],
  ['a non-critical target fails', [...controls, dropped('a.adatum.org', minor)], 11411, []],
  ['a critical target is degraded', [...controls, inspected], 11411, []],
  ['a critical target fails beside another', [...controls, dropped('a.adatum.org')], 11412, []],
  [
    'the only critical target of a feature fails',
    [
      ...controls,
      dropped('a.adatum.org', { feature: 'x' }),
      { host: 'b.adatum.org', target: { ...minor, feature: 'x' } },
    ],
    11412,
    ['x'],
  ],
  [
    'all of a feature without critical targets fails',
    [...controls, dropped('a.adatum.org', { ...minor, feature: 'x' })],
    11411,
    [],
  ],
  [
    'all tested critical targets of a feature fail, others are untested',
    [
      ...controls,
      dropped('a.adatum.org', { feature: 'x' }),
      { host: 'b.adatum.org', target: { ...offline, feature: 'x' } },
    ],
    11412,
    ['x'],
  ],
];

describe('status messages', () => {
  it.each(statuses)('%s', (_, hosts, messageId, raised) => {
    const { status } = diagnose(run(hosts));
    expect(status?.messageId ?? null).toBe(messageId);
    const severities = { 11410: 'informational', 11411: 'warning', 11412: 'error' } as const;
    expect(status?.severity).toBe(status === null ? undefined : severities[status.messageId]);
    expect(status?.raised.map(({ feature }) => feature) ?? []).toEqual(raised);
  });
});

describe('untested targets', () => {
  const row = (what: string, observations: Observations, code: string) => [what, observations, code] as const;
  it.each([
    row(
      'an unset parameter',
      run([{ host: '', target: { untested: { code: 'parameter', parameters: ['tenantId'] } } }]),
      'parameter',
    ),
    row('an offline run', { ...run([{ host: 'a.adatum.org' }], { plan: { offline: true } }), probes: [] }, 'offline'),
    row(
      'a run that was interrupted before it',
      { ...run([{ host: 'a.adatum.org' }], { ended: 'interrupted' }), probes: [] },
      'interrupted',
    ),
    row(
      'a connection that the deadline left out',
      run([{ host: 'a.adatum.org', at: [{ address: '20.1.1.1', tcp: 'deadline' }] }]),
      'deadline',
    ),
    row(
      'a machine without sockets',
      run([{ host: 'a.adatum.org', at: [{ address: '20.1.1.1', tcp: 'local.resources' }] }]),
      'resources',
    ),
    row('a name server question without sockets', run([{ host: 'a.adatum.org', dns: 'local.resources' }]), 'resources'),
    row(
      'addresses of a family that is switched off',
      run([{ host: 'a.adatum.org', at: [] }], { plan: { families: [4] } }),
      'family',
    ),
  ])('%s never passes and never fails', (_, observations, code) => {
    const { complete, targets, summary, status } = diagnose(observations);
    expect(targets[0]).toMatchObject({ verdict: 'untested', untested: { code } });
    expect(summary).toMatchObject({ reachable: 0, degraded: 0, unreachable: 0, untested: 1 });
    expect(Object.entries(summary.untestedBecause).filter(([, count]) => count > 0)).toEqual([[code, 1]]);
    expect(complete).toBe(code === 'offline');
    expect(status).toBeNull();
  });
});

const root = (state: RootState['state'], extra: Partial<RootState> = {}): RootState => ({
  id: 'baltimore-cybertrust-root',
  name: 'Baltimore CyberTrust Root',
  role: 'required',
  state,
  sha256: sha('baltimore'),
  notAfter: '2025-05-12T23:59:00.000Z',
  found: null,
  usedBy: 0,
  ...extra,
});
const retired = { role: 'retired' } as const;
const listed = { role: 'listed' } as const;
const with_ = (state: RootState, environment: Partial<Environment> = {}): Observations =>
  run(controls, { environment: { ...healthyMachine, ...environment, roots: [state] } });

const roots: readonly (readonly [string, Observations, Check['verdict'], Check['cause'], readonly string[]])[] = [
  ['present', with_(root('present')), 'pass', null, []],
  ['required and absent', with_(root('absent')), 'warn', 'local.root-missing', ['warning']],
  [
    'required and absent while Windows fetches roots',
    with_(root('absent'), { rootAutoUpdate: 'on' }),
    'pass',
    null,
    [],
  ],
  ['listed, absent and not needed', with_(root('absent', listed)), 'pass', null, []],
  ['listed, absent and needed', with_(root('absent', { ...listed, usedBy: 1 })), 'warn', 'local.root-missing', []],
  ['retired and absent', with_(root('absent', retired)), 'pass', null, []],
  ['required and expired', with_(root('expired')), 'warn', 'local.root-expired', ['warning']],
  ['retired and expired, as Debian ships it', with_(root('expired', retired)), 'pass', null, []],
  ['corrupt', with_(root('corrupt', { found: 'ab12' })), 'fail', 'local.root-corrupt', ['warning']],
  ['retired and corrupt', with_(root('corrupt', retired)), 'warn', 'local.root-corrupt', []],
  ['distrusted', with_(root('distrusted')), 'fail', 'local.root-missing', ['warning']],
  ['in a store that can’t be read', with_(root('unknown')), 'untested', null, []],
];

describe('checks of this machine', () => {
  const found = (observations: Observations, id: string): Check | undefined =>
    diagnose(observations).checks.find((check) => check.id === id);

  it.each(roots)('a root that is %s', (_, observations, verdict, cause, severities) => {
    const { checks, rootCauses, status } = diagnose(observations);
    const check = checks.find(({ id }) => id === 'root-certificate.baltimore-cybertrust-root');
    expect(check).toMatchObject({ verdict, cause });
    expect(rootCauses.map(({ severity }) => severity)).toEqual(severities);
    expect(rootCauses.every(({ targets }) => targets.length === 0)).toBe(true);
    expect(status?.messageId).toBe(severities.includes('warning') ? 11411 : 11410);
    for (const { detail } of checks) expect(sentence(en, detail)).not.toMatch(/undefined|NaN/);
  });

  it('says all three facts of a root: in the store, used by chains, valid until', () => {
    const detail = found(
      with_(root('absent', { ...retired, usedBy: 3 })),
      'root-certificate.baltimore-cybertrust-root',
    )?.detail;
    expect(sentence(en, detail ?? { code: '', args: {} })).toMatch(/not in the machine store.*2025-05-12.*3/);
  });

  it('shows several missing roots as one root cause', () => {
    const two = [root('absent'), root('absent', { id: 'g2', name: 'G2', sha256: sha('g2') })];
    const { rootCauses } = diagnose(run(controls, { environment: { ...healthyMachine, roots: two } }));
    expect(rootCauses).toMatchObject([{ cause: 'local.root-missing', shared: null }]);
    expect(rootCauses[0]?.evidence).toHaveLength(2);
  });

  it('says once that a machine store holds nothing, whatever roots are looked for', () => {
    const trustStores = [{ name: 'machine', count: 0, from: '/etc/ssl/cert.pem', error: 'no certificate' }] as const;
    const environment = { ...healthyMachine, trustStores, roots: [root('absent'), root('unknown')] };
    const { rootCauses, checks } = diagnose(run(controls, { environment }));
    expect(rootCauses).toMatchObject([{ cause: 'local.root-missing', severity: 'warning', targets: [] }]);
    expect(checks.find(({ id }) => id === 'machine-store')?.verdict).toBe('warn');
  });

  it('does not repeat a missing root that a chain already shows', () => {
    const needed = root('absent', { name: 'Other Root', sha256: sha('Other Root') });
    const hosts: readonly HostSpec[] = [
      { host: 'go.adatum.org', at: [{ address: '20.9.9.9', tls: { root: 'Other Root', stores: ['public'] } }] },
      ...controls,
    ];
    const { rootCauses } = diagnose(run(hosts, { environment: { ...healthyMachine, roots: [needed] } }));
    expect(rootCauses).toMatchObject([{ cause: 'local.root-missing', targets: ['lab/go.adatum.org'] }]);
  });

  const clock = (...offsets: readonly number[]): Observations =>
    run(
      offsets.map((clockOffsetMs, n) => ({
        host: `h${n}.adatum.org`,
        at: [{ address: `20.1.1.${n}`, http: { clockOffsetMs } }],
      })),
    );
  const cached = (...ages: readonly number[]): Observations =>
    run(
      ages.map((age, n) => ({
        host: `h${n}.adatum.org`,
        at: [{ address: `20.1.1.${n}`, http: { clockOffsetMs: -1000 * age, headers: [['age', String(age)]] } }],
      })),
    );
  it.each([
    ['is compared with old answers from caches, which say their age', cached(900, 910), 'pass', 0],
    ['agrees', clock(0, 1000, -2000), 'pass', 0],
    ['differs by four minutes', clock(240_000, 241_000), 'pass', 0],
    ['differs by six minutes', clock(360_000, 361_000), 'fail', 1],
    ['is behind by six minutes', clock(-360_000, -361_000), 'fail', 1],
    ['differs for one host of three', clock(0, 1000, 7_200_000), 'pass', 0],
    ['can be compared with one host alone, which differs', clock(7_200_000), 'untested', 0],
    ['can’t be compared, since hosts disagree', clock(0, 7_200_000), 'untested', 0],
  ] as const)('a clock that %s', (_, observations, verdict, count) => {
    const { checks, rootCauses } = diagnose(observations);
    expect(checks.find(({ id }) => id === 'clock')?.verdict).toBe(verdict);
    expect(rootCauses.map(({ cause, severity }) => [cause, severity])).toEqual(
      Array.from({ length: count }, () => ['local.clock-skew', 'warning']),
    );
  });

  it.each([
    ['network', run(controls), 'pass'],
    ['network', run(controls, { environment: { ...healthyMachine, families: [] } }), 'fail'],
    ['resolver', run(controls), 'pass'],
    ['resolver', run([{ host: 'a.adatum.org', dns: 'dns.timeout' }]), 'fail'],
    ['resolver', run([{ host: 'a.adatum.org', dns: 'dns.no-server' }]), 'fail'],
    [
      'resolver',
      run(['a.adatum.org', 'b.relecloud.com'].map((host) => ({ host, dns: 'dns.not-found' as const }))),
      'warn',
    ],
    ['resolver', { ...run(controls), probes: [] }, 'untested'],
    ['clock', { ...run(controls), probes: [] }, 'untested'],
    ['revocation', run(controls), 'untested'],
  ] as const)('%s', (id, observations, verdict) => {
    expect(found(observations, id)?.verdict).toBe(verdict);
  });

  it('revocation: good, partly and revoked', () => {
    const observations = run(controls);
    const leaf = leafOf(observations, 'www.fabrikam.net');
    const check = (extra: Parameters<typeof revocation>[2]) =>
      found({ ...observations, revocation: [revocation('http://crl.example.net/a.crl', [leaf], extra)] }, 'revocation')
        ?.verdict;
    expect(check({})).toBe('pass');
    expect(check({ fails: 'tcp.timeout' })).toBe('warn');
    expect(check({ statuses: [{ certificate: leaf, status: 'revoked', revokedAt: null }] })).toBe('fail');
  });
});

describe('observations from elsewhere', () => {
  it('never break the judgement: missing chains, certificates, targets, doubles and prototype names', () => {
    const observations = run([...controls, inspected]);
    const [probe] = observations.probes;
    if (probe === undefined) throw new Error('no probe');
    const attempts = probe.attempts.map((attempt) => ({
      ...attempt,
      tls:
        attempt.tls.status === 'passed'
          ? { ...attempt.tls, value: { ...attempt.tls.value, chain: '__proto__' } }
          : attempt.tls,
    }));
    const strange: readonly Observations[] = [
      { ...observations, chains: {} },
      { ...observations, certificates: {} },
      { ...observations, probes: [] },
      { ...observations, startedAt: 'yesterday' },
      { ...observations, plan: { ...observations.plan, targets: [] } },
      { ...observations, probes: [{ ...probe, attempts }, ...observations.probes] },
      { ...observations, probes: [...observations.probes, ...observations.probes, { ...probe, target: 'nobody' }] },
      {
        ...observations,
        plan: { ...observations.plan, targets: [...observations.plan.targets, ...observations.plan.targets] },
      },
    ];
    for (const one of strange) {
      const { targets } = diagnose(one);
      expect(targets.every(({ verdict }) => typeof verdict === 'string')).toBe(true);
    }
    expect(diagnose({ ...observations, certificates: {} }).targets[0]?.findings[0]?.cause).toBe('undetermined');
  });
});
