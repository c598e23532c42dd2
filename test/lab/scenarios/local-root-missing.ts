import type { ScenarioFile } from '../scenario.ts';

/** A root that the role needs is not in the machine store; no chain of this run ends there. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding'],
  faults: [{ kind: 'machine-store', remove: ['DigiCert Global Root G2'] }],
  expect: { rootCauses: [{ cause: 'local.root-missing', targets: 0 }], exit: 0 },
};
