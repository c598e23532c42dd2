import type { ScenarioFile } from '../scenario.ts';

/** A protection product on the machine opens TLS with a root that it installed. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [
    { kind: 'inspection', by: 'box', authority: 'antivirus' },
    { kind: 'machine-store', add: ['antivirus'] },
  ],
  expect: { rootCauses: [{ cause: 'tls.inspection', targets: 'all', confidence: 'high' }], exit: 0 },
};
