import type { ScenarioFile } from '../scenario.ts';

/** Everything asks to sign in to the network, over sessions that are the origins' own. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'origin', ports: [443], behaviour: { http: { status: 511 } } }],
  expect: { rootCauses: [{ cause: 'http.unexpected-status', targets: 'all' }], exit: 1 },
};
