import type { ScenarioFile } from '../scenario.ts';

/** The program may open hardly any descriptor. */
export const scenario: ScenarioFile = {
  world: { openFiles: 100 },
  args: [
    'updates-and-servicing',
    'tenant-attach',
    'autopilot',
    'azure-arc',
    'software-updates',
    '--concurrency',
    '300',
  ],
  faults: [],
  expect: { rootCauses: [{ cause: 'local.resources' }], exit: 0 },
};
