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

describe('--repeat', () => {
  it('looks at everything that fails, so often', () => {
    const failing = one({ host, at: [{ address: '20.1.2.3', tls: failure('tls.alert', { alert: 40 }) }] });
    const kinds = (plan: Observations['plan']) => propose({ ...failing, plan }).map(({ kind }) => kind);
    expect(kinds(failing.plan)).not.toContain('again');
    expect(kinds({ ...failing.plan, repeat: 5 })).toContain('again');
  });
});
