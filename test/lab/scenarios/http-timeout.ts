import type { ScenarioFile } from '../scenario.ts';

/** One host takes the request and never answers. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'origin', names: ['go.microsoft.com'], behaviour: { http: { fails: 'stall' } } }],
  expect: { rootCauses: [{ cause: 'http.timeout', targets: '/^(go\\.microsoft\\.com)$/' }], exit: 1 },
};
