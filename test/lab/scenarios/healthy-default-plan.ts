import type { ScenarioFile } from '../scenario.ts';

/** The run without arguments on a network without faults. */
export const scenario: ScenarioFile = {
  faults: [],
  expect: { rootCauses: [], exit: 0, asks: ['head'] },
};
