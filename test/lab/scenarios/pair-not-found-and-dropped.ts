import type { ScenarioFile } from '../scenario.ts';

/** One name does not resolve, another host is dropped. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [
    { kind: 'name', names: ['management.azure.com'], answer: 'nxdomain' },
    { kind: 'packets', action: 'drop', to: { names: ['go.microsoft.com'] } },
  ],
  expect: {
    rootCauses: [
      { cause: 'dns.not-found', targets: '/^(management\\.azure\\.com)$/' },
      { cause: 'tcp.dropped', targets: '/^(go\\.microsoft\\.com)$/' },
    ],
    exit: 1,
  },
};
