import type { ScenarioFile } from '../scenario.ts';

/** IPv4 alone, and one name has IPv6 alone. */
export const scenario: ScenarioFile = {
  world: { families: [4], oneFamily: { 'go.microsoft.com': 6 } },
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [],
  expect: {
    rootCauses: [{ cause: 'tcp.no-route', confidence: 'high', targets: '/^(go\\.microsoft\\.com)$/', shared: 'IPv6' }],
    exit: 1,
  },
};
