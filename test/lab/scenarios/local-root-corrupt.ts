import type { ScenarioFile } from '../scenario.ts';

/** The machine store holds something else under the name and key of a root. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding'],
  faults: [{ kind: 'machine-store', corrupt: ['DigiCert Global Root G2'] }],
  expect: { rootCauses: [{ cause: 'local.root-corrupt', targets: 0 }], exit: 0 },
};
