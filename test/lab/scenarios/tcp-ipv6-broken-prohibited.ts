import type { ScenarioFile } from '../scenario.ts';

/** A router prohibits all IPv6; IPv4 works. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'packets', action: 'prohibited', to: { family: 6 } }],
  expect: { rootCauses: [{ cause: 'tcp.ipv6-broken', targets: 'all' }], exit: 0 },
};
