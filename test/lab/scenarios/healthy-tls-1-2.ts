import type { ScenarioFile } from '../scenario.ts';

/** Origins that speak TLS 1.2 and nothing newer. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [
    {
      kind: 'origin',
      names: [
        'go.microsoft.com',
        'download.microsoft.com',
        'dl.delivery.mp.microsoft.com',
        'aka.ms',
        'management.azure.com',
      ],
      behaviour: { tls: { maxVersion: 'TLSv1.2' } },
    },
  ],
  expect: { rootCauses: [], exit: 0 },
};
