import type { ScenarioFile } from '../scenario.ts';

/** Plain HTTP leads to a sign-in page and 443 is reset. */
export const scenario: ScenarioFile = {
  args: ['tenant-attach'],
  faults: [{ kind: 'portal', https: 'reset' }],
  expect: { rootCauses: [{ cause: 'http.captive-portal', targets: 'all' }], exit: 1 },
};
