import type { ScenarioFile } from '../scenario.ts';

/** The machine store is empty, and no chain needs it: one warning of the machine. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'machine-store', empty: true }],
  expect: { rootCauses: [{ cause: 'local.root-missing', targets: 0 }], exit: 0 },
};
