import type { ScenarioFile } from '../scenario.ts';

/** As many descriptors as some systems give, and more hosts than that. */
export const scenario: ScenarioFile = {
  world: { openFiles: 256, crowd: 300 },
  args: ['--targets', '@CROWD@'],
  faults: [],
  expect: { rootCauses: [], exit: 0, summary: { reachable: 300 } },
};
