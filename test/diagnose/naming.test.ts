import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import { propose } from '../../src/diagnose/propose/propose.ts';
import type { DnsAnswer, Naming, Observations } from '../../src/model/observations.ts';
import { rootWords } from '../../src/words/contract.ts';
import { en } from '../../src/words/en/index.ts';
import { controls, failure, healthyMachine, run } from './observations.ts';
import { address, expectSoleCause, host, one } from './sole-cause.ts';

const naming: Naming = {
  resolvConf: { search: ['corp.test'], ndots: 5, rotate: false, overTcp: true, timeoutMs: 1000, attempts: 2 },
  sources: [{ name: 'files', stopsAt: [] }],
};
const machine = { ...healthyMachine, naming };
const said = (extra: Partial<DnsAnswer>): DnsAnswer => ({
  ...{ family: 4, server: '10.0.0.53:53', transport: 'udp', ms: 5, rcode: 'NOERROR', addresses: [], cnames: [] },
  ...{ soa: null, extendedError: null, truncated: false, strays: 0, failure: null },
  ...extra,
});
const itself = said({ addresses: [{ address, ttl: 60 }] });
const elsewhere = '10.9.9.9';
const searched = (answers: readonly DnsAnswer[]): Observations =>
  one(
    {
      host,
      dns: { addresses: [{ address: elsewhere, family: 4 }], searched: `${host}.corp.test`, answers },
      at: [{ address: elsewhere, tcp: 'tcp.refused' }],
    },
    machine,
  );
const unfound = (detail: string, partial: object): Observations => {
  const observations = one({ host, dns: 'dns.not-found' }, machine);
  const [first, ...rest] = observations.probes;
  if (first === undefined) throw new Error('no probe');
  const dns = {
    status: 'failed',
    at: 0,
    ms: 5,
    failure: failure(detail === 'late' ? 'dns.timeout' : 'dns.not-found', { detail }),
  } as const;
  const missing = { hostsFile: [], answers: [itself], system: null, ...partial };
  return { ...observations, probes: [{ ...first, dns: { ...dns, partial: missing }, attempts: [] }, ...rest] };
};
const titleOf = (observations: Observations): string => {
  const [root] = diagnose(observations).rootCauses;
  if (root === undefined) throw new Error('no root cause');
  return rootWords(en, root).title;
};

describe('what programs get', () => {
  it('below the search list, where the name itself exists, is a redirection by the search list', () => {
    const observations = searched([itself]);
    expectSoleCause(observations, 'dns.redirected', 'unreachable');
    expect(diagnose(observations).rootCauses[0]).toMatchObject({
      shared: { attribute: 'search domain', value: 'corp.test' },
    });
    expect(titleOf(observations)).toBe(en.telling['naming.searched'].title);
  });

  it('below the search list, where the name itself does not exist, hides that it does not', () => {
    expectSoleCause(searched([said({ rcode: 'NXDOMAIN' })]), 'dns.not-found', 'unreachable');
  });

  it('is nothing, where the sources leave out the servers that know the name', () => {
    const observations = unfound('sources', {});
    expectSoleCause(observations, 'dns.not-found', 'unreachable');
    expect(titleOf(observations)).toBe(en.telling['naming.sources'].title);
  });

  it('is nothing, where the operating system alone does not find it', () => {
    expectSoleCause(
      unfound('sources', { system: { addresses: [], error: 'ENOTFOUND' } }),
      'dns.not-found',
      'unreachable',
    );
  });

  it('is nothing, where answers come later than they wait', () => {
    const observations = unfound('late', { tooLate: { server: '10.0.0.53:53', ms: 1500, waitMs: 1000 } });
    expectSoleCause(observations, 'dns.timeout', 'unreachable');
    // Too much at once makes a server slow as well: among names that resolve it is asked for alone.
    expect(propose(observations).map(({ kind }) => kind)).toContain('again');
    expect(titleOf(observations)).toBe(en.telling['naming.too-late'].title);
  });

  it('differs from server to server: it works, and the share is told', () => {
    const rotation = [
      { server: '10.0.0.53:53', addresses: [address], failure: null },
      { server: '10.0.0.54:53', addresses: [], failure: 'dns.not-found' as const },
    ];
    const observations = one({ host, dns: { rotation }, at: [{ address }] }, machine);
    expectSoleCause(observations, 'dns.not-found', 'degraded');
    expect(diagnose(observations).targets[0]?.findings[0]).toMatchObject({ steadiness: { failed: 1, tried: 2 } });
  });

  it('is told by a check, where nothing fails for it', () => {
    const dns = {
      searched: `${host}.corp.test`,
      answers: [said({ addresses: [{ address: '203.0.113.1', ttl: 60 }] })],
    };
    const { rootCauses, checks } = diagnose(one({ host, dns, at: [{ address }] }, machine));
    expect(rootCauses).toEqual([]);
    expect(checks.find(({ id }) => id === 'naming')).toMatchObject({ verdict: 'warn', cause: null });
    expect(diagnose(one({ host })).checks.map(({ id }) => id)).not.toContain('naming');
  });
});

describe('a rule of the Name Resolution Policy Table', () => {
  const rule = { name: '.adatum.org', servers: ['10.8.0.1:53'], from: 'policy' } as const;
  const windows = { rules: [], suffixes: ['corp.test'], behindAll: false, adapters: [] };
  const onWindows = { ...healthyMachine, naming: { resolvConf: null, sources: naming.sources, windows } };
  const ruled = (extra: Partial<DnsAnswer>): DnsAnswer => said({ server: '10.8.0.1:53', ...extra });
  const refused = (answers: readonly DnsAnswer[], system: object | null): Observations => {
    const observations = one({ host, dns: 'dns.not-found' }, onWindows);
    const [first, ...rest] = observations.probes;
    if (first === undefined) throw new Error('no probe');
    const partial = { hostsFile: [], answers, system, rule };
    const dns = { status: 'failed', at: 0, ms: 5, failure: failure('dns.not-found'), partial } as const;
    return { ...observations, probes: [{ ...first, dns, attempts: [] } as typeof first, ...rest] };
  };

  it('is the cause, where its servers don\u2019t know a name that the others know', () => {
    const observations = refused([ruled({ rcode: 'NXDOMAIN' }), itself], { addresses: [], error: 'ENOTFOUND' });
    expectSoleCause(observations, 'dns.not-found', 'unreachable');
    const [root] = diagnose(observations).rootCauses;
    expect(root).toMatchObject({ confidence: 'high', shared: { attribute: 'name rule', value: '.adatum.org' } });
    expect(titleOf(observations)).toBe(en.telling['naming.rule'].title);
    const untold = diagnose(refused([ruled({ rcode: 'NXDOMAIN' }), itself], null)).rootCauses;
    expect(untold).toMatchObject([{ confidence: 'medium' }]);
  });

  it('is not, where nobody knows the name', () => {
    const answers = [ruled({ rcode: 'NXDOMAIN' }), said({ rcode: 'NXDOMAIN' })];
    const observations = refused(answers, { addresses: [], error: 'ENOTFOUND' });
    expect(diagnose(observations).rootCauses[0]?.evidence.map(({ code }) => code)).not.toContain('naming.rule');
  });

  it('is named, where it led elsewhere and what failed is there, and a check where nothing failed', () => {
    const dns = {
      addresses: [{ address: elsewhere, family: 4 as const }],
      rule,
      answers: [ruled({ addresses: [{ address: elsewhere, ttl: 60 }] }), itself],
    };
    const failed = one({ host, dns, at: [{ address: elsewhere, tcp: 'tcp.refused' }] }, onWindows);
    expectSoleCause(failed, 'dns.redirected', 'unreachable');
    expect(diagnose(failed).rootCauses[0]).toMatchObject({ confidence: 'medium', alternatives: ['tcp.dropped'] });
    const { rootCauses, checks } = diagnose(one({ host, dns, at: [{ address: elsewhere }] }, onWindows));
    expect(rootCauses).toEqual([]);
    expect(checks.find(({ id }) => id === 'naming')).toMatchObject({ verdict: 'warn', cause: null });
  });

  it('is none of the suffixes, which have a sentence of their own', () => {
    const dns = {
      addresses: [{ address: elsewhere, family: 4 as const }],
      searched: `${host}.corp.test`,
      answers: [itself],
    };
    const observations = one({ host, dns, at: [{ address: elsewhere, tcp: 'tcp.refused' }] }, onWindows);
    expect(titleOf(observations)).toBe(en.telling['naming.suffix'].title);
  });
});

describe('names without an address of a family that leads anywhere', () => {
  const family = (number: 4 | 6, addresses: readonly string[]) => ({
    family: number,
    addresses,
    defaultRoute: addresses.length > 0,
  });
  it.each([
    ['IPv6 alone', [family(4, []), family(6, ['2603:1000::5'])], '20.1.2.3', 'IPv4'],
    ['IPv4 alone', [family(4, ['10.0.0.5']), family(6, [])], '2603:1000::9', 'IPv6'],
  ] as const)('on a machine with %s are one cause with its own remedies', (_, families, only, shared) => {
    const observations = run([{ host, at: [{ address: only, tcp: 'tcp.no-route' }] }], {
      environment: { ...healthyMachine, families },
    });
    const { rootCauses } = diagnose(observations);
    expect(rootCauses).toMatchObject([{ cause: 'tcp.no-route', confidence: 'high', shared: { value: shared } }]);
    expect(titleOf(observations)).toBe(en.telling['family.only'].title);
  });

  it('share the cause of those that IPv4 rescues', () => {
    const both = (name: string) => ({
      host: name,
      at: [{ address: '20.1.2.9' }, { address: '2603:1000::7', tcp: 'tcp.timeout' as const }],
    });
    const only = { host, at: [{ address: '2603:1000::9', tcp: 'tcp.timeout' as const }] };
    const families = [family(4, ['10.0.0.5']), family(6, ['2603:1000::5'])];
    const { rootCauses, targets } = diagnose(
      run([only, both('a.test'), both('b.test'), ...controls], { environment: { ...healthyMachine, families } }),
    );
    expect(rootCauses.map(({ cause }) => cause)).toEqual(['tcp.ipv6-broken']);
    expect(targets.slice(0, 3).map(({ verdict }) => verdict)).toEqual(['unreachable', 'degraded', 'degraded']);
  });
});
