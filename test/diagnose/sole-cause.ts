/** One failing host beside healthy ones, and what the diagnosis must make of it. */

import { expect } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { CauseId } from '../../src/model/causes.ts';
import type { Verdict } from '../../src/model/diagnosis.ts';
import type { Observations } from '../../src/model/observations.ts';
import { sentence } from '../../src/words/contract.ts';
import { en } from '../../src/words/en/index.ts';
import { type AddressSpec, controls, type HostSpec, healthyMachine, run } from './observations.ts';

export const host = 'gateway.adatum.org';
export const address = '20.1.2.3';
export const fails = (at: Partial<AddressSpec>): HostSpec => ({ host, at: [{ address, ...at }] });
export const one = (spec: HostSpec, environment = healthyMachine): Observations =>
  run([spec, ...controls], { environment });
export const plain = (at: Partial<AddressSpec>, target: HostSpec['target'] = {}): HostSpec => ({
  ...fails(at),
  target: { scheme: 'http', ...target },
});
export const html = (status: number, bodyExcerpt: string, headers: readonly (readonly [string, string])[] = []) => ({
  status,
  bodyExcerpt,
  headers: [['content-type', 'text/html'], ...headers] as const,
});

export type Row = readonly [what: string, observations: Observations, cause: CauseId, verdict: Verdict];

/** The first target has exactly this root, it is the run's only one, and its evidence makes sentences. */
export function expectSoleCause(observations: Observations, cause: CauseId, verdict: Verdict): void {
  const { targets, rootCauses } = diagnose(observations);
  expect(targets[0]).toMatchObject({ verdict });
  const roots = targets[0]?.findings.filter(({ explainedBy }) => explainedBy === null);
  expect(roots?.map((finding) => finding.cause)).toEqual([cause]);
  expect(rootCauses.map((root) => root.cause)).toEqual([cause]);
  expect(rootCauses[0]?.targets).toContain(targets[0]?.id);
  for (const control of targets.slice(-2)) {
    if (controls.some((spec) => control.id.endsWith(spec.host))) expect(control.verdict).toBe('reachable');
  }
  for (const fact of rootCauses.flatMap(({ evidence }) => evidence)) {
    expect(Object.hasOwn(en.facts, fact.code), fact.code).toBe(true);
    expect(sentence(en, fact)).not.toMatch(/undefined|NaN|\[object/);
  }
}
