import type { ScenarioFile } from '../scenario.ts';

/** The proxy forbids one host and does not find another. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services', '--proxy', 'http://proxy.corp.example:3128'],
  faults: [
    { kind: 'proxy', port: 3128, behaviour: { type: 'status', status: 403, names: ['management.azure.com'] } },
    { kind: 'name', names: ['go.microsoft.com'], answer: 'nxdomain' },
  ],
  expect: {
    rootCauses: [
      { cause: 'proxy.denied', targets: '/^(management\\.azure\\.com)$/' },
      { cause: 'proxy.upstream-dns', targets: '/^(go\\.microsoft\\.com)$/' },
    ],
    exit: 1,
  },
};
