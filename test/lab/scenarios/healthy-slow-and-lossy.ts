import type { ScenarioFile } from '../scenario.ts';

/** 300 ms there and back and 3 % loss are slow, not broken. */
export const scenario: ScenarioFile = {
  args: ['tenant-attach'],
  faults: [
    { kind: 'delay', ms: 150 },
    { kind: 'packets', action: 'drop', percent: 3 },
  ],
  expect: { rootCauses: [], exit: 0 },
};
