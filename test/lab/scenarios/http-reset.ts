import type { ScenarioFile } from '../scenario.ts';

/** One host resets the session after the request. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'origin', names: ['go.microsoft.com'], behaviour: { http: { fails: 'reset' } } }],
  expect: { rootCauses: [{ cause: 'http.reset', targets: '/^(go\\.microsoft\\.com)$/' }], exit: 1 },
};
