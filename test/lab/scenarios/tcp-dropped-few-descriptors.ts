import type { ScenarioFile } from '../scenario.ts';

/** Few descriptors, and connections that hold on to them until they time out. */
export const scenario: ScenarioFile = {
  world: { openFiles: 256 },
  args: ['updates-and-servicing', 'tenant-attach', 'autopilot', 'azure-arc', 'software-updates'],
  faults: [{ kind: 'packets', action: 'drop', to: { features: ['azure-arc'] } }],
  expect: { rootCauses: [{ cause: 'tcp.dropped' }], exit: 1 },
};
