import type { ScenarioFile } from '../scenario.ts';

/** Sessions come about, and no request over them is ever answered. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'origin', ports: [443], behaviour: { http: { fails: 'stall' } } }],
  expect: { rootCauses: [{ cause: 'http.timeout', targets: 'all' }], exit: 1 },
};
