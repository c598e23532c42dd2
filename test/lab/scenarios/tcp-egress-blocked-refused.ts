import type { ScenarioFile } from '../scenario.ts';

/** A firewall resets every direct connection. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'packets', action: 'reset' }],
  expect: { rootCauses: [{ cause: 'tcp.egress-blocked', targets: 'all' }], exit: 1 },
};
