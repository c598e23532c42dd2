import type { ScenarioFile } from '../scenario.ts';

/** A program that may open hardly any descriptor takes more time and says nothing else. */
export const scenario: ScenarioFile = {
  world: { openFiles: 100 },
  args: ['updates-and-servicing', 'tenant-attach', 'autopilot', 'azure-arc', 'software-updates'],
  faults: [],
  expect: { rootCauses: [], exit: 0, asks: ['head'] },
};
