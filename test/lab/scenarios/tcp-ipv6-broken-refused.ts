import type { ScenarioFile } from '../scenario.ts';

/** Every connection over IPv6 is reset at once. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'packets', action: 'reset', to: { family: 6 } }],
  expect: { rootCauses: [{ cause: 'tcp.ipv6-broken', targets: 'all' }], exit: 0 },
};
