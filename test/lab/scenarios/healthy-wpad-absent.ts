import type { ScenarioFile } from '../scenario.ts';

/** The desktop looks for a proxy and the company has none: the direct way is meant, and nothing is wrong. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'discovery' }],
  expect: { rootCauses: [], exit: 0 },
};
