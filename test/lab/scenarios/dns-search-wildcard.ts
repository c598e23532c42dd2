import type { ScenarioFile } from '../scenario.ts';

/** With ndots:5 the search list comes first, and everything below the domain has one address. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [
    { kind: 'resolv-conf', search: ['apps.corp.example'], options: ['ndots:5'] },
    { kind: 'name', names: ['apps.corp.example'], answer: { addresses: ['10.77.2.20'] } },
  ],
  expect: {
    rootCauses: [
      {
        cause: 'dns.redirected',
        targets: 'all',
        confidence: 'high',
        shared: 'apps.corp.example',
        evidence: '/ndots 5/',
      },
    ],
    exit: 1,
  },
};
