import type { ScenarioFile } from '../scenario.ts';

/** A router has no route to the hosts of one feature. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'packets', action: 'no-route', to: { features: ['url-forwarding'] } }],
  expect: { rootCauses: [{ cause: 'tcp.no-route', targets: '/^(go\\.microsoft\\.com|aka\\.ms)$/' }], exit: 1 },
};
