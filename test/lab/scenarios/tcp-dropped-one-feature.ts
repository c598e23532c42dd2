import type { ScenarioFile } from '../scenario.ts';

/** A firewall drops what goes to the hosts of one feature. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'packets', action: 'drop', to: { features: ['windows-servicing'] } }],
  expect: { rootCauses: [{ cause: 'tcp.dropped', targets: '/\\.microsoft\\.com$/' }], exit: 1 },
};
