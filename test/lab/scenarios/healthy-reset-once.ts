import type { ScenarioFile } from '../scenario.ts';

/** One connection of many is reset: that happens. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [
    { kind: 'origin', names: ['go.microsoft.com'], family: 4, every: 100, behaviour: { tcp: 'reset-after-hello' } },
  ],
  expect: { rootCauses: [], exit: 0 },
};
