import type { ScenarioFile } from '../scenario.ts';

/** A private endpoint as intended: an alias, a private address, the service's own certificate. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'name', names: ['management.azure.com'], answer: { privateLink: true } }],
  expect: { rootCauses: [], exit: 0 },
};
