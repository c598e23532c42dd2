import type { ScenarioFile } from '../scenario.ts';

/** A name with so many addresses that the answer needs TCP. */
export const scenario: ScenarioFile = {
  world: { addresses: { 'go.microsoft.com': 100 } },
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [],
  expect: { rootCauses: [], exit: 0 },
};
