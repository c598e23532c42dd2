import { describe, expect, it } from 'vitest';
import type { Attempt, Observation } from '../../src/model/observations.ts';
import { followUpPatience } from '../../src/probe/patience.ts';

const skipped = { status: 'skipped', because: 'not-applicable' } as const;
const answered = (ms: number) => ({ status: 'passed', at: 0, ms, value: {} }) as unknown as Attempt['tcp'];
const failed = (ms: number, code: string) =>
  ({ status: 'failed', at: 0, ms, failure: { code, detail: '' }, partial: null }) as unknown as Attempt['tcp'];

function probe(dnsMs: number, tcp: Attempt['tcp'], tls: unknown = skipped): Observation {
  const attempt = { address: '192.0.2.1', family: 4, tcp, tunnel: skipped, tls, http: skipped } as Attempt;
  const dns = answered(dnsMs) as unknown as Observation['dns'];
  const url = 'https://a.example/';
  const name = { target: 'a', hop: 0, host: 'a.example', port: 443, scheme: 'https', url } as const;
  return { ...name, dns, attempts: [attempt], redirect: null };
}

describe('follow-ups wait', () => {
  it.each([
    ['for one lost packet where everything came at once', [probe(2, answered(3), answered(5))], 1_200],
    ['longer for one where answers take their time', [probe(2, answered(300), answered(150))], 1_600],
    ['longer where nobody but a name server answered', [probe(2, failed(10_000, 'tcp.timeout'))], 2_500],
    ['longer where nothing answered at all', [], 2_500],
    ['four times as long as the slowest answer', [probe(2, answered(600)), probe(2, answered(3))], 2_400],
    ['as long for an answer that was bad', [probe(2, failed(800, 'tcp.refused'))], 3_200],
    ['as long for a name server that is slow', [probe(900, failed(10_000, 'tcp.timeout'))], 3_600],
    ['five seconds where packets were lost', [probe(2, answered(3_030), answered(5))], 5_000],
    ['no longer for a timeout', [probe(2, answered(3), failed(10_000, 'tls.timeout'))], 1_200],
  ] as const)('%s', (_, probes, ms) => {
    expect(followUpPatience(probes)).toBe(ms);
  });
});
