import type { ScenarioFile } from '../scenario.ts';

/** A firewall lets port 443 out and not port 80. */
export const scenario: ScenarioFile = {
  args: ['tenant-attach'],
  faults: [{ kind: 'packets', action: 'drop', to: { ports: [80] } }],
  expect: { rootCauses: [{ cause: 'tcp.dropped' }], exit: 0 },
};
