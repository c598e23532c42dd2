import type { ScenarioFile } from '../scenario.ts';

/** One request in three to a host is reset. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [
    { kind: 'origin', names: ['go.microsoft.com'], family: 4, every: 3, behaviour: { http: { fails: 'reset' } } },
  ],
  expect: {
    rootCauses: [{ cause: 'http.reset', targets: '/^(go\\.microsoft\\.com)$/', evidence: '/ of 10 /' }],
    exit: 0,
  },
};
