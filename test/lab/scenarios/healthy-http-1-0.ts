import type { ScenarioFile } from '../scenario.ts';

/** Origins that speak HTTP/1.0. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'origin', behaviour: { http: { version: '1.0' } } }],
  expect: { rootCauses: [], exit: 0 },
};
