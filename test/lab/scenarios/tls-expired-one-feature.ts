import type { ScenarioFile } from '../scenario.ts';

/** All hosts of one feature answer with certificates of their own that ended. */
export const scenario: ScenarioFile = {
  args: ['tenant-attach', 'azure-services'],
  faults: [{ kind: 'origin', features: ['tenant-attach'], behaviour: { certificate: 'expired' } }],
  expect: { rootCauses: [{ cause: 'tls.expired' }], exit: 1 },
};
