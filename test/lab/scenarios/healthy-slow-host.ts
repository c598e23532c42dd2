import type { ScenarioFile } from '../scenario.ts';

/** One host thinks for two seconds before it answers. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'origin', names: ['go.microsoft.com'], behaviour: { http: { delayMs: 2000 } } }],
  expect: { rootCauses: [], exit: 0 },
};
