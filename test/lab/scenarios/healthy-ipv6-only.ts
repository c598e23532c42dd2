import type { ScenarioFile } from '../scenario.ts';

/** IPv6 alone, and every name has it. */
export const scenario: ScenarioFile = {
  world: { families: [6] },
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [],
  expect: { rootCauses: [], exit: 0 },
};
