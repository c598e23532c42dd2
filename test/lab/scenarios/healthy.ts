import type { ScenarioFile } from '../scenario.ts';

/** Nothing is broken: nothing may be found. */
export const scenario: ScenarioFile = {
  args: ['tenant-attach'],
  faults: [],
  expect: { rootCauses: [], exit: 0 },
};
