import type { ScenarioFile } from '../scenario.ts';

/** One certificate has expired, another host is refused. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [
    { kind: 'origin', names: ['management.azure.com'], behaviour: { certificate: 'expired' } },
    { kind: 'packets', action: 'reset', to: { names: ['go.microsoft.com'] } },
  ],
  expect: {
    rootCauses: [
      { cause: 'tls.expired', targets: '/^(management\\.azure\\.com)$/' },
      { cause: 'tcp.refused', targets: '/^(go\\.microsoft\\.com)$/' },
    ],
    exit: 1,
  },
};
