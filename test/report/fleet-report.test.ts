import { expect, it } from 'vitest';
import { correlateFleet } from '../../src/fleet/correlate.ts';
import type { CauseId } from '../../src/model/causes.ts';
import type { FleetExplanation, Look } from '../../src/model/fleet.ts';
import { assembleFleet } from '../../src/report/fleet-report.ts';
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
