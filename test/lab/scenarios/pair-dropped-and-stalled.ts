import type { ScenarioFile } from '../scenario.ts';

/** One host is dropped, another accepts and says nothing. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [
    { kind: 'packets', action: 'drop', to: { names: ['management.azure.com'] } },
    { kind: 'origin', names: ['go.microsoft.com'], behaviour: { tcp: 'stall' } },
  ],
  expect: {
    rootCauses: [
      { cause: 'tcp.dropped', targets: '/^(management\\.azure\\.com)$/' },
      { cause: 'tls.stalled', targets: '/^(go\\.microsoft\\.com)$/' },
    ],
    exit: 1,
  },
};
