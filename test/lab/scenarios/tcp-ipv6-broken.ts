import type { ScenarioFile } from '../scenario.ts';

/** IPv6 addresses are there and lead nowhere; IPv4 works. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'packets', action: 'drop', to: { family: 6 } }],
  expect: { rootCauses: [{ cause: 'tcp.ipv6-broken', targets: 'all' }], exit: 0 },
};
