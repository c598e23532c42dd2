import type { ScenarioFile } from '../scenario.ts';

/** The machine lives 400 days ahead of the internet. */
export const scenario: ScenarioFile = {
  world: { skewDays: -400 },
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [],
  expect: { rootCauses: [{ cause: 'local.clock-skew' }], exit: 1 },
};
