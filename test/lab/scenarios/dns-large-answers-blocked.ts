import type { ScenarioFile } from '../scenario.ts';

/** An answer too large for UDP, and TCP port 53 is closed. */
export const scenario: ScenarioFile = {
  world: { addresses: { 'go.microsoft.com': 120 } },
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [
    {
      kind: 'packets',
      action: 'drop',
      protocol: 'tcp',
      to: { prefixes: ['10.77.2.10/32', 'fd77:2::10/128'], ports: [53] },
    },
  ],
  expect: { rootCauses: [{ cause: 'dns.large-answers-blocked', targets: '/^(go\\.microsoft\\.com)$/' }], exit: 1 },
};
