import type { ScenarioFile } from '../scenario.ts';

/** A client without any IPv6. */
export const scenario: ScenarioFile = {
  world: { families: [4] },
  args: ['tenant-attach'],
  faults: [],
  expect: { rootCauses: [], exit: 0 },
};
