import type { ScenarioFile } from '../scenario.ts';

/** A clock that is three minutes late. */
export const scenario: ScenarioFile = {
  world: { skewDays: 0.002 },
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [],
  expect: { rootCauses: [], exit: 0 },
};
