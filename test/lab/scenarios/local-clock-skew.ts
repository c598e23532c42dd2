import type { ScenarioFile } from '../scenario.ts';

/** The machine lives 400 days behind the internet. */
export const scenario: ScenarioFile = {
  world: { skewDays: 400 },
  args: ['tenant-attach'],
  faults: [],
  expect: { rootCauses: [{ cause: 'local.clock-skew' }], exit: 1 },
};
