import type { ScenarioFile } from '../scenario.ts';

/** Other programs of the machine have left hardly any port to send from: what waits for one is untested, and the run incomplete. */
export const scenario: ScenarioFile = {
  world: { localPorts: 4 },
  args: ['updates-and-servicing', 'tenant-attach', 'autopilot', 'azure-arc', 'software-updates'],
  faults: [],
  expect: { rootCauses: [{ cause: 'local.resources' }], exit: 3 },
};
