import type { ScenarioFile } from '../scenario.ts';

/** The same authority, installed on the machine: it works, and something will hurt. */
export const scenario: ScenarioFile = {
  args: ['url-forwarding'],
  faults: [
    { kind: 'inspection', by: 'box', authority: 'company' },
    { kind: 'machine-store', add: ['company'] },
  ],
  expect: { rootCauses: [{ cause: 'tls.inspection' }], exit: 0 },
};
