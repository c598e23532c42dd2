import type { ScenarioFile } from '../scenario.ts';

/** A router says that a whole feature is administratively prohibited. */
export const scenario: ScenarioFile = {
  args: ['tenant-attach'],
  faults: [{ kind: 'packets', action: 'prohibited', to: { features: ['tenant-attach'] } }],
  expect: { rootCauses: [{ cause: 'tcp.prohibited', targets: 'all' }], exit: 1 },
};
