import type { ScenarioFile } from '../scenario.ts';

/** One service answers 451, another name has an old line in the hosts file. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [
    { kind: 'origin', names: ['management.azure.com'], behaviour: { http: { status: 451 } } },
    { kind: 'hosts-file', entries: { 'go.microsoft.com': '20.1.2.3' } },
  ],
  expect: {
    rootCauses: [
      { cause: 'http.unexpected-status', targets: '/^(management\\.azure\\.com)$/' },
      { cause: 'dns.hosts-file', targets: '/^(go\\.microsoft\\.com)$/' },
    ],
    exit: 1,
  },
};
