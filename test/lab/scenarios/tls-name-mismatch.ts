import type { ScenarioFile } from '../scenario.ts';

/** One host has a certificate for another name. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'origin', names: ['go.microsoft.com'], behaviour: { certificate: 'wrong-name' } }],
  expect: { rootCauses: [{ cause: 'tls.name-mismatch', targets: '/^(go\\.microsoft\\.com)$/' }], exit: 1 },
};
