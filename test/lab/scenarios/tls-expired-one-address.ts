import type { ScenarioFile } from '../scenario.ts';

/** One of the servers behind a name still has the old certificate. */
export const scenario: ScenarioFile = {
  world: { addresses: { 'go.microsoft.com': 3 } },
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'origin', names: ['go.microsoft.com'], nth: [1], behaviour: { certificate: 'expired' } }],
  expect: { rootCauses: [{ cause: 'tls.expired', targets: '/^(go\\.microsoft\\.com)$/' }], exit: 0 },
};
