import type { ScenarioFile } from '../scenario.ts';

/** Programs take turns at two name servers that say the same. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'resolv-conf', servers: ['10.77.2.10', '1.1.1.1'], options: ['rotate'] }],
  expect: { rootCauses: [], exit: 0 },
};
