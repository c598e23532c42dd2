import type { ScenarioFile } from '../scenario.ts';

/** One name is sunk, another host answers with its own certificate. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [
    { kind: 'name', names: ['management.azure.com'], answer: 'null' },
    { kind: 'origin', names: ['go.microsoft.com'], behaviour: { certificate: 'self-signed' } },
  ],
  expect: {
    rootCauses: [
      { cause: 'dns.sinkhole', targets: '/^(management\\.azure\\.com)$/' },
      { cause: 'tls.self-signed', targets: '/^(go\\.microsoft\\.com)$/' },
    ],
    exit: 1,
  },
};
