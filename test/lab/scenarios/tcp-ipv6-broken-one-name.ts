import type { ScenarioFile } from '../scenario.ts';

/** IPv6 leads nowhere, and one name has nothing else: one cause. */
export const scenario: ScenarioFile = {
  world: { oneFamily: { 'go.microsoft.com': 6 } },
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'packets', action: 'drop', to: { family: 6 } }],
  expect: { rootCauses: [{ cause: 'tcp.ipv6-broken', targets: 'all' }], exit: 1 },
};
