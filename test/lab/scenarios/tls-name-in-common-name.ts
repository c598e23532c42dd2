import type { ScenarioFile } from '../scenario.ts';

/** A certificate names its host in the common name alone, where only old clients look. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'origin', names: ['go.microsoft.com'], behaviour: { certificate: 'name-in-common-name' } }],
  expect: {
    rootCauses: [{ cause: 'tls.name-mismatch', targets: '/^(go\\.microsoft\\.com)$/', confidence: 'medium' }],
    exit: 1,
  },
};
