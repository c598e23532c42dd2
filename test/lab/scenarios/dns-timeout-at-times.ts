import type { ScenarioFile } from '../scenario.ts';

/** The resolver leaves one question in three unanswered. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'name', answer: 'silent', every: 3 }],
  expect: { rootCauses: [{ cause: 'dns.timeout', targets: 'all', evidence: '/ of \\d+ /' }], exit: 0 },
};
