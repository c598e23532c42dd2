import type { ScenarioFile } from '../scenario.ts';

/** The certificate by which an installed authority opens TLS ended a few days ago. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [
    { kind: 'inspection', by: 'box', authority: 'company', ended: true },
    { kind: 'machine-store', add: ['company'] },
  ],
  expect: { rootCauses: [{ cause: 'tls.inspection', targets: 'all' }], exit: 1 },
};
