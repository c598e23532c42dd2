import type { ScenarioFile } from '../scenario.ts';

/** The resolver fails on one question in three. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'name', answer: 'servfail', every: 3 }],
  expect: { rootCauses: [{ cause: 'dns.server-failure', targets: 'all', evidence: '/ of \\d+ /' }], exit: 0 },
};
