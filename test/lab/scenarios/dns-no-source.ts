import type { ScenarioFile } from '../scenario.ts';

/** Programs look in the hosts file alone: the name servers, which know every name, are not asked. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'nsswitch', hosts: 'files' }],
  expect: {
    rootCauses: [{ cause: 'dns.not-found', targets: 'all', confidence: 'high', evidence: '/nsswitch/' }],
    exit: 1,
  },
};
