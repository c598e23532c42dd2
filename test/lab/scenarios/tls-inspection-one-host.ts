import type { ScenarioFile } from '../scenario.ts';

/** An installed authority opens one host and leaves the others alone. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [
    { kind: 'inspection', by: 'box', authority: 'company', names: ['go.microsoft.com'] },
    { kind: 'machine-store', add: ['company'] },
  ],
  expect: { rootCauses: [{ cause: 'tls.inspection', targets: '/^(go\\.microsoft\\.com)$/' }], exit: 0 },
};
