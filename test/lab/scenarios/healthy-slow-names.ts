import type { ScenarioFile } from '../scenario.ts';

/** Every answer of the resolver takes a second and a half. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'name', answer: { delayMs: 1500 } }],
  expect: { rootCauses: [], exit: 0 },
};
