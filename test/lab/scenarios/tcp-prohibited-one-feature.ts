import type { ScenarioFile } from '../scenario.ts';

/** A router says that a whole feature is administratively prohibited. */
export const scenario: ScenarioFile = {
  args: ['tenant-attach', 'url-forwarding'],
  faults: [{ kind: 'packets', action: 'prohibited', to: { features: ['tenant-attach'] } }],
  expect: { rootCauses: [{ cause: 'tcp.prohibited', targets: '/^tenant-attach\\/|^aka\\.ms$/' }], exit: 1 },
};
