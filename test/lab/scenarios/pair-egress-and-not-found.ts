import type { ScenarioFile } from '../scenario.ts';

/** Direct egress is closed, and one name does not resolve. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [
    { kind: 'packets', action: 'drop', protocol: 'tcp' },
    { kind: 'name', names: ['management.azure.com'], answer: 'nxdomain' },
  ],
  expect: {
    rootCauses: [
      { cause: 'tcp.egress-blocked', targets: '/^(?!.*management-azure-com|management\\.azure\\.com$)/' },
      { cause: 'dns.not-found', targets: '/^(management\\.azure\\.com)$/' },
    ],
    exit: 1,
  },
};
