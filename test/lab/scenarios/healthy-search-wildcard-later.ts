import type { ScenarioFile } from '../scenario.ts';

/** Below the search list everything has an address, and every name has dots enough to be asked for first. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [
    { kind: 'resolv-conf', search: ['apps.corp.example'], options: ['ndots:1'] },
    { kind: 'name', names: ['apps.corp.example'], answer: { addresses: ['10.77.2.20'] } },
  ],
  expect: { rootCauses: [], exit: 0 },
};
