import type { ScenarioFile } from '../scenario.ts';

/** A firewall resets connections to port 80, whatever the host. */
export const scenario: ScenarioFile = {
  args: ['tenant-attach'],
  faults: [{ kind: 'packets', action: 'reset', to: { ports: [80] } }],
  expect: { rootCauses: [{ cause: 'tcp.refused' }], exit: 0 },
};
