import type { ScenarioFile } from '../scenario.ts';

/** What answers for one host is not HTTP. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'origin', names: ['go.microsoft.com'], behaviour: { http: { fails: 'malformed' } } }],
  expect: { rootCauses: [{ cause: 'http.malformed', targets: '/^(go\\.microsoft\\.com)$/' }], exit: 1 },
};
