import type { ScenarioFile } from '../scenario.ts';

/** The router has no IPv6 of its own; IPv4 works. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'packets', action: 'no-route', to: { family: 6 } }],
  expect: { rootCauses: [{ cause: 'tcp.ipv6-broken', targets: 'all' }], exit: 0 },
};
