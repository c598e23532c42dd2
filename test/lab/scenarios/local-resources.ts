import type { ScenarioFile } from '../scenario.ts';

/** The program may open hardly any descriptor. */
export const scenario: ScenarioFile = {
  world: { openFiles: 26 },
  args: ['tenant-attach', '--concurrency', '64'],
  faults: [],
  expect: { rootCauses: [{ cause: 'local.resources' }], exit: 0 },
};
