import type { ScenarioFile } from '../scenario.ts';

/** One host forgets a certificate, another one's is revoked. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [
    { kind: 'origin', names: ['management.azure.com'], behaviour: { certificate: 'missing-intermediate' } },
    { kind: 'origin', names: ['go.microsoft.com'], behaviour: { certificate: 'revoked' } },
  ],
  expect: {
    rootCauses: [
      { cause: 'tls.missing-intermediate', targets: '/^(management\\.azure\\.com)$/' },
      { cause: 'tls.revoked', targets: '/^(go\\.microsoft\\.com)$/' },
    ],
    exit: 1,
  },
};
