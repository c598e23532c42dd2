import type { ScenarioFile } from '../scenario.ts';

/** The resolver says of one question in three that the name does not exist. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'name', answer: 'nxdomain', every: 3 }],
  expect: { rootCauses: [{ cause: 'dns.not-found', targets: 'all', evidence: '/ of \\d+ /' }], exit: 0 },
};
