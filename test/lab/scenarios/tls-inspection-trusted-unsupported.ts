import type { ScenarioFile } from '../scenario.ts';

/** An installed authority opens hosts whose vendor does not support that. */
export const scenario: ScenarioFile = {
  args: ['tenant-attach'],
  faults: [
    { kind: 'inspection', by: 'box', authority: 'company' },
    { kind: 'machine-store', add: ['company'] },
  ],
  expect: { rootCauses: [{ cause: 'tls.inspection' }], exit: 1 },
};
