import type { ScenarioFile } from '../scenario.ts';

/** Programs take turns at two name servers, one of which knows no public name. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [
    { kind: 'resolv-conf', servers: ['10.77.2.10', '1.1.1.1'], options: ['rotate'] },
    { kind: 'name', names: ['go.microsoft.com'], answer: 'nxdomain' },
  ],
  expect: {
    rootCauses: [{ cause: 'dns.not-found', targets: '/^(go\\.microsoft\\.com)$/', evidence: '/10\\.77\\.2\\.10/' }],
    exit: 0,
  },
};
