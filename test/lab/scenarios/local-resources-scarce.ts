import type { ScenarioFile } from '../scenario.ts';

/** The program may open forty descriptors, its own files included. */
export const scenario: ScenarioFile = {
  world: { openFiles: 40 },
  args: ['tenant-attach', 'software-updates'],
  faults: [],
  expect: { rootCauses: [{ cause: 'local.resources' }], exit: 0 },
};
