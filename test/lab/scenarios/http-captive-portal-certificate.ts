import type { ScenarioFile } from '../scenario.ts';

/** Plain HTTP leads to a sign-in page, and so does 443 with the portal's own certificate. */
export const scenario: ScenarioFile = {
  args: ['tenant-attach'],
  faults: [{ kind: 'portal', https: 'own-certificate' }],
  expect: { rootCauses: [{ cause: 'http.captive-portal', targets: 'all' }], exit: 1 },
};
