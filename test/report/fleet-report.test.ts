import { expect, it } from 'vitest';
import { correlateFleet } from '../../src/fleet/correlate.ts';
import type { CauseId } from '../../src/model/causes.ts';
import type { FleetExplanation, Look } from '../../src/model/fleet.ts';
import { assembleFleet, headlineOf } from '../../src/report/fleet-report.ts';
import { fleet } from '../../src/words/en/fleet.ts';
import { en as words } from '../../src/words/en/index.ts';
import { type Failing, site } from '../fleet/looks.ts';

const onlyOf = (looks: readonly Look[]): FleetExplanation =>
  assembleFleet(correlateFleet(looks), { words, fleet }, '1.2.3').explanations[0] as FleetExplanation;
const failing = (cause: CauseId, more: Partial<Failing> = {}) => ({
  fails: [{ cause, hosts: ['a.example'], ...more }],
});

it.each([
  ['tcp.dropped', 'The service itself is out of order'],
  ['tls.expired', 'The certificate has expired'],
] as const)(
  'names a service that is at fault by what it is, and not by what a rule would look like: %s',
  (cause, title) => {
    const found = onlyOf([...site('Aix', 2, failing(cause)), ...site('Bonn', 2, failing(cause))]);
    expect(found).toMatchObject({ scope: 'service', owner: 'service', title });
  },
);

it.each([
  ['tcp.refused', 'Nothing listens on this port of this machine'],
  ['tcp.dropped', 'A firewall drops the packets silently'],
] as const)('sends nobody to a firewall for what goes no further than the machine: %s', (cause, title) => {
  const found = onlyOf(site('Aix', 1, failing(cause, { owner: 'machine' })));
  expect(found).toMatchObject({ owner: 'machine', title });
  expect(found.remedies.join()).not.toMatch(/firewall owner/i);
});

it('says that nothing is wrong only where each machine is known to be fine', () => {
  const [fine, ...rest] = site('Aix', 2);
  const [other] = rest;
  if (fine === undefined || other === undefined) throw new Error('no machines');
  const saidOf = (looks: readonly Look[]): string =>
    headlineOf(assembleFleet(correlateFleet(looks), { words, fleet }, '1.2.3'), { fleet });
  const offline = { ...other, endpoints: other.endpoints.map((one) => ({ ...one, verdict: 'untested' as const })) };
  expect(saidOf([fine, other])).toBe('Nothing is wrong on any of 2 machines');
  for (const unknown of [offline, { ...other, complete: false }]) {
    expect(saidOf([fine, unknown])).toBe('Nothing is known to be wrong, but only 1 of 2 machines is known to be fine');
  }
});

it('counts one machine as one', () => {
  const looks = [...site('Bonn', 1), ...site('Aix', 1, failing('tcp.dropped'))];
  expect(onlyOf(looks).evidence[0]).toBe('1 machine fails, and 1 that tested it does not.');
});
