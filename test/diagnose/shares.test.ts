import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import { propose } from '../../src/diagnose/propose/propose.ts';
import type { Experiment } from '../../src/model/experiments.ts';
import type { DnsAnswer, ExperimentObservation, FailureCode, Observations } from '../../src/model/observations.ts';
import { rootWords } from '../../src/words/contract.ts';
import { en } from '../../src/words/en/index.ts';
import { controls, failure, run } from './observations.ts';
import { host, one } from './sole-cause.ts';

const server = '10.0.0.53:53';
const said = (code: FailureCode | null): DnsAnswer => ({
  ...{ family: 4, server, transport: 'udp', ms: 5, rcode: code === null ? 'NOERROR' : null, cnames: [], soa: null },
  ...{ extendedError: null, truncated: false, strays: 0, failure: code === null ? null : failure(code) },
  addresses: code === null ? [{ address: '20.1.2.3', ttl: 60 }] : [],
});
const stumbles = (...codes: readonly (FailureCode | null)[]): Observations =>
  run([{ host, dns: { answers: codes.map(said) }, at: [{ address: '20.1.2.3' }] }, ...controls]);
const isLook = ({ kind }: Experiment): boolean => kind === 'looks';

/** The run with the looks that it asks for, and what the server said in each. */
function looked(observations: Observations, codes: readonly (FailureCode | null)[]): Observations {
  const [wish] = propose(observations).filter(isLook);
  if (wish === undefined) throw new Error('no looks');
  const dns = { status: 'passed', at: 0, ms: 5 } as const;
  const value = { addresses: [], from: 'dns', hostsFile: [], answers: codes.map(said), system: null } as const;
  const observation = {
    target: wish.target,
    hop: 0,
    host,
    port: 443,
    scheme: 'tcp',
    url: null,
    redirect: null,
  } as const;
  const made: ExperimentObservation = {
    ...wish,
    observation: { ...observation, dns: { ...dns, value }, attempts: [] },
  };
  return { ...observations, experiments: [made] };
}
const of = (failed: number, code: FailureCode, tried = 20): readonly (FailureCode | null)[] =>
  Array.from({ length: tried }, (_, n) => (n < failed ? code : null));

describe('a name server that answers some questions and fails on others', () => {
  const run = stumbles('dns.timeout', 'dns.timeout', null, null, null);

  it('is asked twenty times, one after the other', () => {
    expect(propose(run).filter(isLook)).toMatchObject([{ times: 20, does: { action: 'ask', server, name: host } }]);
  });

  it.each<readonly [string, readonly (FailureCode | null)[]]>([
    ['fails on one question alone', [null, null, null, 'dns.timeout']],
    ['is slow as a rule', ['dns.timeout', 'dns.timeout']],
  ])('is not looked at where it %s', (_, codes) => {
    expect(propose(stumbles(...codes)).filter(isLook)).toEqual([]);
  });

  it.each<readonly [FailureCode, number]>([
    ['dns.timeout', 7],
    ['dns.server-failure', 3],
    ['dns.refused', 2],
  ])('and goes on so (%s, %i of 20) stumbles: what works is degraded, with the share', (code, failed) => {
    const judged = diagnose(looked(run, of(failed, code)));
    const finding = judged.targets[0]?.findings[0];
    expect(judged.targets[0]).toMatchObject({ verdict: 'degraded' });
    expect(finding).toMatchObject({ cause: code, confidence: 'high', steadiness: { failed, tried: 20 } });
    const [root] = judged.rootCauses;
    expect(root && rootWords(en, root).title).toBe(en.telling['share.failed'].title);
  });

  it.each<readonly [FailureCode, number]>([
    ['dns.timeout', 0],
    ['dns.timeout', 4],
    ['dns.refused', 1],
  ])('and then answers (%s, %i of 20) is no finding: datagrams get lost', (code, failed) => {
    expect(diagnose(looked(run, of(failed, code)))).toMatchObject({ rootCauses: [], summary: { degraded: 0 } });
  });
});

describe('a name server that denies a name', () => {
  const dnsOf = (codes: readonly (FailureCode | null)[]) => {
    const answers = codes.map(said);
    const rest = { hostsFile: [], answers, system: null } as const;
    const code = codes.find((each) => each !== null);
    return code != null && codes.every((each) => each !== null)
      ? ({ status: 'failed', at: 0, ms: 5, failure: failure(code), partial: rest } as const)
      : ({ status: 'passed', at: 0, ms: 5, value: { ...rest, addresses: [], from: 'dns' } } as const);
  };
  const plain = run([{ host, dns: 'dns.not-found' }, ...controls]);
  const [first, ...others] = plain.probes;
  const probe = { ...first, dns: dnsOf(['dns.not-found']) } as Observations['probes'][0];
  const denied: Observations = { ...plain, probes: [probe, ...others] };
  const again = (codes: readonly (FailureCode | null)[]): Observations => ({
    ...denied,
    experiments: propose(denied)
      .filter(({ kind }) => kind === 'again')
      .map((wish) => ({
        ...wish,
        observation: { ...probe, dns: dnsOf(codes) } as ExperimentObservation['observation'],
      })),
  });
  /** The run, asked again alone and denied, and then asked in looks. */
  function lookedAt(codes: readonly (FailureCode | null)[]): Observations {
    const before = again(['dns.not-found']);
    const looks = propose(before)
      .filter(isLook)
      .map((wish) => ({
        ...wish,
        observation: { ...probe, dns: dnsOf(codes), attempts: [] } as ExperimentObservation['observation'],
      }));
    return { ...before, experiments: [...before.experiments, ...looks] };
  }

  it('is asked again, and then looked at, denied or not', () => {
    expect(propose(denied).map(({ kind }) => kind)).toEqual(['again']);
    expect(propose(again(['dns.not-found'])).filter(isLook)).toMatchObject([{ does: { action: 'ask', name: host } }]);
    expect(propose(again([null])).filter(isLook)).toMatchObject([{ does: { action: 'ask', name: host } }]);
  });

  it('at times makes it degraded, with the share', () => {
    const judged = diagnose(lookedAt([null, 'dns.not-found', null, null]));
    expect(judged.targets[0]).toMatchObject({ verdict: 'degraded' });
    expect(judged.rootCauses).toMatchObject([{ cause: 'dns.not-found', confidence: 'high' }]);
    expect(judged.targets[0]?.findings[0]).toMatchObject({ steadiness: { failed: 3, tried: 6 } });
    expect(judged.summary).toMatchObject({ degraded: 1, unreachable: 0 });
  });

  it('always has the number of its looks where --repeat asks for them', () => {
    const run = lookedAt(of(4, 'dns.not-found', 4));
    const { targets } = diagnose({ ...run, plan: { ...run.plan, repeat: 4 } });
    expect(targets[0]).toMatchObject({ verdict: 'unreachable', findings: [{ steadiness: { failed: 4, tried: 4 } }] });
  });

  it('always makes it unreachable, without a share', () => {
    const judged = diagnose(lookedAt(of(4, 'dns.not-found', 4)));
    expect(judged.targets[0]).toMatchObject({ verdict: 'unreachable' });
    expect(judged.targets[0]?.findings[0]?.steadiness).toBeUndefined();
  });

  it('in one family and knows it in the other is looked at, and nothing is said where it always does', () => {
    const six: DnsAnswer = { ...said('dns.not-found'), family: 6 };
    const halves = run([{ host, dns: { answers: [said(null), six] }, at: [{ address: '20.1.2.3' }] }, ...controls]);
    const [wish, ...others] = propose(halves).filter(isLook);
    expect(others).toEqual([]);
    expect(wish).toMatchObject({ does: { action: 'ask', name: host, family: 6 } });
    const answers = Array.from({ length: 4 }, () => six);
    const dns = { ...dnsOf(['dns.not-found']), partial: { hostsFile: [], answers, system: null } };
    const look = { ...wish, observation: { ...halves.probes[0], dns, attempts: [] } } as ExperimentObservation;
    expect(diagnose({ ...halves, experiments: [look] }).rootCauses).toEqual([]);
  });
});

describe('--repeat', () => {
  it('looks at everything that fails, so often', () => {
    const failing = one({ host, at: [{ address: '20.1.2.3', tls: failure('tls.alert', { alert: 40 }) }] });
    const kinds = (plan: Observations['plan']) => propose({ ...failing, plan }).map(({ kind }) => kind);
    expect(kinds(failing.plan)).not.toContain('again');
    expect(kinds({ ...failing.plan, repeat: 5 })).toContain('again');
  });
});
