import type { ScenarioFile } from '../scenario.ts';

/** The search list comes first and knows none of the names. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'resolv-conf', search: ['corp.example', 'example.org'], options: ['ndots:5'] }],
  expect: { rootCauses: [], exit: 0 },
};
