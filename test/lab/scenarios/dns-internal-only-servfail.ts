import type { ScenarioFile } from '../scenario.ts';

/** The resolver knows the company and fails for everything else. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'name', answer: 'servfail' }],
  expect: { rootCauses: [{ cause: 'dns.internal-only', targets: 'all' }], exit: 1 },
};
