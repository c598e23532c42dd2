import type { ScenarioFile } from '../scenario.ts';

/** IPv6 alone, and most names have IPv4 alone. */
export const scenario: ScenarioFile = {
  world: { families: [6], oneFamily: { 'go.microsoft.com': 4 } },
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [],
  expect: {
    rootCauses: [
      {
        cause: 'tcp.no-route',
        confidence: 'high',
        targets: '/^(go\\.microsoft\\.com)$/',
        shared: 'IPv4',
        evidence: '/IPv4 addresses alone/',
      },
    ],
    exit: 1,
  },
};
