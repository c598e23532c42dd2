import type { ScenarioFile } from '../scenario.ts';

/** A firewall resets connections to all hosts of one feature. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'packets', action: 'reset', to: { features: ['windows-servicing'] } }],
  expect: { rootCauses: [{ cause: 'tcp.refused', targets: '/\\.microsoft\\.com$/' }], exit: 1 },
};
