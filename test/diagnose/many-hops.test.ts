import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Observations } from '../../src/model/observations.ts';
import { run } from './observations.ts';

/** How often the hosts of the plan are looked at where each of so many targets redirects to a host of its own. */
function looksAtHosts(count: number): number {
  const made = run(Array.from({ length: count }, (_, index) => ({ host: `h${index}.example.com` })));
  let looks = 0;
  const targets = made.plan.targets.map(({ host, ...rest }) => ({
    ...rest,
    get host() {
      looks++;
      return host;
    },
  }));
  const probes = made.probes.flatMap((probe) => [
    { ...probe, redirect: 'followed' as const },
    { ...probe, hop: 1, host: `www.${probe.host}` },
  ]);
  const observations: Observations = { ...made, plan: { ...made.plan, targets }, probes };
  expect(diagnose(observations).targets).toHaveLength(count);
  return looks;
}

describe('many targets that redirect to hosts of their own', () => {
  it('are judged without looking through the plan for each of them', () => {
    expect(looksAtHosts(400) / looksAtHosts(100)).toBeLessThan(5);
  });
});
