import type { ScenarioFile } from '../scenario.ts';

/** Forty descriptors, the program's own files included, are enough. */
export const scenario: ScenarioFile = {
  world: { openFiles: 40 },
  args: ['tenant-attach', 'software-updates'],
  faults: [],
  expect: { rootCauses: [], exit: 0 },
};
