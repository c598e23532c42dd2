import type { ScenarioFile } from '../scenario.ts';

/** The hosts of one feature reset the session after the request. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'origin', features: ['windows-servicing'], ports: [443], behaviour: { http: { fails: 'reset' } } }],
  expect: { rootCauses: [{ cause: 'http.reset', targets: '/\\.microsoft\\.com$/' }], exit: 1 },
};
