import type { ScenarioFile } from '../scenario.ts';

/** One host does not send its intermediate, which its certificate names no address of; other hosts send it. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'origin', names: ['go.microsoft.com'], behaviour: { certificate: 'missing-intermediate-unnamed' } }],
  expect: {
    rootCauses: [{ cause: 'tls.missing-intermediate', targets: '/^(go\\.microsoft\\.com)$/', confidence: 'high' }],
    exit: 1,
  },
};
