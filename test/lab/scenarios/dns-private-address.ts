import type { ScenarioFile } from '../scenario.ts';

/** A private endpoint that is not there any more. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'name', names: ['management.azure.com'], answer: { addresses: ['10.99.1.1'] } }],
  expect: { rootCauses: [{ cause: 'dns.private-address', targets: '/^(management\\.azure\\.com)$/' }], exit: 1 },
};
