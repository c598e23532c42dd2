import type { ScenarioFile } from '../scenario.ts';

/** A firewall opens the sessions of one feature with the company's authority. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [
    { kind: 'inspection', by: 'box', authority: 'company', names: ['*.microsoft.com'] },
    { kind: 'machine-store', add: ['company'] },
  ],
  expect: { rootCauses: [{ cause: 'tls.inspection', targets: '/\\.microsoft\\.com$/' }], exit: 0 },
};
