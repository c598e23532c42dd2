import type { ScenarioFile } from '../scenario.ts';

/** One host has let its certificate expire. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'origin', names: ['go.microsoft.com'], behaviour: { certificate: 'expired' } }],
  expect: { rootCauses: [{ cause: 'tls.expired', targets: '/^(go\\.microsoft\\.com)$/' }], exit: 1 },
};
