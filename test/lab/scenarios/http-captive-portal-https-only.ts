import type { ScenarioFile } from '../scenario.ts';

/** A captive portal, seen by a run that has no plain HTTP of its own. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'portal', https: 'own-certificate' }],
  expect: { rootCauses: [{ cause: 'http.captive-portal', targets: 'all' }], exit: 1 },
};
