import type { ScenarioFile } from '../scenario.ts';

/** A host whose chain ends in another root than its neighbours', public all the same. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'origin', names: ['go.microsoft.com'], behaviour: { certificate: 'uncommon-root' } }],
  expect: { rootCauses: [], exit: 0 },
};
